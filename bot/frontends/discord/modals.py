"""Fields to write in. What one is for stands in its id, so it can be sent off after a restart too."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

import discord

from bot.core.cards import read_action
from bot.core.live_written import LONGEST as LONGEST_ANSWER
from bot.core.words import say
from bot.frontends.discord.inbound import Interaction

LONGEST = 4000
"""Letters that a field takes; one for an answer takes a line."""
ANSWERS = "l.w."
"""How the verbs of buttons begin that open a field for an answer to a live quiz."""
FIELD = "words"

_ID = re.compile(r"dc\|(?P<where>[pc])\|(?P<what>w|r|1\|.{1,90})")
REPORT = "r"
"""A report of the last answer, begun by the command."""
WORDS = "w"
"""Words that are awaited already."""


def field(where: str, what: str) -> discord.ui.Modal:
    """Return a field for words: those awaited, those of a report, or those that a press awaits."""
    answer = is_answer(what)
    name = "answer" if answer else "write" if what == WORDS else "report"
    modal = discord.ui.Modal(title=say(f"discord.field.{name}"), custom_id=f"dc|{where}|{what}")
    style = discord.TextStyle.short if answer else discord.TextStyle.paragraph
    most = LONGEST_ANSWER if answer else LONGEST
    text = discord.ui.TextInput[Any](custom_id=FIELD, style=style, max_length=most)
    modal.add_item(discord.ui.Label(text=say(f"discord.field.{name}.label"), component=text))
    # Ended at once: what is sent off finds its way by its id, and none is remembered.
    modal.stop()
    return modal


def is_answer(what: str) -> bool:
    """Say whether an action opens a field for an answer to a live quiz."""
    action = read_action(what)
    return action is not None and action.verb.startswith(ANSWERS)


def purpose(interaction: Interaction) -> tuple[str, str] | None:
    """Return where a field that was sent off belongs and what it was for."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    found = _ID.fullmatch(str(data.get("custom_id", "")))
    return (found["where"], found["what"]) if found else None


def words(interaction: Interaction) -> str:
    """Return what was written."""
    data = cast("Mapping[str, Any]", interaction.data or {})
    return next((str(i["value"]) for i in _inputs(data) if i.get("custom_id") == FIELD), "")


def _inputs(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "value" in data:
        yield data
    inner = [*data.get("components", ()), *filter(None, [data.get("component")])]
    for component in inner:
        yield from _inputs(component)
