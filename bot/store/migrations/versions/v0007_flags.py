"""Flags, and questions that nobody could answer."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    _triages()
    _unanswered()
    op.create_table(
        "fact_forms",
        sa.Column("person", sa.Integer, _person(), primary_key=True),
        sa.Column("form", sa.JSON, nullable=False),
        _at(),
    )
    op.create_index("ix_fact_forms_at", "fact_forms", ["at"])
    op.create_table(
        "corrections_told",
        sa.Column("person", sa.Integer, _person(), primary_key=True),
        sa.Column("pack", sa.String, primary_key=True),
        sa.Column("fact", sa.String, primary_key=True),
        sa.Column("hash", sa.String, primary_key=True),
        _at(),
    )
    op.create_index("ix_corrections_told_at", "corrections_told", ["at"])
    op.create_table(
        "followed",
        sa.Column("publication", sa.Integer, primary_key=True, autoincrement=False),
        _at(),
    )


def _triages() -> None:
    op.create_table(
        "triages",
        sa.Column(
            "report",
            sa.Integer,
            sa.ForeignKey("reports.number", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("by", sa.Integer, sa.ForeignKey("people.id", ondelete="SET NULL")),
        sa.Column("at", sa.DateTime(timezone=True)),
        sa.Column("of", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("told", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_triages_state", "triages", ["state"])
    op.create_index("ix_triages_by", "triages", ["by"])


def _unanswered() -> None:
    op.create_table(
        "unanswered",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person", sa.Integer, _person(), nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("pack", sa.String, nullable=False),
        sa.Column("fact", sa.String, nullable=False),
        _at(),
        sqlite_autoincrement=True,
    )
    for name in ("person", "state", "at"):
        op.create_index(f"ix_unanswered_{name}", "unanswered", [name])


def _person() -> sa.ForeignKey:
    return sa.ForeignKey("people.id", ondelete="CASCADE")


def _at() -> "sa.Column[object]":
    return sa.Column("at", sa.DateTime(timezone=True), nullable=False)
