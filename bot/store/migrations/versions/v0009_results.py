"""Keys that were mended after a session was held."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table."""
    session = sa.ForeignKey("sessions.id", ondelete="CASCADE")
    op.create_table(
        "regrades",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("session", sa.Integer, session, nullable=False),
        sa.Column("old", sa.String, _version(), nullable=False),
        sa.Column("new", sa.String, _version(), nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("session", "old", "new"),
        sqlite_autoincrement=True,
    )


def _version() -> sa.ForeignKey:
    return sa.ForeignKey("questions_kept.hash", ondelete="CASCADE")
