"""The direct answer to a question that a fact answers: yes, no, a number, a name."""

import re

from bot.core.conversation import yes_no
from bot.core.facts import Fact, Kind, Verdict
from bot.core.library import Hit
from bot.core.words import say

NEAR = 0.72
"""A wording this near to the question lends it its own direct answer."""
_NEGATED = re.compile(r"n['’]?t\b|\b(?:not|never|no|nobody|none|without)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:did|was|were|has|have|had)\b", re.IGNORECASE)
_SETS_OUT = re.compile(r"^(?:yes|no)\b", re.IGNORECASE)


def direct_answer(question: str, hit: Hit, *, negative: bool) -> str:
    """Return the direct answer, or "" where the fact's own stands."""
    fact = hit.fact
    tested = yes_no(question)
    wording = next((w for w in fact.asks if w.text == hit.wording and w.answer), None)
    if wording and hit.nearness >= NEAR and tested == bool(_SETS_OUT.match(wording.answer)):
        return wording.answer
    if not tested or fact.kind is Kind.CONTRADICTION:
        return ""
    if negative or (hit.denied and fact.verdict in {Verdict.CONTRADICTED, Verdict.PARTLY}):
        return say("no.but", answer=fact.answer) if fact.answer else say("no")
    # What may come is no yes to whether it was.
    foretold = fact.kind is Kind.FORECAST and _PAST.search(question)
    # Of a word that the fact does not have ("was the drone slow?") it says neither yes nor no.
    beyond = any(not m.sort for m in hit.missing)
    if foretold or beyond or _NEGATED.search(question):
        return ""
    return _plainly(fact)


def _plainly(fact: Fact) -> str:
    word = say("yes" if fact.positive else "no")
    short = len(fact.answer) <= 40 and not _SETS_OUT.match(fact.answer)  # noqa: PLR2004
    if fact.answer and short and fact.kind in {Kind.NUMBER, Kind.DATE, Kind.AGE, Kind.TOTAL}:
        return f"{word}: {fact.answer}"
    return fact.answer if _SETS_OUT.match(fact.answer) else word
