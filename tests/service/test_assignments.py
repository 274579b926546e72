"""Assignments as people have them: set by a form, taken one question at a time, handed in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.quiz import Question
from bot.core.roles import Role
from bot.service.assign_part import AssignPart
from bot.service.assign_telling import AssignmentTimes, give_back
from bot.service.assignments import KIND
from bot.service.class_part import ClassPart
from bot.service.deadlines import Ringer
from bot.service.desk import Desk
from bot.service.learners import ZONE
from bot.service.ports import Outgoing
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, CAVEAT, FLOOD, ORDER, TRUE, WHEELS, YEAR, library
from tests.service.clocks import Time
from tests.service.room import Room, shown


def labels(outgoing: Outgoing) -> list[str]:
    return [choice.label for choice in outgoing.card.choices]


def labelled(outgoing: Outgoing, label: str) -> str:
    """Return what the button does whose label begins so."""
    return next(c.action for c in outgoing.card.choices if c.label.startswith(label))


class School:
    """A teacher with a class, and learners, each in their private chat."""

    def __init__(self, desk: Desk, time: Time) -> None:
        self.desk = desk
        self.time = time
        self.teacher = Room(desk, time, private_chat(TEACHER))
        self.alice = Room(desk, time, private_chat(ALICE))
        self.bob = Room(desk, time, private_chat(BOB))
        times = AssignmentTimes(telegram=lambda: "doublecheck_bot")
        self.ringer = Ringer(desk, {KIND: times.ring}, give_back)
        self.code = ""

    def asks(self, *questions: Question) -> None:
        """Let the pack have these questions."""
        self.desk.library = library(*questions)

    async def gathers(self) -> None:
        """Found 7B, let Alice and Bob join, and tell where the teacher lives."""
        async with self.desk.store.work(self.time.now) as work:
            await work.roles.grant(TEACHER.key, Role.TEACHER, TEACHER.key)
            await work.wishes.put(TEACHER.key, ZONE, "Europe/Berlin")
            group = await work.classes.create(TEACHER.key, "7B", "ABCDEFGH", self.time.now)
            for person, name in ((ALICE, "Blue heron"), (BOB, "Red fox")):
                place = private_chat(person)
                await work.classes.join(group.number, person.key, name, place, self.time.now)

    async def sets(self, line: str) -> list[Outgoing]:
        """Set an assignment by one line; return what is said and posted."""
        [form] = await self.teacher.command(TEACHER, "assign", line)
        published = await self.teacher.press(TEACHER, labelled(form, "Publish"))
        self.code = shown(published[0]).partition("start=a_")[2][:20].split()[0]
        return published

    async def rings(self) -> list[Outgoing]:
        """Let everything ring that is due; return what is delivered."""
        while await self.ringer.ring_one():
            pass
        return await self.teacher.deliver()

    async def begins(self, room: Room | None = None) -> Outgoing:
        """Let Alice open the assignment and begin; return the first question."""
        room = room or self.alice
        person = replace(ALICE, key=room.place.chat)
        [intro] = await room.command(person, "start", f"a_{self.code}")
        *_, asked = await room.press(person, labelled(intro, "Begin"))
        return asked


@pytest.fixture
async def school(desk: Desk, time: Time) -> School:
    names = (lambda: "http://192.168.1.7:8321", lambda: "doublecheck_bot")
    desk.parts = (ClassPart(*names), AssignPart(*names))
    desk.names = {"telegram": "doublecheck_bot"}
    school = School(desk, time)
    school.asks(BUILT, WHEELS, TRUE)
    await school.gathers()
    return school


def toast(room: Room) -> str:
    assert room.handled.toast is not None
    return room.handled.toast.notice


async def test_an_assignment_goes_from_the_form_to_the_class_and_back(school: School):
    [form] = await school.teacher.command(TEACHER, "assign", "7B 2 due fri 18:00")
    [preview] = await school.teacher.press(TEACHER, labelled(form, "Preview"))
    published, *posts = await school.teacher.press(TEACHER, labelled(preview, "Publish"))

    assert "Class: 7B" in shown(form)
    assert "Due: Fri 27 Nov, 18:00 (Berlin time)" in shown(form)
    assert "Key: 1820." in shown(preview)
    assert "Handed in: 0 of 2" in shown(published)
    assert {post.place for post in posts} == {private_chat(ALICE), private_chat(BOB)}
    assert all(CAVEAT in shown(card) for card in (form, preview, published, *posts))


async def test_a_learner_takes_it_one_question_at_a_time(school: School):
    _, alices, _ = await school.sets("7B 2 due fri 18:00")
    [intro] = await school.alice.press(ALICE, labelled(alices, "Look at it"))
    [first] = await school.alice.press(ALICE, labelled(intro, "Begin"))
    [told] = await school.alice.press(
        ALICE, labelled(first, "True" if "True" in labels(first) else "A")
    )
    [second] = await school.alice.press(ALICE, labelled(told, "Next question"))
    told_too, ending = await school.alice.press(ALICE, second.card.choices[0].action)
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))

    assert shown(intro).index("It speaks of a flood.") < shown(intro).index("2 questions")
    assert "Due Fri 27 Nov, 18:00 (Berlin time), in 4 days." in shown(intro)
    assert "There is one attempt." in shown(intro)
    assert "Question 1 of 2" in shown(first)
    assert "Right" in shown(told)
    assert "Next question" not in labels(told_too)
    assert "of 2 right." in shown(handed)
    assert all(CAVEAT in shown(c) for c in (intro, first, told, second, told_too, ending, handed))
    async with school.desk.store.work(school.time.now) as work:
        session = await work.sessions.by_code(school.code)
        assert session
        assert session.kind == "assignment"
        answers = await work.sessions.answers(session.id)
        assert [(a.position, a.attempt, a.late) for a in answers] == [(0, 1, False), (1, 1, False)]
        [alice] = await work.sessions.participants(session.id)
        assert (alice.person, alice.name) == (ALICE.key, "Blue heron")


async def test_what_was_right_is_told_once_it_is_due(school: School):
    school.asks(BUILT, WHEELS)
    await school.sets("7B 2 due tomorrow reveal due")
    first = await school.begins()
    [second] = await school.alice.press(ALICE, labelled(first, "A"))
    [ending] = await school.alice.press(ALICE, labelled(second, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))
    await school.alice.press(ALICE, f"1|a.w.{school.code}|x")
    early = toast(school.alice)
    school.time.now += timedelta(days=2)
    [review] = await school.alice.press(ALICE, f"1|a.w.{school.code}|x")

    assert shown(second).startswith("Saved.")
    assert shown(ending).startswith("Saved.")
    assert "right" not in shown(ending)
    assert "What was right you see once it is due" in shown(handed)
    assert early == "assign.not-yet"
    assert "Right: 1820." in shown(review)
    assert "Not right. The answer is: Looking at the plans" in shown(review)
    assert "3" in shown(review)  # the correction of the contradicted fact stands with it


async def test_what_is_never_told_stays_untold(school: School):
    school.asks(BUILT)
    await school.sets("7B 1 reveal never")
    first = await school.begins()
    [ending] = await school.alice.press(ALICE, labelled(first, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))

    assert "What was right is told in class." in shown(handed)
    assert not handed.card.choices


async def test_it_goes_on_after_a_break_and_on_another_device(school: School, time: Time):
    await school.sets("7B 3")
    first = await school.begins()
    [paused] = await school.alice.press(ALICE, labelled(first, "Pause"))
    time.now += timedelta(days=3)
    [again] = await school.alice.press(ALICE, labelled(paused, "Go on"))
    tablet = Room(school.desk, time, replace(private_chat(ALICE), chat="telegram:7777"))
    [intro] = await tablet.command(ALICE, "start", f"a_{school.code}")
    [there] = await tablet.press(ALICE, labelled(intro, "Go on"))
    await school.alice.press(ALICE, labelled(again, "A" if "A 1820" in labels(again) else "T"))

    assert "Stopped at question 1 of 3." in shown(paused)
    assert "Your quiz goes on here." in shown(again)
    assert "Another quiz" not in labels(again)
    assert "Question 1 of 3" in shown(there)
    assert toast(school.alice) == "assign.old"


async def test_what_was_skipped_can_be_answered_before_it_is_handed_in(school: School):
    await school.sets("7B 3")
    first = await school.begins()
    [second] = await school.alice.press(ALICE, labelled(first, "Skip"))
    [told] = await school.alice.press(ALICE, second.card.choices[0].action)
    [third] = await school.alice.press(ALICE, labelled(told, "Next"))
    [ending] = await school.alice.press(ALICE, labelled(third, "Skip"))
    [back] = await school.alice.press(ALICE, labelled(ending, "Answer what"))
    await school.alice.press(ALICE, labelled(ending, "Hand in"))
    old = toast(school.alice)
    [told] = await school.alice.press(ALICE, back.card.choices[0].action)
    [last] = await school.alice.press(ALICE, labelled(told, "Next"))
    [ending] = await school.alice.press(ALICE, labelled(last, "Skip"))

    assert "Without an answer: 2." in shown(ending) or "Without an answer: 1." in shown(ending)
    assert shown(back).count("Question 1 of 3") == 1
    assert "Question 3 of 3" in shown(last)
    assert old == "assign.old"
    assert "Without an answer: 1." in shown(ending)


async def test_an_answer_counts_once_however_often_it_is_pressed(school: School):
    school.asks(BUILT)
    await school.sets("7B 1")
    first = await school.begins()
    told, _ = await school.alice.press(ALICE, labelled(first, "A"))
    await school.alice.press(ALICE, labelled(first, "B"))

    assert "Right: A, 1820." in shown(told)
    assert toast(school.alice) == "quiz.twice"
    async with school.desk.store.work(school.time.now) as work:
        session = await work.sessions.by_code(school.code)
        assert session
        [kept] = await work.sessions.answers(session.id)
        assert kept.response.chosen == ("a",)


async def test_words_answer_the_question_that_waits_for_them(school: School, time: Time):
    school.asks(YEAR)
    await school.sets("7B 1")
    await school.begins()
    [unread] = await school.alice.say(ALICE, "long ago")
    await school.alice.command(ALICE, "help")
    told, _ = await school.alice.say(ALICE, "1820")
    [asked] = await school.alice.say(ALICE, "when was the mill built")

    assert unread.card.notice == "quiz.unreadable.number"
    assert "Right: 1820." in shown(told)
    assert "According to the leaflet" in shown(asked)


async def test_words_are_a_question_again_after_half_an_hour(school: School, time: Time):
    school.asks(YEAR)
    await school.sets("7B 1")
    await school.begins()
    time.pass_(minutes=31)

    [asked] = await school.alice.say(ALICE, "when was the mill built")

    assert "According to the leaflet" in shown(asked)


async def test_distress_is_no_answer(school: School):
    school.asks(YEAR)
    await school.sets("7B 1")
    await school.begins()

    [kind] = await school.alice.say(ALICE, "I want to die")

    assert kind.card.notice == "kind"


async def test_things_are_put_in_order_in_the_same_message(school: School):
    school.asks(ORDER)
    await school.sets("7B 1")
    first = await school.begins()
    await school.alice.press(ALICE, labelled(first, "A"), "1")

    cards = await school.alice.deliver()

    assert cards == []


async def test_work_that_is_late_is_taken_and_marked(school: School, time: Time):
    school.asks(BUILT)
    await school.sets("7B 1 due in 2 hours")
    first = await school.begins()
    time.pass_(minutes=121)
    _, ending = await school.alice.press(ALICE, labelled(first, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))
    [intro] = await school.bob.command(BOB, "start", f"a_{school.code}")

    assert "It was past due, and is marked as late." in shown(handed)
    assert "What you hand in now is marked as late." in shown(intro)
    async with school.desk.store.work(time.now) as work:
        session = await work.sessions.by_code(school.code)
        assert session
        [kept] = await work.sessions.answers(session.id)
        assert kept.late


async def test_where_late_work_is_not_taken_it_ends_when_it_is_due(school: School, time: Time):
    school.asks(BUILT)
    [form] = await school.teacher.command(TEACHER, "assign", "7B 1 due in 2 hours")
    [form] = await school.teacher.press(TEACHER, labelled(form, "Late work"))
    published = await school.teacher.press(TEACHER, labelled(form, "Publish"))
    school.code = shown(published[0]).partition("start=a_")[2].split()[0]
    first = await school.begins()
    time.pass_(minutes=121)

    up, handed = await school.alice.press(ALICE, labelled(first, "A"))
    [intro] = await school.bob.command(BOB, "start", f"a_{school.code}")

    assert up.card.notice == "assign.time-up"
    assert "Time was up: The old mill was handed in as it stood." in shown(handed)
    assert "It is closed." in shown(intro)
    assert "Begin" not in labels(intro)


async def test_an_attempt_ends_when_its_time_is_up(school: School, time: Time):
    school.asks(BUILT)
    await school.sets("7B 1 limit 10")
    await school.begins()
    time.pass_(minutes=9)
    assert await school.rings() == []
    time.pass_(minutes=1)

    [up] = await school.rings()

    assert up.place == private_chat(ALICE)
    assert "Time was up" in shown(up)
    assert await school.rings() == []


async def test_more_time_applies_to_the_limit_and_is_seen_by_nobody_else(
    school: School, time: Time
):
    school.asks(BUILT)
    async with school.desk.store.work(time.now) as work:
        await work.sessions.put_factor(TEACHER.key, ALICE.key, 1.5)
        await work.sessions.put_factor(TEACHER.key, BOB.key, 0.0)
    _, *posts = await school.sets("7B 1 limit 10")
    [intro] = await school.alice.command(ALICE, "start", f"a_{school.code}")
    [free] = await school.bob.command(BOB, "start", f"a_{school.code}")
    first = await school.begins()
    time.pass_(minutes=14)
    told, _ = await school.alice.press(ALICE, labelled(first, "A"))

    assert "You have 15 minutes for an attempt" in shown(intro)
    assert "There is no time limit" in shown(free)
    assert "Right" in shown(told)
    assert not any("minutes" in shown(post) for post in posts)


async def test_attempts_are_counted_and_none_reaches_into_another(school: School):
    school.asks(BUILT)
    await school.sets("7B 1 attempts 2")
    first = await school.begins()
    _, ending = await school.alice.press(ALICE, labelled(first, "B"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))
    await school.alice.press(ALICE, labelled(first, "A"))
    done = toast(school.alice)
    [again] = await school.alice.press(ALICE, labelled(handed, "Attempt 2"))
    _, ending = await school.alice.press(ALICE, labelled(again, "A"))
    [over] = await school.alice.press(ALICE, labelled(ending, "Hand in"))
    [review] = await school.alice.press(ALICE, labelled(over, "What was right"))
    await school.alice.press(ALICE, f"1|a.g.{school.code}|x")

    assert "0 of 1 right." in shown(handed)
    assert done == "assign.done"
    assert "1 of 1 right." in shown(over)
    assert "Attempt 2, which counts." in shown(review)
    assert toast(school.alice) == "assign.no-more"


async def test_a_running_assignment_keeps_the_questions_it_began_with(school: School):
    school.asks(BUILT)
    await school.sets("7B 1")
    first = await school.begins()
    school.asks(WHEELS)

    told, ending = await school.alice.press(ALICE, labelled(first, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))

    assert "Right: A, 1820." in shown(told)
    assert "1 of 1 right." in shown(handed)


async def test_it_goes_on_though_the_pack_is_gone(school: School):
    school.asks(BUILT)
    await school.sets("7B 1")
    first = await school.begins()
    school.desk.library = replace(school.desk.library, shelves=())

    told, _ = await school.alice.press(ALICE, labelled(first, "A"))

    assert "Right: A, 1820." in shown(told)
    assert CAVEAT in shown(told)


async def test_who_is_not_in_the_class_joins_it_first(school: School, time: Time):
    await school.sets("7B 1")
    room = Room(school.desk, time, private_chat(STRANGER))
    [asked] = await room.command(STRANGER, "start", f"a_{school.code}")
    await room.press(STRANGER, f"1|a.g.{school.code}|x")
    joined, intro = await room.press(STRANGER, labelled(asked, "Join 7B"))

    assert "To take it you join the class." in shown(asked)
    assert "its teacher sees" in shown(asked)
    assert joined.card.notice == "class.joined"
    assert "Begin" in labels(intro)


async def test_whoever_has_the_link_takes_one_that_is_for_no_class(school: School, time: Time):
    school.asks(BUILT)
    await school.sets("1")
    room = Room(school.desk, time, private_chat(STRANGER))
    asked = await school.begins(room)

    assert "Question 1 of 1" in shown(asked)


async def test_sensitive_questions_are_asked_only_where_switched_on_and_never_scored(
    school: School,
):
    school.asks(BUILT, FLOOD)
    [form] = await school.teacher.command(TEACHER, "assign", "7B 2")
    [on] = await school.teacher.press(TEACHER, labelled(form, "Sensitive"))
    published = await school.teacher.press(TEACHER, labelled(on, "Publish"))
    school.code = shown(published[0]).partition("start=a_")[2].split()[0]
    first = await school.begins()
    [told] = await school.alice.press(ALICE, labelled(first, "A"))
    [flood] = await school.alice.press(ALICE, labelled(told, "Next"))
    reflected, ending = await school.alice.press(ALICE, labelled(flood, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))

    assert "Questions: 1" in shown(form)
    assert "Questions: 2" in shown(on)
    assert "There are no points for this one." in shown(reflected)
    assert "1 of 1 right." in shown(handed)
    async with school.desk.store.work(school.time.now) as work:
        session = await work.sessions.by_code(school.code)
        assert session
        points = [(a.points, a.correct) for a in await work.sessions.answers(session.id)]
        assert points == [(1.0, True), (0.0, False)]


async def test_nobody_else_can_press_in_an_attempt(school: School):
    school.asks(BUILT)
    await school.sets("7B 1")
    first = await school.begins()

    await school.bob.press(BOB, labelled(first, "A"))

    assert toast(school.bob) == "assign.gone"


@pytest.mark.parametrize(
    "verb", ["a.", "a.r", "a.r1", "a.r1.o", "a.r1.z.1", "a.rx.o.1", "a.e.1", "a.e.x.d", "a.i.1.x"]
)
async def test_a_button_that_never_was_one_does_nothing(school: School, verb: str):
    assert await school.alice.press(ALICE, f"1|{verb}|x") == []
    assert toast(school.alice)


# What is told without asking.


async def wishes_reminders(school: School) -> None:
    async with school.desk.store.work(school.time.now) as work:
        await work.wishes.put(ALICE.key, "reminders")


async def test_it_is_told_when_it_opens_once_and_not_before(school: School, time: Time):
    published = await school.sets("7B 1 opens in 2 hours due in 3 days")
    [intro] = await school.alice.command(ALICE, "start", f"a_{school.code}")
    await school.alice.press(ALICE, f"1|a.g.{school.code}|x")
    early = toast(school.alice)
    time.pass_(minutes=120)

    opened = await school.rings()

    assert len(published) == 1
    assert "It opens Mon 23 Nov, 15:00 (Berlin time), in 2 hours." in shown(intro)
    assert "Begin" not in labels(intro)
    assert early == "assign.not-open"
    assert {post.place for post in opened} == {private_chat(ALICE), private_chat(BOB)}
    assert "A new assignment for 7B" in shown(opened[0])
    assert await school.rings() == []


async def test_who_wished_it_is_reminded_a_day_before_unless_they_are_done(
    school: School, time: Time
):
    school.asks(BUILT)
    await wishes_reminders(school)
    await school.sets("7B 1 due in 3 days")
    time.now += timedelta(days=1, hours=23)
    nothing = await school.rings()
    time.now += timedelta(hours=1)

    [reminded] = await school.rings()

    assert nothing == []
    assert reminded.place == private_chat(ALICE)
    assert "Due in 1 day: The old mill" in shown(reminded)
    assert await school.rings() == []


async def test_who_has_handed_in_is_not_reminded(school: School, time: Time):
    school.asks(BUILT)
    await wishes_reminders(school)
    await school.sets("7B 1 due in 3 days")
    first = await school.begins()
    _, ending = await school.alice.press(ALICE, labelled(first, "A"))
    await school.alice.press(ALICE, labelled(ending, "Hand in"))
    time.now += timedelta(days=2)

    assert await school.rings() == []


async def test_a_short_one_is_reminded_of_half_way(school: School, time: Time):
    await wishes_reminders(school)
    await school.sets("7B 1 due in 2 hours")
    time.pass_(minutes=59)
    nothing = await school.rings()
    time.pass_(minutes=1)

    assert nothing == []
    assert "Due in 1 hour" in shown((await school.rings())[0])


async def test_once_it_is_due_the_teacher_and_who_wished_it_are_told(school: School, time: Time):
    school.asks(BUILT)
    await wishes_reminders(school)
    await school.sets("7B 1 due in 2 hours reveal due")
    first = await school.begins()
    [ending] = await school.alice.press(ALICE, labelled(first, "A"))
    await school.alice.press(ALICE, labelled(ending, "Hand in"))
    time.pass_(minutes=120)

    teacher, alice = await school.rings()
    [review] = await school.alice.press(ALICE, labelled(alice, "Look at it"))

    assert teacher.place == private_chat(TEACHER)
    assert "The old mill was due now. Handed in: 1 of 2." in shown(teacher)
    assert "The results are open: The old mill" in shown(alice)
    assert "What was right" in labels(review)
    assert await school.rings() == []


async def test_a_learner_gets_a_day_of_their_own(school: School, time: Time):
    school.asks(BUILT)
    await wishes_reminders(school)
    [published, *_] = await school.sets("7B 1 due in 2 hours reveal due")
    [whom] = await school.teacher.press(TEACHER, labelled(published, "Another day"))
    await school.teacher.press(TEACHER, labelled(whom, "Blue heron"))
    [bad] = await school.teacher.say(TEACHER, "some day")
    await school.teacher.say(TEACHER, "in 3 days")
    [alice] = await school.alice.command(ALICE, "start", f"a_{school.code}")
    [bob] = await school.bob.command(BOB, "start", f"a_{school.code}")
    time.pass_(minutes=150)
    told = await school.rings()
    first = await school.begins()
    [ending] = await school.alice.press(ALICE, labelled(first, "A"))
    [handed] = await school.alice.press(ALICE, labelled(ending, "Hand in"))
    time.now += timedelta(days=3)
    [open_now] = await school.rings()

    assert bad.card.notice == "assign.due.bad"
    assert "in 3 days" in shown(alice)
    assert "in 2 hours" in shown(bob)
    assert [post.place for post in told] == [private_chat(TEACHER)]
    assert "late" not in shown(handed)
    assert "The results are open" in shown(open_now)


async def test_a_day_of_ones_own_can_be_taken_back(school: School):
    [published, *_] = await school.sets("7B 1 due in 2 hours")
    for words in ("in 3 days", "none"):
        [whom] = await school.teacher.press(TEACHER, labelled(published, "Another day"))
        await school.teacher.press(TEACHER, labelled(whom, "Blue heron"))
        await school.teacher.say(TEACHER, words)

    [alice] = await school.alice.command(ALICE, "start", f"a_{school.code}")

    assert "in 2 hours" in shown(alice)


# What the teacher can change.


async def test_a_group_is_posted_to_where_it_was_begun(school: School, time: Time):
    group = Room(school.desk, time, GROUP)
    [refused] = await group.command(ALICE, "assign", "7B 1")
    [led] = await group.command(TEACHER, "assign", "7B 1")
    [form] = await school.teacher.command(TEACHER, "start", "a_new")
    posts = await school.teacher.press(TEACHER, labelled(form, "Publish"))
    post = next(one for one in posts if one.place == GROUP)

    assert refused.card.notice == "role.needed"
    assert led.card.choices[0].url == "https://t.me/doublecheck_bot?start=a_new"
    assert "Class: 7B" in shown(form)
    assert post.card.choices[0].url.startswith("https://t.me/doublecheck_bot?start=a_")
    assert CAVEAT in shown(post)


async def test_due_day_and_reveal_are_changed_and_it_is_closed_and_opened(
    school: School, time: Time
):
    school.asks(BUILT)
    [published, *_] = await school.sets("7B 1 due in 2 hours")
    await school.teacher.press(TEACHER, labelled(published, "Change when"))
    [bad] = await school.teacher.say(TEACHER, "whenever")
    [later] = await school.teacher.say(TEACHER, "in 3 days")
    [hidden] = await school.teacher.press(TEACHER, labelled(later, "Answers told"))
    first = await school.begins()
    [closed] = await school.teacher.press(TEACHER, labelled(hidden, "Close now"))
    refused, handed = await school.alice.press(ALICE, labelled(first, "A"))
    [again] = await school.teacher.press(TEACHER, labelled(closed, "Open again"))
    time.pass_(minutes=120)

    assert bad.card.notice == "assign.due.bad"
    assert "Due: Thu 26 Nov" in shown(later)
    assert "Answers told: once it is due" in labels(hidden)
    assert "Closed." in shown(closed)
    assert refused.card.notice == "assign.closed"
    assert "Handed in" in shown(handed)
    assert "Open." in shown(again)
    assert await school.rings() == []


async def test_a_deleted_one_is_gone_and_can_be_brought_back_for_a_day(school: School, time: Time):
    [published, *_] = await school.sets("7B 1 due in 2 hours")
    await school.begins()
    [sure] = await school.teacher.press(TEACHER, labelled(published, "Delete"))
    [deleted] = await school.teacher.press(TEACHER, labelled(sure, "Yes"))
    await school.alice.press(ALICE, f"1|a.t.{school.code}|x")
    gone = toast(school.alice)
    time.pass_(minutes=121)
    nothing = await school.rings()
    [back] = await school.teacher.press(TEACHER, labelled(deleted, "Bring"))
    [sure] = await school.teacher.press(TEACHER, labelled(back, "Delete"))
    [kept] = await school.teacher.press(TEACHER, labelled(sure, "No"))
    [sure] = await school.teacher.press(TEACHER, labelled(kept, "Delete"))
    [deleted] = await school.teacher.press(TEACHER, labelled(sure, "Yes"))
    time.now += timedelta(days=2)
    await school.teacher.press(TEACHER, labelled(deleted, "Bring"))

    assert "with the answers of its learners (1)" in shown(sure)
    assert gone == "assign.gone"
    assert nothing == []
    assert "Past due" in shown(back)
    assert toast(school.teacher) == "assign.gone"


async def test_nobody_else_changes_an_assignment(school: School):
    [published, *_] = await school.sets("7B 1")

    for choice in published.card.choices:
        await school.alice.press(ALICE, choice.action)
        assert toast(school.alice) == "assign.not-yours"
    await school.alice.press(ALICE, "1|a.i.1.1|x")
    assert toast(school.alice) == "assign.not-yours"


async def test_the_form_is_filled_by_buttons_and_words(school: School):
    school.asks(BUILT, WHEELS, TRUE, FLOOD)
    [listed] = await school.teacher.command(TEACHER, "assign")
    [form] = await school.teacher.press(TEACHER, labelled(listed, "New"))
    [groups] = await school.teacher.press(TEACHER, labelled(form, "Class"))
    [form] = await school.teacher.press(TEACHER, labelled(groups, "7B"))
    [picking] = await school.teacher.press(TEACHER, labelled(form, "Picked by hand"))
    [unread] = await school.teacher.say(TEACHER, "1 9")
    [form] = await school.teacher.say(TEACHER, "3, 1")
    [dues] = await school.teacher.press(TEACHER, labelled(form, "Due"))
    [form] = await school.teacher.press(TEACHER, labelled(dues, "Tomorrow"))
    [limits] = await school.teacher.press(TEACHER, labelled(form, "Time for"))
    [form] = await school.teacher.press(TEACHER, labelled(limits, "20 minutes"))
    [form] = await school.teacher.press(TEACHER, labelled(form, "Attempts"))
    [form] = await school.teacher.press(TEACHER, labelled(form, "Which attempt"))
    [form] = await school.teacher.press(TEACHER, labelled(form, "Answers are told"))

    assert listed.card.notice == "assign.list.none"
    assert "1. According to the leaflet, when was the mill built?" in shown(picking)
    assert "I cannot read that." in shown(unread)
    for line in (
        "Class: 7B",
        "Picked by hand: 2",
        "Due: Tue 24 Nov, 18:00 (Berlin time)",
        "Time for an attempt: 20 minutes",
        "Attempts: 2",
        "Which attempt counts: the last",
        "Answers are told: once it is due",
    ):
        assert line in shown(form)


async def test_the_time_zone_is_asked_for_once(school: School, time: Time):
    async with school.desk.store.work(time.now) as work:
        await work.wishes.drop(TEACHER.key, ZONE)
    [asked] = await school.teacher.command(TEACHER, "assign", "7B 1 due fri 18:00")
    [bad] = await school.teacher.say(TEACHER, "Atlantis")
    [form] = await school.teacher.say(TEACHER, "new york")
    [asked_again] = await school.teacher.press(TEACHER, labelled(form, "Time zone"))
    [berlin] = await school.teacher.press(TEACHER, labelled(asked_again, "Berlin"))

    assert [asked.card.notice, bad.card.notice] == ["assign.zone.ask", "assign.zone.bad"]
    assert "All times are New York time." in shown(form)
    assert "Due: Fri 27 Nov, 18:00 (New York time)" in shown(form)
    assert "All times are Berlin time." in shown(berlin)


async def test_what_cannot_be_published_says_why(school: School, time: Time):
    [form] = await school.teacher.command(TEACHER, "assign", "7B 1 reveal due")
    [why] = await school.teacher.press(TEACHER, labelled(form, "Publish"))
    [unknown] = await school.teacher.command(TEACHER, "assign", "9Z 1")
    [unread] = await school.teacher.command(TEACHER, "assign", "7B due whenever")
    [form] = await school.teacher.command(TEACHER, "assign", "7B 1 due in 2 hours")
    time.pass_(minutes=180)
    [past] = await school.teacher.press(TEACHER, labelled(form, "Publish"))
    await school.teacher.press(TEACHER, "1|a.y.99|x")
    old = toast(school.teacher)
    [thrown] = await school.teacher.press(TEACHER, labelled(past, "Throw away"))
    await school.teacher.press(TEACHER, labelled(past, "Publish"))

    assert "no day is set" in shown(why)
    assert "I know no class of yours by that name." in shown(unknown)
    assert "I cannot read a time ahead" in shown(unread)
    assert "or in the past" in shown(past)
    assert old == "assign.old"
    assert thrown.card.notice == "assign.form.discarded"
    assert toast(school.teacher) == "assign.old"


async def test_without_questions_there_is_nothing_to_assign(school: School):
    school.asks()

    [none] = await school.teacher.command(TEACHER, "assign", "7B 1")

    assert none.card.notice == "assign.none"


async def test_only_teachers_set_assignments_and_learners_see_theirs(school: School):
    await school.sets("7B 1 due fri 18:00")
    [refused] = await school.alice.command(ALICE, "assign", "7B 1")
    [work] = await school.alice.command(ALICE, "assign")
    [intro] = await school.alice.press(ALICE, work.card.choices[0].action)

    assert refused.card.notice == "role.needed"
    assert labels(work) == ["The old mill: to do"]
    assert "Begin" in labels(intro)


async def test_a_wrong_link_is_told_so(school: School):
    [gone] = await school.alice.command(ALICE, "start", "a_nothing")

    assert gone.card.notice == "assign.gone"


async def test_one_for_no_class_reminds_who_has_begun_it(school: School, time: Time):
    school.asks(BUILT)
    await wishes_reminders(school)
    await school.sets("1 due in 3 days")
    await school.begins()
    time.now += timedelta(days=2)

    [reminded] = await school.rings()

    assert reminded.place == private_chat(ALICE)
    assert "Due in 1 day" in shown(reminded)


async def test_what_is_due_while_nobody_is_there_is_told_afterwards_and_once(
    school: School, time: Time
):
    await school.sets("7B 1 due in 2 hours")
    time.now += timedelta(days=9)

    told = await school.rings()

    assert [post.place for post in told] == [private_chat(TEACHER)]
    assert await school.rings() == []


async def test_a_class_of_somebody_who_had_themselves_erased_takes_nobody(school: School):
    async with school.desk.store.work(school.time.now) as work:
        await work.personal.erase(TEACHER.key)
    [wrong] = await school.bob.command(BOB, "class", "join ABCDEFGH")
    [none] = await school.alice.command(ALICE, "class")

    assert wrong.card.notice == "class.code.wrong"
    assert none.card.notice == "class.menu.none"


async def test_after_an_outage_a_timed_attempt_gets_its_time_back_and_its_learner_is_told(
    school: School,
):
    await school.ringer.beat()
    await school.sets("7B 2 limit 10")
    asked = await school.begins()
    school.time.pass_(minutes=15)

    await school.ringer.beat()
    [told] = await school.rings()

    assert told.place == private_chat(ALICE)
    assert "I was away for 15 minutes. Your time for “The old mill” is that much longer." in shown(
        told
    )
    [answered, *_] = await school.alice.press(ALICE, labelled(asked, "A"))
    assert "time is up" not in shown(answered)
    school.time.pass_(minutes=11)
    await school.ringer.beat()


async def test_work_without_a_limit_of_time_gets_none_back(school: School):
    await school.ringer.beat()
    await school.sets("7B 2 due fri 18:00")
    await school.begins()
    school.time.pass_(minutes=15)

    await school.ringer.beat()

    assert await school.rings() == []
