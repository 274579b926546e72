"""Classes and assignments."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    _classes()
    _assignments()
    _runs()


def _moment(name: str, *, nullable: bool = False, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=False)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _theirs(*, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("people.id", ondelete="CASCADE")
    return sa.Column(
        "person", sa.Integer, key, nullable=False, primary_key=primary_key, index=True
    )


def _chat() -> sa.Column[int]:
    return sa.Column(
        "chat", sa.Integer, sa.ForeignKey("chats.id", ondelete="SET NULL"), index=True
    )


def _session(*, primary_key: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("sessions.id", ondelete="CASCADE")
    return sa.Column("session", sa.Integer, key, nullable=False, primary_key=primary_key)


def _classes() -> None:
    op.create_table(
        "classes",
        _number(),
        _text("name"),
        sa.Column(
            "owner", sa.Integer, sa.ForeignKey("people.id", ondelete="SET NULL"), index=True
        ),
        sa.Column("code", sa.String, nullable=False, unique=True),
        _moment("coded"),
        _moment("closed", nullable=True, index=True),
        _moment("used", index=True),
        sqlite_autoincrement=True,
    )
    belonging = sa.ForeignKey("classes.id", ondelete="CASCADE")
    op.create_table(
        "class_members",
        _number(),
        sa.Column("class", sa.Integer, belonging, nullable=False),
        _theirs(),
        _text("name"),
        _text("label"),
        _chat(),
        _moment("joined"),
        sa.UniqueConstraint("class", "person"),
        sa.UniqueConstraint("class", "name", name="uq_class_members_name"),
        sqlite_autoincrement=True,
    )
    op.create_table("guesses", _number(), _theirs(), _moment("at", index=True))


def _assignments() -> None:
    op.create_table(
        "assignments",
        _session(primary_key=True),
        sa.Column(
            "class", sa.Integer, sa.ForeignKey("classes.id", ondelete="SET NULL"), index=True
        ),
        _moment("deleted", nullable=True, index=True),
    )
    op.create_table(
        "extensions", _session(primary_key=True), _theirs(primary_key=True), _moment("due")
    )


def _runs() -> None:
    taking = sa.ForeignKey("participants.id", ondelete="CASCADE")
    op.create_table(
        "runs",
        _number(),
        _session(),
        sa.Column("participant", sa.Integer, taking, nullable=False, index=True),
        sa.Column("attempt", sa.Integer, nullable=False),
        sa.Column("state", sa.JSON, nullable=False),
        _moment("begun"),
        _moment("ends", nullable=True),
        _moment("handed", nullable=True),
        _moment("at"),
        _chat(),
        sa.Column("typed", sa.Boolean, nullable=False),
        sa.UniqueConstraint("session", "participant", "attempt"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "assignment_drafts",
        _theirs(primary_key=True),
        sa.Column("state", sa.JSON, nullable=False),
        _moment("at", index=True),
    )
