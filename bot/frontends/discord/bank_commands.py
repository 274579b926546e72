"""The commands of editors about question banks."""

from collections.abc import Callable, Iterable, Sequence

import discord
from discord import app_commands

from bot.core.roles import Act, may
from bot.core.words import say
from bot.formats.banks.formats import WRITERS
from bot.frontends.discord.choosing import NAME, Choice, Command, Tree, choices, described, plain
from bot.frontends.discord.drawing import cut
from bot.frontends.discord.inbound import Interaction, person
from bot.frontends.discord.reception import Reception

NAMED, ITEM = 60, 100
"""Letters of the name of a bank, and of a question."""
MOST_NUMBER = 10**9
MANAGES = discord.Permissions(manage_guild=True)
"""Who is shown the commands of editors in a server."""

Bank = app_commands.Range[str, 1, NAMED]
Number = app_commands.Range[int, 1, MOST_NUMBER]
Add = Callable[[app_commands.Group, Reception], None]


def add_bank_commands(tree: Tree, reception: Reception) -> None:
    """Put them into a tree. What may be done is decided when it is done, for everybody."""
    group = app_commands.Group(
        name="bank", description=described("bank"), default_permissions=MANAGES
    )
    group.add_command(plain("menu", reception, "bank", "bank.menu"))
    group.add_command(_import(reception))
    for name in ("diff", "publish", "discard", "restore", "approve", "rebase"):
        group.add_command(_on_draft(name, reception))
    for name in ("history", "add"):
        group.add_command(_on_bank(name, reception))
    for make in (_rollback, _export, _edit):
        group.add_command(make(reception))
    tree.add_command(group)


def _import(reception: Reception) -> Command:
    @app_commands.describe(file=say("discord.option.file"), bank=say("discord.option.bank.new"))
    async def brought(interaction: Interaction, file: discord.Attachment, bank: Bank = "") -> None:
        await reception.brought(interaction, file, f"import {bank}".strip())

    told = described("bank.import")
    command = Command(name="import", description=told, callback=brought)
    _offer_banks(command, reception)
    return command


def _on_draft(name: str, reception: Reception) -> Command:
    @app_commands.describe(draft=say("discord.option.draft"))
    async def run(interaction: Interaction, draft: Number | None = None) -> None:
        await reception.command(interaction, "bank", f"{name} {draft or ''}".strip())

    command = Command(name=name, description=described(f"bank.{name}"), callback=run)

    @command.autocomplete("draft")
    async def offered(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        return _numbers(typed, await _drafts(reception, interaction))

    return command


def _on_bank(name: str, reception: Reception) -> Command:
    @app_commands.describe(bank=say("discord.option.bank"))
    async def run(interaction: Interaction, bank: Bank) -> None:
        await reception.command(interaction, "bank", f"{name} {bank}")

    command = Command(name=name, description=described(f"bank.{name}"), callback=run)
    _offer_banks(command, reception)
    return command


def _rollback(reception: Reception) -> Command:
    @app_commands.describe(bank=say("discord.option.bank"), version=say("discord.option.version"))
    async def run(interaction: Interaction, bank: Bank, version: Number) -> None:
        await reception.command(interaction, "bank", f"rollback {bank} {version}")

    command = Command(name="rollback", description=described("bank.rollback"), callback=run)
    _offer_banks(command, reception)

    @command.autocomplete("version")
    async def offered(interaction: Interaction, typed: str) -> list[app_commands.Choice[int]]:
        bank = str(getattr(interaction.namespace, "bank", "") or "")
        return _numbers(typed, await _versions(reception, interaction, bank))

    return command


def _export(reception: Reception) -> Command:
    @app_commands.describe(bank=say("discord.option.bank"), form=say("discord.option.form"))
    @app_commands.rename(form="format")
    @app_commands.choices(form=[Choice(name=form, value=form) for form in WRITERS])
    async def run(interaction: Interaction, bank: Bank, form: str = "") -> None:
        await reception.command(interaction, "bank", f"export {bank} {form}".strip())

    command = Command(name="export", description=described("bank.export"), callback=run)
    _offer_banks(command, reception)
    return command


def _edit(reception: Reception) -> Command:
    @app_commands.describe(bank=say("discord.option.bank"), question=say("discord.option.item"))
    async def run(
        interaction: Interaction, bank: Bank, question: app_commands.Range[str, 1, ITEM]
    ) -> None:
        await reception.command(interaction, "bank", f"edit {bank} {question}")

    command = Command(name="edit", description=described("bank.edit"), callback=run)
    _offer_banks(command, reception)

    @command.autocomplete("question")
    async def offered(interaction: Interaction, typed: str) -> list[Choice]:
        bank = str(getattr(interaction.namespace, "bank", "") or "")
        return choices(typed, _questions(reception, bank))

    return command


# What is offered while typing.


def _offer_banks(command: Command, reception: Reception) -> None:
    @command.autocomplete("bank")
    async def offered(_: Interaction, typed: str) -> list[Choice]:
        return choices(typed, (shelf.pack.id for shelf in reception.desk.library.shelves))


def _questions(reception: Reception, bank: str) -> Iterable[str]:
    for shelf in reception.desk.library.shelves:
        if shelf.pack.id == bank:
            yield from (question.id for question in shelf.pack.questions)


def _numbers(typed: str, offered: Sequence[tuple[int, str]]) -> list[app_commands.Choice[int]]:
    found = [(number, label) for number, label in offered if typed.strip() in label]
    return [
        app_commands.Choice(name=cut(label, NAME), value=number) for number, label in found[:25]
    ]


async def _drafts(reception: Reception, interaction: Interaction) -> Sequence[tuple[int, str]]:
    async with reception.desk.store.work(reception.desk.clock()) as work:
        if not may(await work.roles.role_of(person(interaction).key), Act.BANK_READ):
            return ()
        return [(draft.id, f"{draft.id} · {draft.pack}") for draft in await work.banks.drafts()]


async def _versions(
    reception: Reception, interaction: Interaction, bank: str
) -> Sequence[tuple[int, str]]:
    async with reception.desk.store.work(reception.desk.clock()) as work:
        if not may(await work.roles.role_of(person(interaction).key), Act.BANK_READ):
            return ()
        versions = await work.banks.versions(bank)
        return [(v.number, f"{v.number} · {v.at:%d %b %Y}") for v in versions]
