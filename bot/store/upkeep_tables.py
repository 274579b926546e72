"""The tables of settings, wishes and reminders."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from bot.store.base import Moment, chats, metadata, people

wishes = Table(
    "wishes",
    metadata,
    Column("person", Integer, ForeignKey(people.c.id, ondelete="CASCADE"), primary_key=True),
    Column("what", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

chat_settings = Table(
    "chat_settings",
    metadata,
    Column("chat", Integer, ForeignKey(chats.c.id, ondelete="CASCADE"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
