"""What a transaction keeps of banks; see `bot.service.bank_ports.Banks`."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, delete, desc, func, insert, select, text, update

from bot.service.bank_ports import (
    FOLDER,
    Act,
    Content,
    Draft,
    GivenAnswer,
    Publication,
    State,
    Touched,
    Upload,
    Version,
)
from bot.store import bank_reach
from bot.store.bank_tables import bank_versions, draft_editors, drafts, publications, uploads
from bot.store.names import Names
from bot.store.names import insert as insert_unless
from bot.store.steady import Steady
from bot.store.tables import people

_VERSION = [c for c in bank_versions.c if c.name not in {"files", "read"}]
_DRAFT = [c for c in drafts.c if c.name not in {"files", "read"}]
_LOCK = "SELECT pg_advisory_xact_lock(hashtext(:name))"


class SqlBanks:
    """The banks on an open transaction."""

    def __init__(self, connection: Steady, names: Names) -> None:
        self._connection = connection
        self._names = names

    async def newest(self) -> int:
        """Return the number of the newest publication, of whatever pack; 0 where there is none."""
        found = await self._connection.scalars(select(func.max(publications.c.id)))
        return int(found.one() or 0)

    async def published(self) -> Mapping[str, int]:
        """Return the version that is published of each pack, but for packs that were withdrawn."""
        newest = select(func.max(publications.c.id)).group_by(publications.c.pack)
        query = (
            select(publications.c.pack, publications.c.version)
            .where(publications.c.id.in_(newest), publications.c.version > 0)
            .order_by(publications.c.pack)
        )
        return {row.pack: row.version for row in await self._connection.execute(query)}

    async def publications(self, pack: str) -> Sequence[Publication]:
        """Return every move of the pointer of a pack, newest first."""
        query = (
            select(publications, people.c.key.label("person_key"))
            .join(people, publications.c.by == people.c.id, isouter=True)
            .where(publications.c.pack == pack)
            .order_by(desc(publications.c.id))
        )
        rows = await self._connection.execute(query)
        return [
            Publication(r.id, r.pack, r.version, r.at, r.person_key or "", Act(r.act))
            for r in rows
        ]

    async def publish(self, pack: str, version: int, by: str, act: Act, at: datetime) -> int:
        """Move the pointer to a version, and return the number of that move."""
        row = insert(publications).values(
            pack=pack, version=version, by=await self._person(by), act=act, at=at
        )
        found = await self._connection.execute(row.returning(publications.c.id))
        return int(found.scalar_one())

    async def hold(self, pack: str) -> None:
        """Let nobody else publish this pack until the end of the transaction."""
        # SQLite has one writer anyhow.
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(text(_LOCK), {"name": f"bank:{pack}"})

    async def versions(self, pack: str) -> Sequence[Version]:
        """Return every version of a pack, newest first."""
        query = (
            select(*_VERSION, people.c.key.label("person_key"))
            .join(people, bank_versions.c.by == people.c.id, isouter=True)
            .where(bank_versions.c.pack == pack)
            .order_by(desc(bank_versions.c.number))
        )
        return [_version(row) for row in await self._connection.execute(query)]

    async def add_version(self, version: Version, content: Content) -> bool:
        """Keep a version for good; return False where one of that number is there already."""
        adding = insert_unless(self._connection, bank_versions).values(
            pack=version.pack,
            number=version.number,
            at=version.at,
            by=await self._person(version.by),
            note=version.note,
            origin=version.origin,
            **_values(content),
        )
        added = await self._connection.execute(
            adding.on_conflict_do_nothing().returning(bank_versions.c.number)
        )
        return added.first() is not None

    async def content(self, pack: str, number: int) -> Content | None:
        """Return what a version holds."""
        same = and_(bank_versions.c.pack == pack, bank_versions.c.number == number)
        return await self._content(
            select(bank_versions.c.files, bank_versions.c.read, bank_versions.c.digest).where(same)
        )

    async def add_draft(self, draft: Draft, content: Content) -> int:
        """Keep a draft and return its number; the one that it has counts for nothing."""
        adding = insert(drafts).values(
            pack=draft.pack,
            base=draft.base,
            revision=draft.revision,
            at=draft.at,
            changed=draft.changed,
            by=await self._person(draft.by),
            note=draft.note,
            origin=draft.origin,
            state=draft.state,
            **_values(content),
        )
        found = await self._connection.execute(adding.returning(drafts.c.id))
        number = int(found.scalar_one())
        await self._edited(number, draft.by)
        return number

    async def draft(self, number: int) -> Draft | None:
        """Return a draft."""
        found = await self._drafts(_drafts().where(drafts.c.id == number))
        return found[0] if found else None

    async def drafts(self, pack: str = "", state: State | None = State.OPEN) -> Sequence[Draft]:
        """Return the drafts of a pack, or of all of them, newest first."""
        query = _drafts().order_by(desc(drafts.c.id))
        if pack:
            query = query.where(drafts.c.pack == pack)
        if state is not None:
            query = query.where(drafts.c.state == state)
        return await self._drafts(query)

    async def draft_content(self, number: int) -> Content | None:
        """Return what a draft holds."""
        return await self._content(
            select(drafts.c.files, drafts.c.read, drafts.c.digest).where(drafts.c.id == number)
        )

    async def change_draft(
        self, number: int, seen: int, content: Content, by: str, at: datetime
    ) -> bool:
        """Keep a draft's next revision; return False where somebody else was faster."""
        changed = await self._moved(
            number,
            seen,
            revision=seen + 1,
            changed=at,
            approved=None,
            **_values(content),
        )
        if changed:
            await self._edited(number, by)
        return changed

    async def approve(self, number: int, seen: int, by: str) -> bool:
        """Note that a person agreed to a revision; False where it is another one by now."""
        return await self._moved(number, seen, approved=await self._person(by))

    async def set_state(self, number: int, before: State, after: State, at: datetime) -> bool:
        """Move a draft from one state to another; return False where it is not in the first."""
        moving = (
            update(drafts)
            .where(drafts.c.id == number, drafts.c.state == before)
            .values(state=after, changed=at)
        )
        return await self._hit(moving.returning(drafts.c.id))

    async def rebase(self, number: int, base: int) -> None:
        """Note that a draft now stands on another version."""
        await self._connection.execute(
            update(drafts).where(drafts.c.id == number).values(base=base)
        )

    async def from_folder(self, pack: str) -> Collection[str]:
        """Return the digests of everything that ever came from the folder of a pack."""
        found: set[str] = set()
        for table in (bank_versions, drafts):
            query = select(table.c.digest).where(table.c.pack == pack, table.c.origin == FOLDER)
            found.update((await self._connection.scalars(query)).all())
        return found

    async def touched(
        self, pack: str, questions: Collection[str], facts: Collection[str]
    ) -> Touched:
        """Count what a change of these questions and facts reaches, by their ids."""
        return await bank_reach.touched(self._connection, pack, questions, facts)

    async def given(
        self, pack: str, questions: Collection[str], most: int
    ) -> Sequence[GivenAnswer]:
        """Return past answers to these questions, by their ids, newest first."""
        return await bank_reach.given(self._connection, pack, questions, most)

    async def _person(self, key: str) -> int | None:
        return await self._names.person(key) if key else None

    async def _edited(self, number: int, by: str) -> None:
        person = await self._person(by)
        if person is not None:
            row = insert_unless(self._connection, draft_editors)
            noting = row.values(draft=number, person=person).on_conflict_do_nothing()
            await self._connection.execute(noting)

    async def _moved(self, number: int, seen: int, **values: Any) -> bool:
        moving = (
            update(drafts)
            .where(drafts.c.id == number, drafts.c.revision == seen)
            .where(drafts.c.state == State.OPEN)
            .values(**values)
        )
        return await self._hit(moving.returning(drafts.c.id))

    async def _hit(self, statement: Any) -> bool:
        return (await self._connection.execute(statement)).first() is not None

    async def _content(self, query: Any) -> Content | None:
        row = (await self._connection.execute(query)).first()
        return Content(row.files, row.read, row.digest) if row else None

    async def _drafts(self, query: Select[Any]) -> list[Draft]:
        rows = (await self._connection.execute(query)).all()
        editors = await self._editors([row.id for row in rows])
        return [_draft(row, tuple(editors.get(row.id, ()))) for row in rows]

    async def _editors(self, numbers: Sequence[int]) -> Mapping[int, list[str]]:
        if not numbers:
            return {}
        query = (
            select(draft_editors.c.draft, people.c.key)
            .join(people, draft_editors.c.person == people.c.id)
            .where(draft_editors.c.draft.in_(numbers))
            .order_by(people.c.key)
        )
        found: dict[int, list[str]] = {}
        for row in await self._connection.execute(query):
            found.setdefault(row.draft, []).append(row.key)
        return found

    async def keep_upload(self, upload: Upload) -> None:
        """Keep a file for an hour."""
        row = {
            "token": upload.token,
            "person": await self._names.person(upload.person),
            "name": upload.name,
            "content": upload.content,
            "at": upload.at,
        }
        await self._connection.execute(insert(uploads).values(row))

    async def upload(self, token: str, person: str) -> Upload | None:
        """Return a file that this person sent, or None where it is gone."""
        query = (
            select(uploads)
            .join(people, uploads.c.person == people.c.id)
            .where(uploads.c.token == token, people.c.key == person)
        )
        row = (await self._connection.execute(query)).first()
        return Upload(token, person, row.name, row.content, row.at) if row else None


async def forget_done(connection: Steady, before: datetime) -> None:
    """Delete drafts that were thrown away, or published, before a moment."""
    done = and_(drafts.c.state != State.OPEN, drafts.c.changed < before)
    await connection.execute(delete(drafts).where(done))


def _values(content: Content) -> dict[str, Any]:
    return {"files": content.files, "read": content.read, "digest": content.digest}


def _drafts() -> Select[Any]:
    agreed = people.alias("agreed")
    return (
        select(*_DRAFT, people.c.key.label("person_key"), agreed.c.key.label("approved_key"))
        .join(people, drafts.c.by == people.c.id, isouter=True)
        .join(agreed, drafts.c.approved == agreed.c.id, isouter=True)
    )


def _version(row: Row[Any]) -> Version:
    by = row.person_key or ""
    return Version(row.pack, row.number, row.at, by, row.note, row.origin, row.digest)


def _draft(row: Row[Any], editors: tuple[str, ...]) -> Draft:
    return Draft(
        row.id,
        row.pack,
        row.base,
        row.revision,
        row.at,
        row.changed,
        row.person_key or "",
        row.note,
        row.origin,
        State(row.state),
        row.digest,
        editors,
        row.approved_key or "",
    )
