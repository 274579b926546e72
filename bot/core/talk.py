"""The conversation: one event in, what to do about it out. Pure: decides, does nothing."""

from bot.core.ask import suggest
from bot.core.commands import ASKING, commanded
from bot.core.effects import AlertAdmins, FileReport, Offer, Tell
from bot.core.events import Commanded, Pressed, Said, Searched
from bot.core.library import Library
from bot.core.presses import pressed
from bot.core.quizzing import written
from bot.core.refuse import no_offer
from bot.core.turn import QUIZ, REPORT, Context, Effects, Turn
from bot.core.words import notice, say

Event = Said | Commanded | Pressed | Searched
"""What is decided here; the rest is for parts of the conversation."""

__all__ = ["REPORT", "Context", "Effects", "filed", "is_question", "step"]


def step(event: Event, context: Context, library: Library) -> Effects:
    """Return what has to be done about an event."""
    # An edited message that had no answer was no question: the words of a report, say.
    if isinstance(event, Said | Commanded) and event.edited and not context.answered:
        return ()
    match event:
        case Searched():
            offered = suggest(event.text, library) or (no_offer(event.text, library),)
            return (Offer(offered),)
        case Said():
            return _said(Turn(event, context, library))
        case Commanded():
            return commanded(Turn(event, context, library))
        case Pressed():
            return pressed(Turn(event, context, library))


def _said(turn: Turn[Said]) -> Effects:
    """Take words as what they are: a question, the answer to one of a quiz, or a report."""
    words, expected = turn.event.text, turn.context.expected
    if is_question(turn.event, expected):
        return turn.question(words)
    return written(turn) if expected == QUIZ else turn.file(words)


def is_question(event: Event, expected: str) -> bool:
    """Say whether an event is a question, of which a person may ask only so many in a minute."""
    match event:
        case Said():
            return event.edited or expected not in {REPORT, QUIZ}
        case Commanded():
            return event.name in ASKING and bool(event.argument)
        case Pressed() | Searched():
            return False


def filed(number: int, report: FileReport, language: str) -> Effects:
    """Return what has to be done once a report has its number."""
    facts = ", ".join(f"{key.pack}/{key.fact} ({key.hash})" for key in report.facts)
    about = facts or say("report.no-facts")
    alert = notice("report.alert", number=number, facts=about, words=report.words)
    return Tell(notice("report.saved", language, number=number)), AlertAdmins(alert)
