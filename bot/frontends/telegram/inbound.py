"""Telegram's updates become events; what is not meant for the bot becomes None, and no answer.

In a private chat everything a person writes is meant for the bot. In a group only commands that
name it (`/ask@bot …`) and replies to its own messages are; channels and other bots never are.
A message without words (a sticker, a picture) is `Said` with an empty text, in private only.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from telegram import Message, Update, User
from telegram.constants import ChatType

from bot.core.events import (
    Commanded,
    Event,
    Person,
    Place,
    PolledIn,
    Pressed,
    Said,
    Searched,
    Sent,
    clean,
)
from bot.frontends.telegram.happenings import changed, handed, voted
from bot.frontends.telegram.names import PLATFORM, key, person, place

RECEIVED = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.POLL,
    Update.POLL_ANSWER,
    Update.MY_CHAT_MEMBER,
)
"""The kinds of updates that Telegram is asked for; the others never leave its servers."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)


def to_event(update: Update, me: User) -> Event | None:
    """Return what an update means to the bot `me`, or None where it is not for it."""
    if update.message:
        return changed(update, me) or _written(update.message, me, edited=False)
    if update.edited_message:
        return _written(update.edited_message, me, edited=True)
    return _pressed(update) or _searched(update) or voted(update) or changed(update, me)


def _written(
    message: Message, me: User, *, edited: bool
) -> Said | Commanded | Sent | PolledIn | None:
    words = _words(message, me, edited=edited)
    return (handed(message, words) or words) if words else None


def _words(message: Message, me: User, *, edited: bool) -> Said | Commanded | None:
    author = _author(message)
    if author is None or message.chat.type == ChatType.CHANNEL or _is(message.via_bot, me):
        return None
    answered = message.reply_to_message
    quoted = str(answered.message_id) if answered and _is(answered.from_user, me) else ""
    text = clean(message.text or message.caption or "").strip()
    said = Said(place(message), author, text, str(message.message_id), edited, quoted)
    if command := _COMMAND.fullmatch(text):
        if not _is_for(me, said, message, command[2]):
            return None
        replied = person(answered.from_user) if answered else None
        return replace(_commanded(said, command), replied=replied)
    return said if _is_for(me, said, message) and (text or _shows(message, said)) else None


def _is_for(me: User, said: Said, message: Message, named: str | None = None) -> bool:
    if said.place.private:
        return True
    if message.forward_origin:
        return False  # somebody shows the group what was asked elsewhere
    if named:
        return named.casefold() == (me.username or "").casefold()
    return bool(said.quoted)


def _shows(message: Message, said: Said) -> bool:
    """Tell a sticker or a picture from a service message, or from a position that moves on."""
    return said.place.private and not said.edited and message.effective_attachment is not None


def _commanded(said: Said, command: re.Match[str]) -> Commanded:
    return Commanded(
        said.place,
        said.by,
        name=command[1].lower(),
        argument=(command[3] or "").strip(),
        message=said.message,
        edited=said.edited,
        quoted=said.quoted,
    )


def _author(message: Message) -> Person | None:
    """Return who wrote a message: a person, or the group or channel in whose name one wrote."""
    if message.is_automatic_forward:
        return None  # a channel's post in its discussion group
    if message.sender_chat:
        # Which of the anonymous admins it was cannot be known: they count as one person.
        return Person(key(message.sender_chat.id), name=clean(message.sender_chat.title or ""))
    return person(message.from_user)


def _is(user: User | None, me: User) -> bool:
    return user is not None and user.id == me.id


def pressed_plainly(raw: Mapping[str, Any]) -> Pressed | None:
    """Return a press under a message without reading the message: that takes ten times as long.

    None for everything else, also for what looks unusual: `to_event` reads that.
    """
    match raw.get("callback_query"):
        case {
            "id": str(name),
            "data": str(data),
            "from": {"id": int(who), "is_bot": False} as user,
            "message": {
                "message_id": int(number),
                "chat": {"id": int(chat), "type": kind},
            } as under,
        } if not under.get("is_topic_message"):
            by = Person(key(who), user.get("language_code") or "en", clean(user["first_name"]))
            where = Place(PLATFORM, key(chat), private=kind == ChatType.PRIVATE)
            return Pressed(where, by, data, name, str(number))
        case _:
            return None


def _pressed(update: Update) -> Pressed | None:
    query = update.callback_query
    if query is None or query.message is None or query.data is None:
        return None
    by = person(query.from_user)
    if by is None:
        return None
    return Pressed(place(query.message), by, query.data, query.id, str(query.message.message_id))


def _searched(update: Update) -> Searched | None:
    query = update.inline_query
    by = person(query.from_user) if query else None
    return Searched(by, clean(query.query).strip(), query.id) if query and by else None
