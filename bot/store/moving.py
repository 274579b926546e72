"""Lets what was kept of a chat follow it to another key: a group became a supergroup."""

from collections.abc import Iterator

from sqlalchemy import (
    Column,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    and_,
    delete,
    exists,
    select,
    update,
)

from bot.store.base import chats, people
from bot.store.catalogue import metadata
from bot.store.steady import Steady
from bot.store.tables import outbox, receipts, sent


async def move_chat(connection: Steady, was: str, to: str) -> None:
    """Give a chat its new key; where that is known already, put the two together."""
    # An admin who writes in the name of a group is kept under the group's key.
    await _rename(connection, people, was, to)
    old = await _number(connection, chats, was)
    if old is None:
        return
    await _forget_numbers(connection, old)
    if not await _rename(connection, chats, was, to):
        new = await _number(connection, chats, to)
        for column in _pointing():
            await _put_together(connection, column, old, new)
        await connection.execute(delete(chats).where(chats.c.id == old))


async def _rename(connection: Steady, table: Table, was: str, to: str) -> bool:
    """Change a key; return whether the new one was still free."""
    if await _number(connection, table, to) is not None:
        return False
    await connection.execute(update(table).where(table.c.key == was).values(key=to))
    return True


async def _number(connection: Steady, table: Table, key: str) -> int | None:
    return (await connection.scalars(select(table.c.id).where(table.c.key == key))).first()


async def _forget_numbers(connection: Steady, chat: int) -> None:
    """Forget the numbers of messages: the chat counts anew, and an edit would hit another one."""
    await connection.execute(delete(sent).where(sent.c.chat == chat))
    asked = update(receipts).where(receipts.c.chat == chat)
    await connection.execute(asked.values(question=""))
    waiting = update(outbox).where(outbox.c.chat == chat)
    await connection.execute(waiting.values(reply_to=""))


def _pointing() -> Iterator[Column[int]]:
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is chats:
                yield key.parent


async def _put_together(
    connection: Steady, column: Column[int], old: int, new: int | None
) -> None:
    """Let the rows of the old number belong to the new one, unless such a row is there."""
    table = column.table
    for constraint in table.constraints:
        names = [c.name for c in _unique(constraint)]
        if column.name not in names:
            continue
        twin = table.alias()
        same = (twin.c[name] == table.c[name] for name in names if name != column.name)
        there = exists().where(twin.c[column.name] == new, *same)
        await connection.execute(delete(table).where(and_(column == old, there)))
    await connection.execute(update(table).where(column == old).values({column.name: new}))


def _unique(constraint: object) -> list[Column[object]]:
    kinds = (PrimaryKeyConstraint, UniqueConstraint)
    return list(constraint.columns) if isinstance(constraint, kinds) else []
