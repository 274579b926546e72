"""What assignments tell without being asked: that they open, are due, had an outage."""

from datetime import timedelta

from tests.cast import ALICE, BOB, TEACHER, private_chat
from tests.quizzes import BUILT
from tests.service.clocks import Time
from tests.service.room import shown
from tests.service.school import School, labelled, labels, toast


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
