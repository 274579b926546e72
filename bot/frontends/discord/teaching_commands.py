"""The commands of classes: live quizzes, assignments, results; and those about one's own data."""

import re
from collections.abc import Callable

import discord
from discord import app_commands

from bot.core.events import Commanded
from bot.core.words import say
from bot.frontends.discord.choosing import Choice, Command, Tree, choices, described, plain
from bot.frontends.discord.inbound import Interaction, person, place, private
from bot.frontends.discord.reception import Reception, Way

CODE, LABEL, LINE = 300, 60, 200
"""Letters of a code or a pasted link, of a name, and of what an assignment is to be about."""
LEADS = discord.Permissions(manage_messages=True)
"""Who is shown the commands of those who lead a class in a server."""
MOST_SECONDS = 600

_HERE = Way(public=True)
"""It belongs to the channel; what is said of it is for its person alone."""
_LOUD = Way(public=True, hidden=False)
_PAYLOAD = re.compile(r"[?&]start=([\w-]+)")
_PATH = re.compile(r"/(c|a|l|live|invited)/([\w-]+)")
_PREFIXES = {"c": "c_", "a": "a_", "l": "l_", "live": "l_", "invited": "g_"}
_BY_LENGTH = {6: "l_", 8: "c_", 22: "a_"}
"""How the payload of a bare code begins, by its length."""
_TYPED = 12
"""Letters of a code that somebody may have typed with spaces or hyphens in it; longer ones are pasted."""


def add_teaching_commands(tree: Tree, reception: Reception) -> None:
    """Put them into a tree. What may be done is decided when it is done, for everybody."""
    for name in ("mydata", "deletemydata", "cancel"):
        tree.add_command(plain(name, reception))
    for command in (_live, _class, _assign, _results, _items, _join, _open):
        tree.add_command(command(reception))
    tree.add_command(plain("leave", reception, way=_HERE))


def payload(text: str) -> str:
    """Return what a code, or a link that somebody pasted, leads to."""
    text = text.strip()
    if found := _PAYLOAD.search(text):
        return found[1]
    if found := _PATH.search(text):
        return _PREFIXES[found[1]] + found[2]
    if "_" in text or len(text) > _TYPED:
        return (_BY_LENGTH.get(len(text), "") if "_" not in text[:2] else "") + text
    bare = re.sub(r"[\s-]", "", text)
    return _BY_LENGTH.get(len(bare), "") + bare


def _said(
    reception: Reception, name: str, told: str, make: Callable[[str], tuple[str, str]], option: str
) -> Command:
    """Return a command with one field, which need not be filled."""

    async def run(interaction: Interaction, text: app_commands.Range[str, 1, CODE] = "") -> None:
        command, words = make(text)
        await reception.command(interaction, command, words)

    run = app_commands.describe(text=say(f"discord.option.{told}"))(run)
    run = app_commands.rename(text=option)(run)
    return Command(name=name, description=described(told), callback=run)


# Live quizzes.


def _live(reception: Reception) -> app_commands.Group:
    group = app_commands.Group(
        name="live", description=described("live"), default_permissions=LEADS
    )
    group.add_command(_live_start(reception))
    group.add_command(_live_extend(reception))
    acts = {"pause": "pause", "resume": "resume", "next": "next", "skip": "skip", "stop": "end"}
    for name, command in acts.items():
        group.add_command(plain(name, reception, command, f"live.{name}", _HERE))
    group.add_command(plain("time", reception, told="live.time"))
    return group


def _live_start(reception: Reception) -> Command:
    @app_commands.describe(code=say("discord.option.live"))
    async def start(
        interaction: Interaction, code: app_commands.Range[str, 1, LABEL] = ""
    ) -> None:
        await reception.command(interaction, "live", code, _HERE)

    return Command(name="start", description=described("live.start"), callback=start)


def _live_extend(reception: Reception) -> Command:
    @app_commands.describe(seconds=say("discord.option.seconds"))
    async def extend(
        interaction: Interaction, seconds: app_commands.Range[int, 1, MOST_SECONDS] | None = None
    ) -> None:
        await reception.command(interaction, "extend", str(seconds or ""), _HERE)

    return Command(name="extend", description=described("live.extend"), callback=extend)


def _join(reception: Reception) -> Command:
    @app_commands.describe(code=say("discord.option.join"))
    async def join(interaction: Interaction, code: app_commands.Range[str, 1, LABEL] = "") -> None:
        # With a code somebody takes part from anywhere; without one, in this channel's quiz.
        await reception.command(interaction, "join", code, Way(public=not code))

    return Command(name="join", description=described("join"), callback=join)


# Classes and assignments.


def _class(reception: Reception) -> app_commands.Group:
    group = app_commands.Group(name="class", description=described("class"))
    group.add_command(plain("menu", reception, "class", "class.menu"))
    for name, option in (("join", "code"), ("leave", "name"), ("new", "name")):

        def made(text: str, name: str = name) -> tuple[str, str]:
            return "class", f"{name} {text}".strip()

        group.add_command(_said(reception, name, f"class.{name}", made, option))
    return group


def _assign(reception: Reception) -> app_commands.Group:
    group = app_commands.Group(name="assign", description=described("assign"))
    group.add_command(plain("list", reception, "assign", "assign.list"))

    @app_commands.describe(about=say("discord.option.about"), here=say("discord.option.here"))
    async def new(
        interaction: Interaction,
        about: app_commands.Range[str, 1, LINE] = "",
        here: bool = False,
    ) -> None:
        by, channel = person(interaction), place(interaction, public=here)
        begun = Commanded(channel, by, "assign", about)
        form = Commanded(private(interaction.user), by, "start", "a_new")
        # Begun in a channel it is posted there; the form is for its teacher alone.
        events = [*([begun] if here or about else []), *([form] if here or not about else [])]
        await reception.take(interaction, events)

    told = described("assign.new")
    group.add_command(Command(name="new", description=told, callback=new))
    return group


def _open(reception: Reception) -> Command:
    @app_commands.describe(code=say("discord.option.open"))
    async def opened(interaction: Interaction, code: app_commands.Range[str, 1, CODE]) -> None:
        await reception.command(interaction, "start", payload(code))

    return Command(name="open", description=described("open"), callback=opened)


# Results.


def _results(reception: Reception) -> app_commands.Group:
    group = app_commands.Group(
        name="results", description=described("results"), default_permissions=LEADS
    )
    group.add_command(plain("mine", reception, "results", "results.mine"))
    group.add_command(plain("channel", reception, "results", "results.channel", _LOUD))
    return group


def _items(reception: Reception) -> Command:
    @app_commands.describe(pack=say("discord.option.pack"))
    async def items(interaction: Interaction, pack: str = "") -> None:
        await reception.command(interaction, "items", pack)

    command = Command(name="items", description=described("items"), callback=items)
    command.default_permissions = LEADS

    @command.autocomplete("pack")
    async def offered(_: Interaction, typed: str) -> list[Choice]:
        return choices(typed, (shelf.pack.id for shelf in reception.desk.library.shelves))

    return command
