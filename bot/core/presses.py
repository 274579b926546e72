"""What each button does."""

from collections.abc import Callable, Mapping

from bot.core import quizzing
from bot.core.browse import show_related, show_topic, topics
from bot.core.cards import Action, read_action
from bot.core.effects import Expect, Tell, Toast
from bot.core.events import Pressed
from bot.core.show import show_fact
from bot.core.turn import REPORT, Effects, Turn
from bot.core.words import notice

Press = Callable[[Turn[Pressed], Action], Effects]
"""Returns nothing where the button leads nowhere any more."""


def pressed(turn: Turn[Pressed]) -> Effects:
    """Do what a button stands for."""
    action = read_action(turn.event.action)
    press = _press(action.verb) if action else None
    # Nothing shown: the button is too old, or was never ours, or comes from another chat.
    known = action and press and turn.context.shown is not None
    effects = press(turn, action) if known and action and press else ()
    return effects or (Toast(notice("closed", turn.event.by.language)),)


def _press(verb: str) -> Press | None:
    return quizzing.pressed if verb.startswith(quizzing.PRESSED) else _PRESSES.get(verb)


def _sources(turn: Turn[Pressed], _: Action) -> Effects:
    return turn.sources()


def _related(turn: Turn[Pressed], _: Action) -> Effects:
    shown = turn.context.shown or ()
    present = any(turn.library.find(key) for key in shown)
    return (Tell(show_related(shown, turn.library)),) if present else ()


def _report(turn: Turn[Pressed], _: Action) -> Effects:
    return Expect(REPORT, turn.context.receipt), turn.notice("report.ask")


def _choice(turn: Turn[Pressed], action: Action) -> Effects:
    offers = turn.context.offers
    found = turn.library.find(offers[action.number]) if 0 <= action.number < len(offers) else None
    return (*_ended(turn), Tell(show_fact(*found, turn.library))) if found else ()


def _none(turn: Turn[Pressed], _: Action) -> Effects:
    return *_ended(turn), turn.decline("none-of-these")


def _topic(turn: Turn[Pressed], action: Action) -> Effects:
    if not 0 <= action.number < len(topics(turn.library)):
        return ()
    return *_ended(turn), Tell(show_topic(action.number, turn.library))


def _ended(turn: Turn[Pressed]) -> Effects:
    """Give up a report that was begun: who goes on to another fact asks about that one next."""
    return (Expect(""),) if turn.context.expected else ()


_PRESSES: Mapping[str, Press] = {
    "s": _sources,
    "r": _related,
    "p": _report,
    "c": _choice,
    "n": _none,
    "t": _topic,
}
