"""The tables. A change here needs a revision in `migrations/versions`; a test compares the two.

What a platform calls a person or a chat stands in `people` and `chats` alone. Everything else
refers to their numbers, so that deleting one row makes the rest anonymous.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from typing_extensions import override

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, also on an engine that forgets time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a time zone, which could be any hour of the day."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """Return a moment with its time zone."""
        if not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    sqlite_autoincrement=True,
)

chats = Table(
    "chats",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("platform", String, nullable=False, index=True),
    Column("private", Boolean, nullable=False),
    sqlite_autoincrement=True,
)


def _person() -> Column[int]:
    return Column("person", Integer, ForeignKey(people.c.id), nullable=False, index=True)


def _chat() -> Column[int]:
    return Column("chat", Integer, ForeignKey(chats.c.id), nullable=False)


def _thread() -> Column[str]:
    return Column("thread", String, nullable=False)


seen = Table(
    "seen",
    metadata,
    Column("platform", String, primary_key=True),
    Column("update", String, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    _chat(),
    _thread(),
    _person(),
    Column("question", String, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("notice", Boolean, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("offers", JSON, nullable=False),
    Index("ix_receipts_chat", "chat", "question"),
    sqlite_autoincrement=True,
)

sent = Table(
    "sent",
    metadata,
    Column("id", Integer, primary_key=True),
    _chat(),
    Column("message", String, nullable=False),
    Column(
        "receipt",
        String,
        ForeignKey(receipts.c.token, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    UniqueConstraint("chat", "message"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    metadata,
    # Never reused, not even when the table was empty: a slow sender strikes off its own row only.
    Column("id", Integer, primary_key=True),
    _chat(),
    _thread(),
    Column("card", JSON, nullable=False),
    Column("reply_to", String, nullable=False),
    Column("replaces", String, ForeignKey(receipts.c.token, ondelete="SET NULL")),
    Column("receipt", String, ForeignKey(receipts.c.token, ondelete="SET NULL")),
    # Which update it comes from, and which of its letters it is: none is queued twice.
    Column("dedupe", String, unique=True),
    Column("at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("leased_until", Moment),
    Column("tries", Integer, nullable=False),
    Column("done", JSON, nullable=False),
    Index("ix_outbox_chat", "chat", "id"),
    sqlite_autoincrement=True,
)

undelivered = Table(
    "undelivered",
    metadata,
    Column("id", Integer, primary_key=True),
    _chat(),
    Column("card", JSON, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

expecting = Table(
    "expecting",
    metadata,
    Column("chat", Integer, ForeignKey(chats.c.id), primary_key=True),
    Column("thread", String, primary_key=True),
    Column("person", Integer, ForeignKey(people.c.id), primary_key=True),
    Column("what", String, nullable=False),
    Column("receipt", String, nullable=False),
    Column("until", Moment, nullable=False, index=True),
)

reports = Table(
    "reports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("person", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    Column("facts", JSON, nullable=False),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

asked = Table(
    "asked",
    metadata,
    Column("id", Integer, primary_key=True),
    _person(),
    Column("at", Moment, nullable=False, index=True),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Integer, primary_key=True),
    _chat(),
    Column("said", Text, nullable=False),
    Column("cards", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Index("ix_transcript_chat", "chat", "at"),
    sqlite_autoincrement=True,
)

solos = Table(
    "solos",
    metadata,
    Column("chat", Integer, ForeignKey(chats.c.id), primary_key=True),
    Column("thread", String, primary_key=True),
    Column("person", Integer, ForeignKey(people.c.id), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

missed = Table(
    "missed",
    metadata,
    Column("person", Integer, ForeignKey(people.c.id), primary_key=True),
    Column("pack", String, primary_key=True),
    Column("question", String, primary_key=True),
    # How well it is remembered, as the scheduler writes it.
    Column("memory", Text, nullable=False),
    Column("due", Moment, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
