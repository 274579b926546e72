"""Everything that is kept about one person, whichever table it stands in: to show it, or to erase it.

The tables are walked by what refers to `people` and to a person's private chat, so that a table
which is added later is in both without anybody thinking of it.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    String,
    Table,
    delete,
    or_,
    select,
    update,
)
from sqlalchemy import cast as as_type

from bot.service.data_ports import Rows
from bot.store.catalogue import metadata
from bot.store.class_tables import classes
from bot.store.live_tables import answers, participants, sessions
from bot.store.steady import Steady
from bot.store.tables import chats, outbox, people, undelivered

_FOLLOWED = frozenset({"receipts", "participants"})
"""The tables whose rows are somebody's own, so that what refers to them is theirs as well."""
_GONE = "(erased)"


class SqlPersonal:
    """One person as a whole, on an open transaction; see `bot.service.data_ports.Personal`."""

    def __init__(self, connection: Steady, now: datetime) -> None:
        self._connection = connection
        self._now = now
        self.erased = False
        """Whether somebody was: then what the database keeps beside its file must go as well."""

    async def everything(self, person: str) -> Rows:
        """Return every row about a person."""
        return await everything(self._connection, person)

    async def erase(self, person: str) -> None:
        """Take a person out of every table."""
        self.erased = True
        await erase(self._connection, person, self._now)


async def everything(connection: Steady, key: str) -> Rows:
    """Return every row about a person; nothing of other people who stand in the same rows."""
    who, home = await _numbers(connection, key)
    found: dict[str, list[Mapping[str, object]]] = {}
    for table in metadata.sorted_tables:
        condition = _theirs(table, who, home)
        if condition is None:
            continue
        rows = await connection.execute(select(table).where(condition))
        found[table.name] = [_shown(table, row, who, home) for row in rows.mappings()]
    return {name: rows for name, rows in found.items() if rows}


async def erase(connection: Steady, key: str, now: datetime) -> None:
    """Take a person out of every table; what only counts without them stays, and names nobody."""
    who, home = await _numbers(connection, key)
    await _forget_names(connection, who)
    # A class that nobody leads any more is of no use to those in it.
    led = classes.c.owner == who, classes.c.closed.is_(None)
    await connection.execute(update(classes).where(*led).values(closed=now))
    for table in reversed(metadata.sorted_tables):
        for column in _pointing(table, people):
            await _let_go(connection, table, column, column == who)
        for column in _pointing(table, chats):
            await _let_go(connection, table, column, column == home)
    await connection.execute(delete(people).where(people.c.id == who))
    await connection.execute(delete(chats).where(chats.c.id == home))
    await _scrub(connection, metadata.sorted_tables, key)


async def _numbers(connection: Steady, key: str) -> tuple[int, int]:
    """Return our numbers for a person and their private chat; -1 for what there is not."""
    who = (await connection.scalars(select(people.c.id).where(people.c.key == key))).first()
    at_home = select(chats.c.id).where(chats.c.key == key, chats.c.private)
    home = (await connection.scalars(at_home)).first()
    return (-1 if who is None else who), (-1 if home is None else home)


def _pointing(table: Table, to: Table) -> Iterator[Column[Any]]:
    yield from (key.parent for key in table.foreign_keys if key.column.table is to)


def _theirs(table: Table, who: int, home: int) -> ColumnElement[bool] | None:
    """Return the condition that a row is about a person, or None where none of a table can be."""
    if table is people:
        return people.c.id == who
    if table is chats:
        return chats.c.id == home
    conditions = [column == who for column in _pointing(table, people)]
    conditions += [column == home for column in _pointing(table, chats)]
    for key in table.foreign_keys:
        if key.column.table.name in _FOLLOWED:
            of = _theirs(key.column.table, who, home)
            assert of is not None  # noqa: S101 - both refer to people
            conditions.append(key.parent.in_(select(key.column).where(of)))
    return or_(*conditions) if conditions else None


def _shown(table: Table, row: Mapping[Any, Any], who: int, home: int) -> Mapping[str, object]:
    """Return a row as its person may see it: without our numbers, and without other people."""
    own = {column.name: who for column in _pointing(table, people)}
    own |= {column.name: home for column in _pointing(table, chats)}
    shown: dict[str, object] = {}
    for name, value in row.items():
        if name in own:
            shown[name] = "you" if value == own[name] else "somebody else"
        elif isinstance(value, datetime):
            shown[name] = value.isoformat()
        elif not isinstance(value, bytes):
            shown[name] = value
    return {name: value for name, value in shown.items() if value is not None}


async def _let_go(
    connection: Steady, table: Table, column: Column[Any], theirs: ColumnElement[bool]
) -> None:
    """Empty a reference to a person where its row is of use without them; else delete the row."""
    if not column.nullable:
        await connection.execute(delete(table).where(theirs))
        return
    emptied: dict[str, Any] = {column.name: None}
    emptied |= _PERSONAL.get(table.name, {})
    await connection.execute(update(table).where(theirs).values(emptied))


_PERSONAL: Mapping[str, Mapping[str, Any]] = {
    "participants": {"name": "", "recovery": None},
    "reports": {"words": ""},
}
"""What a person called themselves or wrote, in rows that stay."""


async def _forget_names(connection: Steady, who: int) -> None:
    """Take what a person called themselves, and what they typed, out of their quizzes."""
    own = participants.c.person == who
    theirs = select(participants.c.id).where(own)
    rows = await connection.execute(
        select(answers.c.id, answers.c.response).where(answers.c.participant.in_(theirs))
    )
    for row in rows:
        response = {**row.response, "text": ""}
        await connection.execute(
            update(answers).where(answers.c.id == row.id).values(response=response)
        )
    names = (await connection.scalars(select(participants.c.name).where(own).distinct())).all()
    for name in filter(None, names):
        # Boards that wait to be sent, or could not be, have the names of who takes part.
        await _scrub(connection, (outbox, undelivered, sessions), name)


async def _scrub(connection: Steady, tables: Sequence[Table], erased: str) -> None:
    """Take an id or a name out of all texts that may have it inside, such as the audit log."""
    for table in tables:
        for column in table.c:
            # A hash or a key of another row cannot be read as a name.
            if isinstance(column.type, String | JSON) and not column.primary_key:
                await _scrub_column(connection, column, erased)


async def _scrub_column(connection: Steady, column: Column[Any], erased: str) -> None:
    table = column.table
    assert isinstance(table, Table)  # noqa: S101 - it comes out of one
    having = as_type(column, String).contains(_as_stored(erased, column), autoescape=True)
    for row in await connection.execute(select(*table.primary_key, column).where(having)):
        same = [key == own for key, own in zip(table.primary_key, row, strict=False)]
        changed = {column.name: _without(row[-1], erased)}
        await connection.execute(update(table).where(*same).values(changed))


def _as_stored(text: str, column: Column[Any]) -> str:
    """Return a text as it stands in a column: JSON may write it with escapes."""
    return json.dumps(text)[1:-1] if isinstance(column.type, JSON) else text


def _without(value: Any, erased: str) -> Any:
    """Return a text, or whatever JSON can hold, without an id or a name as a word of its own."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    sought = erased if isinstance(value, str) else json.dumps(erased, ensure_ascii=False)[1:-1]
    # `telegram:7` is not to be found in `telegram:77`.
    left = re.sub(rf"(?<![\w:-]){re.escape(sought)}(?![\w-])", _GONE, text)
    return left if isinstance(value, str) else json.loads(left)
