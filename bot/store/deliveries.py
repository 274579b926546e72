"""The outbox: what is due, and what became of it. Each function runs in a transaction of its caller.

The deliveries of one chat go out one after the other: only the first of them can be claimed, so
one that is leased, or postponed, holds back the rest of its chat and no other chat.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    and_,
    delete,
    false,
    func,
    insert,
    not_,
    or_,
    select,
    true,
    update,
)

from bot.service.ports import Outgoing
from bot.store.rows import to_outgoing
from bot.store.steady import Steady
from bot.store.tables import chats, outbox, sent, undelivered
from bot.store.work import sent_messages

LEASE = timedelta(seconds=60)
"""How long a sender has; it gives up on its own long before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose deliveries are to be made."""

    platform: str
    resting: Collection[str] = ()
    """The chats that get nothing now."""
    sparing: Collection[str] = ()
    """The chats that get nothing now that may be left out."""


async def claim(
    connection: Steady, now: datetime, most: int, wanted: Wanted
) -> Sequence[Outgoing]:
    """Lease the deliveries that are due, oldest first, at most one per chat."""
    rows = await _due(connection, now, most, wanted)
    if not rows:
        return ()
    leasing = update(outbox).where(outbox.c.id.in_([row.id for row in rows]))
    await connection.execute(leasing.values(leased_until=now + LEASE, tries=outbox.c.tries + 1))
    return [to_outgoing(row, await _replaced(connection, row)) for row in rows]


async def _due(connection: Steady, now: datetime, most: int, wanted: Wanted) -> Sequence[Row[Any]]:
    first = select(func.min(outbox.c.id)).where(_counts(wanted.sparing)).group_by(outbox.c.chat)
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
    query = (
        select(outbox, chats.c.key.label("chat_key"), chats.c.platform, chats.c.private)
        .join(chats, outbox.c.chat == chats.c.id)
        .where(outbox.c.id.in_(first), chats.c.platform == wanted.platform)
        .where(outbox.c.not_before <= now, free, chats.c.key.not_in(wanted.resting))
        .order_by(outbox.c.id)
        .limit(most)
        # SQLite knows no such locks and needs none: there, the whole transaction is the lock.
        .with_for_update(of=outbox, skip_locked=True)
    )
    return (await connection.execute(query)).all()


def _counts(sparing: Collection[str]) -> ColumnElement[bool]:
    """Return which rows are in the queue: none that may be left out, where a group is spared them.

    One that is under way counts all the same: what comes after it must not arrive before it.
    """
    if not sparing:
        return true()
    spared = outbox.c.chat.in_(select(chats.c.id).where(chats.c.key.in_(sparing)))
    passing = func.coalesce(outbox.c.card["passing"].as_boolean(), false())
    return not_(and_(spared, passing, outbox.c.leased_until.is_(None)))


async def _replaced(connection: Steady, row: Row[Any]) -> Sequence[str]:
    return await sent_messages(connection, row.replaces) if row.replaces else ()


async def progress(connection: Steady, outgoing: Outgoing, messages: Sequence[str]) -> None:
    """Note the messages that stand so far."""
    row = update(outbox).where(outbox.c.id == outgoing.id)
    await connection.execute(row.values(done=list(messages)))


async def strike_off(connection: Steady, outgoing: Outgoing, messages: Sequence[str]) -> None:
    """Take a delivery out of the outbox, and note the messages in which the answer stands."""
    if row := await _taken_out(connection, outgoing):
        await _stands_in(connection, row, messages, outgoing.edits)


async def set_aside(connection: Steady, outgoing: Outgoing, why: str, now: datetime) -> None:
    """Keep a delivery that can never be made, with the reason."""
    if row := await _taken_out(connection, outgoing):
        await _stands_in(connection, row, row.done, row.done)
        values = {"chat": row.chat, "card": row.card, "tries": row.tries, "why": why, "at": now}
        await connection.execute(insert(undelivered).values(values))


async def _taken_out(connection: Steady, outgoing: Outgoing) -> Row[Any] | None:
    striking = delete(outbox).where(outbox.c.id == outgoing.id).returning(outbox)
    return (await connection.execute(striking)).first()


async def _stands_in(
    connection: Steady, row: Row[Any], messages: Sequence[str], edited: Sequence[str]
) -> None:
    """Let messages belong to the receipt of a delivery, and those that it edited to no other."""
    changed = sent.c.message.in_({*messages, *edited})
    await connection.execute(delete(sent).where(sent.c.chat == row.chat, changed))
    if row.receipt and messages:
        same = {"chat": row.chat, "receipt": row.receipt}
        rows = [{**same, "message": message} for message in dict.fromkeys(messages)]
        await connection.execute(insert(sent), rows)


async def postpone(connection: Steady, outgoing: Outgoing, until: datetime) -> None:
    """Give a delivery back, to be claimed again at that moment."""
    row = update(outbox).where(outbox.c.id == outgoing.id)
    await connection.execute(row.values(not_before=until, leased_until=None))
