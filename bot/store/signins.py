"""Who is signed in on the page, and the one-time links to sign in."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy import insert as plain_insert

from bot.core.roles import IDLE, Link
from bot.service.role_ports import SignIn
from bot.store.names import Names, insert
from bot.store.role_tables import sign_links, signins
from bot.store.steady import Steady
from bot.store.tables import people

_SEEN_EVERY = timedelta(minutes=5)
"""How exactly it is noted when somebody was last there."""
_SESSION = people.alias("session_person")


class SqlSignIns:
    """The sign-ins on an open transaction."""

    def __init__(self, connection: Steady, names: Names, now: datetime) -> None:
        self._connection = connection
        self._names = names
        self._now = now

    async def acting(self, person: str) -> str:
        """Return whom a page's session acts for, or the person themselves."""
        found = await self._signed_in(person) if person.startswith("web:") else None
        return found.person if found else person

    async def signed_in(self, session: str) -> SignIn | None:
        """Return whom a page's session acts for; None where nobody, or idle for too long."""
        found = await self._signed_in(session)
        if found and found.seen < self._now - _SEEN_EVERY:
            who = select(people.c.id).where(people.c.key == session).scalar_subquery()
            seeing = update(signins).where(signins.c.session == who)
            await self._connection.execute(seeing.values(seen=self._now))
        return found

    async def sign_in_link(self, digest: str, person: str, until: datetime) -> None:
        """Keep a link to sign in on the page; the person's earlier ones end."""
        who = await self._names.person(await self.acting(person))
        await self._end_links(who)
        row = {"digest": digest, "person": who, "until": until}
        await self._connection.execute(plain_insert(sign_links).values(row))

    async def link_state(self, digest: str) -> tuple[Link, str]:
        """Return what has become of a link to sign in, and whose it is."""
        query = (
            select(sign_links, people.c.key)
            .join(people, sign_links.c.person == people.c.id)
            .where(sign_links.c.digest == digest)
        )
        row = (await self._connection.execute(query)).first()
        if row is None:
            return Link.UNKNOWN, ""
        if row.used:
            return Link.USED, row.key
        return (Link.OPEN if row.until > self._now else Link.EXPIRED), row.key

    async def sign_in(self, digest: str, session: str) -> str:
        """Use a link up and let a session act for its person; "" where it is no use."""
        usable = sign_links.c.used.is_(None), sign_links.c.until > self._now
        using = update(sign_links).where(sign_links.c.digest == digest, *usable)
        used = await self._connection.execute(
            using.values(used=self._now).returning(sign_links.c.person)
        )
        row = used.first()
        if row is None:
            return ""
        key = await self._connection.scalars(select(people.c.key).where(people.c.id == row.person))
        person = str(key.one())
        await self.act_as(session, person)
        return person

    async def act_as(self, session: str, person: str) -> None:
        """Let a page's session act for a person."""
        row = {"person": await self._names.person(person), "at": self._now, "seen": self._now}
        putting = insert(self._connection, signins).values(
            session=await self._names.person(session), **row
        )
        await self._connection.execute(
            putting.on_conflict_do_update(index_elements=["session"], set_=row)
        )

    async def sign_out(self, session: str) -> None:
        """End the sign-in of one session."""
        who = select(people.c.id).where(people.c.key == session).scalar_subquery()
        await self._connection.execute(delete(signins).where(signins.c.session == who))

    async def sign_out_all(self, person: str) -> int:
        """End every sign-in and unused link of a person; return how many sign-ins there were."""
        who = await self._names.person(await self.acting(person))
        await self._end_links(who)
        ended = await self._connection.execute(
            delete(signins).where(signins.c.person == who).returning(signins.c.session)
        )
        return len(ended.all())

    async def _end_links(self, person: int) -> None:
        ending = update(sign_links).where(
            sign_links.c.person == person, sign_links.c.used.is_(None)
        )
        await self._connection.execute(ending.values(until=self._now))

    async def _signed_in(self, session: str) -> SignIn | None:
        query = (
            select(signins.c.at, signins.c.seen, people.c.key)
            .join(people, signins.c.person == people.c.id)
            .join(_SESSION, signins.c.session == _SESSION.c.id)
            .where(_SESSION.c.key == session, signins.c.seen > self._now - IDLE)
        )
        row = (await self._connection.execute(query)).first()
        return SignIn(session, row.key, row.at, row.seen) if row else None
