"""The tables of quiz sessions: questions, participants, answers, deadlines.

A session is a live quiz or an assignment. Its questions are kept as they were when it began, so
that its results stay readable whatever happens to the bank.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.base import Moment, chat_column, metadata, people, thread_column

questions_kept = Table(
    "questions_kept",
    metadata,
    Column("hash", String, primary_key=True),
    Column("pack", String, nullable=False),
    Column("question", String, nullable=False, index=True),
    Column("content", JSON, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    # `live` or `assignment`.
    Column("kind", String, nullable=False),
    Column("pack", String, nullable=False),
    # Of the bank; 0 is what stands in the folder.
    Column("version", Integer, nullable=False),
    Column("title", String, nullable=False),
    Column("host", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    Column("setup", JSON, nullable=False),
    Column("state", JSON, nullable=False),
    Column("phase", String, nullable=False),
    # Goes up with everything that changes what is running.
    Column("epoch", Integer, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("ended", Moment, index=True),
    Index("ix_sessions_kind", "kind", "phase"),
    sqlite_autoincrement=True,
)


def session_column(*, primary_key: bool = False) -> Column[int]:
    """Refer to a session; what refers to it goes with it."""
    return Column(
        "session",
        Integer,
        ForeignKey(sessions.c.id, ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


session_questions = Table(
    "session_questions",
    metadata,
    session_column(primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("question", String, ForeignKey(questions_kept.c.hash), nullable=False, index=True),
    # What a whole answer is worth.
    Column("points", Float, nullable=False),
    Column("opened", Moment),
    Column("closed", Moment),
    # Whether it counts for nobody.
    Column("skipped", Boolean, nullable=False),
)

participants = Table(
    "participants",
    metadata,
    Column("id", Integer, primary_key=True),
    session_column(),
    Column("person", Integer, ForeignKey(people.c.id, ondelete="SET NULL"), index=True),
    # What the others see.
    Column("name", String, nullable=False),
    # The digest of the code by which a closed tab is found again.
    Column("recovery", String, index=True),
    # What was chosen so far where several presses make one answer.
    Column("choosing", JSON, nullable=False),
    Column("joined", Moment, nullable=False),
    # When they left, where they did.
    Column("gone", Moment),
    UniqueConstraint("session", "person"),
    UniqueConstraint("session", "name", name="uq_participants_name"),
    sqlite_autoincrement=True,
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    session_column(),
    Column("position", Integer, nullable=False),
    Column(
        "participant",
        Integer,
        ForeignKey(participants.c.id, ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("attempt", Integer, nullable=False),
    Column("response", JSON, nullable=False),
    Column("fraction", Float, nullable=False),
    Column("correct", Boolean, nullable=False),
    Column("points", Float, nullable=False),
    # Seconds since the question was opened.
    Column("took", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Column("late", Boolean, nullable=False),
    UniqueConstraint("session", "position", "participant", "attempt"),
    sqlite_autoincrement=True,
)

rooms = Table(
    "rooms",
    metadata,
    Column("id", Integer, primary_key=True),
    session_column(),
    chat_column(),
    thread_column(),
    # `board` for everybody, `control` for the teacher, `own` for one learner.
    Column("use", String, nullable=False),
    # Under which the card that stands there is found again.
    Column("receipt", String, nullable=False),
    # The question that it shows; -1 for the lobby.
    Column("position", Integer, nullable=False),
    # When it was last written.
    Column("at", Moment, nullable=False),
    UniqueConstraint("session", "chat", "thread", "use"),
    Index("ix_rooms_chat", "chat", "thread"),
    sqlite_autoincrement=True,
)

accommodations = Table(
    "accommodations",
    metadata,
    Column("teacher", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column(
        "person",
        Integer,
        ForeignKey(people.c.id, ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    # How much longer than the others; 0 for as long as it takes.
    Column("factor", Float, nullable=False),
)

deadlines = Table(
    "deadlines",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("due", Moment, nullable=False, index=True),
    # How often its handler failed.
    Column("tries", Integer, nullable=False),
    UniqueConstraint("kind", "subject", "epoch"),
    sqlite_autoincrement=True,
)

beats = Table(
    "beats",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", Moment, nullable=False),
)

polls = Table(
    "polls",
    metadata,
    # The platform's name of it.
    Column("key", String, primary_key=True),
    Column("subject", String, nullable=False),
    # Our id of each option, by the platform's.
    Column("options", JSON, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
