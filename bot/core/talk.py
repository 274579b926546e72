"""The conversation: one event in, what to do about it out. Pure: decides, does nothing."""

from dataclasses import dataclass

from bot.core.answer import FactKey
from bot.core.effects import Effect
from bot.core.events import Event
from bot.core.library import Library


@dataclass(frozen=True, slots=True)
class Context:
    """What the shell knows about the conversation before an event is decided."""

    previous: tuple[FactKey, ...] = ()
    """The facts of the person's last answers here, newest first, at most 30 minutes old."""
    shown: tuple[FactKey, ...] | None = None
    """For a press, or words that were awaited: the facts of that answer; None where it is gone."""
    offers: tuple[FactKey, ...] = ()
    """For a press: what the numbered choices of that answer stood for."""
    expected: str = ""
    """What the person's next words are for, such as `report`; empty for a question."""
    waiting: float = 0.0
    """Seconds that the person must wait, having asked too much; 0 where they may ask."""


def step(event: Event, context: Context, library: Library) -> tuple[Effect, ...]:
    """Return what has to be done about an event."""
    raise NotImplementedError
