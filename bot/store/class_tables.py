"""The tables of classes and assignments.

What an assignment asks, and what was answered, stands in the tables of sessions.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.base import Moment, chats, metadata, people
from bot.store.live_tables import participants, session_column


def _theirs(name: str = "person", *, primary_key: bool = False) -> Column[int]:
    """Refer to a person without whom the row means nothing."""
    key = ForeignKey(people.c.id, ondelete="CASCADE")
    return Column(name, Integer, key, nullable=False, primary_key=primary_key, index=True)


def _chat() -> Column[int]:
    """Refer to a chat where there is one."""
    return Column("chat", Integer, ForeignKey(chats.c.id, ondelete="SET NULL"), index=True)


classes = Table(
    "classes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("owner", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    Column("code", String, nullable=False, unique=True),
    # When the code was made: it runs out.
    Column("coded", Moment, nullable=False),
    Column("closed", Moment, index=True),
    # When somebody last joined or something was set.
    Column("used", Moment, nullable=False, index=True),
    sqlite_autoincrement=True,
)

class_members = Table(
    "class_members",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("class", Integer, ForeignKey(classes.c.id, ondelete="CASCADE"), nullable=False),
    _theirs(),
    # The pseudonym of the learner, and the code that the teacher has for them.
    Column("name", String, nullable=False),
    Column("label", String, nullable=False),
    # Where the learner joined from.
    _chat(),
    Column("joined", Moment, nullable=False),
    UniqueConstraint("class", "person"),
    UniqueConstraint("class", "name", name="uq_class_members_name"),
    sqlite_autoincrement=True,
)

guesses = Table(
    "guesses",
    metadata,
    Column("id", Integer, primary_key=True),
    _theirs(),
    Column("at", Moment, nullable=False, index=True),
)

assignments = Table(
    "assignments",
    metadata,
    session_column(primary_key=True),
    Column("class", Integer, ForeignKey(classes.c.id, ondelete="SET NULL"), index=True),
    Column("deleted", Moment, index=True),
)

extensions = Table(
    "extensions",
    metadata,
    session_column(primary_key=True),
    _theirs(primary_key=True),
    Column("due", Moment, nullable=False),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    session_column(),
    Column(
        "participant",
        Integer,
        ForeignKey(participants.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("attempt", Integer, nullable=False),
    Column("state", JSON, nullable=False),
    Column("begun", Moment, nullable=False),
    Column("ends", Moment),
    Column("handed", Moment),
    # When it was last touched, where, and whether its question is answered by writing.
    Column("at", Moment, nullable=False),
    _chat(),
    Column("typed", Boolean, nullable=False),
    UniqueConstraint("session", "participant", "attempt"),
    sqlite_autoincrement=True,
)

drafts = Table(
    "assignment_drafts",
    metadata,
    _theirs(primary_key=True),
    Column("state", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
