"""How Telegram's people and chats are called here."""

from telegram import MaybeInaccessibleMessage, Message, User
from telegram.constants import ChatType

from bot.core.events import Person, Place, clean

PLATFORM = "telegram"


def key(number: int) -> str:
    """Return our key of one of Telegram's chats or people."""
    return f"{PLATFORM}:{number}"


def number(key: str) -> int:
    """Return Telegram's number of a chat or a person."""
    return int(key.removeprefix(f"{PLATFORM}:"))


def person(user: User | None) -> Person | None:
    """Return a person; None for a bot, or for nobody."""
    if user is None or user.is_bot:
        return None
    return Person(key(user.id), user.language_code or "en", clean(user.first_name))


def place(message: MaybeInaccessibleMessage) -> Place:
    """Return where a message stands."""
    thread = ""
    # Outside of forums a "thread" is only a chain of replies, into which nothing can be sent.
    if isinstance(message, Message) and message.is_topic_message:
        thread = str(message.message_thread_id)
    return Place(PLATFORM, key(message.chat.id), thread, message.chat.type == ChatType.PRIVATE)
