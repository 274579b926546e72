"""Questions that go on from the answer before: "and in Iraq?", "how old was he?", "why?"."""

from collections.abc import Sequence

from bot.core.answer import Outcome
from bot.core.conversation import doubts, names_person, points_back, yes_no
from bot.core.decide import PLAIN, Decision, Found, strange
from bot.core.facts import Fact

FOLLOWING = 0.03
"""From this confidence on a fact is given to a question that refers back."""
NEXT = 0.5
"""The share of the best score that it must reach; the best is often the fact shown before."""
NAMESAKE = 0.5
"""How much it counts for a follow-up that a fact names the same things as the last one."""
LEAD = 0.5
"""A reading without the conversation wins when it is surer by this much."""


def follow(
    question: str, before: Fact, found: Sequence[Found], alone: Decision
) -> Decision | None:
    """Decide a question by what was said before; None where it is better read alone."""
    if alone.chosen and alone.chosen.hit.nearness >= PLAIN and not points_back(question):
        return None
    tested, same = yes_no(question), doubts(question)
    fitting = _fitting(question, before, found, tested=tested)
    if not fitting:
        return None
    best = fitting[0]
    if best.hit.bare and not same:  # "why?" alone: what counts is that the fact tells why
        return _told(fitting)
    if not same and _too_far(best, found[0]):
        return None
    if best.fact.restricted and not points_back(question):
        return None  # the dead are named to who asks for them, not by a guess
    if _surer(alone, best) and not (names_person(question) and _shared(best.fact, before)):
        return None
    negative = tested and any(m.sort for m in best.hit.missing)
    return Decision(Outcome.ANSWERED, best, negative=negative)


def _fitting(question: str, before: Fact, found: Sequence[Found], *, tested: bool) -> list[Found]:
    """Return the facts that may follow, best first; a doubt is about the same fact once more."""
    same = doubts(question)
    fitting = [
        f
        for f in found
        if (f.fact.id == before.id) == same or (same and before.id in f.fact.derived_from)
        if tested or all(m.known and not m.sort for m in f.hit.missing)
        if not strange(f.hit, tested=tested)
    ]
    # "How old was he?" is about whom the last answer was about.
    if names_person(question):
        fitting = [f for f in fitting if _shared(f.fact, before)] or fitting
    return sorted(fitting, key=lambda f: -f.hit.score * (1 + NAMESAKE * _shared(f.fact, before)))


def _too_far(best: Found, first: Found) -> bool:
    return best.hit.confidence < FOLLOWING or best.hit.score < NEXT * first.hit.score


def _surer(alone: Decision, best: Found) -> bool:
    chosen = alone.chosen
    return chosen is not None and chosen.hit.confidence > best.hit.confidence + LEAD


def _shared(one: Fact, other: Fact) -> float:
    both = {*one.entities} | {*other.entities}
    return len({*one.entities} & {*other.entities}) / len(both) if both else 0.0


def _told(fitting: Sequence[Found]) -> Decision | None:
    """Take the first fact that people ask for in the same way: with the same question word."""
    best = next((f for f in fitting if f.hit.kindred == 1), None)
    return Decision(Outcome.ANSWERED, best) if best else None
