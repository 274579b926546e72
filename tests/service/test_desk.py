import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.events import Commanded, Place, Said, Searched
from bot.core.library import Hit, Library, Shelf
from bot.service.desk import Desk, Handled, Limits
from bot.store.store import SqlStore
from tests.bridge import ARCHES, OPENED, PACK
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, action, shown

WHEN, ARCHES_ASKED = "when did the bridge open", "how many arches does the bridge have"
CAVEAT = "Please double-check this with another source."
PAGE = Place("web", "web:alice")


@pytest.fixture
def home(desk: Desk, time: Time) -> Room:
    return Room(desk, time, private_chat(ALICE))


@pytest.fixture
def group(desk: Desk, time: Time) -> Room:
    return Room(desk, time, GROUP)


async def test_a_question_is_answered_through_the_outbox(home: Room):
    [answer] = await home.say(ALICE, WHEN, "12")

    assert "2 May 1931" in shown(answer)
    assert CAVEAT in shown(answer)
    assert (answer.place, answer.reply_to) == (private_chat(ALICE), "12")
    assert home.handled == Handled()


async def test_a_page_gets_its_answer_at_once(desk: Desk, store: SqlStore, time: Time):
    handled = await desk.handle(Said(PAGE, ALICE, WHEN))

    [card] = handled.cards
    assert "2 May 1931" in card.pages[0].text
    assert await store.claim("web", time.now, 9) == ()


async def test_a_page_with_a_past_finds_the_exchange_again(desk: Desk, time: Time):
    handled = await desk.handle(Said(PAGE, ALICE, WHEN), "1", said="when\0 did it open?")

    async with desk.store.work(time.now) as work:
        [exchange] = await work.transcript(PAGE, time.now, 9)
    assert (exchange.said, exchange.cards) == ("when did it open?", handled.cards)


async def test_a_repeated_update_does_nothing(desk: Desk, home: Room):
    question = Said(home.place, ALICE, WHEN, "12")

    first, second = [await desk.handle(question, "1") for _ in range(2)]

    assert (first.repeated, second.repeated) == (False, True)
    assert len(await home.deliver()) == 1


async def test_what_fails_keeps_nothing_and_can_be_handled_again(desk: Desk, home: Room):
    def broken(question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
        raise RuntimeError(question)

    failing = replace(desk, library=Library((Shelf(PACK, broken),)))
    question = Said(home.place, ALICE, WHEN, "12")
    with pytest.raises(RuntimeError):
        await failing.handle(question, "1")

    assert not (await desk.handle(question, "1")).repeated
    assert len(await home.deliver()) == 1


async def test_buttons_find_their_answer_also_when_another_person_presses(group: Room):
    [answer] = await group.say(ALICE, WHEN)

    [sources] = await group.press(BOB, action(answer, "s"), "30")

    assert "https://records.example/1931" in shown(sources)
    assert sources.reply_to == "30"


async def test_an_offer_opens_the_fact_that_stood_on_the_button(home: Room):
    [answer] = await home.say(ALICE, WHEN)
    [related] = await home.press(ALICE, action(answer, "r"))

    [arches] = await home.press(ALICE, action(related, "c"))

    assert "five arches" in shown(arches)


@pytest.mark.parametrize("press", ["1|s|nothing", "1|s|", "", "0|s|token000", "1|s|tok\0en"])
async def test_a_forged_button_is_closed_with_a_toast(home: Room, press: str):
    assert await home.press(ALICE, press) == []
    assert home.handled.toast
    assert home.handled.toast.notice == "closed"


async def test_a_button_of_another_chat_is_closed(home: Room, group: Room):
    [answer] = await home.say(ALICE, WHEN)

    assert await group.press(BOB, action(answer, "s")) == []
    assert group.handled.toast


async def test_an_edited_question_edits_its_answer(home: Room):
    [first] = await home.say(ALICE, WHEN, "12")
    [message] = await home.messages(first)

    [second] = await home.edit(ALICE, ARCHES_ASKED, "12")

    assert "five arches" in shown(second)
    assert second.edits == (message,)
    # The buttons under it are those of the new answer, and the old ones are gone with it.
    [sources] = await home.press(ALICE, action(second, "s"), message)
    assert "five arches" in shown(sources)


async def test_a_question_that_is_edited_before_its_answer_was_sent_has_one_answer(
    desk: Desk, home: Room
):
    question = Said(home.place, ALICE, WHEN, "12")
    await desk.handle(question, "1")
    await desk.handle(replace(question, text=ARCHES_ASKED, edited=True), "2")

    first, second = await home.deliver()

    assert second.edits
    assert await home.messages(first) == []
    assert await home.messages(second) == list(second.edits)


async def test_a_question_may_be_edited_again_and_again(home: Room):
    [first] = await home.say(ALICE, WHEN, "12")
    message = await home.messages(first)

    for words in (ARCHES_ASKED, WHEN, ARCHES_ASKED):
        [answer] = await home.edit(ALICE, words, "12")
        assert list(answer.edits) == message


async def test_an_edit_of_what_was_never_answered_says_nothing(home: Room):
    assert await home.edit(ALICE, WHEN, "12") == []


async def test_a_report_keeps_the_fact_its_version_and_the_words_and_alerts_the_admins(
    home: Room, store: SqlStore
):
    [answer] = await home.say(ALICE, WHEN)
    [asking] = await home.press(ALICE, action(answer, "p"))
    thanks, alert = await home.say(ALICE, "the <b>date</b> is wrong")

    [report] = await store.reports(9)
    assert (report.facts, report.words) == ((OPENED,), "the <b>date</b> is wrong")
    assert (report.number, report.person) == (1, ALICE.key)
    assert [card.notice for card in (asking.card, thanks.card)] == ["report.ask", "report.saved"]
    assert (alert.place, alert.card.notice) == (private_chat(TEACHER), "report.alert")
    assert "town/opened (0000000000000001)" in shown(alert)
    assert "the &lt;b&gt;date&lt;/b&gt; is wrong" in shown(alert)


async def test_after_a_report_the_next_words_are_a_question_again(home: Room, store: SqlStore):
    [answer] = await home.say(ALICE, WHEN)
    await home.press(ALICE, action(answer, "p"))
    await home.say(ALICE, "the date is wrong")

    [answer] = await home.say(ALICE, ARCHES_ASKED)

    assert "five arches" in shown(answer)
    assert len(await store.reports(9)) == 1


async def test_editing_the_words_of_a_report_asks_no_question(home: Room, store: SqlStore):
    [answer] = await home.say(ALICE, WHEN)
    await home.press(ALICE, action(answer, "p"))
    await home.say(ALICE, "the date is wrong", "50")

    assert await home.edit(ALICE, "how many arches does the bridge have", "50") == []


async def test_a_report_in_a_group_takes_the_words_of_whoever_pressed(
    group: Room, store: SqlStore
):
    [answer] = await group.say(ALICE, WHEN)
    await group.press(BOB, action(answer, "p"))

    [other] = await group.say(ALICE, ARCHES_ASKED)
    await group.say(BOB, "the date is wrong")

    assert "five arches" in shown(other)
    [report] = await store.reports(9)
    assert (report.person, report.words) == (BOB.key, "the date is wrong")


async def test_a_report_that_nobody_finishes_is_given_up(home: Room, store: SqlStore, time: Time):
    [answer] = await home.say(ALICE, WHEN)
    await home.press(ALICE, action(answer, "p"))
    time.pass_(minutes=10)

    [answer] = await home.say(ALICE, ARCHES_ASKED)

    assert "five arches" in shown(answer)
    assert await store.reports(9) == []


async def test_the_command_reports_the_last_answer_or_the_quoted_one(home: Room, store: SqlStore):
    [first] = await home.say(ALICE, WHEN)
    await home.say(ALICE, ARCHES_ASKED)

    await home.command(ALICE, "report", "the last is wrong")
    await home.command(ALICE, "report", "the first is", (await home.messages(first))[0])

    newest, oldest = await store.reports(9)
    assert (oldest.facts, newest.facts) == ((ARCHES,), (OPENED,))


async def test_an_admin_whom_no_front_end_reaches_does_not_stop_a_report(
    desk: Desk, store: SqlStore, caplog: pytest.LogCaptureFixture
):
    desk.outbox = frozenset()
    await desk.handle(Said(PAGE, ALICE, WHEN))
    from_page = replace(desk, admins=("telegram:77", "fax:1"))

    handled = await from_page.handle(Commanded(PAGE, ALICE, "report", "wrong"))

    assert [card.notice for card in handled.cards] == ["report.saved"]
    assert len(await store.reports(9)) == 1
    assert "nothing here can reach the admin fax:1" in caplog.text


async def test_the_31st_question_within_a_minute_is_asked_to_wait(
    desk: Desk, home: Room, time: Time
):
    notices = [(await home.say(ALICE, WHEN))[0].card.notice for _ in range(31)]
    [of_another] = await Room(desk, time, private_chat(BOB)).say(BOB, WHEN)
    time.pass_(minutes=1)
    [later] = await home.say(ALICE, WHEN)

    assert notices == [""] * 30 + ["busy"]
    assert (of_another.card.notice, later.card.notice) == ("", "")


async def test_the_limit_can_be_set(desk: Desk, time: Time):
    strict = Room(replace(desk, limits=Limits(questions_a_minute=1)), time, GROUP)

    told = [await strict.say(ALICE, WHEN) for _ in range(2)]

    assert [delivered.card.notice for [delivered] in told] == ["", "busy"]
    assert "asked 1 questions" in shown(told[1][0])


async def test_what_awaits_words_is_no_question_that_counts(desk: Desk, time: Time):
    strict = Room(replace(desk, limits=Limits(questions_a_minute=1)), time, GROUP)
    [answer] = await strict.say(ALICE, WHEN)
    await strict.press(ALICE, action(answer, "p"))

    thanks, _ = await strict.say(ALICE, "wrong")

    assert thanks.card.notice == "report.saved"


async def test_the_answers_in_a_chat_come_in_the_order_of_its_questions(desk: Desk, home: Room):
    questions = [Said(home.place, ALICE, (WHEN, ARCHES_ASKED)[n % 2], str(n)) for n in range(20)]

    await asyncio.gather(*(desk.handle(q, q.message) for q in questions))

    assert [answer.reply_to for answer in await home.deliver()] == [q.message for q in questions]


async def test_the_sender_is_woken_once_the_answer_is_committed(desk: Desk, store: SqlStore):
    woken: list[str] = []
    desk.wake = woken.append

    await desk.handle(Said(GROUP, ALICE, WHEN, "12"), "1")
    await desk.handle(Said(GROUP, ALICE, WHEN, "12"), "1")
    await desk.handle(Said(PAGE, ALICE, WHEN))

    assert woken == ["telegram"]


async def test_an_inline_query_is_offered_answers_with_their_caveat(desk: Desk):
    handled = await desk.handle(Searched(STRANGER, ARCHES_ASKED, "q"))

    assert handled.offers
    assert all(CAVEAT in page.text for card in handled.offers for page in card.pages)


async def test_help_in_a_group_names_the_bot(desk: Desk, group: Room):
    desk.names["telegram"] = "checkbot"

    [told] = await group.command(ALICE, "help")

    assert "/ask@checkbot" in shown(told)


async def test_a_group_that_asks_too_much_is_told_so_and_may_ask_again(
    desk: Desk, group: Room, time: Time
):
    desk.limits = Limits(group_questions_a_minute=2)
    for person in (ALICE, BOB):
        await group.command(person, "ask", WHEN)

    [busy] = await group.command(TEACHER, "ask", WHEN)
    time.pass_(seconds=61)
    [answer] = await group.command(TEACHER, "ask", WHEN)

    assert "This group has asked 2 questions within a minute" in shown(busy)
    assert "2 May 1931" in shown(answer)
