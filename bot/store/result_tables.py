"""The table of keys that were mended after a session was held."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from bot.store.base import Moment, metadata
from bot.store.live_tables import questions_kept, session_column


def _version() -> ForeignKey:
    """Refer to a version of a question, without which the row means nothing."""
    return ForeignKey(questions_kept.c.hash, ondelete="CASCADE")


regrades = Table(
    "regrades",
    metadata,
    Column("id", Integer, primary_key=True),
    session_column(),
    # The version that was asked, and the one with the mended key.
    Column("old", String, _version(), nullable=False),
    Column("new", String, _version(), nullable=False),
    # `offered`, `applied`, `left`, `undone`, or `passed` where the key was changed once more.
    Column("state", String, nullable=False),
    # What the answers were worth before it was applied, by their numbers.
    Column("before", JSON, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("session", "old", "new"),
    sqlite_autoincrement=True,
)
