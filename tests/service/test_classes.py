"""Classes as people have them: founded by a teacher, joined by a code, left again."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.core.classes import CODE_LASTS
from bot.core.roles import Role
from bot.service.class_part import ClassPart
from bot.service.desk import Desk
from bot.service.learners import links_to
from bot.service.ports import Outgoing
from tests.cast import ALICE, BOB, GROUP, NOON, STRANGER, TEACHER, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, shown


class School:
    """A teacher and learners, each in their private chat."""

    def __init__(self, desk: Desk, time: Time) -> None:
        self.teacher = Room(desk, time, private_chat(TEACHER))
        self.alice = Room(desk, time, private_chat(ALICE))
        self.bob = Room(desk, time, private_chat(BOB))
        self.stranger = Room(desk, time, private_chat(STRANGER))

    async def founded(self, name: str = "7B") -> str:
        """Found a class; return its code."""
        cards = await self.teacher.command(TEACHER, "class", f"new {name}")
        return code_in(cards[-1])

    async def joined(self, code: str) -> None:
        """Let Alice join."""
        [asked] = await self.alice.command(ALICE, "class", f"join {code}")
        await self.alice.press(ALICE, labelled(asked, "Join"))

    async def learner(self) -> Outgoing:
        """Open the only learner of the only class, as the teacher."""
        [menu] = await self.teacher.command(TEACHER, "class")
        [one] = await self.teacher.press(TEACHER, labelled(menu, "7B"))
        [roster] = await self.teacher.press(TEACHER, labelled(one, "Roster"))
        [member] = await self.teacher.press(TEACHER, roster.card.choices[0].action)
        return member


def labelled(outgoing: Outgoing, label: str) -> str:
    """Return what the button does whose label begins so."""
    return next(c.action for c in outgoing.card.choices if c.label.startswith(label))


def labels(outgoing: Outgoing) -> list[str]:
    return [choice.label for choice in outgoing.card.choices]


def code_in(outgoing: Outgoing) -> str:
    return shown(outgoing).split("Code to join: ")[1][:8]


def keys(cards: Sequence[Outgoing]) -> list[str]:
    return [outgoing.card.notice for outgoing in cards]


@pytest.fixture
async def school(desk: Desk, time: Time) -> School:
    desk.parts = (ClassPart(lambda: "http://192.168.1.7:8321", lambda: "doublecheck_bot"),)
    desk.names = {"telegram": "doublecheck_bot"}
    async with desk.store.work(time.now) as work:
        await work.roles.grant(TEACHER.key, Role.TEACHER, TEACHER.key)
    return School(desk, time)


async def test_a_teacher_founds_a_class_by_buttons_and_hands_its_code_on(school: School):
    [menu] = await school.teacher.command(TEACHER, "class")
    [asked] = await school.teacher.press(TEACHER, labelled(menu, "New class"))
    created, one = await school.teacher.say(TEACHER, "  7B \n physics ")

    assert keys([menu, asked, created, one]) == [
        "class.menu.teacher",
        "class.name.ask",
        "class.created",
        "class.one",
    ]
    assert "7B physics. Learners: 0." in shown(one)
    code = code_in(one)
    assert f"https://t.me/doublecheck_bot?start=c_{code}" in shown(one)
    assert f"http://192.168.1.7:8321/c/{code}" in shown(one)


def test_a_page_for_its_own_machine_alone_is_no_link_for_others():
    def links(page: str, telegram: str = "doublecheck_bot") -> list[str]:
        return links_to("c_X", "/c/X", lambda: telegram, lambda: page)

    assert links("http://127.0.0.1:8321") == ["https://t.me/doublecheck_bot?start=c_X"]
    assert links("http://127.0.0.1:8321", "") == ["http://127.0.0.1:8321/c/X"]
    assert len(links("http://192.168.1.7:8321")) == 2


async def test_only_teachers_found_classes(school: School):
    [refused] = await school.alice.command(ALICE, "class", "new mine")
    [menu] = await school.alice.command(ALICE, "class")
    await school.alice.press(ALICE, "1|c.n|x")

    assert refused.card.notice == "role.needed"
    assert "New class" not in labels(menu)


async def test_who_is_a_teacher_no_longer_can_change_nothing(school: School, time: Time):
    code = await school.founded()
    async with school.teacher.desk.store.work(time.now) as work:
        [granted] = await work.roles.granted()
        await work.roles.revoke(granted.number)

    for verb in ("o.1", "k.1", "w.1", "x.1", "y.1", "z.1", "r.1"):
        await school.teacher.press(TEACHER, f"1|c.{verb}|x")
        toast = school.teacher.handled.toast
        assert toast is not None
        assert toast.notice == "class.gone"
    async with school.teacher.desk.store.work(time.now) as work:
        assert await work.classes.by_code(code)


async def test_a_learner_is_told_what_the_teacher_sees_and_then_joins(school: School):
    code = await school.founded()

    [asked] = await school.alice.command(ALICE, "start", f"c_{code}")
    [joined] = await school.alice.press(ALICE, labelled(asked, "Join 7B"))

    assert "its teacher sees: the name that you go by here" in shown(asked)
    assert "does not see your account or your telephone number" in shown(asked)
    assert joined.card.notice == "class.joined"


async def test_a_code_is_read_however_it_is_typed(school: School):
    code = await school.founded()

    [button] = await school.alice.command(ALICE, "class", "join")
    [asked] = await school.alice.say(ALICE, f" {code[:4].lower()}-{code[4:]} ")

    assert keys([button, asked]) == ["class.code.ask", "class.join.ask"]


async def test_who_has_joined_is_told_so_and_the_teacher_cannot(school: School):
    code = await school.founded()
    await school.joined(code)

    [again] = await school.alice.command(ALICE, "class", f"join {code}")
    pressed = await school.alice.press(ALICE, f"1|c.a.{code}|x")
    [own] = await school.teacher.command(TEACHER, "class", f"join {code}")
    await school.teacher.press(TEACHER, f"1|c.a.{code}|x")

    assert keys([again, *pressed, own]) == ["class.already", "class.already", "class.own"]


async def test_wrong_codes_are_counted_and_soon_no_longer_read(school: School, time: Time):
    code = await school.founded()
    wrong = [await school.stranger.command(STRANGER, "class", "join NOTACODE") for _ in range(10)]

    [often] = await school.stranger.command(STRANGER, "class", f"join {code}")
    [bob] = await school.bob.command(BOB, "class", f"join {code}")
    time.pass_(minutes=61)
    [later] = await school.stranger.command(STRANGER, "class", f"join {code}")

    assert {card.card.notice for [card] in wrong} == {"class.code.wrong"}
    assert keys([often, bob, later]) == ["class.code.often", "class.join.ask", "class.join.ask"]


async def test_a_code_runs_out_and_a_new_one_ends_the_old(school: School, time: Time):
    old = await school.founded()
    time.now += CODE_LASTS
    [late] = await school.alice.command(ALICE, "class", f"join {old}")
    [menu] = await school.teacher.command(TEACHER, "class")
    [one] = await school.teacher.press(TEACHER, labelled(menu, "7B"))
    said, again = await school.teacher.press(TEACHER, labelled(one, "New code"))

    [wrong] = await school.alice.command(ALICE, "class", f"join {old}")
    [right] = await school.alice.command(ALICE, "class", f"join {code_in(again)}")
    [forged] = await school.alice.press(ALICE, f"1|c.a.{old}|x")
    assert keys([late, said, wrong, right, forged]) == [
        "class.code.old",
        "class.recoded",
        "class.code.wrong",
        "class.join.ask",
        "class.code.wrong",
    ]


async def test_a_learner_chooses_another_name_that_nobody_has(school: School):
    code = await school.founded()
    await school.joined(code)
    [asked] = await school.bob.command(BOB, "class", f"join {code}")
    [bob] = await school.bob.press(BOB, labelled(asked, "Join"))
    await school.bob.press(BOB, labelled(bob, "Another name"))
    [long] = await school.bob.say(BOB, "x" * 31)
    [named] = await school.bob.say(BOB, "Zed")
    [menu] = await school.alice.command(ALICE, "class")
    [mine] = await school.alice.press(ALICE, labelled(menu, "7B"))
    await school.alice.press(ALICE, labelled(mine, "Another name"))

    [taken] = await school.alice.say(ALICE, "Zed")

    assert keys([long, named, taken]) == ["class.call.bad", "class.joined", "class.call.taken"]
    assert "as “Zed”" in shown(named)


async def test_the_teacher_gives_a_learner_a_code_and_more_time(school: School):
    await school.joined(await school.founded())
    member = await school.learner()
    await school.teacher.press(TEACHER, labelled(member, "Set the code"))
    [bad] = await school.teacher.say(TEACHER, "far too long to be a code for one")
    [coded] = await school.teacher.say(TEACHER, "7B-12")
    [slower] = await school.teacher.press(TEACHER, labelled(coded, "Time ×1.5"))
    [roster] = await school.teacher.press(TEACHER, labelled(slower, "Back"))

    assert bad.card.notice == "class.label.bad"
    assert "Time: half as much again" in shown(slower)
    assert "7B-12" in shown(roster)
    assert ", time ×1.5" in shown(roster)
    assert "7B-12" in labels(roster)


async def test_a_learner_is_removed_after_a_question_back(school: School):
    await school.joined(await school.founded())
    member = await school.learner()
    [sure] = await school.teacher.press(TEACHER, labelled(member, "Remove"))
    removed, empty = await school.teacher.press(TEACHER, labelled(sure, "Yes"))
    await school.teacher.press(TEACHER, labelled(sure, "Yes"))

    assert keys([sure, removed, empty]) == [
        "class.remove.ask",
        "class.removed",
        "class.roster.none",
    ]
    toast = school.teacher.handled.toast
    assert toast is not None
    assert toast.notice == "class.gone"


async def test_a_learner_leaves_by_command_or_button(school: School):
    code = await school.founded()
    await school.joined(code)
    [nothing] = await school.alice.command(ALICE, "class", "leave 8C")
    [sure] = await school.alice.command(ALICE, "class", "leave")
    [left] = await school.alice.press(ALICE, labelled(sure, "Yes"))
    [menu] = await school.alice.command(ALICE, "class")

    assert keys([nothing, sure, left, menu]) == [
        "class.leave.none",
        "class.leave.ask",
        "class.left",
        "class.menu.none",
    ]


async def test_who_is_in_two_classes_is_asked_which_one_to_leave(school: School):
    await school.joined(await school.founded())
    await school.joined(await school.founded("8C"))

    [which] = await school.alice.command(ALICE, "class", "leave")
    [sure] = await school.alice.press(ALICE, labelled(which, "8C"))

    assert which.card.notice == "class.leave.which"
    assert "Leave 8C?" in shown(sure)


async def test_a_class_is_renamed_and_no_two_have_the_same_name(school: School):
    await school.founded("8C")
    await school.founded()
    [menu] = await school.teacher.command(TEACHER, "class")
    [one] = await school.teacher.press(TEACHER, labelled(menu, "7B"))
    await school.teacher.press(TEACHER, labelled(one, "Rename"))
    [same] = await school.teacher.say(TEACHER, "8c")
    renamed, shows = await school.teacher.say(TEACHER, "7D")

    assert keys([same, renamed]) == ["class.name.same", "class.renamed"]
    assert "7D. Learners: 0." in shown(shows)


async def test_a_deleted_class_can_be_brought_back_for_a_day(school: School, time: Time):
    code = await school.founded()
    await school.joined(code)
    [menu] = await school.teacher.command(TEACHER, "class")
    [one] = await school.teacher.press(TEACHER, labelled(menu, "7B"))
    [sure] = await school.teacher.press(TEACHER, labelled(one, "Delete"))
    [closed] = await school.teacher.press(TEACHER, labelled(sure, "Yes"))
    [nobody] = await school.alice.command(ALICE, "class")
    time.pass_(minutes=60 * 23)
    restored, again = await school.teacher.press(TEACHER, labelled(closed, "Bring"))
    [sure] = await school.teacher.press(TEACHER, labelled(again, "Delete"))
    [closed] = await school.teacher.press(TEACHER, labelled(sure, "Yes"))
    time.pass_(minutes=60 * 25)
    await school.teacher.press(TEACHER, labelled(closed, "Bring"))

    assert keys([closed, nobody, restored]) == [
        "class.closed",
        "class.menu.none",
        "class.restored",
    ]
    assert "7B. Learners: 1." in shown(again)
    toast = school.teacher.handled.toast
    assert toast is not None
    assert toast.notice == "class.gone"


async def test_reminders_are_a_wish(school: School):
    await school.joined(await school.founded())
    [menu] = await school.alice.command(ALICE, "class")
    on, menu = await school.alice.press(ALICE, labelled(menu, "Remind me"))
    off, menu = await school.alice.press(ALICE, labelled(menu, "No more reminders"))

    assert keys([on, off]) == ["class.reminders.on", "class.reminders.off"]
    assert "Remind me before work is due" in labels(menu)


async def test_in_a_group_it_leads_to_the_private_chat(school: School, desk: Desk, time: Time):
    group = Room(desk, time, GROUP)
    [led] = await group.command(TEACHER, "class")
    [menu] = await school.teacher.command(TEACHER, "start", "c_")

    assert led.card.choices[0].url == "https://t.me/doublecheck_bot?start=c_"
    assert menu.card.notice == "class.menu.teacher"


async def test_anything_else_is_explained(school: School):
    [how] = await school.alice.command(ALICE, "class", "dance")

    assert how.card.notice == "class.how"


@pytest.mark.parametrize(
    "verb", ["c.", "c.o", "c.o.x", "c.o.²", "c.zz.1", "c.a", "c.t.9", "c.e.7"]
)
async def test_a_button_that_never_was_one_does_nothing(school: School, verb: str):
    cards = await school.teacher.press(TEACHER, f"1|{verb}|x")

    toast = school.teacher.handled.toast
    assert keys(cards) == ["class.code.wrong"] if verb == "c.a" else toast is not None


async def test_a_long_roster_has_pages(school: School, desk: Desk, time: Time):
    code = await school.founded()
    async with desk.store.work(NOON + timedelta(0)) as work:
        group = await work.classes.by_code(code)
        assert group
        for number in range(23):
            place = private_chat(ALICE)
            key = f"telegram:{7000 + number}"
            await work.classes.join(group.number, key, f"Name {number:02}", place, NOON)
    [first] = await school.teacher.press(TEACHER, f"1|c.r.{group.number}|x|0")
    [second] = await school.teacher.press(TEACHER, labelled(first, "More"))

    assert "Name 19" in shown(first)
    assert "Name 20" not in shown(first)
    assert "Name 22" in shown(second)
