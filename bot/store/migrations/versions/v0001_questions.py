"""Questions and answers: who asked, what was shown, what has to be sent.

Names of constraints and indexes come from the naming convention of `bot.store.catalogue.metadata`.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the first tables."""
    _people_and_chats()
    _receipts()
    _deliveries()
    _what_people_did()


def _moment(name: str = "at", *, nullable: bool = False, index: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _number() -> sa.Column[int]:
    return sa.Column("id", sa.Integer, primary_key=True)


def _chat() -> sa.Column[int]:
    return sa.Column("chat", sa.Integer, sa.ForeignKey("chats.id"), nullable=False)


def _person() -> sa.Column[int]:
    return sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), nullable=False, index=True)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String, nullable=nullable)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _people_and_chats() -> None:
    op.create_table(
        "people",
        _number(),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "chats",
        _number(),
        sa.Column("key", sa.String, nullable=False, unique=True),
        sa.Column("platform", sa.String, nullable=False, index=True),
        sa.Column("private", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )


def _receipts() -> None:
    op.create_table(
        "receipts",
        _number(),
        sa.Column("token", sa.String, nullable=False, unique=True),
        _chat(),
        _text("thread"),
        _person(),
        _text("question"),
        _moment(),
        sa.Column("notice", sa.Boolean, nullable=False),
        _json("facts"),
        _json("offers"),
        sa.Index("ix_receipts_chat", "chat", "question"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sent",
        _number(),
        _chat(),
        _text("message"),
        _receipt("receipt", "CASCADE", nullable=False, index=True),
        sa.UniqueConstraint("chat", "message"),
        sqlite_autoincrement=True,
    )


def _receipt(
    name: str, ondelete: str, *, nullable: bool = True, index: bool = False
) -> sa.Column[str]:
    key = sa.ForeignKey("receipts.token", ondelete=ondelete)
    return sa.Column(name, sa.String, key, nullable=nullable, index=index)


def _deliveries() -> None:
    op.create_table(
        "outbox",
        _number(),
        _chat(),
        _text("thread"),
        _json("card"),
        _text("reply_to"),
        _receipt("replaces", "SET NULL"),
        _receipt("receipt", "SET NULL"),
        sa.Column("dedupe", sa.String, unique=True),
        _moment(index=False),
        _moment("not_before", index=False),
        _moment("leased_until", nullable=True, index=False),
        sa.Column("tries", sa.Integer, nullable=False),
        _json("done"),
        sa.Index("ix_outbox_chat", "chat", "id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "undelivered",
        _number(),
        _chat(),
        _json("card"),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        _moment(),
        sqlite_autoincrement=True,
    )


def _what_people_did() -> None:
    op.create_table(
        "seen",
        sa.Column("platform", sa.String, primary_key=True),
        sa.Column("update", sa.String, primary_key=True),
        _moment(),
    )
    op.create_table(
        "expecting",
        sa.Column("chat", sa.Integer, sa.ForeignKey("chats.id"), primary_key=True),
        sa.Column("thread", sa.String, primary_key=True),
        sa.Column("person", sa.Integer, sa.ForeignKey("people.id"), primary_key=True),
        _text("what"),
        _text("receipt"),
        _moment("until"),
    )
    op.create_table(
        "reports",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column(
            "person", sa.Integer, sa.ForeignKey("people.id", ondelete="SET NULL"), index=True
        ),
        _json("facts"),
        sa.Column("words", sa.Text, nullable=False),
        _moment(),
        sqlite_autoincrement=True,
    )
    op.create_table("asked", _number(), _person(), _moment())
    op.create_table(
        "transcript",
        _number(),
        _chat(),
        sa.Column("said", sa.Text, nullable=False),
        _json("cards"),
        _moment(),
        sa.Index("ix_transcript_chat", "chat", "at"),
        sqlite_autoincrement=True,
    )
