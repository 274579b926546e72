"""How far a ranked fact can be trusted to answer the question at all."""

import math
from collections.abc import Sequence
from dataclasses import fields

from bot.search.index import Index
from bot.search.question import Asked, Question
from bot.search.rank import Candidate, Evidence
from bot.search.shapes import focus
from bot.search.text import words
from bot.search.weights import Weights


def confidence(
    index: Index, asked: Question, found: Sequence[Candidate], place: int, weights: Weights
) -> float:
    """Return the chance, from 0 to 1, that a candidate answers the question."""
    features = signs(index, asked, found, place)
    total = weights.bias + sum(features[name] * w for name, w in weights.trust.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def signs(
    index: Index, asked: Question, found: Sequence[Candidate], place: int
) -> dict[str, float]:
    """Return what tells whether a candidate answers the question, each by its name."""
    here = found[place]
    rival = found[1] if place == 0 and len(found) > 1 else found[0]
    fifth = found[min(4, len(found) - 1)]
    folded = f" {asked.text.lower()} ".replace("n't ", " not ")
    return {
        **{f.name: getattr(here.evidence, f.name) for f in fields(Evidence)},
        **_gaps(asked, here),
        "score": here.score,
        "margin": here.score - rival.score,
        "fifth": here.score - fifth.score,
        "same": max(0.0, here.evidence.best - 0.8) * 5,
        "alike": max(0.0, here.evidence.literal - 0.7) / 0.3,
        "quiet": here.evidence.silent - here.evidence.joint,
        "focus": float(_off_focus(index, asked, here)),
        "terms": sum(not a.soft for a in asked.asked) / 8,
        "not": float(" not " in folded or " never " in folded),
        "yes_no": float(asked.yes_no),
    }


def _gaps(asked: Question, here: Candidate) -> dict[str, float]:
    """Return what a candidate lacks of the question, as signs."""
    # What a yes/no question puts to the test may well be absent: that makes it a no.
    missing = [
        a
        for n, a in enumerate(asked.asked)
        if n not in here.met
        and not a.soft
        and not (asked.yes_no and (a.term.number or a.term.proper))
    ]
    strange = [a for a in missing if not a.known]
    # A word that we know to be a subject of its own, such as cost or weather, and that is missing.
    topics = [a for a in missing if a.term.groups and not a.term.proper]
    proper = [a for a in missing if a.term.proper]
    heaviest = max((a.weight for a in asked.asked), default=1.0)
    return {
        "heavy": max((a.weight for a in missing), default=0.0) / heaviest,
        "missing": len(missing) / 5,
        "missing_weight": _share(missing, asked),
        "proper": len(proper) / 3,
        "proper_weight": _share(proper, asked),
        "numbers": float(sum(a.term.number for a in missing)),
        "strange": len(strange) / 3,
        "strange_weight": _share(strange, asked),
        "topics": _share(topics, asked),
        "unheard": sum(not a.known for a in topics) / 2,
    }


def _share(some: Sequence[Asked], asked: Question) -> float:
    return sum(a.weight for a in some) / asked.weight


def _off_focus(index: Index, asked: Question, here: Candidate) -> bool:
    """Say whether the nearest wording lacks the very thing asked for: "which hospital"."""
    wanted = {w.stem for w in words(focus(asked.text)) if not w.stop}
    if not wanted:
        return False
    there = index.rows[here.row].posted if here.row >= 0 else frozenset[str]()
    terms = [a for a in asked.asked if wanted & {a.term.key, *a.term.inner} and not a.soft]
    return any(not any(key in there for key, _ in a.meets) for a in terms)
