"""What comes beside words and presses: files, polls, votes, and what becomes of groups."""

from telegram import ChatMember, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.core.events import (
    Change,
    Changed,
    Commanded,
    Person,
    Place,
    PolledIn,
    Said,
    Sent,
    Voted,
    clean,
)
from bot.frontends.telegram.names import PLATFORM, key, person, place

_INSIDE = frozenset(
    {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}
)


def handed(message: Message, words: Said | Commanded) -> Sent | PolledIn | None:
    """Return the file or the poll that a person sends in private; None where there is none."""
    if not words.place.private or words.edited:
        return None
    if message.document:
        file = message.document
        return Sent(
            words.place,
            words.by,
            clean(file.file_name or ""),
            file.mime_type or "",
            words,
            size=file.file_size or 0,
            handle=file.file_id,
            caption=clean(message.caption or ""),
            message=words.message,
        )
    return _polled(message, words) if message.poll else None


def _polled(message: Message, words: Said | Commanded) -> PolledIn | None:
    poll = message.poll
    if poll is None:
        return None
    return PolledIn(
        words.place,
        words.by,
        clean(poll.question),
        tuple(clean(option.text) for option in poll.options),
        words,
        # Told only of polls that are closed, or were made here; see the Bot API.
        right=tuple(poll.correct_option_ids) if poll.correct_option_ids else None,
        explanation=clean(poll.explanation or ""),
        kind=str(poll.type),
        several=poll.allows_multiple_answers,
        message=words.message,
    )


def voted(update: Update) -> Voted | None:
    """Return a vote; its poll and options are still called as Telegram calls them."""
    vote = update.poll_answer
    by = person(vote.user) if vote else None
    if vote is None or by is None:
        return None  # a vote in the name of a channel or a group is nobody's answer
    chosen = tuple(vote.option_persistent_ids or ())
    return Voted(Place(PLATFORM, by.key), by, f"{PLATFORM}:{vote.poll_id}", chosen)


def changed(update: Update, me: User) -> Changed | None:
    """Return what became of a chat; None where nothing did that matters."""
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    return _told(update.message, me) if update.message else None


def _membership(news: ChatMemberUpdated) -> Changed | None:
    before, now = _is_inside(news.old_chat_member), _is_inside(news.new_chat_member)
    if before == now or news.chat.type == ChatType.CHANNEL:
        return None
    where = Place(PLATFORM, key(news.chat.id), private=news.chat.type == ChatType.PRIVATE)
    by = person(news.from_user) or Person(where.chat)
    return Changed(where, by, Change.ADDED if now else Change.REMOVED)


def _is_inside(member: ChatMember) -> bool:
    return member.status in _INSIDE or bool(getattr(member, "is_member", False))


def _told(message: Message, me: User) -> Changed | None:
    """Read what Telegram itself writes into a group."""
    where = place(message)
    by = person(message.from_user) or Person(where.chat)
    if message.migrate_to_chat_id:
        return Changed(where, by, Change.MOVED, to=key(message.migrate_to_chat_id))
    if message.migrate_from_chat_id:
        old = Place(PLATFORM, key(message.migrate_from_chat_id), private=False)
        return Changed(old, by, Change.MOVED, to=where.chat)
    left = person(message.left_chat_member)
    # That the bot itself left is told by an update of its own.
    return Changed(where, left, Change.LEFT) if left and left.key != key(me.id) else None
