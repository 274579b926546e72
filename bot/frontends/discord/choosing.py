"""What all commands have in common: descriptions, choices offered while typing, the plainest kind."""

from collections.abc import Iterable
from typing import Any

from discord import app_commands

from bot.core.words import say
from bot.frontends.discord.drawing import cut
from bot.frontends.discord.inbound import Interaction
from bot.frontends.discord.reception import Reception, Way

DESCRIPTION, CHOICES, NAME = 100, 25, 100
"""Letters of a description; choices that an option can offer, and letters of each."""

Tree = app_commands.CommandTree[Any]
Command = app_commands.Command[Any, ..., None]
Choice = app_commands.Choice[str]


def described(name: str) -> str:
    """Return the description of a command."""
    return say(f"discord.command.{name}")


def plain(
    name: str, reception: Reception, command: str = "", told: str = "", way: Way | None = None
) -> Command:
    """Return a command that takes nothing."""

    async def run(interaction: Interaction) -> None:
        await reception.command(interaction, command or name, way=way)

    return Command(name=name, description=described(told or name), callback=run)


def choices(typed: str, titles: Iterable[str]) -> list[Choice]:
    """Return what can be chosen, given the letters that were typed so far."""
    wanted = typed.strip().casefold()
    found = [title for title in dict.fromkeys(titles) if wanted in title.casefold()]
    found.sort(key=lambda title: not title.casefold().startswith(wanted))
    return [Choice(name=cut(title, NAME), value=cut(title, NAME)) for title in found[:CHOICES]]
