"""The menus of commands that Telegram shows: in private chats, in groups, to the admins of groups."""

from collections.abc import Collection

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

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

# What the parts of the conversation bring along is offered where the part is there.
MORE_PRIVATE = (
    "join",
    "leave",
    "live",
    "time",
    "class",
    "assign",
    "results",
    "items",
    "settings",
    "mydata",
    "deletemydata",
    "signin",
    "signout",
)
MORE_GROUP = ("join", "leave")
ADMINS = ("live", "pause", "resume", "next", "skip", "extend", "end", "results", "items")
"""Who runs a group gets these before all others."""

WITH_ROLE = ("signin", "signout", "grant", "roles", "audit", "bank", "flags", "unanswered")
"""Those that need a role: they work, but only the help of people with that role lists them."""


async def register(bot: Bot, brought: Collection[str]) -> None:
    """Tell Telegram which commands to offer where."""
    group = (*GROUP, *_of(MORE_GROUP, brought))
    private = (*PRIVATE, *_of(MORE_PRIVATE, brought))
    await bot.set_my_commands(_menu(private), BotCommandScopeAllPrivateChats())
    await bot.set_my_commands(_menu(group), BotCommandScopeAllGroupChats())
    admins = (*_of(ADMINS, brought), *group)
    await bot.set_my_commands(_menu(admins), BotCommandScopeAllChatAdministrators())


def _of(names: tuple[str, ...], brought: Collection[str]) -> list[str]:
    return [name for name in names if name in brought]


def _menu(names: tuple[str, ...]) -> list[BotCommand]:
    return [BotCommand(name, say(f"command.{name}")) for name in names]
