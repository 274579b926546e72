"""What all tables stand on: their catalogue, moments, people and chats.

What a platform calls a person or a chat stands in `people` and `chats` alone. Everything else
refers to their numbers, so that deleting one row makes the rest anonymous.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
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


def person_column() -> Column[int]:
    """Refer to a person."""
    return Column("person", Integer, ForeignKey(people.c.id), nullable=False, index=True)


def chat_column() -> Column[int]:
    """Refer to a chat."""
    return Column("chat", Integer, ForeignKey(chats.c.id), nullable=False)


def thread_column() -> Column[str]:
    """Name the thread of a chat; empty outside of one."""
    return Column("thread", String, nullable=False)
