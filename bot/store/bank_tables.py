"""The tables of banks: versions, which of them is published, drafts."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from bot.store.base import Moment, metadata, people


def _by() -> Column[int]:
    """Refer to a person whom the row outlives."""
    return Column("by", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True)


def _content() -> tuple[Column[bytes], Column[bytes], Column[str]]:
    return (
        Column("files", LargeBinary, nullable=False),
        Column("read", LargeBinary, nullable=False),
        Column("digest", String, nullable=False),
    )


bank_versions = Table(
    "bank_versions",
    metadata,
    Column("pack", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_content(),
    Column("at", Moment, nullable=False),
    _by(),
    Column("note", Text, nullable=False),
    Column("origin", String, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    # Never reused: other workers look for a number that is higher than the last they saw.
    Column("id", Integer, primary_key=True),
    Column("pack", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    _by(),
    Column("act", String, nullable=False),
    Index("ix_publications_pack", "pack", "id"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pack", String, nullable=False, index=True),
    Column("base", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    *_content(),
    Column("at", Moment, nullable=False),
    Column("changed", Moment, nullable=False, index=True),
    _by(),
    Column("note", Text, nullable=False),
    Column("origin", String, nullable=False),
    Column("state", String, nullable=False),
    Column("approved", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    sqlite_autoincrement=True,
)

draft_editors = Table(
    "draft_editors",
    metadata,
    Column("draft", Integer, ForeignKey(drafts.c.id, ondelete="CASCADE"), primary_key=True),
    Column(
        "person",
        Integer,
        ForeignKey(people.c.id, ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
)

uploads = Table(
    "uploads",
    metadata,
    # A file that somebody sent in the chat, until they have said what is to become of it.
    Column("token", String, primary_key=True),
    Column(
        "person",
        Integer,
        ForeignKey(people.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("name", String, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
