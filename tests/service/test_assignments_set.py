"""What teachers do with assignments: fill in the form, change them, delete them."""

from datetime import timedelta

from bot.service.learners import ZONE
from tests.cast import ALICE, BOB, GROUP, TEACHER
from tests.quizzes import BUILT, CAVEAT, FLOOD, TRUE, WHEELS
from tests.service.clocks import Time
from tests.service.room import Room, shown
from tests.service.school import School, labelled, labels, toast


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


async def test_a_class_of_somebody_who_had_themselves_erased_takes_nobody(school: School):
    async with school.desk.store.work(school.time.now) as work:
        await work.personal.erase(TEACHER.key)
    [wrong] = await school.bob.command(BOB, "class", "join ABCDEFGH")
    [none] = await school.alice.command(ALICE, "class")

    assert wrong.card.notice == "class.code.wrong"
    assert none.card.notice == "class.menu.none"
