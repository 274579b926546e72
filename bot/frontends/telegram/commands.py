"""The menus of commands that Telegram shows, in private chats and in groups."""

from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats

from bot.core.words import say

PRIVATE = (
    "start",
    "help",
    "about",
    "topics",
    "quiz",
    "missed",
    "stop",
    "sources",
    "report",
    "privacy",
    "cancel",
)
GROUP = ("ask", "help", "about", "topics", "sources", "report", "privacy", "cancel")


async def register(bot: Bot) -> None:
    """Tell Telegram which commands to offer where."""
    await bot.set_my_commands(_menu(PRIVATE), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_menu(GROUP), BotCommandScopeAllGroupChats())


def _menu(names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, say(f"command.{name}")) for name in names]
