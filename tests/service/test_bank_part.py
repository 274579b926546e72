"""Banks in the chat, as an editor has them: send a file, look, publish, go back; mend one question."""

from collections.abc import AsyncIterator

import pytest

from bot.core.events import Person, PolledIn, Said, Sent
from bot.core.roles import LOCAL_OWNER
from bot.service.bank_part import BankPart
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.ports import Outgoing
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER, private_chat
from tests.service.banking import TEXTS, banks_in, grant
from tests.service.clocks import Time
from tests.service.room import Room, shown

GIFT = b"::tide:: When is the tide high? {=At noon ~At dusk ~At dawn}\n"
BROKEN = GIFT + b"\n::lost:: Which port? {~This one ~That one}\n"


class Editor(Room):
    """A room in which what is done aside is waited for."""

    def __init__(self, desk: Desk, time: Time, part: BankPart) -> None:
        super().__init__(desk, time, private_chat(TEACHER))
        self._part = part

    async def does(self, words: str) -> Outgoing:
        return await self._answer(await self.command(TEACHER, "bank", words))

    async def says(self, words: str) -> Outgoing:
        return await self._answer(await self.say(TEACHER, words))

    async def sends(self, name: str, content: bytes, caption: str = "") -> Outgoing:
        words = Said(self.place, TEACHER, caption)
        file = Sent(self.place, TEACHER, name, "text/plain", words, content, caption=caption)
        return await self._answer(await self.event(file))

    async def passes_on(self, question: str, options: tuple[str, ...], *right: int) -> Outgoing:
        words = Said(self.place, TEACHER, "")
        poll = PolledIn(self.place, TEACHER, question, options, words, right or None, "So it is.")
        return await self._answer(await self.event(poll))

    async def presses(self, card: Outgoing, label: str) -> Outgoing:
        [action] = [c.action for c in card.card.choices if c.label == label]
        return await self._answer(await self.press(TEACHER, action))

    async def is_pressed_by(self, person: Person, action: str) -> Outgoing:
        return await self._answer(await self.press(person, action))

    async def _answer(self, sent: list[Outgoing]) -> Outgoing:
        await self._part.errands.finish()
        return [*sent, *await self.deliver()][-1]


@pytest.fixture
async def editor(desk: Desk, store: SqlStore, time: Time) -> AsyncIterator[Editor]:
    banks = banks_in(store, time)
    await grant(store)
    draft = await banks.open_draft("ports", LOCAL_OWNER, TEXTS)
    part = BankPart(desk, banks, lambda: "http://here")
    desk.parts = (part,)
    room = Editor(desk, time, part)
    await room.does(f"publish {draft.id}")
    yield room
    await part.errands.finish()


async def published(store: SqlStore, time: Time) -> list[str]:
    """Return the questions of what is published."""
    pack = (await Banks(store, time.clock).version("ports")).pack
    return [question.id for question in pack.questions]


async def test_the_menu_lists_banks_and_what_can_be_done(editor: Editor):
    menu = await editor.does("")

    assert "ports: version 1 is published, 0 drafts." in shown(menu)
    assert "/bank history BANK" in shown(menu)


async def test_a_file_goes_into_a_draft_and_is_published(
    editor: Editor, store: SqlStore, time: Time
):
    which = await editor.sends("tides.gift", GIFT)
    draft = await editor.presses(which, "ports")
    done = await editor.presses(draft, "Publish")

    assert "tides.gift is here. Into which bank" in shown(which)
    assert [c.label for c in which.card.choices] == ["ports", "A new bank: tides", "Cancel"]
    assert "1 new questions" in shown(draft)
    assert "1 added" in shown(draft)
    assert "When is the tide high?" in shown(draft)
    assert "version 2 is published, in place of version 1" in shown(done)
    assert await published(store, time) == ["when", "tide"]


async def test_a_caption_names_the_bank(editor: Editor):
    draft = await editor.sends("tides.gift", GIFT, "ports")

    assert "of ports against version 1: 1 added" in shown(draft)


async def test_a_file_for_a_new_bank_makes_its_own(editor: Editor):
    which = await editor.sends("tides.gift", GIFT)
    draft = await editor.presses(which, "A new bank: tides")

    assert "of the new bank tides: 2 added" in shown(draft) or "new bank tides" in shown(draft)


async def test_what_cannot_be_imported_is_named_and_the_rest_offered(editor: Editor):
    refused = await editor.sends("broken.gift", BROKEN, "ports")
    draft = await editor.presses(refused, "Import the other 1")

    assert "broken.gift: nothing was imported. 1 of 2 questions cannot be:" in shown(refused)
    assert "Cure:" in shown(refused)
    assert "1 new questions" in shown(draft)


async def test_nothing_comes_of_a_file_that_is_cancelled(editor: Editor):
    which = await editor.sends("tides.gift", GIFT)
    cancelled = await editor.presses(which, "Cancel")
    menu = await editor.does("")

    assert shown(cancelled) == "Nothing was imported."
    assert "0 drafts" in shown(menu)


async def test_a_file_that_is_gone_is_asked_for_again(editor: Editor, time: Time):
    which = await editor.sends("tides.gift", GIFT)
    time.pass_(minutes=61)
    async with editor.desk.store.work(time.now) as work:
        await work.forget()

    gone = await editor.presses(which, "ports")

    assert "I keep a file for an hour only" in shown(gone)


async def test_a_draft_is_thrown_away_and_taken_out_again(editor: Editor):
    draft = await editor.sends("tides.gift", GIFT, "ports")
    thrown = await editor.presses(draft, "Throw away")
    back = await editor.presses(thrown, "Take it out of the bin")

    assert "is in the bin" in shown(thrown)
    assert "is open again" in shown(back)


async def test_a_rollback_asks_once_more_and_can_be_undone(
    editor: Editor, store: SqlStore, time: Time
):
    await editor.presses(await editor.sends("tides.gift", GIFT, "ports"), "Publish")

    sure = await editor.does("rollback ports 1")
    back = await editor.presses(sure, "Yes, version 1")
    before = await published(store, time)
    again = await editor.presses(back, "Undo: publish version 2 again")

    assert "Publish version 1 of ports again, in place of version 2?" in shown(sure)
    assert "version 1 is published again" in shown(back)
    assert before == ["when"]
    assert "version 2 is published again" in shown(again)
    assert await published(store, time) == ["when", "tide"]


async def test_the_way_back_stands_under_a_publication(editor: Editor):
    done = await editor.presses(await editor.sends("tides.gift", GIFT, "ports"), "Publish")
    back = await editor.presses(done, "Undo: publish version 1 again")

    assert "version 1 is published again" in shown(back)


async def test_a_publication_over_another_one_is_refused_and_moved(editor: Editor):
    first = await editor.does("add ports")
    del first
    await editor.says("How many piers has the harbour?")
    card = await editor.says("= 3")
    other = await editor.sends("more.gift", b"::x:: Which way? {=North ~South}", "ports")
    await editor.presses(other, "Publish")

    assert "in draft" in shown(card)
    menu = await editor.does("")
    assert "version 2 is published" in shown(menu)


async def test_the_history_marks_what_is_published(editor: Editor):
    told = await editor.does("history ports")

    assert "* 1 ·" in shown(told)


async def test_an_export_comes_as_a_file_and_says_what_is_lost(editor: Editor):
    which = await editor.does("export ports")
    handed = await editor.presses(which, "aiken")

    assert handed.card.file
    assert handed.card.file.name == "ports.txt"
    assert b"When did the harbour open?" in handed.card.file.content
    assert "cannot hold" in shown(handed)


async def test_a_question_is_begun_by_answering(editor: Editor):
    stem = await editor.does("add ports")
    answers = await editor.says("According to the register, who keeps the light?")
    bad = await editor.says("The keeper\nThe mayor")
    card = await editor.says("*The keeper\nThe mayor\nNobody")

    assert "Write the question." in shown(stem)
    assert "one a line" in shown(answers)
    assert "one a line" in shown(bad)
    assert "who-keeps-the-light, as it stands in draft" in shown(card)
    assert "Key: The keeper" in shown(card)
    assert "double-check" in shown(card).lower()


async def test_a_question_is_mended_part_by_part(editor: Editor):
    card = await editor.does("edit ports when")
    asked = await editor.presses(card, "Answers")
    mended = await editor.says("1905\n*1906\n1907")
    await editor.presses(mended, "Why")
    why = await editor.says("The old register was misread.")
    changes = await editor.presses(why, "Show changes")

    assert "Key: 1905" in shown(card)
    assert "one a line" in shown(asked)
    assert "Key: 1906" in shown(mended)
    assert "Why: The old register was misread." in shown(why)
    assert "key: 1905" in shown(changes)


async def test_who_mends_what_somebody_changed_meanwhile_is_told(editor: Editor, time: Time):
    card = await editor.does("edit ports when")
    await editor.presses(card, "Why")
    await editor.says("First.")

    await editor.presses(card, "Why")
    late = await editor.says("Second.")

    assert "was changed meanwhile" in shown(late)


async def test_a_question_is_taken_out_of_a_draft(editor: Editor):
    await editor.does("add ports")
    await editor.says("How deep is the new pier?")
    card = await editor.says("= 10 to 14")

    removed = await editor.presses(card, "Remove")

    assert "Key: 10 to 14" in shown(card)
    assert "was taken out of draft" in shown(removed)


async def test_a_quiz_poll_becomes_a_question(editor: Editor):
    which = await editor.passes_on("Which port?", ("This", "That"), 1)
    draft = await editor.presses(which, "ports")

    assert "Which port?" in shown(draft)


async def test_a_poll_whose_answer_is_not_told_is_asked_for_it(editor: Editor):
    asked = await editor.passes_on("Which port?", ("This", "That"))
    which = await editor.presses(asked, "That")
    draft = await editor.presses(which, "ports")

    assert "Which one is it?" in shown(asked)
    assert "[That]" in shown(draft)


async def test_a_stranger_s_file_is_taken_as_ever_and_their_command_refused(
    editor: Editor, desk: Desk, time: Time
):
    room = Room(desk, time, private_chat(STRANGER))
    words = Said(room.place, STRANGER, "when did the bridge open")

    [answer] = await room.event(Sent(room.place, STRANGER, "a.gift", "text/plain", words, GIFT))
    [refused] = await room.command(STRANGER, "bank", "publish 1")

    assert "2 May 1931" in shown(answer)
    assert refused.card.notice == "role.needed"


async def test_an_editor_may_import_but_not_publish(editor: Editor):
    draft = await editor.sends("tides.gift", GIFT, "ports")
    [action] = [c.action for c in draft.card.choices if c.label == "Publish"]

    refused = await editor.is_pressed_by(BOB, action)

    assert "Your role does not allow this" in shown(refused)


async def test_in_a_group_banks_are_no_subject(editor: Editor, desk: Desk, time: Time):
    [elsewhere] = await Room(desk, time, GROUP).command(TEACHER, "bank")

    assert elsewhere.card.notice == "bank.chat.elsewhere"


async def test_a_role_that_was_taken_away_counts_at_the_next_press(
    editor: Editor, store: SqlStore
):
    draft = await editor.sends("tides.gift", GIFT, "ports")
    async with store.work(NOON) as work:
        [granted] = [g for g in await work.roles.granted() if g.person == TEACHER.key]
        await work.roles.revoke(granted.number)

    refused = await editor.presses(draft, "Publish")

    assert refused.card.notice == "role.needed"


async def test_a_draft_without_a_number_is_the_newest(editor: Editor):
    await editor.sends("tides.gift", GIFT, "ports")

    assert "1 added" in shown(await editor.does("diff"))
    assert "You agreed to draft" in shown(await editor.does("approve"))
    assert "version 2 is published" in shown(await editor.does("publish"))


async def test_what_is_not_understood_is_answered_with_its_usage(editor: Editor):
    assert "Write it so: /bank rollback BANK VERSION" in shown(await editor.does("rollback"))
    assert "There is no bank called nowhere" in shown(await editor.does("history nowhere"))


async def test_alice_and_bob_have_drafts_of_their_own(editor: Editor, store: SqlStore, time: Time):
    banks = Banks(store, time.clock)
    await banks.open_draft("ports", ALICE.key)

    card = await editor.does("edit ports when")

    drafts = await banks.drafts("ports")
    assert {draft.by for draft in drafts} == {ALICE.key, TEACHER.key}
    assert f"draft {drafts[0].id}" in shown(card)


@pytest.mark.parametrize("words", ["publish twelve", "discard 99999999999999999999"])
async def test_words_that_are_no_number_of_a_draft_do_nothing_to_the_newest(
    editor: Editor, words: str
):
    await editor.sends("tides.gift", GIFT, "ports")

    refused = await editor.does(words)

    assert "There is no draft" in shown(refused)
    assert "1 added" in shown(await editor.does("diff"))
