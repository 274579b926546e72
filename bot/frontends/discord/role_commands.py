"""The commands about roles: taking one, handing it on, signing in on the page, who did what."""

from typing import Any

from discord import app_commands

from bot.core.roles import GRANTABLE
from bot.core.words import say
from bot.frontends.discord.inbound import Interaction
from bot.frontends.discord.reception import Reception

LABEL, CODE, MOST = 60, 64, 50
"""Letters of whom a role is for, and of a code; how many acts are told at most."""
_INVITE = "g_"

Tree = app_commands.CommandTree[Any]
Command = app_commands.Command[Any, ..., None]


def add_role_commands(tree: Tree, reception: Reception) -> None:
    """Put them into a tree. What may be done is decided when it is done, for everybody."""
    for name in ("roles", "signin", "signout", "flags", "unanswered"):
        tree.add_command(_plain(name, reception))
    for command in (_accept, _grant, _audit):
        tree.add_command(command(reception))


def _plain(name: str, reception: Reception) -> Command:
    async def run(interaction: Interaction) -> None:
        await reception.command(interaction, name)

    return Command(name=name, description=say(f"command.{name}"), callback=run)


def _accept(reception: Reception) -> Command:
    @app_commands.describe(code=say("discord.option.code"))
    async def accept(interaction: Interaction, code: app_commands.Range[str, 1, CODE]) -> None:
        payload = _INVITE + code.strip().removeprefix(_INVITE)
        await reception.command(interaction, "start", payload)

    described = say("discord.command.accept")
    return Command(name="accept", description=described, callback=accept)


def _grant(reception: Reception) -> Command:
    @app_commands.describe(role=say("discord.option.role"), whom=say("discord.option.whom"))
    @app_commands.choices(
        role=[
            app_commands.Choice(name=say(f"role.name.{role.word}"), value=role.word)
            for role in GRANTABLE
        ]
    )
    async def grant(
        interaction: Interaction, role: str, whom: app_commands.Range[str, 1, LABEL] = ""
    ) -> None:
        await reception.command(interaction, "grant", f"{role} {whom}".strip())

    return Command(name="grant", description=say("discord.command.grant"), callback=grant)


def _audit(reception: Reception) -> Command:
    @app_commands.describe(acts=say("discord.option.acts"))
    async def audit(
        interaction: Interaction, acts: app_commands.Range[int, 1, MOST] | None = None
    ) -> None:
        await reception.command(interaction, "audit", str(acts or ""))

    return Command(name="audit", description=say("command.audit"), callback=audit)
