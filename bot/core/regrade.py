"""Marking answers anew when a key was mended: whose mark changes, and by how much. Nothing is done here."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.quiz import (
    Question,
    QuestionKind,
    Response,
    lefts,
    mark,
    readable,
)
from bot.core.results import Item, Learner, Reply, Row, Taken, rows
from bot.core.spelling import words_of

_NEAR = 1e-9


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is marked anew."""

    reply: Reply
    fraction: float
    right: bool
    points: float


@dataclass(frozen=True, slots=True)
class Shift:
    """What it does to one learner."""

    learner: Learner
    before: float
    after: float
    was: int
    """The place among all who took part, before and after."""
    now: int


@dataclass(frozen=True, slots=True)
class Regrade:
    """What comes of mended keys in one session."""

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    """Of every learner whose total changes, the greatest change first."""
    concerned: frozenset[int]
    """The learners who answered a question whose key was mended, whatever their mark."""
    unreadable: int
    """How many answers the new version cannot mark; they keep their marks."""
    before: Taken
    after: Taken
    """The session as it would be."""


def key_changed(old: Question, new: Question) -> bool:
    """Say whether two versions of a question mark any answer differently."""
    return old.sensitive != new.sensitive or _key(old) != _key(new)


def _key(question: Question) -> object:
    """Return what decides about marks, whatever the options are called and how they are sorted."""
    options = sorted((words_of(option.text), option.fraction) for option in question.options)
    accepted = sorted((a.text, a.fraction, a.case, a.pattern) for a in question.accepted)
    numbers = [(n.value, n.tolerance, n.low, n.high, n.fraction) for n in question.numbers]
    pairs = sorted((words_of(pair.left), words_of(pair.right)) for pair in question.pairs)
    sequence = tuple(map(words_of, question.sequence))
    return question.kind, options, accepted, sorted(map(repr, numbers)), pairs, sequence


def translate(response: Response, old: Question, new: Question) -> Response | None:
    """Return an answer to the old version as one to the new, or None where it is none.

    Options are known by letters, which move when one is added: what was chosen is its text.
    """
    if old.kind is not new.kind and not (_chooses(old) and _chooses(new)):
        return None
    chosen: tuple[str, ...] | None
    match new.kind:
        case QuestionKind.NUMBER | QuestionKind.TEXT:
            chosen = response.chosen
        case QuestionKind.ORDER:
            chosen = _moved(response.chosen, old.sequence, new.sequence)
        case QuestionKind.MATCHING:
            chosen = _matched(response, old, new)
        case QuestionKind.TRUE_FALSE:
            chosen = response.chosen
        case _:
            chosen = _ticked(response.chosen, old, new)
    if chosen is None:
        return None
    found = replace(response, chosen=chosen)
    return found if readable(new, found) else None


def _chooses(question: Question) -> bool:
    return bool(question.options) and question.kind is not QuestionKind.TRUE_FALSE


def _ticked(chosen: Sequence[str], old: Question, new: Question) -> tuple[str, ...] | None:
    texts = {option.id: words_of(option.text) for option in old.options}
    places = {words_of(option.text): option.id for option in new.options}
    reworded = {o.id for o in new.options if words_of(o.text) not in texts.values()}
    found = [_place(name, texts, places, reworded) for name in chosen]
    return None if None in found else tuple(name for name in found if name is not None)


def _place(
    name: str,
    texts: Mapping[str, tuple[str, ...]],
    places: Mapping[tuple[str, ...], str],
    reworded: Collection[str],
) -> str | None:
    """Return what an option is called now: the one of that text, or the same one reworded."""
    return places.get(texts.get(name, ()), name if name in reworded else None)


def _moved(
    chosen: Sequence[str], old: Sequence[str], new: Sequence[str]
) -> tuple[str, ...] | None:
    texts = {str(n): words_of(text) for n, text in enumerate(old)}
    places = {words_of(text): str(n) for n, text in enumerate(new)}
    found = [places.get(texts.get(name, ())) for name in chosen]
    return None if None in found else tuple(name for name in found if name is not None)


def _matched(response: Response, old: Question, new: Question) -> tuple[str, ...] | None:
    """Return for each pair of the new version the place of the right side that was chosen."""
    rights = {str(n): words_of(pair.right) for n, pair in enumerate(old.pairs)}
    asked = zip(lefts(old), response.chosen, strict=False)
    given = {words_of(pair.left): rights.get(place, ()) for pair, place in asked}
    places = {words_of(pair.right): str(n) for n, pair in enumerate(new.pairs)}
    found = [places.get(given.get(words_of(pair.left), ())) for pair in lefts(new)]
    return None if None in found else tuple(name for name in found if name is not None)


def regrade(taken: Taken, mended: Mapping[str, Question]) -> Regrade:
    """Mark a session anew; `mended` has the new versions by the hashes of the old ones."""
    items = {item.position: item for item in taken.items if item.question.hash in mended}
    answers = [reply for reply in taken.replies if reply.position in items]
    found = [(r, _anew(r, items[r.position], mended)) for r in answers]
    changes = tuple(c for _, c in found if c is not None and _differs(c))
    after = _after(taken, changes, mended)
    return Regrade(
        changes,
        _shifts(taken, after),
        frozenset(reply.learner for reply in answers),
        sum(change is None for _, change in found),
        taken,
        after,
    )


def _anew(reply: Reply, item: Item, mended: Mapping[str, Question]) -> Change | None:
    new = mended[item.question.hash]
    response = translate(reply.response, item.question, new)
    if response is None:
        return None
    if new.sensitive:
        return Change(reply, 0.0, right=False, points=0.0)
    marked = mark(new, response)
    return Change(reply, marked.fraction, marked.right, _points(reply, item, marked.fraction))


def _points(reply: Reply, item: Item, fraction: float) -> float:
    """Return the points for a new fraction: a bonus for speed stays in proportion.

    Who had nothing for the answer gets what it is worth without any bonus.
    """
    if reply.fraction > _NEAR:
        return reply.points * fraction / reply.fraction
    return item.points * fraction


def _differs(change: Change) -> bool:
    return abs(change.fraction - change.reply.fraction) > _NEAR


def _after(taken: Taken, changes: Iterable[Change], mended: Mapping[str, Question]) -> Taken:
    anew = {change.reply.number: change for change in changes}
    return replace(
        taken,
        items=tuple(
            replace(item, question=mended.get(item.question.hash, item.question))
            for item in taken.items
        ),
        replies=tuple(_marked(reply, anew.get(reply.number)) for reply in taken.replies),
    )


def _marked(reply: Reply, change: Change | None) -> Reply:
    if change is None:
        return reply
    return replace(reply, fraction=change.fraction, right=change.right, points=change.points)


def _shifts(before: Taken, after: Taken) -> tuple[Shift, ...]:
    were, are = rows(before, before.which), rows(after, after.which)
    first, then = places(were), places(are)
    found = [
        Shift(was.learner, was.total, now.total, first[n], then[n])
        for n, (was, now) in enumerate(zip(were, are, strict=True))
        if abs(now.total - was.total) > _NEAR
    ]
    return tuple(sorted(found, key=lambda shift: -abs(shift.after - shift.before)))


def places(found: Sequence[Row]) -> list[int]:
    """Return the place of each row among all: equal totals share one, and the next is left out."""
    ordered = sorted(-row.total for row in found)
    return [1 + bisect_left(ordered, -row.total - _NEAR) for row in found]
