"""Discord's interactions become events: who did it, and where it belongs.

Everything that only one person sees (an ephemeral message, a direct message) belongs to that
person's one private conversation, so a follow-up finds what went before wherever it was asked.
What everybody in a channel sees belongs to the channel.
"""

from typing import Any

import discord

from bot.core.events import Person, Place

PLATFORM = "discord"
SERVER = "server-"
"""Stands before the number of a server: a channel may have the same one."""

Interaction = discord.Interaction[Any]


def key(number: int) -> str:
    """Return our key of one of Discord's channels or people."""
    return f"{PLATFORM}:{number}"


def number(key: str) -> int:
    """Return Discord's number of a channel or a person."""
    return int(key.removeprefix(f"{PLATFORM}:"))


def person(interaction: Interaction) -> Person:
    """Return who did it; who may manage messages in a channel runs it."""
    user = interaction.user
    language = str(interaction.locale).partition("-")[0]
    leads = interaction.guild_id is not None and interaction.permissions.manage_messages
    return Person(key(user.id), language, user.display_name, admin=leads)


def private(user: discord.abc.Snowflake) -> Place:
    """Return the private conversation of a person, as it is on other platforms."""
    return Place(PLATFORM, key(user.id))


def place(interaction: Interaction, *, public: bool) -> Place:
    """Return where an interaction belongs: to its channel, or to its person alone."""
    if public and interaction.guild_id is not None and interaction.channel_id is not None:
        return Place(PLATFORM, key(interaction.channel_id), private=False)
    return private(interaction.user)


def server(number: int) -> Place:
    """Return what stands for a whole server, where its settings are kept."""
    return Place(PLATFORM, f"{PLATFORM}:{SERVER}{number}", private=False)
