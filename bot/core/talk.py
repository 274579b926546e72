"""The conversation: one event in, what to do about it out. Pure: decides, does nothing."""

from bot.core.ask import suggest
from bot.core.commands import ASKING, commanded
from bot.core.effects import AlertAdmins, FileReport, Offer, Tell
from bot.core.events import Commanded, Event, Pressed, Said, Searched
from bot.core.library import Library
from bot.core.presses import pressed
from bot.core.refuse import no_offer
from bot.core.turn import REPORT, Context, Effects, Turn
from bot.core.words import notice, say

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
            turn = Turn(event, context, library)
            return (
                turn.question(event.text)
                if is_question(event, context.expected)
                else turn.file(event.text)
            )
        case Commanded():
            return commanded(Turn(event, context, library))
        case Pressed():
            return pressed(Turn(event, context, library))


def is_question(event: Event, expected: str) -> bool:
    """Say whether an event is a question, of which a person may ask only so many in a minute."""
    match event:
        case Said():
            return event.edited or expected != REPORT
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
