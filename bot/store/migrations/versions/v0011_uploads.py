"""Files of banks that were sent in the chat, for an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their table."""
    person = sa.ForeignKey("people.id", ondelete="CASCADE")
    op.create_table(
        "uploads",
        sa.Column("token", sa.String, primary_key=True),
        sa.Column("person", sa.Integer, person, nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
