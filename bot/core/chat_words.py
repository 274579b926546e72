"""The sentences about chats, files and polls; `bot.core.words` has them among all others."""

from collections.abc import Mapping

CHAT_WORDS: Mapping[str, str] = {
    # Polls of a platform's own. The first two stand inside a poll, and the caveat behind them.
    "poll.source": "The key is what {source} says.",
    "poll.kind": "it is not answered by choosing",
    "poll.no-key": "it is for reflection, without a right answer",
    "poll.question": "it is too long for a poll",
    "poll.options": "its options are too many or too long for a poll",
    "poll.caveat": "the caveat of its pack is too long for a poll",
    # Files that people send.
    "file.large": "This file is too large: I can take up to {most} MB. Nothing was kept.",
    # Groups.
    "group.hello": "Hello. In this group I read only what is meant for me: commands that name me, and replies to my messages. /help{at} lists what I can do.",
    "group.confirm": "In the name of the group anybody could be speaking. Please press the button as yourself; then I can see whether you are an admin here.",
    "group.confirm.button": "It is me",
}

CHAT_EXEMPT = frozenset({"file.large", "group.hello", "group.confirm"})
