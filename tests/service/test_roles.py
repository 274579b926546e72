"""Handing roles on, taking them away, signing in and reading who did what: in the chat."""

import csv
import re
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from sqlite3 import connect

import pytest

from bot.core.events import Commanded, Person, Place
from bot.core.roles import IDLE, Role
from bot.core.words import say
from bot.service.desk import Desk
from bot.service.granting import digest
from bot.service.ports import Outgoing
from bot.service.role_part import RolePart
from bot.service.signing import sign_in
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, STRANGER, TEACHER, private_chat
from tests.service.clocks import Time
from tests.service.room import Room, shown

PAGE = "https://quiz.example"
SESSION = "web:0123456789abcdef"


@pytest.fixture
async def store(database: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(database, owners=(TEACHER.key,)) as store:
        yield store


@pytest.fixture
def desk(desk: Desk) -> Desk:
    return replace(desk, parts=(RolePart(lambda: PAGE, lambda: {"telegram": "checkbot"}),))


class School:
    """Everybody in their own private chat."""

    def __init__(self, desk: Desk, time: Time) -> None:
        self.desk, self.time = desk, time
        self._rooms: dict[str, Room] = {}

    def room(self, person: Person) -> Room:
        room = Room(self.desk, self.time, private_chat(person))
        return self._rooms.setdefault(person.key, room)

    async def sends(self, person: Person, command: str, words: str = "") -> list[Outgoing]:
        return await self.room(person).command(person, command, words)

    async def presses(self, person: Person, verb: str, under: Outgoing) -> list[Outgoing]:
        found = [c.action for c in under.card.choices if c.action.split("|")[1].startswith(verb)]
        return await self.room(person).press(person, found[0])

    async def invites(self, by: Person, words: str) -> tuple[Outgoing, str]:
        [made] = await self.sends(by, "grant", words)
        return made, re.findall(r"start=(g_[\w-]{20,})", shown(made))[0]

    async def grants(self, by: Person, role: str, to: Person) -> None:
        _, payload = await self.invites(by, role)
        await self.sends(to, "start", payload)

    async def role(self, person: Person) -> Role | None:
        async with self.desk.store.work(self.time.now) as work:
            return await work.roles.role_of(person.key)


@pytest.fixture
def school(desk: Desk, time: Time) -> School:
    return School(desk, time)


async def test_a_link_hands_a_role_on_and_both_sides_are_told(school: School):
    made, payload = await school.invites(TEACHER, "teacher Alice K.")
    assert f"https://t.me/checkbot?start={payload}" in shown(made)
    assert f"{PAGE}/invited/{payload.removeprefix('g_')}" in shown(made)
    assert "to Alice K." in shown(made)

    to_alice, to_teacher = await school.sends(ALICE, "start", payload)

    assert (to_alice.card.notice, to_alice.place) == ("role.accepted", private_chat(ALICE))
    assert (to_teacher.card.notice, to_teacher.place) == (
        "role.accepted.by",
        private_chat(TEACHER),
    )
    assert "Alice K. (telegram:102)" in shown(to_teacher)
    assert await school.role(ALICE) is Role.TEACHER


async def test_a_link_works_once_and_says_so(school: School):
    _, payload = await school.invites(TEACHER, "editor")
    await school.sends(ALICE, "start", payload)

    [late] = await school.sends(BOB, "start", payload)

    assert late.card.notice == "role.link.used"
    assert await school.role(BOB) is None


async def test_a_link_ends_after_a_day_and_says_so(school: School):
    _, payload = await school.invites(TEACHER, "editor")
    school.time.now += timedelta(hours=24)

    [late] = await school.sends(BOB, "start", payload)

    assert late.card.notice == "role.link.expired"
    assert await school.role(BOB) is None


async def test_a_link_that_was_withdrawn_says_so(school: School):
    made, payload = await school.invites(TEACHER, "editor")

    [done] = await school.presses(TEACHER, "ro.u", made)
    [again] = await school.presses(TEACHER, "ro.u", made)
    [late] = await school.sends(BOB, "start", payload)

    assert done.card.notice == "role.withdrawn"
    assert again.card.notice == "role.withdrawn.late"
    assert late.card.notice == "role.link.withdrawn"


async def test_a_link_leads_to_nothing_where_it_was_made_up(school: School):
    [reply] = await school.sends(BOB, "start", "g_" + "x" * 32)

    assert reply.card.notice == "role.link.unknown"


async def test_who_has_the_role_already_leaves_the_link_for_another(school: School):
    _, payload = await school.invites(TEACHER, "teacher")

    [reply] = await school.sends(TEACHER, "start", payload)
    await school.sends(ALICE, "start", payload)

    assert reply.card.notice == "role.link.held"
    assert await school.role(ALICE) is Role.TEACHER


async def test_a_link_is_worth_nothing_once_its_maker_has_lost_the_role(school: School):
    await school.grants(TEACHER, "admin", ALICE)
    _, payload = await school.invites(ALICE, "editor")
    [people] = await school.sends(TEACHER, "roles")
    [sure] = await school.presses(TEACHER, "ro.r", people)
    await school.presses(TEACHER, "ro.y", sure)

    [reply] = await school.sends(BOB, "start", payload)

    assert reply.card.notice == "role.link.powerless"
    assert await school.role(BOB) is None


async def test_nobody_hands_on_their_own_role_or_a_higher_one(school: School):
    await school.grants(TEACHER, "admin", ALICE)

    [same] = await school.sends(ALICE, "grant", "admin")
    [higher] = await school.sends(ALICE, "grant", "owner")
    [owner] = await school.sends(TEACHER, "grant", "owner")

    assert [reply.card.notice for reply in (same, higher, owner)] == ["role.grant.above"] * 3


@pytest.mark.parametrize("command", ["grant", "roles", "audit", "signin"])
async def test_people_without_a_role_are_told_what_it_needs(school: School, command: str):
    [reply] = await school.sends(STRANGER, command, "teacher")

    assert reply.card.notice == "role.needed"


@pytest.mark.parametrize("command", ["grant", "audit"])
async def test_editors_do_not_administer(school: School, command: str):
    await school.grants(TEACHER, "editor", ALICE)

    [reply] = await school.sends(ALICE, command, "teacher")

    assert reply.card.notice == "role.needed"


@pytest.mark.parametrize("command", ["grant", "roles", "signin", "signout", "audit"])
async def test_in_a_group_it_is_said_to_do_it_in_private(desk: Desk, time: Time, command: str):
    [reply] = await Room(desk, time, GROUP).command(TEACHER, command)

    assert reply.card.notice == "role.private"


@pytest.mark.parametrize("words", ["", "janitor"])
async def test_grant_says_how_it_is_used(school: School, words: str):
    [reply] = await school.sends(TEACHER, "grant", words)

    assert reply.card.notice == "role.grant.how"


async def test_an_edited_command_is_not_carried_out_again(school: School, desk: Desk):
    room = school.room(TEACHER)
    await room.say(TEACHER, "hello", "55")
    edited = Commanded(room.place, TEACHER, "grant", "admin", "55", edited=True)

    assert await room.event(edited) == []


async def test_roles_are_listed_and_taken_away_after_a_second_question(school: School):
    await school.grants(TEACHER, "teacher Ms A", ALICE)
    await school.invites(TEACHER, "editor Mr B")

    [people] = await school.sends(TEACHER, "roles")
    assert "owner, by the settings: telegram:101" in shown(people)
    assert "teacher: Ms A (telegram:102), since 23 Nov 2026" in shown(people)
    assert "invited as editor: Mr B" in shown(people)
    [sure] = await school.presses(TEACHER, "ro.r", people)
    assert await school.role(ALICE) is Role.TEACHER
    done, told = await school.presses(TEACHER, "ro.y", sure)

    assert done.card.notice == "role.revoke.done"
    assert (told.card.notice, told.place) == ("role.revoke.told", private_chat(ALICE))
    assert await school.role(ALICE) is None
    [again] = await school.presses(TEACHER, "ro.y", sure)
    assert again.card.notice == "role.revoke.gone"


async def test_who_thinks_better_of_it_keeps_everything(school: School):
    await school.grants(TEACHER, "teacher", ALICE)
    [people] = await school.sends(TEACHER, "roles")
    [sure] = await school.presses(TEACHER, "ro.r", people)

    [kept] = await school.presses(TEACHER, "ro.n", sure)

    assert kept.card.notice == "role.revoke.kept"
    assert await school.role(ALICE) is Role.TEACHER


async def test_a_button_is_checked_when_it_is_pressed(school: School):
    await school.grants(TEACHER, "teacher", ALICE)
    [people] = await school.sends(TEACHER, "roles")

    [refused] = await school.presses(STRANGER, "ro.r", people)
    [made_up] = await school.room(TEACHER).press(TEACHER, "1|ro.y.x|token000")

    assert refused.card.notice == "role.revoke.above"
    assert made_up.card.notice == "closed"
    assert await school.role(ALICE) is Role.TEACHER


async def test_admins_cannot_take_each_other_s_role_but_can_give_up_their_own(school: School):
    await school.grants(TEACHER, "admin A", ALICE)
    await school.grants(TEACHER, "admin B", BOB)
    [people] = await school.sends(ALICE, "roles")
    assert [choice.label for choice in people.card.choices] == [
        say("role.button.revoke", role="admin", who="A")
    ]

    [sure] = await school.presses(ALICE, "ro.r", people)
    await school.presses(ALICE, "ro.y", sure)

    assert await school.role(ALICE) is None
    assert await school.role(BOB) is Role.ADMIN


async def test_everybody_with_a_role_sees_it_and_can_give_it_up(school: School):
    await school.grants(TEACHER, "teacher Ms A", ALICE)
    await school.grants(TEACHER, "editor", BOB)

    [own] = await school.sends(ALICE, "roles")
    assert "Ms A" in shown(own)
    assert BOB.key not in shown(own)
    [sure] = await school.presses(ALICE, "ro.r", own)
    await school.presses(ALICE, "ro.y", sure)

    assert await school.role(ALICE) is None


async def signed_in(school: School, link: Outgoing) -> str:
    token = re.findall(rf"{PAGE}/signin/([\w-]+)", shown(link))[0]
    async with school.desk.store.work(school.time.now) as work:
        return await sign_in(work, token, SESSION)


async def test_signin_gives_a_link_that_signs_in_once(school: School):
    await school.grants(TEACHER, "teacher", ALICE)
    [link] = await school.sends(ALICE, "signin")

    assert await signed_in(school, link) == ALICE.key
    assert await signed_in(school, link) == ""
    assert await school.role(Person(SESSION)) is Role.TEACHER


async def test_a_link_to_sign_in_ends_after_ten_minutes(school: School):
    [link] = await school.sends(TEACHER, "signin")
    school.time.now += timedelta(minutes=10)

    assert await signed_in(school, link) == ""


async def test_an_address_of_this_machine_alone_is_said_to_be_one(desk: Desk, time: Time):
    here = replace(desk, parts=(RolePart(lambda: "http://127.0.0.1:8321"),))

    [link] = await Room(here, time, private_chat(TEACHER)).command(TEACHER, "signin")

    assert say("role.signin.alone") in shown(link)


async def test_without_a_page_there_is_nothing_to_sign_in_to(desk: Desk, time: Time):
    nowhere = replace(desk, parts=(RolePart(),))
    room = Room(nowhere, time, private_chat(TEACHER))

    [signin] = await room.command(TEACHER, "signin")
    [grant] = await room.command(TEACHER, "grant", "teacher")

    assert [signin.card.notice, grant.card.notice] == ["role.signin.none", "role.grant.nowhere"]


async def test_signout_ends_it_everywhere(school: School):
    [link] = await school.sends(TEACHER, "signin")
    await signed_in(school, link)

    [out] = await school.sends(TEACHER, "signout")
    [again] = await school.sends(TEACHER, "signout")

    assert [out.card.notice, again.card.notice] == ["role.signout.done", "role.signout.none"]
    assert await school.role(Person(SESSION)) is None


async def test_who_loses_the_role_is_signed_out(school: School):
    await school.grants(TEACHER, "teacher", ALICE)
    [link] = await school.sends(ALICE, "signin")
    await signed_in(school, link)
    [people] = await school.sends(TEACHER, "roles")
    [sure] = await school.presses(TEACHER, "ro.r", people)

    await school.presses(TEACHER, "ro.y", sure)

    async with school.desk.store.work(school.time.now) as work:
        assert await work.roles.acting(SESSION) == SESSION


async def test_every_act_stands_in_the_log_and_its_file(school: School):
    made, _ = await school.invites(TEACHER, "editor")
    await school.presses(TEACHER, "ro.u", made)
    await school.grants(TEACHER, "teacher =cmd", ALICE)
    [link] = await school.sends(ALICE, "signin")
    await signed_in(school, link)
    await school.sends(ALICE, "signout")
    [people] = await school.sends(TEACHER, "roles")
    [sure] = await school.presses(TEACHER, "ro.r", people)
    await school.presses(TEACHER, "ro.y", sure)

    [log] = await school.sends(TEACHER, "audit", "3")

    words = shown(log)
    assert "telegram:101: took the role teacher away from telegram:102" in words
    assert "telegram:102: signed out of the page" in words
    assert "made a link" not in words
    assert log.card.file
    rows = list(csv.reader(StringIO(log.card.file.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == [
        "role.revoke",
        "sign-out",
        "sign-in",
        "role.accept",
        "role.invite",
        "role.withdraw",
        "role.invite",
    ]


async def test_the_log_may_be_empty_and_its_number_wrong(school: School):
    [empty] = await school.sends(TEACHER, "audit")
    [wrong] = await school.sends(TEACHER, "audit", "many")

    assert [empty.card.notice, wrong.card.notice] == ["audit.none", "audit.how"]


async def test_the_log_tells_acts_of_other_parts_plainly(school: School):
    async with school.desk.store.work(school.time.now) as work:
        await work.roles.record(TEACHER.key, "bank.publish", "town", "3", "4")
        await work.roles.record(TEACHER.key, "bank.import", "town", "", "12")
        await work.roles.record(TEACHER.key, "bank.drop", "town")

    [log] = await school.sends(TEACHER, "audit")

    assert "published 4 of town (before: 3)" in shown(log)
    assert "bank.import town (12)" in shown(log)
    assert "bank.drop town" in shown(log)


async def test_no_token_is_kept_readable(school: School, tmp_path: Path):
    _, payload = await school.invites(TEACHER, "teacher")
    [link] = await school.sends(TEACHER, "signin")
    token = re.findall(rf"{PAGE}/signin/([\w-]+)", shown(link))[0]

    stored = kept(tmp_path)
    async with school.desk.store.work(school.time.now) as work:
        assert await work.roles.invitation(digest(payload.removeprefix("g_")))
    for secret in (payload.removeprefix("g_"), token):
        assert secret not in stored


async def test_whoever_is_idle_for_long_is_signed_out(school: School):
    [link] = await school.sends(TEACHER, "signin")
    await signed_in(school, link)
    school.time.now += IDLE

    assert await school.role(Person(SESSION)) is None


async def test_on_the_page_nothing_secret_is_written_into_the_conversation(desk: Desk, time: Time):
    async with desk.store.work(time.now) as work:
        await work.roles.act_as(SESSION, TEACHER.key)
        await work.roles.record(TEACHER.key, "sign-in")
    cards = {}
    for name in ("grant", "signin", "audit", "roles"):
        event = Commanded(Place("web", SESSION), Person(SESSION), name)
        cards[name] = (await desk.handle(event, said=f"/{name}")).cards

    assert [card.notice for card in cards["grant"]] == ["role.grant.page"]
    assert cards["grant"][0].choices[0].url == "/team"
    assert [card.notice for card in cards["signin"]] == ["role.signin.already"]
    assert [card.notice for card in cards["audit"]] == ["audit.head", "audit.page"]
    assert cards["roles"][0].notice == "role.list"


async def test_a_stranger_on_the_page_is_told_how_to_sign_in(desk: Desk):
    event = Commanded(Place("web", SESSION), Person(SESSION), "signin")

    [card] = (await desk.handle(event)).cards

    assert card.notice == "role.signin.here"


def test_an_action_fits_into_a_button():
    assert len(f"1|ro.r.{2**31}|{'x' * 22}") <= 64


def kept(folder: Path) -> str:
    with closing(connect(folder / "roles.db")) as database:
        return "\n".join(database.iterdump())
