"""Reports and unanswered questions on the page, and what reporters read there."""

import re
from collections.abc import AsyncGenerator

import pytest

from bot.core.events import Person
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.service.desk import Desk
from bot.service.signing import sign_in_link
from bot.store.store import SqlStore
from tests.bridge import LIBRARY
from tests.cast import ALICE, BOB, NOON, STRANGER
from tests.frontends.web.visitor import Visitor
from tests.service.clocks import Time
from tests.service.harbour import Harbour, harbour_in
from tests.service.room import action, shown

WHEN = "when did the harbour open"
WHO = "which king paid for the lighthouse?"


@pytest.fixture
async def harbour(database: str) -> AsyncGenerator[Harbour]:
    tokens = (f"token{number:011}" for number in range(10_000))
    time = Time()
    async with SqlStore.open(database) as store:
        markups = {"web": WEB, "telegram": TELEGRAM}
        desk = Desk(store, LIBRARY, markups, time.clock, lambda: next(tokens))
        yield await harbour_in(desk, store, time)


async def signed_in(harbour: Harbour, person: Person) -> Visitor:
    visitor, desk = Visitor(harbour.desk), harbour.desk
    async with desk.store.work(desk.clock()) as work:
        path = await sign_in_link(work, person.key, desk.clock())
    await visitor.open(path)
    return await visitor.post(path, go="on")


def csrf_of(visitor: Visitor) -> str:
    return re.findall(r'name="csrf" value="([^"]*)"', visitor.page)[-1]


async def do(visitor: Visitor, path: str, **fields: str) -> Visitor:
    return await visitor.post(path, csrf=csrf_of(visitor), **fields)


async def report(harbour: Harbour, words: str, by: Person = STRANGER) -> None:
    home = harbour.room(by)
    [answer] = await home.say(by, WHEN)
    await home.press(by, action(answer, "p"))
    await home.say(by, words)


async def ask_in_vain(harbour: Harbour) -> None:
    async with harbour.desk.store.work(NOON) as work:
        await work.wishes.put(STRANGER.key, "unanswered")
    await harbour.room(STRANGER).say(STRANGER, WHO)


@pytest.mark.parametrize("path", ["/flags", "/unanswered"])
async def test_the_pages_are_for_editors(harbour: Harbour, path: str):
    nobody = await Visitor(harbour.desk).open(path)
    editor = await (await signed_in(harbour, ALICE)).open(path)

    assert nobody.response.status_code == 403
    assert editor.response.status_code == 200


async def test_a_report_is_shown_with_what_was_said_and_without_who_said_it(harbour: Harbour):
    await report(harbour, "It was <b>1904</b>.")

    editor = await (await signed_in(harbour, ALICE)).open("/flags")

    assert "Report 1: open" in editor.words
    assert "Claim: The harbour opened in 1905." in editor.words
    assert "They write: “It was <b>1904</b>.”" in editor.words
    assert "<b>1904</b>" not in editor.page
    assert "ouble-check" in editor.words
    assert STRANGER.key not in editor.page


async def test_a_report_is_declined_on_the_page_and_its_reporter_told(harbour: Harbour):
    await report(harbour, "It was 1904.")
    editor = await (await signed_in(harbour, ALICE)).open("/flags")

    await do(editor, "/flags", report="1", do="decline", reason="The register has 1905.")
    [told] = await harbour.room(STRANGER).deliver()
    await editor.open("/flags?state=declined")

    assert "The register has 1905." in shown(told)
    assert "Report 1: declined" in editor.words
    assert "Reason: The register has 1905." in editor.words


async def test_the_list_is_narrowed_by_state_and_bank(harbour: Harbour):
    await report(harbour, "It was 1904.")
    editor = await signed_in(harbour, ALICE)

    found = {}
    for query in ("", "?state=declined", "?state=&pack=ports", "?state=nonsense&pack=nowhere"):
        await editor.open(f"/flags{query}")
        found[query] = "Report 1: open" in editor.words

    assert list(found.values()) == [True, False, True, True]


async def test_who_comes_second_is_told_and_sees_how_it_stands(harbour: Harbour):
    await report(harbour, "It was 1904.")
    alice = await (await signed_in(harbour, ALICE)).open("/flags")
    bob = await (await signed_in(harbour, BOB)).open("/flags")
    await do(alice, "/flags", report="1", do="mend")

    await do(bob, "/flags", report="1", do="mend")

    assert bob.response.status_code == 409
    assert f"Report 1 was decided meanwhile by {ALICE.key}: to be mended." in bob.words


async def test_a_duplicate_is_named_by_its_number_and_never_by_nonsense(harbour: Harbour):
    await report(harbour, "First.")
    await report(harbour, "Second.", BOB)
    editor = await (await signed_in(harbour, ALICE)).open("/flags")

    await do(editor, "/flags", report="2", do="join", of="the other")
    assert "Report 2 cannot be the same as that one" in editor.words
    await do(editor, "/flags", report="2", do="join", of="#1")
    await do(editor, "/flags", report="1", do="mend")
    await do(editor, "/flags", report="1", do="reopen")
    await editor.open("/flags?state=")

    assert "Report 2: says the same as report 1" in editor.words
    assert "Report 1: open" in editor.words


@pytest.mark.parametrize(
    "fields",
    [
        {"report": "x", "do": "mend"},
        {"report": "1", "do": "dance"},
        {"report": "9" * 30, "do": "mend"},
    ],
)
async def test_forged_forms_are_refused(harbour: Harbour, fields: dict[str, str]):
    editor = await (await signed_in(harbour, ALICE)).open("/flags")

    await do(editor, "/flags", **fields)

    assert editor.response.status_code == 400


async def test_a_form_without_the_page_s_token_is_refused(harbour: Harbour):
    await report(harbour, "It was 1904.")
    editor = await (await signed_in(harbour, ALICE)).open("/flags")

    await editor.post("/flags", report="1", do="mend")

    assert editor.response.status_code == 403


async def test_who_reported_on_the_page_reads_the_outcome_there_once(harbour: Harbour):
    guest = Visitor(harbour.desk)
    await guest.ask(WHEN)
    await guest.press(say("button.report"))
    await guest.submit(text="It was 1904.")
    editor = await (await signed_in(harbour, ALICE)).open("/flags")
    await do(editor, "/flags", report="1", do="decline", reason="The register has 1905.")

    await guest.open()
    await guest.open()

    assert guest.words.count("The editor writes: The register has 1905.") == 1
    assert say("flag.outcome.said") in guest.words


async def test_questions_stand_in_groups_without_names(harbour: Harbour):
    await ask_in_vain(harbour)

    editor = await (await signed_in(harbour, ALICE)).open("/unanswered")

    assert WHO in editor.words
    assert "Asked by one person" in editor.words
    assert STRANGER.key not in editor.page


async def test_a_group_is_closed_on_the_page(harbour: Harbour):
    await ask_in_vain(harbour)
    editor = await (await signed_in(harbour, ALICE)).open("/unanswered")

    await do(editor, "/unanswered", group="1", do="close")
    assert say("web.unanswered.none") in editor.words
    await do(editor, "/unanswered", group="1", do="close")

    assert editor.response.status_code == 422
    assert say("unanswered.late") in editor.words


async def test_a_fact_is_written_on_the_page(harbour: Harbour):
    await ask_in_vain(harbour)
    editor = await (await signed_in(harbour, ALICE)).open("/unanswered")
    fact = {"claim": "King Harald paid for the lighthouse.", "pack": "ports", "asks": WHO}

    await do(editor, "/unanswered", group="1", do="fact", verdict="corroborated", **fact)
    assert say("fact.bad.source") in editor.words
    assert 'value="King Harald paid for the lighthouse."' in editor.page
    await do(editor, "/unanswered", group="1", do="fact", verdict="unverified", **fact)

    assert say("web.unanswered.none") in editor.words
    [draft] = await harbour.banks.drafts("ports")
    found = (await harbour.banks.draft(draft.id)).pack.fact("king-harald-paid-lighthouse")
    assert found
    assert [wording.text for wording in found.asks] == [WHO]


async def test_what_the_bank_refuses_is_said_and_what_was_written_stays(harbour: Harbour):
    await ask_in_vain(harbour)
    editor = await (await signed_in(harbour, ALICE)).open("/unanswered")
    fact = {"claim": "King Harald paid.", "pack": "ports", "asks": WHEN, "verdict": "unverified"}

    await do(editor, "/unanswered", group="1", do="fact", **fact)

    assert editor.response.status_code == 422
    assert "a wording must point to one fact" in editor.words
    assert 'value="King Harald paid."' in editor.page


async def test_the_menu_leads_editors_there_and_nobody_else(harbour: Harbour):
    editor = await (await signed_in(harbour, ALICE)).open()
    guest = await Visitor(harbour.desk).open()

    assert 'href="/flags"' in editor.page
    assert 'href="/unanswered"' in editor.page
    assert 'href="/flags"' not in guest.page
