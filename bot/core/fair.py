"""What makes a question fair: rules for those that editors write and for those that are built."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.facts import Entity, Fact, Kind, Verdict
from bot.core.quiz import ONE_OF, Question, QuestionKind, key_text, lefts, right_options
from bot.core.spelling import words_of

_LEAST_SEVERAL = 2
_LONG_ENOUGH = 4
"""A key of fewer letters may stand in a stem by chance."""


@dataclass(frozen=True, slots=True)
class Unfair:
    """What is wrong with a question: where in it, why, and the cure."""

    key: str
    """The part of the question: `stem`, `options`, `facts`, …"""
    cause: str
    cure: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What a question stands on."""

    facts: Mapping[str, Fact]
    source: str = ""
    """What the pack calls its source: "the article"."""
    meanings: Mapping[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """The named thing that words stand for: two spellings have the same."""
    dead: tuple[re.Pattern[str], ...] = ()
    """The names of persons whom only who asks for them is told of: never in a quiz."""


def ground(facts: Iterable[Fact], entities: Mapping[str, Entity], source: str = "") -> Ground:
    """Return what the questions of a pack stand on."""
    known = {fact.id: fact for fact in facts}
    meanings = {
        words_of(name): entity.id
        for entity in entities.values()
        for name in (entity.name, *entity.spellings)
    }
    told = {name for fact in known.values() if fact.restricted for name in fact.entities}
    dead = [entities[name] for name in sorted(told & entities.keys())]
    patterns = tuple(_name_pattern(person) for person in dead if person.kind == "person")
    return Ground(known, source, meanings, patterns)


def unfair(question: Question, ground: Ground) -> Iterator[Unfair]:
    """Yield everything that is not fair about a question."""
    for rule in _RULES:
        yield from rule(question, ground)


def texts(question: Question) -> Iterator[tuple[str, str]]:
    """Yield every text of a question with the part that it stands in."""
    yield "stem", question.stem
    yield "title", question.title
    yield from (("options", text) for o in question.options for text in (o.text, o.feedback))
    yield from (("accepted", text) for a in question.accepted for text in (a.text, a.feedback))
    yield from (("pairs", t) for p in question.pairs for t in (p.left, p.right, p.feedback))
    yield from (("sequence", text) for text in question.sequence)
    yield from (("feedback", text) for text in _feedbacks(question))


def _feedbacks(question: Question) -> tuple[str, ...]:
    combined = (question.feedback_right, question.feedback_wrong, question.feedback_partial)
    return question.feedback, *combined


def _one_key(question: Question, _: Ground) -> Iterator[Unfair]:
    rights, count = len(right_options(question)), len(question.options)
    if question.kind in ONE_OF and rights != 1:
        cause = f"has {rights or 'no'} right options, and exactly one can be defended"
        yield Unfair("options", cause, 'mark one, and only one, with "*"')
    elif question.kind is QuestionKind.SEVERAL and not _LEAST_SEVERAL <= rights < count:
        cause = f"has {rights} right options of {count}"
        yield Unfair("options", cause, 'mark at least two with "*", but not all of them')


def _no_duplicates(question: Question, ground: Ground) -> Iterator[Unfair]:
    lists = {
        "options": [option.text for option in question.options],
        "sequence": list(question.sequence),
        "pairs": [pair.left for pair in lefts(question)],
    }
    for key, listed in lists.items():
        seen: dict[object, str] = {}
        for text in listed:
            words = words_of(text)
            first = seen.setdefault(ground.meanings.get(words, words or text), text)
            if first is not text:
                cause = f"has “{first}” and “{text}”, which are the same"
                yield Unfair(key, cause, "replace one of them")


def _key_hidden(question: Question, _: Ground) -> Iterator[Unfair]:
    if question.kind in {QuestionKind.TRUE_FALSE, QuestionKind.ORDER, QuestionKind.MATCHING}:
        return
    keys = [o.text for o in right_options(question)] or [key_text(question)]
    others = [o.text for o in question.options if o not in right_options(question)]
    stem = words_of(question.stem)
    for key in keys:
        if _given_away(words_of(key), stem) and not any(
            _within(words_of(o), stem) for o in others
        ):
            cause = f"gives its key “{key}” away in the stem"
            yield Unfair("stem", cause, "take it out of the stem, or ask otherwise")


def _given_away(key: tuple[str, ...], stem: tuple[str, ...]) -> bool:
    number = len(key) == 1 and key[0][0].isdigit()
    return (number or len("".join(key)) >= _LONG_ENOUGH) and _within(key, stem)


def _within(part: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    count = len(part)
    return any(whole[at : at + count] == part for at in range(len(whole) - count + 1))


def _measured(question: Question, ground: Ground) -> Iterator[Unfair]:
    """Hold the stem to saying whose word counts, where that is the source's."""
    named = ground.source.casefold()
    asked_of = any(fact.in_article for fact in _facts(question, ground))
    if not named or not asked_of or question.kind is QuestionKind.DOUBLE_CHECK:
        return
    if named not in " ".join(question.stem.casefold().split()):
        cure = f'begin with "According to {ground.source}, …" or say "{ground.source} says …"'
        yield Unfair("stem", f"does not say that {ground.source} is the measure", cure)


def _no_contradicted(question: Question, ground: Ground) -> Iterator[Unfair]:
    if question.kind is QuestionKind.DOUBLE_CHECK:
        return
    for fact in _facts(question, ground):
        if fact.verdict is Verdict.CONTRADICTED:
            cause = f"rests on “{fact.id}”, which other sources contradict"
            yield Unfair("facts", cause, "make it a double-check item, or leave that fact out")


def _no_forecast(question: Question, ground: Ground) -> Iterator[Unfair]:
    if question.kind is QuestionKind.DOUBLE_CHECK or question.sensitive:
        return
    for fact in _facts(question, ground):
        if fact.kind is Kind.FORECAST or fact.verdict is Verdict.OPINION:
            cause = f"has its key from “{fact.id}”, an opinion or forecast"
            yield Unfair("facts", cause, "make it a double-check item, or leave that fact out")


def _sensitive(question: Question, ground: Ground) -> Iterator[Unfair]:
    for fact in _facts(question, ground):
        if fact.sensitive and not question.sensitive:
            cause = f"rests on “{fact.id}”, which is sensitive, and would be scored"
            yield Unfair("facts", cause, 'write `sensitive: "true"`, or leave that fact out')
        if fact.restricted:
            cause = f"rests on “{fact.id}”, which is restricted"
            yield Unfair("facts", cause, "leave it out: it is told only to who asks for it")


def _no_names(question: Question, ground: Ground) -> Iterator[Unfair]:
    for key, text in texts(question):
        if any(pattern.search(text) for pattern in ground.dead):
            # Not said again here: it must not come to a log or a screen.
            yield Unfair(key, "names one of the dead", "never name them in a quiz: take it out")


def _name_pattern(entity: Entity) -> re.Pattern[str]:
    """Match the name or a spelling of it; a surname alone only where it is written as a name."""
    names = [re.escape(n) for n in (entity.name, *entity.spellings) if " " in n]
    surnames = {name.split()[-1].capitalize() for name in (entity.name, *entity.spellings)}
    whole = "|".join(names) or "(?!)"
    return re.compile(rf"\b(?:(?i:{whole})|(?:{'|'.join(map(re.escape, sorted(surnames)))}))\b")


def _facts(question: Question, ground: Ground) -> list[Fact]:
    return [ground.facts[name] for name in question.facts if name in ground.facts]


_RULES: tuple[Callable[[Question, Ground], Iterator[Unfair]], ...] = (
    _one_key,
    _no_duplicates,
    _key_hidden,
    _measured,
    _no_contradicted,
    _no_forecast,
    _sensitive,
    _no_names,
)
