"""Teachers ask how their quizzes went: in words, with files and pictures that follow."""

import csv
import io
from dataclasses import replace

import pytest

from bot.core.events import Commanded
from bot.core.library import Library, Shelf
from bot.core.results import Taken
from bot.service.desk import Desk
from bot.service.drawing import Artist
from bot.service.ports import Outgoing
from bot.service.regrading import offer_regrades
from bot.service.results_part import ResultsPart
from tests.bridge import LIBRARY, PACK
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.held import BRIDGE, FLOOD, RIVER, mended, taken
from tests.held_in_store import How, hold
from tests.service.clocks import Time
from tests.service.room import Room, action, shown

LESSON = taken(
    [RIVER, BRIDGE, FLOOD],
    *["a c a"] * 9, *["b b b"] * 2, "a b -", joined=14, pack=PACK.id,
)  # fmt: skip
NOW_1937 = mended(BRIDGE, "c")


@pytest.fixture
def part(desk: Desk) -> ResultsPart:
    part = ResultsPart(desk)
    desk.parts = (part,)
    return part


@pytest.fixture
def home(desk: Desk, time: Time, part: ResultsPart) -> Room:
    return Room(desk, time, private_chat(TEACHER))


@pytest.fixture
def group(desk: Desk, time: Time, part: ResultsPart) -> Room:
    return Room(desk, time, GROUP)


async def held(desk: Desk, session: Taken = LESSON, **more) -> int:
    return await hold(desk.store, session, [ALICE, BOB], How(**more))


async def opened(home: Room) -> Outgoing:
    """Open the newest session from the list."""
    [listed] = await home.command(TEACHER, "results")
    [card] = await home.press(TEACHER, listed.card.choices[0].action)
    return card


async def pressed(home: Room, part: ResultsPart, label: str) -> list[Outgoing]:
    """Press a button of the open session, and wait for what is made aside."""
    card = await opened(home)
    [wanted] = [c.action for c in card.card.choices if c.label == label]
    at_once = await home.press(TEACHER, wanted)
    await part.errands.finish()
    return [*at_once, *await home.deliver()]


async def test_the_list_leads_to_a_summary_in_words_with_the_caveat(desk, home):
    await held(desk)

    card = await opened(home)

    said = shown(card)
    assert "<b>7B · Bridges · 12 of 14 took part</b>" in said
    assert "Middle score 1 of 2." in said
    assert "Question 2 may have a wrong key: 9 of 12 chose “1937”." in said
    assert "Question 1 was hardest (83 % right)" in said
    assert said.endswith(PACK.caveat_long)
    labels = [choice.label for choice in card.card.choices]
    assert labels == [
        "Look at question 2", "Look at question 1",
        "Picture", "CSV", "XLSX", "Gradebook", "Items", "All my quizzes",
    ]  # fmt: skip


async def test_a_question_is_looked_at_and_left_again(desk, home):
    await held(desk)
    card = await opened(home)

    [look] = await home.press(TEACHER, card.card.choices[0].action)
    [back] = await home.press(TEACHER, look.card.choices[0].action)

    assert "9 of 12 chose “1937”, the key is “1931”: check the key." in shown(look)
    assert look.edits
    assert "12 of 14 took part" in shown(back)


async def test_the_items_of_a_session_are_listed(desk, home, part):
    await held(desk)

    [items] = await pressed(home, part, "Items")

    assert "2. 25 % right" in shown(items)


async def test_a_picture_follows_with_its_words(desk, home, part):
    await held(desk)

    [picture] = await pressed(home, part, "Picture")

    assert picture.card.file is not None
    assert picture.card.file.kind == "image/png"
    assert picture.card.file.content.startswith(b"\x89PNG")
    assert "Right per question: question 1 83 %; question 2 25 %." in picture.card.file.alt
    assert "Right per question: question 1 83 %" in shown(picture)


async def test_the_press_for_a_file_is_confirmed_before_it_is_made(desk, home, part):
    await held(desk)
    card = await opened(home)

    await home.press(TEACHER, action(card, f"res.x.{1}"))

    assert home.handled.toast is not None
    assert home.handled.toast.notice == "file.making"
    await part.errands.finish()


async def test_without_the_extra_the_words_stand_alone(desk, time):
    part = ResultsPart(desk, Artist("bot.service.no_such_charts"))
    desk.parts = (part,)
    await held(desk)

    [words] = await pressed(Room(desk, time, private_chat(TEACHER)), part, "Picture")

    assert words.card.file is None
    assert "pip install 'doublecheck[charts]'" in shown(words).replace("&#x27;", "'")
    assert "Right per question: question 1 83 %" in shown(words)


async def test_csv_is_two_files_without_a_platform_s_id(desk, home, part):
    await held(desk)

    answers, learners = await pressed(home, part, "CSV")

    files = [one.card.file.content.decode("utf-8-sig") for one in (answers, learners)]
    assert [len(list(csv.DictReader(io.StringIO(file)))) for file in files] == [24, 12]
    assert "telegram" not in "".join(files)
    assert ALICE.key.partition(":")[2] not in "".join(files)


async def test_a_workbook_and_a_gradebook_are_handed_over(desk, home, part):
    await held(desk)

    [book] = await pressed(home, part, "XLSX")
    [grades] = await pressed(home, part, "Gradebook")

    assert book.card.file.name == "results-1.xlsx"
    assert book.card.file.content.startswith(b"PK")
    assert grades.card.file.content.decode("utf-8-sig").startswith('"Email address","ID number"')


async def test_with_several_attempts_it_is_asked_which_counts(desk, home, part):
    replies = tuple(replace(r, learner=1, attempt=r.learner) for r in LESSON.replies[:5])
    twice = replace(LESSON, learners=LESSON.learners[:1], replies=replies)
    await held(desk, twice, kind="assignment", setup={"counts": "best", "reveal": "now"})

    [asked] = await pressed(home, part, "Gradebook")
    await home.press(TEACHER, asked.card.choices[2].action)
    await part.errands.finish()
    [grades] = await home.deliver()

    assert [choice.label for choice in asked.card.choices] == ["first", "best", "last"]
    assert "last attempt" in shown(grades)


async def test_a_file_that_cannot_be_made_is_said_to_whoever_waits(desk, time):
    class Broken(Artist):
        async def picture(self, summary):
            raise OSError("the disk is full")

    part = ResultsPart(desk, Broken())
    desk.parts = (part,)
    await held(desk)

    [said] = await pressed(Room(desk, time, private_chat(TEACHER)), part, "Picture")

    assert said.card.notice == "file.failed"


async def test_who_has_no_quiz_is_told_how_to_begin(home):
    [said] = await home.command(STRANGER, "results")

    assert said.card.notice == "results.none"


async def test_nobody_else_opens_a_teacher_s_results(desk, home, time):
    number = await held(desk)
    room = Room(desk, time, private_chat(STRANGER))

    for verb in ("o", "q", "i", "p", "c", "x", "g"):
        sent = await room.press(STRANGER, f"1|res.{verb}.{number}|x|0")

        assert sent == []
        assert room.handled.toast.notice == "results.gone"


@pytest.mark.parametrize("verb", ["res.o.", "res.o.x", "res.o.99", "res.z.1", "res.", "res.o.²"])
async def test_a_button_that_is_none_is_refused_in_words(desk, home, verb):
    await held(desk)

    assert await home.press(TEACHER, f"1|{verb}|x") == []
    assert home.handled.toast.notice in {"results.gone", "closed"}


async def test_a_question_that_is_not_there_is_refused(desk, home):
    number = await held(desk)

    await home.press(TEACHER, f"1|res.q.{number}|x|99")

    assert home.handled.toast.notice == "results.gone"


async def test_a_group_gets_the_summary_without_names_and_buttons(desk, group):
    await held(desk)

    [said] = await group.command(TEACHER, "results")

    assert "12 of 14 took part" in shown(said)
    assert said.card.choices == ()
    assert "Fox" not in shown(said)


async def test_a_group_gets_nothing_of_other_groups_or_of_others_quizzes(desk, group, time):
    await held(desk, place=None)

    [nothing] = await group.command(TEACHER, "results")
    [others] = await group.command(ALICE, "results")

    assert nothing.card.notice == others.card.notice == "results.none.group"


@pytest.mark.parametrize(
    "running",
    [
        {"phase": "asking"},
        {"kind": "assignment", "phase": "open", "setup": {"reveal": "never"}},
        {"kind": "assignment", "phase": "open", "setup": {"reveal": "due", "due": "2027-01-01T00:00:00+00:00"}},
        {"kind": "assignment", "phase": "open", "setup": {"reveal": "due"}},
    ],
)  # fmt: skip
async def test_a_group_sees_no_key_before_its_time(desk, group, running):
    await held(desk, **running)

    [said] = await group.command(TEACHER, "results")

    assert said.card.notice == "results.not-yet"


async def test_a_group_sees_an_assignment_once_it_was_due(desk, group):
    setup = {"reveal": "due", "due": "2026-11-20T00:00:00+00:00"}
    await held(desk, kind="assignment", phase="open", setup=setup)

    [said] = await group.command(TEACHER, "results")

    assert "12 of 14 took part" in shown(said)


async def test_questions_are_pooled_over_sessions(desk, home):
    await held(desk)
    await held(desk, code="ABC235")

    [items] = await home.command(TEACHER, "items")
    [same] = await home.command(TEACHER, "items", PACK.id)
    [unknown] = await home.command(TEACHER, "items", "nothing")

    assert "Your questions (quizzes: 2)" in shown(items)
    assert "(24 learners): 25 % right" in shown(items)
    assert shown(same) == shown(items)
    assert unknown.card.notice == "items.unknown"


async def test_questions_are_nothing_for_a_group(desk, group, home):
    [said] = await group.command(TEACHER, "items")
    [none] = await home.command(TEACHER, "items")

    assert said.card.notice == "items.private"
    assert none.card.notice == "items.none"


async def test_an_edited_command_is_not_answered_again(home):
    event = Commanded(home.place, TEACHER, "results", "", "5", edited=True)

    assert await home.event(event) == []


# Mended keys.


def changed(desk: Desk, *questions) -> None:
    pack = replace(PACK, questions=questions)
    desk.library = Library((Shelf(pack, LIBRARY.shelves[0].rank),))


async def meet(desk: Desk, time: Time, *people) -> None:
    """Let people write to the bot, so that it may write to them."""
    for person in people:
        await Room(desk, time, private_chat(person)).say(person, "when did the bridge open")


async def offered(desk: Desk, home: Room, time: Time) -> Outgoing:
    """Hold a session, mend its key, and return the offer."""
    await home.say(TEACHER, "hello")
    await held(desk)
    changed(desk, RIVER, NOW_1937, FLOOD)
    assert await offer_regrades(desk) == 1
    [offer] = await home.deliver()
    return offer


async def test_a_mended_key_is_offered_once_to_the_teacher(desk, home, time):
    offer = await offered(desk, home, time)

    assert offer.place == private_chat(TEACHER)
    assert "The key was “1931” and is now “1937”." in shown(offer)
    assert "12, of 12 learners. 9 would gain, 3 would lose." in shown(offer)
    assert await offer_regrades(desk) == 0


async def test_a_question_that_only_reads_differently_is_offered_to_nobody(desk, home, time):
    await home.say(TEACHER, "hello")
    await held(desk)
    changed(desk, RIVER, replace(BRIDGE, stem="When did it open?", hash="reworded"), FLOOD)

    assert await offer_regrades(desk) == 0


async def test_a_quiz_that_still_runs_is_left_alone(desk, home):
    await held(desk, phase="asking")
    changed(desk, RIVER, NOW_1937, FLOOD)

    assert await offer_regrades(desk) == 0


async def test_nobody_s_mark_changes_before_it_is_applied(desk, home, time):
    offer = await offered(desk, home, time)

    [preview] = await home.press(TEACHER, action(offer, "res.r.1"))

    assert "Fox 1: 1 → 2 of 2, place 2 → 1" in shown(preview)
    assert "Nothing was changed yet." in shown(preview)
    assert "Middle score 1 of 2." in shown(await opened(home))


async def test_applied_it_changes_marks_tells_learners_and_is_recorded(desk, home, time):
    await meet(desk, time, ALICE)
    offer = await offered(desk, home, time)

    said, told = await home.press(TEACHER, action(offer, "res.a.1"))

    assert "Answers with a new mark: 12" in shown(said)
    assert "Told in private: 1" in shown(said)
    assert told.place == private_chat(ALICE)
    assert "The key was “1931”; it is now “1937”." in shown(told)
    assert "Your mark in this quiz: 1 → 2 of 2." in shown(told)
    assert shown(told).endswith(PACK.caveat_long)
    assert "Middle score 2 of 2." in shown(await opened(home))
    async with desk.store.work(time.now) as work:
        [act] = await work.roles.audit()
    assert (act.who, act.act) == (TEACHER.key, "regrade.applied")
    assert BRIDGE.hash in act.before


async def test_what_was_applied_is_undone_to_the_old_marks(desk, home, time):
    await meet(desk, time, ALICE)
    offer = await offered(desk, home, time)
    said, _ = await home.press(TEACHER, action(offer, "res.a.1"))

    back, told = await home.press(TEACHER, action(said, "res.u.1"))

    assert "has the marks that it had before" in shown(back)
    assert "it is now “1931”" in shown(told)
    assert "Middle score 1 of 2." in shown(await opened(home))
    assert await offer_regrades(desk) == 0


async def test_it_is_decided_once(desk, home, time):
    offer = await offered(desk, home, time)
    await home.press(TEACHER, action(offer, "res.v.1"))

    await home.press(TEACHER, action(offer, "res.a.1"))

    assert home.handled.toast.notice == "regrade.closed"
    assert "Middle score 1 of 2." in shown(await opened(home))


async def test_only_the_teacher_decides(desk, home, time):
    offer = await offered(desk, home, time)
    room = Room(desk, time, private_chat(STRANGER))

    for verb in "ravu":
        await room.press(STRANGER, action(offer, "res.a.1").replace("res.a.", f"res.{verb}."))

        assert room.handled.toast.notice == "regrade.gone"


async def test_a_key_that_is_mended_once_more_ends_the_earlier_offer(desk, home, time):
    offer = await offered(desk, home, time)
    changed(desk, RIVER, mended(BRIDGE, "d", "again"), FLOOD)

    assert await offer_regrades(desk) == 1
    await home.press(TEACHER, action(offer, "res.a.1"))

    assert home.handled.toast.notice == "regrade.closed"


async def test_learners_who_were_never_shown_the_answers_are_told_nothing(desk, home, time):
    await home.say(TEACHER, "hello")
    await meet(desk, time, ALICE)
    await held(desk, kind="assignment", phase="open", setup={"reveal": "never"})
    changed(desk, RIVER, NOW_1937, FLOOD)
    await offer_regrades(desk)
    [offer] = await home.deliver()

    [said] = await home.press(TEACHER, action(offer, "res.a.1"))

    assert "Told in private: 0" in shown(said)


async def test_a_library_that_is_swapped_offers_by_itself(desk, home, part, time):
    await home.say(TEACHER, "hello")
    await held(desk)
    pack = replace(PACK, questions=(RIVER, NOW_1937, FLOOD))

    part.swap(Library((Shelf(pack, LIBRARY.shelves[0].rank),)))
    await part.errands.finish()

    [offer] = await home.deliver()
    assert "A key was mended" in shown(offer)
    assert desk.library.shelves[0].pack is pack


async def test_a_teacher_whom_no_message_reaches_still_has_the_offer_kept(desk, home, time):
    await held(desk)
    changed(desk, RIVER, NOW_1937, FLOOD)

    assert await offer_regrades(desk) == 1
    assert await home.deliver() == []
    async with desk.store.work(time.now) as work:
        [kept] = await work.results.mended_of(TEACHER.key)
    assert kept.title == "7B · Bridges"
