"""What is kept of roles and sign-ins, on both engines."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.core.events import Person
from bot.core.roles import IDLE, LOCAL_OWNER, Link, Role
from bot.service.ports import Retention
from bot.store.engine import opened
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, STRANGER, TEACHER
from tests.forgetting import forget

LATER = NOON + timedelta(hours=1)
SESSION = "web:0123456789abcdef"


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    async with SqlStore.open(url, owners=(TEACHER.key,)) as store:
        yield store


async def test_owners_stand_in_the_settings_and_others_have_no_role(store: SqlStore):
    async with store.work(NOON) as work:
        assert await work.roles.role_of(TEACHER.key) is Role.OWNER
        assert await work.roles.role_of(LOCAL_OWNER) is Role.OWNER
        assert await work.roles.role_of(ALICE.key) is None
        assert list(work.roles.owners) == [TEACHER.key]


async def test_a_granted_role_is_kept_until_it_is_taken_away(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.grant(ALICE.key, Role.TEACHER, TEACHER.key, "Alice")
        await work.roles.grant(BOB.key, Role.ADMIN, TEACHER.key)
        await work.roles.grant(ALICE.key, Role.EDITOR, BOB.key, "Alice")

    async with store.work(LATER) as work:
        bob, alice = await work.roles.granted()
        assert (bob.person, bob.role, bob.by) == (BOB.key, Role.ADMIN, TEACHER.key)
        assert (alice.role, alice.by, alice.label) == (Role.EDITOR, BOB.key, "Alice")
        assert await work.roles.revoke(alice.number) == alice
        assert await work.roles.revoke(alice.number) is None
        assert await work.roles.role_of(ALICE.key) is None


async def test_the_number_of_a_role_is_never_used_again(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.grant(ALICE.key, Role.TEACHER, TEACHER.key)
        [before] = await work.roles.granted()
        await work.roles.revoke(before.number)
        await work.roles.grant(BOB.key, Role.TEACHER, TEACHER.key)
        [after] = await work.roles.granted()

    assert after.number > before.number


async def test_of_many_who_accept_at_once_one_gets_the_role(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.invite("digest", Role.EDITOR, TEACHER.key, LATER, "Ms K")

    async def accept(person: str) -> bool:
        async with store.work(NOON) as work:
            return await work.roles.accept("digest", person)

    people = [f"telegram:{number}" for number in range(500, 508)]
    accepted = await asyncio.gather(*map(accept, people))

    assert sorted(accepted) == [False] * 7 + [True]
    async with store.work(NOON) as work:
        [granted] = await work.roles.granted()
        assert granted.person == people[accepted.index(True)]
        assert (granted.role, granted.by, granted.label) == (Role.EDITOR, TEACHER.key, "Ms K")
        assert (await work.roles.invitations(), await work.roles.withdraw(1)) == ([], None)


async def test_an_invitation_can_be_withdrawn_once_and_is_dead_then(store: SqlStore):
    async with store.work(NOON) as work:
        number = await work.roles.invite("digest", Role.TEACHER, TEACHER.key, LATER)
        [standing] = await work.roles.invitations()
        assert (standing.number, standing.by, standing.until) == (number, TEACHER.key, LATER)
        assert await work.roles.withdraw(number)
        assert await work.roles.withdraw(number) is None
        assert not await work.roles.accept("digest", ALICE.key)
        found = await work.roles.invitation("digest")
        assert found
        assert found.withdrawn


async def test_an_invitation_ends_at_its_hour(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.invite("digest", Role.TEACHER, TEACHER.key, LATER)

    async with store.work(LATER) as work:
        assert not await work.roles.accept("digest", ALICE.key)
        assert await work.roles.invitations() == []
        assert await work.roles.invitation("nothing") is None


async def test_a_session_acts_for_whom_its_link_was_made(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.sign_in_link("digest", TEACHER.key, LATER)
        assert await work.roles.link_state("digest") == (Link.OPEN, TEACHER.key)
        assert await work.roles.acting(SESSION) == SESSION
        assert await work.roles.sign_in("digest", SESSION) == TEACHER.key
        assert await work.roles.sign_in("digest", "web:another") == ""
        assert await work.roles.link_state("digest") == (Link.USED, TEACHER.key)

    async with store.work(LATER) as work:
        assert await work.roles.acting(SESSION) == TEACHER.key
        assert await work.roles.role_of(SESSION) is Role.OWNER
        assert await work.roles.role_of("web:another") is None


async def test_of_two_who_open_a_link_at_once_one_is_signed_in(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.sign_in_link("digest", TEACHER.key, LATER)

    async def open_it(session: str) -> str:
        async with store.work(NOON) as work:
            return await work.roles.sign_in("digest", session)

    found = await asyncio.gather(*(open_it(f"web:{number}") for number in range(6)))

    assert sorted(found) == [""] * 5 + [TEACHER.key]


async def test_a_newer_link_ends_the_older(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.sign_in_link("older", TEACHER.key, LATER)
        await work.roles.sign_in_link("newer", TEACHER.key, LATER)
        await work.roles.sign_in_link("bob's", BOB.key, LATER)

        assert await work.roles.link_state("older") == (Link.EXPIRED, TEACHER.key)
        assert await work.roles.sign_in("older", SESSION) == ""
        assert await work.roles.sign_in("newer", SESSION) == TEACHER.key
        assert await work.roles.link_state("bob's") == (Link.OPEN, BOB.key)
        assert await work.roles.link_state("none") == (Link.UNKNOWN, "")


async def test_who_is_there_stays_signed_in_and_who_is_away_does_not(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.act_as(SESSION, ALICE.key)
    late = NOON + IDLE - timedelta(minutes=1)
    async with store.work(late) as work:
        assert await work.roles.signed_in(SESSION)
    async with store.work(late + IDLE - timedelta(minutes=1)) as work:
        found = await work.roles.signed_in(SESSION)
        assert found
        assert (found.person, found.seen) == (ALICE.key, late)
    async with store.work(late + 3 * IDLE) as work:
        assert await work.roles.signed_in(SESSION) is None
        assert await work.roles.acting(SESSION) == SESSION


async def test_signing_out_ends_one_session_or_all(store: SqlStore):
    async with store.work(NOON) as work:
        for session in ("web:1", "web:2", "web:3"):
            await work.roles.act_as(session, ALICE.key)
        await work.roles.act_as("web:4", BOB.key)
        await work.roles.sign_in_link("digest", ALICE.key, LATER)

        await work.roles.sign_out("web:1")
        assert await work.roles.acting("web:1") == "web:1"
        assert await work.roles.sign_out_all("web:2") == 2
        assert await work.roles.sign_out_all(ALICE.key) == 0
        assert await work.roles.sign_in("digest", SESSION) == ""
        assert await work.roles.acting("web:4") == BOB.key


async def test_acts_are_read_newest_first_and_since_a_moment(store: SqlStore):
    async with store.work(NOON) as work:
        await work.roles.act_as(SESSION, ALICE.key)
        await work.roles.record(SESSION, "bank.publish", "town", "3", "4")
    async with store.work(LATER) as work:
        await work.roles.record(TEACHER.key, "role.revoke", BOB, "admin")

        newest, oldest = await work.roles.audit()
        assert (newest.who, newest.about, newest.subject) == (TEACHER.key, BOB.key, "")
        assert (oldest.who, oldest.subject) == (ALICE.key, "town")
        assert (oldest.before, oldest.after, oldest.at) == ("3", "4", NOON)
        assert await work.roles.audit(LATER) == [newest]
        assert await work.roles.audit(most=1) == [newest]


async def test_acts_outlive_the_people_in_them(store: SqlStore, url: str):
    async with store.work(NOON) as work:
        await work.roles.grant(ALICE.key, Role.TEACHER, BOB.key)
        await work.roles.record(BOB.key, "role.accept", ALICE, "", "teacher")
    async with opened(url) as engine, engine.begin() as connection:
        await connection.execute(text("DELETE FROM people"))

    async with store.work(NOON) as work:
        [act] = await work.roles.audit()
        assert (act.who, act.about, act.after) == ("", "", "teacher")
        assert await work.roles.granted() == []


async def test_what_fails_grants_nothing(store: SqlStore):
    async def fail() -> None:
        async with store.work(NOON) as work:
            await work.roles.invite("digest", Role.TEACHER, TEACHER.key, LATER)
            await work.roles.accept("digest", ALICE.key)
            raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        await fail()

    async with store.work(NOON) as work:
        assert await work.roles.role_of(ALICE.key) is None


async def test_all_of_it_goes_when_its_time_has_passed(store: SqlStore, url: str):
    async with store.work(NOON) as work:
        await work.roles.invite("digest", Role.TEACHER, ALICE.key, LATER)
        await work.roles.sign_in_link("digest", BOB.key, LATER)
        await work.roles.act_as(SESSION, STRANGER.key)
        await work.roles.record(ALICE.key, "sign-in", Person(BOB.key))

    await forget(store, NOON + IDLE + timedelta(minutes=1))
    assert await counts(url) == {"signins": 0, "sign_links": 1, "invitations": 1, "audit": 1}
    await forget(store, LATER + timedelta(days=8))
    assert await counts(url) == {"signins": 0, "sign_links": 0, "invitations": 0, "audit": 1}
    await forget(store, NOON + Retention().audit + timedelta(days=1))
    assert set((await counts(url)).values()) == {0}
    async with opened(url) as engine, engine.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM people")) == 0


async def counts(url: str) -> dict[str, int]:
    tables = ("signins", "sign_links", "invitations", "audit")
    async with opened(url) as engine, engine.connect() as connection:
        return {
            table: await connection.scalar(text(f"SELECT count(*) FROM {table}"))  # noqa: S608
            for table in tables
        }
