"""What each command does."""

from collections.abc import Mapping

from bot.core.browse import show_about, show_all_sources, show_topic, show_topics, topics
from bot.core.effects import Expect, Tell
from bot.core.events import Commanded
from bot.core.facts import Fact
from bot.core.library import Library, Shelf
from bot.core.quizzing import LINK, begin, missed, stop, underway
from bot.core.retention import span
from bot.core.roles import GRANTABLE
from bot.core.show import show_fact
from bot.core.turn import REPORT, Command, Effects, Turn
from bot.core.words import say

ASKING = frozenset({"ask", "check"})
"""The commands whose argument is a question."""


def commanded(turn: Turn[Commanded]) -> Effects:
    """Carry out a command."""
    # Who gives another command has given up the report: their next words are a question again.
    ended = (Expect(""),) if turn.context.expected else ()
    return (*ended, *_COMMANDS.get(turn.event.name, _unknown)(turn))


def _start(turn: Turn[Commanded]) -> Effects:
    if turn.event.argument == LINK:
        return begin(turn)
    verb, _, rest = turn.event.argument.partition("_")
    if verb != "f" or not rest:
        return (turn.notice("start"),)
    found = _fact(rest.partition("_")[0], turn.library)
    # A restricted fact is shown to who asks for it in words, never to who follows a link.
    if found is None or found[1].restricted:
        return (turn.decline("link.unknown"),)
    return (Tell(show_fact(*found, turn.library)),)


def _fact(fact_id: str, library: Library) -> tuple[Shelf, Fact] | None:
    found = ((shelf, shelf.pack.fact(fact_id)) for shelf in library.shelves)
    return next(((shelf, fact) for shelf, fact in found if fact), None)


def _help(turn: Turn[Commanded]) -> Effects:
    key = "help" if turn.event.place.private else "help.group"
    return turn.notice(key, at=_at(turn)), *_help_with_role(turn)


def _help_with_role(turn: Turn[Commanded]) -> Effects:
    """List what somebody may do by their role, the lower roles' included."""
    role = turn.context.role
    if role is None:
        return ()
    helped = [say(f"role.help.{one.word}") for one in GRANTABLE if one <= role]
    name = say(f"role.name.{role.word}")
    return (turn.notice("role.help", role=name, lines="\n".join(helped)),)


def _unknown(turn: Turn[Commanded]) -> Effects:
    return (turn.notice("unknown-command", at=_at(turn)),)


def _at(turn: Turn[Commanded]) -> str:
    """Return what stands behind a command in a group, where it must name its bot."""
    named = turn.context.bot and not turn.event.place.private
    return f"@{turn.context.bot}" if named else ""


def _about(turn: Turn[Commanded]) -> Effects:
    return (Tell(show_about(turn.library)),)


def _topics(turn: Turn[Commanded]) -> Effects:
    wanted = turn.event.argument.strip().casefold()
    titles = [title.casefold() for *_, title in topics(turn.library)]
    if wanted in titles:
        return (Tell(show_topic(titles.index(wanted), turn.library)),)
    return (Tell(show_topics(turn.library)),)


def _privacy(turn: Turn[Commanded]) -> Effects:
    kept = turn.context.retention
    spans = {
        "seen": span(kept.seen),
        "receipts": span(kept.receipts),
        "transcript": span(kept.transcript),
        "reports": span(kept.reports),
        "unanswered": span(kept.unanswered),
        "missed": span(kept.missed),
        "audit": span(kept.audit),
        "results": span(kept.results),
        "classes": span(kept.classes),
    }
    return (turn.notice("privacy", **spans),)


def _sources(turn: Turn[Commanded]) -> Effects:
    return turn.sources() or (Tell(show_all_sources(turn.library)),)


def _ask(turn: Turn[Commanded]) -> Effects:
    words = turn.event.argument.strip()
    return turn.question(words) if words else (turn.notice("ask.what"),)


def _check(turn: Turn[Commanded]) -> Effects:
    words = turn.event.argument.strip()
    return turn.sources() or (turn.question(words) if words else (turn.notice("check.how"),))


def _report(turn: Turn[Commanded]) -> Effects:
    if turn.context.shown is None:
        return (turn.notice("report.nothing"),)
    if turn.event.argument.strip():
        return turn.file(turn.event.argument)
    return Expect(REPORT, turn.context.receipt), turn.notice("report.ask")


def _cancel(turn: Turn[Commanded]) -> Effects:
    if turn.context.expected != REPORT and underway(turn):
        return stop(turn)
    return (turn.notice("cancelled" if turn.context.expected else "nothing-to-cancel"),)


_COMMANDS: Mapping[str, Command] = {
    "start": _start,
    "help": _help,
    "about": _about,
    "topics": _topics,
    "sources": _sources,
    "privacy": _privacy,
    "ask": _ask,
    "check": _check,
    "report": _report,
    "cancel": _cancel,
    "quiz": begin,
    "missed": missed,
    "stop": stop,
}
