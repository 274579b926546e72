"""Assignments as people have them: set by a form, taken one question at a time, handed in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, STRANGER, TEACHER, private_chat
from tests.quizzes import BUILT, CAVEAT, FLOOD, ORDER, WHEELS, YEAR
from tests.service.clocks import Time
from tests.service.room import Room, shown
from tests.service.school import School, labelled, labels, toast


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
