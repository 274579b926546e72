"""Reports as conversations: sent, looked at, decided about, told."""

import pytest

from bot.core.roles import Role
from bot.service.desk import Desk
from bot.service.ports import Outgoing
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER
from tests.service.clocks import Time
from tests.service.harbour import Harbour, harbour_in
from tests.service.room import Room, action, shown

WHEN = "when did the harbour open"
DEEP = "how deep is the harbour"


@pytest.fixture
async def harbour(desk: Desk, store: SqlStore, time: Time) -> Harbour:
    return await harbour_in(desk, store, time)


async def report(harbour: Harbour, question: str, words: str) -> None:
    """Let a stranger report what they are told."""
    home = harbour.room(STRANGER)
    [answer] = await home.say(STRANGER, question)
    await home.press(STRANGER, action(answer, "p"))
    await home.say(STRANGER, words)


async def press(harbour: Harbour, card: Outgoing, verb: str, by=ALICE) -> list[Outgoing]:
    return await harbour.room(by).press(by, action(card, verb))


async def acts(store: SqlStore) -> list[tuple[str, str, str]]:
    async with store.work(NOON) as work:
        log = await work.roles.audit()
    return [(a.act, a.subject, a.after) for a in log if a.act.startswith("flag.")]


async def test_who_has_no_role_sees_no_report(harbour: Harbour):
    await report(harbour, WHEN, "That is wrong.")

    [refused] = await harbour.room(STRANGER).command(STRANGER, "flags")

    assert refused.card.notice == "role.needed"


async def test_reports_are_not_shown_in_a_group(harbour: Harbour, desk: Desk, time: Time):
    await report(harbour, WHEN, "That is wrong.")

    [elsewhere] = await Room(desk, time, GROUP).command(ALICE, "flags")

    assert elsewhere.card.notice == "flag.private"


async def test_an_editor_sees_what_was_shown_and_the_words_but_not_who_wrote_them(
    harbour: Harbour,
):
    await report(harbour, WHEN, "It was 1904.")

    [card] = await harbour.room(ALICE).command(ALICE, "flags")

    said = shown(card)
    assert "Report 1 · 1 of 1 that wait" in said
    assert "About the fact ports/opened" in said
    assert "Claim: The harbour opened in 1905." in said
    assert "It still says so." in said
    assert "They write: “It was 1904.”" in said
    assert "ouble-check" in said
    assert STRANGER.key.partition(":")[2] not in said


async def test_an_editor_sees_what_it_said_then_and_says_now(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    await harbour.publish(opened={"claim": "The harbour opened in 1904.", "answer": "1904"})

    [card] = await harbour.room(ALICE).command(ALICE, "flags")

    said = shown(card)
    assert said.index("in 1905.") < said.index("It was changed since") < said.index("in 1904.")
    assert "(claim, answer)" in said


async def test_reports_about_one_thing_come_together_and_the_newest_first(harbour: Harbour):
    await report(harbour, WHEN, "First.")
    await report(harbour, DEEP, "Second.")
    await report(harbour, WHEN, "Third.")
    home = harbour.room(ALICE)

    [third] = await home.command(ALICE, "flags")
    [first] = await press(harbour, third, "fl.s.3")
    [second] = await press(harbour, first, "fl.s.1")
    [end] = await press(harbour, second, "fl.s.2")

    assert "“Third.”" in shown(third)
    assert "One more about the same thing: 1." in shown(third)
    assert "“First.”" in shown(first)
    assert "“Second.”" in shown(second)
    assert end.card.notice == "flag.end"


async def test_who_reported_is_told_why_it_was_declined(harbour: Harbour, store: SqlStore):
    await report(harbour, WHEN, "It was 1904.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.d.1")

    said = await home.say(ALICE, "The register has 1905.")

    done = next(one for one in said if one.place.chat == ALICE.key)
    told = next(one for one in said if one.place.chat == STRANGER.key)
    assert shown(done) == "Report 1 is declined. Whoever reported it is told."
    assert "nothing was changed" in shown(told)
    assert "The editor writes: The register has 1905." in shown(told)
    assert "ouble-check" in shown(told)
    assert await acts(store) == [
        ("flag.declined", "report 1 about ports/opened", "declined: The register has 1905.")
    ]
    [empty] = await home.command(ALICE, "flags")
    assert empty.card.notice == "flag.none"


async def test_a_reason_without_words_is_asked_for_again(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.d.1")

    [again] = await home.say(ALICE, " ")
    said = await home.say(ALICE, "Checked.")

    assert again.card.notice == "flag.decline.empty"
    assert len(said) == 2


async def test_who_cancels_leaves_the_report_as_it_is(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.d.1")

    await home.command(ALICE, "cancel")

    [card] = await home.command(ALICE, "flags")
    assert "1 of 1" in shown(card)


async def test_who_reported_is_told_of_the_version_in_which_it_was_mended(
    harbour: Harbour, store: SqlStore
):
    await report(harbour, WHEN, "It was 1904.")
    [card] = await harbour.room(ALICE).command(ALICE, "flags")
    [marked] = await press(harbour, card, "fl.m.1")

    nothing = await harbour.publish(depth={"answer": "14 metres"})
    [told] = await harbour.publish(opened={"claim": "The harbour opened in 1904."})

    assert "https://page.example/bank/ports/f/opened" in shown(marked)
    assert nothing == []
    assert told.place.chat == STRANGER.key
    assert "mended in version 3 of “Ports”" in shown(told)
    assert "Claim: The harbour opened in 1904." in shown(told)
    assert "ouble-check" in shown(told)
    assert [act for act, *_ in await acts(store)] == ["flag.mended", "flag.mending"]
    assert await harbour.follow() == []


async def test_of_two_editors_the_second_is_told_what_the_first_did(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    [alices] = await harbour.room(ALICE).command(ALICE, "flags")
    [bobs] = await harbour.room(BOB).command(BOB, "flags")
    await press(harbour, alices, "fl.m.1")

    [late] = await press(harbour, bobs, "fl.m.1", BOB)

    assert late.card.notice == "flag.late"
    assert f"by {ALICE.key}: to be mended" in shown(late)


async def test_what_was_marked_wrongly_waits_again(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.m.1")
    [marked] = await home.command(ALICE, "flags")

    [again] = await press(harbour, marked, "fl.r.1")

    assert "to be mended by" in shown(marked)
    assert again.card.notice == "flag.reopened"
    assert await harbour.publish(opened={"claim": "The harbour opened in 1904."}) == []


async def test_a_duplicate_is_told_what_comes_of_the_other(harbour: Harbour):
    await report(harbour, WHEN, "It was 1904.")
    bobs = harbour.room(BOB)
    [answer] = await bobs.say(BOB, WHEN)
    await bobs.press(BOB, action(answer, "p"))
    await bobs.say(BOB, "Not in 1905.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    [asked] = await press(harbour, card, "fl.u.2")

    [joined] = await press(harbour, asked, "fl.o.2.1")
    [left] = await home.command(ALICE, "flags")
    await press(harbour, left, "fl.d.1")
    said = await home.say(ALICE, "Both registers have 1905.")

    assert "counts as the same as report 1" in shown(joined)
    assert "One other says the same" in shown(left)
    assert {one.place.chat for one in said} == {ALICE.key, BOB.key, STRANGER.key}
    told = [shown(one) for one in said if one.place.chat != ALICE.key]
    assert all("Both registers have 1905." in words for words in told)


async def test_a_report_is_no_duplicate_of_one_that_comes_down_to_it(harbour: Harbour):
    await report(harbour, WHEN, "First.")
    await report(harbour, WHEN, "Second.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.u.2")

    [itself] = await home.say(ALICE, "2")
    [nowhere] = await home.say(ALICE, "the first one")
    [joined] = await home.say(ALICE, "#1")

    assert itself.card.notice == nowhere.card.notice == "flag.join.bad"
    assert joined.card.notice == "flag.joined"


async def test_who_lost_the_role_can_decide_nothing_any_more(harbour: Harbour, store: SqlStore):
    await report(harbour, WHEN, "It was 1904.")
    home = harbour.room(ALICE)
    [card] = await home.command(ALICE, "flags")
    await press(harbour, card, "fl.d.1")
    async with store.work(NOON) as work:
        await work.roles.grant(ALICE.key, Role.TEACHER, TEACHER.key)

    [refused] = await home.say(ALICE, "No.")

    assert refused.card.notice == "role.needed"
    assert await acts(store) == []


async def test_what_a_person_wrote_goes_with_them(harbour: Harbour, store: SqlStore):
    await report(harbour, WHEN, "It was 1904.")
    async with store.work(NOON) as work:
        await work.personal.erase(STRANGER.key)

    [none] = await harbour.room(ALICE).command(ALICE, "flags")

    assert none.card.notice == "flag.none"


async def test_buttons_that_lead_nowhere_change_nothing(harbour: Harbour):
    home = harbour.room(ALICE)

    [gone] = await home.press(ALICE, "1|fl.m.7|x")
    await home.press(ALICE, "1|fl.m.x|x")

    assert gone.card.notice == "flag.gone"
    assert home.handled.toast
    assert home.handled.toast.notice == "flag.old"
