"""Quiz sessions, their answers and deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    _sessions()
    _taking_part()
    _answers()
    _rooms()
    _times()
    _polls()


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _real(name: str) -> sa.Column[float]:
    return sa.Column(name, sa.Float, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _session(*, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(
        "session",
        sa.Integer,
        sa.ForeignKey("sessions.id", ondelete="CASCADE"),
        primary_key=primary_key,
        nullable=False,
    )


def _somebody(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, sa.ForeignKey("people.id", ondelete="SET NULL"), index=True)


def _sessions() -> None:
    op.create_table(
        "questions_kept",
        sa.Column("hash", sa.String, primary_key=True),
        _text("pack"),
        sa.Column("question", sa.String, nullable=False, index=True),
        _json("content"),
    )
    op.create_table(
        "sessions",
        _number(),
        sa.Column("code", sa.String, nullable=False, unique=True),
        _text("kind"),
        _text("pack"),
        _whole("version"),
        _text("title"),
        _somebody("host"),
        _json("setup"),
        _json("state"),
        _text("phase"),
        _whole("epoch"),
        _moment("at", index=True),
        _moment("ended", nullable=True, index=True),
        sa.Index("ix_sessions_kind", "kind", "phase"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "session_questions",
        _session(primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column(
            "question",
            sa.String,
            sa.ForeignKey("questions_kept.hash"),
            nullable=False,
            index=True,
        ),
        _real("points"),
        _moment("opened", nullable=True),
        _moment("closed", nullable=True),
        sa.Column("skipped", sa.Boolean, nullable=False),
    )


def _taking_part() -> None:
    op.create_table(
        "participants",
        _number(),
        _session(),
        _somebody("person"),
        _text("name"),
        sa.Column("recovery", sa.String, index=True),
        _json("choosing"),
        _moment("joined"),
        _moment("gone", nullable=True),
        sa.UniqueConstraint("session", "person"),
        sa.UniqueConstraint("session", "name", name="uq_participants_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "accommodations",
        _person("teacher", index=None),
        _person("person", index=True),
        _real("factor"),
    )


def _person(name: str, *, index: bool | None) -> sa.Column[int]:
    return sa.Column(
        name,
        sa.Integer,
        sa.ForeignKey("people.id", ondelete="CASCADE"),
        primary_key=True,
        index=index,
    )


def _answers() -> None:
    op.create_table(
        "answers",
        _number(),
        _session(),
        _whole("position"),
        sa.Column(
            "participant",
            sa.Integer,
            sa.ForeignKey("participants.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        _whole("attempt"),
        _json("response"),
        _real("fraction"),
        sa.Column("correct", sa.Boolean, nullable=False),
        _real("points"),
        _real("took"),
        _moment("at"),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.UniqueConstraint("session", "position", "participant", "attempt"),
        sqlite_autoincrement=True,
    )


def _rooms() -> None:
    op.create_table(
        "rooms",
        _number(),
        _session(),
        sa.Column("chat", sa.Integer, sa.ForeignKey("chats.id"), nullable=False),
        _text("thread"),
        _text("use"),
        _text("receipt"),
        _whole("position"),
        _moment("at"),
        sa.UniqueConstraint("session", "chat", "thread", "use"),
        sa.Index("ix_rooms_chat", "chat", "thread"),
        sqlite_autoincrement=True,
    )


def _times() -> None:
    op.create_table(
        "deadlines",
        _number(),
        _text("kind"),
        _text("subject"),
        _whole("epoch"),
        _moment("due", index=True),
        _whole("tries"),
        sa.UniqueConstraint("kind", "subject", "epoch"),
        sqlite_autoincrement=True,
    )
    op.create_table("beats", sa.Column("name", sa.String, primary_key=True), _moment("at"))


def _polls() -> None:
    op.create_table(
        "polls",
        sa.Column("key", sa.String, primary_key=True),
        _text("subject"),
        _json("options"),
        _moment("at", index=True),
    )
