"""The commands that Discord offers: what they are called, what they take, and what they mean."""

from collections.abc import Iterable

import discord
from discord import app_commands

from bot.core.browse import topics
from bot.core.cards import ACTION_VERSION, read_action
from bot.core.library import Library
from bot.core.words import say
from bot.frontends.discord.bank_commands import add_bank_commands
from bot.frontends.discord.buttons import standing
from bot.frontends.discord.choosing import Choice, Command, Tree, choices, described, plain
from bot.frontends.discord.inbound import Interaction
from bot.frontends.discord.modals import REPORT
from bot.frontends.discord.reception import Reception, Way
from bot.frontends.discord.role_commands import add_role_commands
from bot.frontends.discord.settings import PRIVATE, PUBLIC, Settings
from bot.frontends.discord.teaching_commands import add_teaching_commands

LONGEST = 1000
"""Letters of a question; more are not read on any platform."""
MOST_QUESTIONS = 50


def fill(tree: Tree, reception: Reception) -> None:
    """Put every command into a tree."""
    settings = Settings(reception)
    for name in ("about", "sources", "help", "privacy"):
        tree.add_command(plain(name, reception))
    tree.add_command(_ask(reception, settings))
    for command in (_check, _topics, _report, _quiz):
        tree.add_command(command(reception))
    tree.add_command(_settings(reception, settings))
    add_teaching_commands(tree, reception)
    add_bank_commands(tree, reception)
    add_role_commands(tree, reception)


def _ask(reception: Reception, settings: Settings) -> Command:
    @app_commands.describe(question=say("discord.option.question"))
    async def ask(interaction: Interaction, question: app_commands.Range[str, 1, LONGEST]) -> None:
        public = await settings.public(interaction)
        way = Way(public=public, hidden=not public, shows=not public)
        await reception.command(interaction, "ask", question, way)

    return Command(name="ask", description=described("ask"), callback=ask)


def _check(reception: Reception) -> app_commands.ContextMenu:
    # What somebody else wrote is checked for one person alone, whatever the server has chosen.
    async def check(interaction: Interaction, message: discord.Message) -> None:
        if (own := _sources_of(message)) and message.author == interaction.client.user:
            await reception.pressed(interaction, *own)
            return
        await reception.command(interaction, "check", message.content[:LONGEST], Way(shows=True))

    return app_commands.ContextMenu(name=say("discord.check.menu"), callback=check)


def _sources_of(message: discord.Message) -> tuple[str, str] | None:
    """Return what shows the sources of an answer of ours; None where a message is none."""
    for _, where, action in standing(message):
        if (read := read_action(action)) and read.receipt:
            return where, f"{ACTION_VERSION}|s|{read.receipt}"
    return None


def _report(reception: Reception) -> Command:
    async def report(interaction: Interaction) -> None:
        await reception.write(interaction, "p", REPORT)

    return Command(name="report", description=described("report"), callback=report)


def _topics(reception: Reception) -> Command:
    @app_commands.describe(topic=say("discord.option.topic"))
    async def show(interaction: Interaction, topic: str = "") -> None:
        await reception.command(interaction, "topics", topic)

    command = Command(name="topics", description=described("topics"), callback=show)

    @command.autocomplete("topic")
    async def offered(_: Interaction, typed: str) -> list[Choice]:
        return choices(typed, (title for *_, title in topics(reception.desk.library)))

    return command


def _quiz(reception: Reception) -> app_commands.Group:
    @app_commands.describe(
        topic=say("discord.option.topic"), questions=say("discord.option.count")
    )
    async def start(
        interaction: Interaction,
        topic: str = "",
        questions: app_commands.Range[int, 1, MOST_QUESTIONS] | None = None,
    ) -> None:
        words = f"{topic} {questions or ''}".strip()
        await reception.command(interaction, "quiz", words)

    group = app_commands.Group(name="quiz", description=described("quiz"))
    begin = Command(name="start", description=described("quiz.start"), callback=start)

    @begin.autocomplete("topic")
    async def offered(_: Interaction, typed: str) -> list[Choice]:
        return choices(typed, _quiz_topics(reception.desk.library))

    group.add_command(begin)
    group.add_command(plain("stop", reception, "stop", "quiz.stop"))
    group.add_command(plain("missed", reception, "missed", "quiz.missed"))
    return group


def _settings(reception: Reception, settings: Settings) -> app_commands.Group:
    @app_commands.describe(who=say("discord.option.answers"))
    @app_commands.choices(
        who=[Choice(name=say(f"discord.choice.{v}"), value=v) for v in (PRIVATE, PUBLIC)]
    )
    async def answers(interaction: Interaction, who: str) -> None:
        await settings.choose(interaction, who)

    # Offered to everybody for the sake of their own: who may choose for a server is seen then.
    group = app_commands.Group(name="settings", description=described("settings"))
    group.add_command(plain("mine", reception, "settings", "settings.mine"))
    told = described("settings.answers")
    group.add_command(Command(name="answers", description=told, callback=answers))
    return group


def _quiz_topics(library: Library) -> Iterable[str]:
    """Yield the topics in which there is something to be asked."""
    for shelf in library.shelves:
        asked = {question.topic for question in shelf.pack.questions}
        yield from (title for topic, title in shelf.pack.topics.items() if topic in asked)
