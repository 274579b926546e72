"""How much is asked in each group."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Note with a question in which group it was asked."""
    with op.batch_alter_table("asked") as table:
        table.add_column(sa.Column("chat", sa.Integer))
        table.create_foreign_key(
            "fk_asked_chat_chats", "chats", ["chat"], ["id"], ondelete="CASCADE"
        )
        table.create_index("ix_asked_chat", ["chat"])
