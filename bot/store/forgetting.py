"""Deletes what has passed its retention time, and the people and chats of whom nothing is left."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, exists, select

from bot.core.retention import GONE, OFFER_EVERY, OFFERED
from bot.core.roles import IDLE
from bot.service.ports import Retention
from bot.store.bank_tables import uploads
from bot.store.banks import forget_done
from bot.store.catalogue import metadata
from bot.store.class_tables import assignments, classes, drafts, guesses
from bot.store.flag_tables import corrections_told, fact_forms, unanswered
from bot.store.live_tables import polls, questions_kept, sessions
from bot.store.role_tables import audit, invitations, sign_links, signins
from bot.store.steady import Steady
from bot.store.tables import (
    asked,
    chats,
    expecting,
    missed,
    outbox,
    people,
    receipts,
    reports,
    seen,
    solos,
    transcript,
    undelivered,
)
from bot.store.upkeep_tables import chat_settings, wishes

_A_DAY = timedelta(days=1)
_LINKS = timedelta(days=7)
"""How long somebody can still be told why a one-time link is of no use."""
_ASKED = timedelta(hours=1)
"""Far longer than the window of any rate limit."""


async def forget(connection: Steady, now: datetime, retention: Retention) -> None:
    """Delete what has passed its retention time."""
    for column, age in _ages(retention):
        await connection.execute(delete(column.table).where(column < now - age))
    thrown = select(assignments.c.session).where(assignments.c.deleted < now - _A_DAY)
    await connection.execute(delete(sessions).where(sessions.c.id.in_(thrown)))
    await connection.execute(delete(questions_kept).where(_unused(questions_kept.c.hash)))
    # When somebody was last told that they may allow something; after a week they may be told again.
    offers = wishes.c.what.endswith(OFFERED), wishes.c.at < now - OFFER_EVERY
    await connection.execute(delete(wishes).where(*offers))
    gone = chat_settings.c.name == GONE, chat_settings.c.at < now - retention.receipts
    left = select(chat_settings.c.chat).where(*gone)
    await connection.execute(delete(chat_settings).where(chat_settings.c.chat.in_(left)))
    await forget_done(connection, now - retention.drafts)
    for table in (people, chats):
        await _forget_unused(connection, table)


def _ages(retention: Retention) -> tuple[tuple[Column[Any], timedelta], ...]:
    """Return how long each row is kept, from the moment that stands in which column."""
    return (
        (seen.c.at, retention.seen),
        (asked.c.at, _ASKED),
        (expecting.c.until, timedelta()),
        (transcript.c.at, retention.transcript),
        (reports.c.at, retention.reports),
        # An answer that could not be sent for as long as its buttons would work is of no use.
        (outbox.c.at, retention.receipts),
        (undelivered.c.at, retention.receipts),
        (receipts.c.at, retention.receipts),
        # As long as its buttons, so that the numbers of their steps never begin anew under them.
        (solos.c.at, retention.receipts + _A_DAY),
        (missed.c.at, retention.missed),
        (polls.c.at, retention.receipts),
        (invitations.c.until, _LINKS),
        (sign_links.c.until, _LINKS),
        (signins.c.seen, IDLE),
        (audit.c.at, retention.audit),
        # A class that was closed can be brought back for a day.
        (classes.c.closed, _A_DAY),
        (sessions.c.ended, retention.results),
        (sessions.c.at, retention.results * 2),
        (classes.c.used, retention.classes),
        (guesses.c.at, _ASKED),
        (uploads.c.at, _ASKED),
        (drafts.c.at, retention.receipts),
        (unanswered.c.at, retention.unanswered),
        (fact_forms.c.at, _A_DAY),
        # As long as what the corrections are about.
        (corrections_told.c.at, retention.receipts),
    )


async def _forget_unused(connection: Steady, table: Table) -> None:
    unused = _unused(table.c.id)
    # Locked first, and looked at again afterwards: somebody may just be coming back.
    locking = select(table.c.id).where(unused).with_for_update(skip_locked=True)
    ids = (await connection.scalars(locking)).all()
    if ids:
        await connection.execute(delete(table).where(table.c.id.in_(ids), unused))


def _unused(own: Column[Any]) -> ColumnElement[bool]:
    """Return the condition that no row of another table refers to a row of this one."""
    pointing = [
        key.parent
        for other in metadata.sorted_tables
        for key in other.foreign_keys
        if key.column is own
    ]
    condition = ~exists().where(pointing[0] == own)
    for column in pointing[1:]:
        condition &= ~exists().where(column == own)
    return condition
