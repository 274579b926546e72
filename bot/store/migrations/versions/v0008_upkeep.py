"""Settings, wishes and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    person = sa.ForeignKey("people.id", ondelete="CASCADE")
    op.create_table(
        "wishes",
        sa.Column("person", sa.Integer, person, primary_key=True),
        sa.Column("what", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    chat = sa.ForeignKey("chats.id", ondelete="CASCADE")
    op.create_table(
        "chat_settings",
        sa.Column("chat", sa.Integer, chat, primary_key=True),
        sa.Column("name", sa.String, primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
