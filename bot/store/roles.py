"""What a transaction keeps of roles; see `bot.service.role_ports.Roles`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, delete, desc, select, update
from sqlalchemy import insert as plain_insert

from bot.core.events import Person
from bot.core.roles import Invitation, Role, role_held, role_named
from bot.service.role_ports import Granted, Recorded
from bot.store.names import Names, insert
from bot.store.role_tables import audit, invitations, roles
from bot.store.signins import SqlSignIns
from bot.store.steady import Steady
from bot.store.tables import people


class SqlRoles(SqlSignIns):
    """The roles on an open transaction."""

    def __init__(
        self, connection: Steady, names: Names, now: datetime, owners: Sequence[str] = ()
    ) -> None:
        super().__init__(connection, names, now)
        self.owners = owners

    async def role_of(self, person: str) -> Role | None:
        """Return somebody's role."""
        acting = await self.acting(person)
        query = select(roles.c.role).join(people, roles.c.person == people.c.id)
        row = (await self._connection.execute(query.where(people.c.key == acting))).first()
        return role_held(acting, self.owners, role_named(row.role) if row else None)

    async def granted(self) -> Sequence[Granted]:
        """Return every role that was granted, the highest first, then the oldest."""
        found = [_granted(row) for row in await self._connection.execute(_all_granted())]
        return sorted(found, key=lambda one: (-one.role, one.number))

    async def grant(self, person: str, role: Role, by: str, label: str = "") -> None:
        """Give a person a role, in place of the one they have."""
        giver = await self._person(by)
        await self._give(await self._person(person), role, giver, label)

    async def revoke(self, number: int) -> Granted | None:
        """Take a granted role away; return it, or None where it was gone."""
        query = _all_granted().where(roles.c.id == number).with_for_update(of=roles)
        row = (await self._connection.execute(query)).first()
        if row:
            await self._connection.execute(delete(roles).where(roles.c.id == number))
        return _granted(row) if row else None

    async def invite(
        self, digest: str, role: Role, by: str, until: datetime, label: str = ""
    ) -> int:
        """Keep an invitation by the digest of its token; return its number."""
        row = plain_insert(invitations).values(
            digest=digest,
            role=role.word,
            label=label,
            by=await self._person(by),
            at=self._now,
            until=until,
        )
        kept = await self._connection.execute(row.returning(invitations.c.id))
        number: int = kept.scalar_one()
        return number

    async def invitation(self, digest: str) -> Invitation | None:
        """Return the invitation of that digest."""
        query = _all_invitations().where(invitations.c.digest == digest)
        row = (await self._connection.execute(query)).first()
        return _invitation(row) if row else None

    async def invitations(self) -> Sequence[Invitation]:
        """Return those that can still be used, oldest first."""
        query = _all_invitations().where(*self._usable()).order_by(invitations.c.id)
        return [_invitation(row) for row in await self._connection.execute(query)]

    async def withdraw(self, number: int) -> Invitation | None:
        """Withdraw an invitation; return it, or None where it could no longer be used."""
        this = _all_invitations().where(invitations.c.id == number, *self._usable())
        row = (await self._connection.execute(this.with_for_update(of=invitations))).first()
        if row:
            ending = update(invitations).where(invitations.c.id == number)
            await self._connection.execute(ending.values(withdrawn=self._now))
        return _invitation(row) if row else None

    async def accept(self, digest: str, person: str) -> bool:
        """Use an invitation up and grant its role; of several at once, for one only."""
        using = update(invitations).where(invitations.c.digest == digest, *self._usable())
        used = await self._connection.execute(
            using.values(used=self._now).returning(
                invitations.c.role, invitations.c.by, invitations.c.label
            )
        )
        row = used.first()
        role = role_named(row.role) if row else None
        if row is None or role is None:
            return False
        await self._give(await self._person(person), role, row.by, row.label)
        return True

    async def record(
        self,
        who: str,
        act: str,
        subject: str | Person = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Write an act into the audit log, at the moment of the transaction."""
        whom = await self._person(subject.key) if isinstance(subject, Person) else None
        row = {
            "who": await self._person(who),
            "act": act,
            "subject": "" if isinstance(subject, Person) else subject,
            "before": before,
            "after": after,
            "about": whom,
            "at": self._now,
        }
        await self._connection.execute(plain_insert(audit).values(row))

    async def audit(self, since: datetime | None = None, most: int = 100) -> Sequence[Recorded]:
        """Return the newest acts since a moment, newest first."""
        query = _all_recorded().order_by(desc(audit.c.id)).limit(most)
        if since:
            query = query.where(audit.c.at >= since)
        return [_recorded(row) for row in await self._connection.execute(query)]

    async def _give(self, taker: int, role: Role, giver: int, label: str) -> None:
        row = {"role": role.word, "label": label, "by": giver, "at": self._now}
        giving = insert(self._connection, roles).values(person=taker, **row)
        await self._connection.execute(
            giving.on_conflict_do_update(index_elements=["person"], set_=row)
        )

    async def _person(self, key: str) -> int:
        return await self._names.person(await self.acting(key))

    def _usable(self) -> tuple[Any, ...]:
        unused = invitations.c.used.is_(None), invitations.c.withdrawn.is_(None)
        return *unused, invitations.c.until > self._now


_GIVER = people.alias("giver")
_ABOUT = people.alias("about_whom")


def _all_granted() -> Select[Any]:
    return (
        select(roles, people.c.key.label("person_key"), _GIVER.c.key.label("giver_key"))
        .join(people, roles.c.person == people.c.id)
        .join(_GIVER, roles.c.by == _GIVER.c.id, isouter=True)
    )


def _all_invitations() -> Select[Any]:
    whose = people.c.key.label("giver_key")
    return select(invitations, whose).join(people, invitations.c.by == people.c.id)


def _all_recorded() -> Select[Any]:
    return (
        select(audit, people.c.key.label("who_key"), _ABOUT.c.key.label("about_key"))
        .join(people, audit.c.who == people.c.id, isouter=True)
        .join(_ABOUT, audit.c.about == _ABOUT.c.id, isouter=True)
    )


def _granted(row: Row[Any]) -> Granted:
    return Granted(
        row.id, row.person_key, Role[row.role.upper()], row.giver_key or "", row.at, row.label
    )


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.id,
        Role[row.role.upper()],
        row.giver_key,
        row.at,
        row.until,
        row.label,
        used=row.used is not None,
        withdrawn=row.withdrawn is not None,
    )


def _recorded(row: Row[Any]) -> Recorded:
    texts = row.act, row.subject, row.before, row.after
    return Recorded(row.id, row.at, row.who_key or "", *texts, about=row.about_key or "")
