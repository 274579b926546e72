"""The quiz alone: where each person is in theirs, and what they missed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the quiz alone."""
    op.create_table(
        "solos",
        sa.Column("chat", sa.Integer, sa.ForeignKey("chats.id"), primary_key=True),
        sa.Column("thread", sa.String, primary_key=True),
        _person(),
        sa.Column("state", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "missed",
        _person(),
        sa.Column("pack", sa.String, primary_key=True),
        sa.Column("question", sa.String, primary_key=True),
        sa.Column("memory", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )


def _person() -> sa.Column[int]:
    return sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True)
