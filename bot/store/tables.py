"""The tables. A change here needs a revision in `migrations/versions`; a test compares the two.

Those of one subject each stand in modules of their own, which `bot.store.catalogue` lists.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.base import (
    Moment,
    chat_column,
    chats,
    metadata,
    people,
    person_column,
    thread_column,
)

__all__ = ["Moment", "chats", "metadata", "people"]

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
    chat_column(),
    thread_column(),
    person_column(),
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
    chat_column(),
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
    chat_column(),
    thread_column(),
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
    chat_column(),
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
    person_column(),
    # Only of groups.
    Column("chat", Integer, ForeignKey(chats.c.id, ondelete="CASCADE"), index=True),
    Column("at", Moment, nullable=False, index=True),
)

transcript = Table(
    "transcript",
    metadata,
    Column("id", Integer, primary_key=True),
    chat_column(),
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
