"""Versions, drafts and publications of banks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables."""
    op.create_table(
        "bank_versions",
        sa.Column("pack", sa.String, primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *_content(),
        _moment("at"),
        _person("by"),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pack", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        _moment("at"),
        _person("by"),
        sa.Column("act", sa.String, nullable=False),
        sa.Index("ix_publications_pack", "pack", "id"),
        sqlite_autoincrement=True,
    )
    _drafts()


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("pack", sa.String, nullable=False, index=True),
        sa.Column("base", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        *_content(),
        _moment("at"),
        _moment("changed", index=True),
        _person("by"),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        _person("approved"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "draft_editors",
        sa.Column(
            "draft", sa.Integer, sa.ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "person",
            sa.Integer,
            sa.ForeignKey("people.id", ondelete="CASCADE"),
            primary_key=True,
            index=True,
        ),
    )


def _content() -> tuple[sa.Column[bytes], sa.Column[bytes], sa.Column[str]]:
    return (
        sa.Column("files", sa.LargeBinary, nullable=False),
        sa.Column("read", sa.LargeBinary, nullable=False),
        sa.Column("digest", sa.String, nullable=False),
    )


def _moment(name: str, *, index: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False, index=index)


def _person(name: str) -> sa.Column[int]:
    key = sa.ForeignKey("people.id", ondelete="SET NULL")
    return sa.Column(name, sa.Integer, key, index=True)
