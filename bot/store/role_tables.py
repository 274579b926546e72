"""The tables of roles, sign-ins and the audit log."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from bot.store.base import Moment, metadata, people


def _theirs(name: str, *, unique: bool = False) -> Column[int]:
    """Refer to a person without whom the row means nothing."""
    key = ForeignKey(people.c.id, ondelete="CASCADE")
    return Column(name, Integer, key, nullable=False, index=not unique, unique=unique)


def _once_theirs(name: str) -> Column[int]:
    """Refer to a person whom the row outlives."""
    return Column(name, Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True)


roles = Table(
    "roles",
    metadata,
    # Never reused: an old button must not take somebody else's role away.
    Column("id", Integer, primary_key=True),
    _theirs("person", unique=True),
    Column("role", String, nullable=False),
    Column("label", String, nullable=False),
    _once_theirs("by"),
    Column("at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Integer, primary_key=True),
    # Of the token, which itself is kept nowhere.
    Column("digest", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("label", String, nullable=False),
    _theirs("by"),
    Column("at", Moment, nullable=False),
    Column("until", Moment, nullable=False, index=True),
    Column("used", Moment),
    Column("withdrawn", Moment),
    sqlite_autoincrement=True,
)

sign_links = Table(
    "sign_links",
    metadata,
    Column("digest", String, primary_key=True),
    _theirs("person"),
    Column("until", Moment, nullable=False, index=True),
    Column("used", Moment),
)

signins = Table(
    "signins",
    metadata,
    Column("session", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    _theirs("person"),
    Column("at", Moment, nullable=False),
    Column("seen", Moment, nullable=False, index=True),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    _once_theirs("who"),
    Column("act", String, nullable=False),
    _once_theirs("about"),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)
