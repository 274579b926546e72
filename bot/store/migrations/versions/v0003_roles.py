"""Roles, sign-ins and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    _create_roles()
    _create_sign_ins()
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        _once_theirs("who"),
        sa.Column("act", sa.String, nullable=False),
        _once_theirs("about"),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        _moment("at", index=True),
        sqlite_autoincrement=True,
    )


def _create_roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer, primary_key=True),
        _theirs("person", unique=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        _once_theirs("by"),
        _moment("at"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("label", sa.String, nullable=False),
        _theirs("by"),
        _moment("at"),
        _moment("until", index=True),
        sa.Column("used", sa.DateTime(timezone=True)),
        sa.Column("withdrawn", sa.DateTime(timezone=True)),
        sqlite_autoincrement=True,
    )


def _create_sign_ins() -> None:
    op.create_table(
        "sign_links",
        sa.Column("digest", sa.String, primary_key=True),
        _theirs("person"),
        _moment("until", index=True),
        sa.Column("used", sa.DateTime(timezone=True)),
    )
    session = sa.ForeignKey("people.id", ondelete="CASCADE")
    op.create_table(
        "signins",
        sa.Column("session", sa.Integer, session, primary_key=True),
        _theirs("person"),
        _moment("at"),
        _moment("seen", index=True),
    )


def _moment(name: str, *, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, index=index)


def _theirs(name: str, *, unique: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("people.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer, key, nullable=False, index=not unique, unique=unique)


def _once_theirs(name: str) -> sa.Column[int]:
    key = sa.ForeignKey("people.id", ondelete="SET NULL")
    return sa.Column(name, sa.Integer, key, index=True)
