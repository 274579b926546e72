"""What differs between two versions of a pack, by what it means: pure, on packs that were read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import cast

from bot.core.facts import Fact, Pack
from bot.core.quiz import Accepted, Option, Question, QuestionKind, key_text
from bot.core.spelling import alike


class Sort(StrEnum):
    """What sort of thing changed."""

    FACT = "fact"
    QUESTION = "question"
    PACK = "pack"
    """What holds for the whole pack: its title, caveat, topics, named things."""


class Change(StrEnum):
    """How it changed; where several hold, the first of them."""

    ADDED = "added"
    REMOVED = "removed"
    VERDICT = "verdict"
    """The cross-check of a fact comes to something else."""
    KEY = "key"
    """Something else is right, or earns another share; a fact is answered otherwise."""
    OTHER = "other"
    """Not what is right, but more than how it reads: topic, difficulty, sources, …"""
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that changed."""

    sort: Sort
    id: str
    change: Change
    name: str
    """What people call it: a question's text, a fact's claim."""
    parts: tuple[str, ...] = ()
    """The names of the fields that differ."""
    old: str = ""
    """What was right before, or how it read."""
    new: str = ""
    sensitive: bool = False
    """Whether it concerns real deaths or injuries, before or after."""


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that changed."""

    items: tuple[Item, ...] = ()

    def count(self, change: Change) -> int:
        """Return how many things changed so."""
        return sum(item.change is change for item in self.items)

    def of(self, sort: Sort, *changes: Change) -> tuple[Item, ...]:
        """Return the things of a sort that changed so, or at all."""
        return tuple(
            item
            for item in self.items
            if item.sort is sort and (not changes or item.change in changes)
        )

    @property
    def sensitive(self) -> tuple[Item, ...]:
        """The changes that a second person should look at."""
        return tuple(item for item in self.items if item.sensitive)


Content = Fact | Question
Titles = dict[str, object]
Many = tuple[object, ...]

_NEVER = frozenset({"hash", "source"})
_WORDS = frozenset(
    "stem title feedback feedback_right feedback_wrong feedback_partial claim evidence correction note where "
    "opening attribution parts content_note source_name caveat_long caveat_short".split()
)
_ANSWERS = frozenset("options accepted numbers pairs sequence".split())
"""Where a question's key stands, with words about it."""
_OF_A_FACT = frozenset("answer positive values correct correct_values".split())
"""What a fact is answered with."""
_OF_A_PACK = (
    "title language source caveat_long caveat_short content_note checked_on checked_how places topics entities "
    "synonyms unanswered"
).split()
_LONGEST = 200


def compare(old: Pack | None, new: Pack) -> Diff:
    """Return what differs; without an old pack everything is new."""
    facts = _listed(Sort.FACT, old.facts if old else (), new.facts)
    questions = _listed(Sort.QUESTION, old.questions if old else (), new.questions)
    return Diff((*facts, *questions, *(_about(old, new) if old else ())))


def _listed(sort: Sort, old: Sequence[Content], new: Sequence[Content]) -> Iterator[Item]:
    before = {item.id: item for item in old}
    after = {item.id for item in new}
    for item in new:
        was = before.get(item.id)
        if was is None:
            yield _whole(sort, item, Change.ADDED)
        elif was.hash != item.hash or not item.hash:
            yield from _changed(sort, was, item)
    yield from (_whole(sort, item, Change.REMOVED) for item in old if item.id not in after)


def _whole(sort: Sort, item: Content, change: Change) -> Item:
    key = _key(item)
    old, new = (key, "") if change is Change.REMOVED else ("", key)
    return Item(sort, item.id, change, _name(item), (), old, new, item.sensitive)


def _changed(sort: Sort, old: Content, new: Content) -> Iterator[Item]:
    names = [field.name for field in fields(new) if field.name not in _NEVER]
    parts = tuple(name for name in names if getattr(old, name) != getattr(new, name))
    if not parts:
        return
    change = _graver(old, new, parts)
    before, after = _in_words(old, new, change, parts)
    yield Item(
        sort, new.id, change, _name(new), parts, before, after, old.sensitive or new.sensitive
    )


def _graver(old: Content, new: Content, parts: Sequence[str]) -> Change:
    """Return what matters most of what differs."""
    if isinstance(old, Fact) or isinstance(new, Fact):
        if "verdict" in parts:
            return Change.VERDICT
        if not _OF_A_FACT.isdisjoint(parts):
            return Change.KEY
        return Change.WORDING if _WORDS.issuperset(parts) else Change.OTHER
    if not same_key(old, new):
        return Change.KEY
    return Change.WORDING if (_WORDS | _ANSWERS).issuperset(parts) else Change.OTHER


def same_key(old: Question, new: Question) -> bool:
    """Say whether the same answers earn the same, whatever the words about them."""
    if (old.kind, old.points) != (new.kind, new.points):
        return False
    match new.kind:
        case QuestionKind.NUMBER:
            return _numbers(old) == _numbers(new)
        case QuestionKind.TEXT:
            return _accepted(old) == _accepted(new)
        case QuestionKind.ORDER:
            return _all_alike(old.sequence, new.sequence)
        case QuestionKind.MATCHING:
            return _all_alike(_sides(old), _sides(new))
        case _:
            return _rights(old) == _rights(new) or _reworded(old, new)


def _numbers(question: Question) -> object:
    return [(k.value, k.tolerance, k.low, k.high, k.fraction) for k in question.numbers]


def _accepted(question: Question) -> object:
    return {(key.text, key.fraction, key.case, key.pattern) for key in question.accepted}


def _sides(question: Question) -> tuple[str, ...]:
    return tuple(side for pair in question.pairs for side in (pair.left, pair.right))


def _rights(question: Question) -> object:
    return {option.text: option.fraction for option in question.options if option.fraction}


def _reworded(old: Question, new: Question) -> bool:
    """Say whether every option is still the same one, only written otherwise."""
    if [o.fraction for o in old.options] != [o.fraction for o in new.options]:
        return False
    pairs = zip(old.options, new.options, strict=True)
    # What was wrong, and is so again, may be anything.
    return all(not a.fraction or _alike(a.text, b.text) for a, b in pairs)


def _all_alike(old: Sequence[str], new: Sequence[str]) -> bool:
    return len(old) == len(new) and all(map(_alike, old, new))


def _alike(old: str, new: str) -> bool:
    return old.casefold().split() == new.casefold().split() or alike(old, new)


def _in_words(old: Content, new: Content, change: Change, parts: Sequence[str]) -> tuple[str, str]:
    if change is Change.KEY:
        return _key(old), _key(new)
    if change is Change.VERDICT and isinstance(old, Fact) and isinstance(new, Fact):
        return str(old.verdict), str(new.verdict)
    return _shown(old, parts[0]), _shown(new, parts[0])


def _shown(item: Content, part: str) -> str:
    if part in _ANSWERS and isinstance(item, Question):
        answers: tuple[Option | Accepted, ...] = item.options or item.accepted
        texts = [f"{a.text} ({a.feedback})" if a.feedback else a.text for a in answers]
        return _short(" / ".join((*texts, *item.sequence, *_sides(item))) or _key(item))
    value: object = getattr(item, part)
    if isinstance(value, tuple):
        listed = cast("Many", value)
        return _short(", ".join(map(_word, listed)))
    return _short(str(value))


def _word(value: object) -> str:
    for name in ("text", "publisher", "value"):
        if hasattr(value, name):
            return str(getattr(value, name))
    return str(value)


def _name(item: Content) -> str:
    return _short(item.claim if isinstance(item, Fact) else item.stem)


def _key(item: Content) -> str:
    if isinstance(item, Question):
        return _short(key_text(item))
    direct = item.answer or item.claim
    return _short(f"{direct} / {item.correct}" if item.correct else direct)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _about(old: Pack, new: Pack) -> Iterator[Item]:
    for part in _OF_A_PACK:
        before: object = getattr(old, part)
        after: object = getattr(new, part)
        if before != after:
            change = Change.WORDING if part in _WORDS else Change.OTHER
            yield Item(
                Sort.PACK, part, change, part, (part,), *_of_pack(before, after), sensitive=False
            )


def _of_pack(old: object, new: object) -> tuple[str, str]:
    match old, new:
        case dict(), dict():
            one, two = cast("Titles", old), cast("Titles", new)
            changed = [key for key in {**one, **two} if one.get(key) != two.get(key)]
            return "", _short(", ".join(changed))
        case tuple(), tuple():
            return str(len(cast("Many", old))), str(len(cast("Many", new)))
        case _:
            return _short(str(old)), _short(str(new))
