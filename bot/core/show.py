"""Facts, sources and topics written as answers: the only place where an Answer is composed of a fact."""

from collections.abc import Sequence

from bot.core.answer import Answer, FactKey
from bot.core.facts import Fact
from bot.core.library import Library, Shelf


def show_fact(shelf: Shelf, fact: Fact, library: Library) -> Answer:
    """Show one fact: direct answer, attribution, verdict, correction, place, caveat, buttons."""
    raise NotImplementedError


def show_sources(facts: Sequence[FactKey], library: Library) -> Answer:
    """List the references of the facts of an answer, as links."""
    raise NotImplementedError


def show_related(facts: Sequence[FactKey], library: Library) -> Answer:
    """Offer the facts one step away from those of an answer, as choices `c|n`."""
    raise NotImplementedError


def show_topics(library: Library) -> Answer:
    """List the topics of all packs, as choices `t|n`, in the order of `topics(library)`."""
    raise NotImplementedError


def show_topic(number: int, library: Library) -> Answer:
    """Offer the facts of one topic, as choices `c|n`."""
    raise NotImplementedError


def show_all_sources(library: Library) -> Answer:
    """Say what each pack rests on: its source, how it was checked, and the publishers used."""
    raise NotImplementedError


def show_about(library: Library) -> Answer:
    """Say what this is, who wrote the source, and what the verdicts mean."""
    raise NotImplementedError
