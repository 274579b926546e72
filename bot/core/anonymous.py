"""An admin who writes in the name of the group: a button lets them act as themselves."""

from bot.core.answer import Choice
from bot.core.cards import read_action
from bot.core.effects import Tell
from bot.core.events import Commanded, Pressed
from bot.core.words import notice, say

VERB = "g."
"""How the verb of the button begins; the command stands behind it."""
_ROOM = 38
"""Bytes that a command may have on a button, beside the receipt."""


def is_anonymous(command: Commanded) -> bool:
    """Say whether a command was given in the name of the group where it stands."""
    return not command.place.private and command.by.key == command.place.chat


def confirm(command: Commanded) -> Tell:
    """Ask for a press: that comes from a person."""
    whole = f"{VERB}{command.name} {command.argument}".strip()
    fits = len(whole.encode()) <= _ROOM and "|" not in whole
    button = Choice(say("group.confirm.button"), whole if fits else f"{VERB}{command.name}")
    return Tell(notice("group.confirm", command.by.language, (button,)))


def confirmed(press: Pressed) -> Commanded | None:
    """Return the command that a press of that button repeats, as the person who pressed."""
    action = read_action(press.action)
    if action is None or not action.verb.startswith(VERB):
        return None
    name, _, argument = action.verb.removeprefix(VERB).partition(" ")
    return Commanded(press.place, press.by, name, argument) if name else None
