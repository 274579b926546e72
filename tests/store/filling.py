"""A row in every table there is, also in those that are added later."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Boolean, Float, Integer, LargeBinary, Table, insert

from bot.store.base import Moment
from bot.store.catalogue import metadata
from bot.store.steady import Steady
from tests.cast import ALICE, BOB, NOON

NAMES = {
    ALICE.key: "Alicia Erasable",
    BOB.key: "Robert Staying",
    f"{ALICE.key}1": "Alicia Erasables",
}
Row = Mapping[str, Any]


def values(table: Table, key: str, number: int, rows: Mapping[str, Row]) -> dict[str, Any]:
    """Return a row for somebody: what can refer to them does, what can name them does."""
    if table.name == "people":
        return {"id": number, "key": key}
    if table.name == "chats":
        return {"id": number, "key": key, "platform": "telegram", "private": True}
    return {column.name: value(table, column.name, key, number, rows) for column in table.c}


def value(table: Table, name: str, key: str, number: int, rows: Mapping[str, Row]) -> Any:
    column = table.c[name]
    for foreign in column.foreign_keys:
        return rows[foreign.column.table.name][foreign.column.name]
    unique = column.primary_key or column.unique
    if name == "name" and table.name == "participants":
        return NAMES[key]
    match column.type:
        case JSON():
            named = table.name in {"answers", "outbox", "sessions", "undelivered"}
            return {"by": key, "text": f"So says {NAMES[key]}." if named else ""}
        case Moment():
            return NOON
        case Boolean():
            return False
        case Integer() | Float():
            return number
        case LargeBinary():
            return b"x"
        case _:
            return f"{table.name}-{name}-{number}" if unique else f"by {key}."


async def fill(connection: Steady, key: str, number: int) -> Mapping[str, Row]:
    """Put a row about somebody into every table, and return them by the table's name."""
    rows: dict[str, Row] = {}
    for table in metadata.sorted_tables:
        rows[table.name] = values(table, key, number, rows)
        await connection.execute(insert(table).values(rows[table.name]))
    return rows
