"""`quiz.yaml` of a pack: its blocks become questions, held to their form and to what is fair."""

from collections.abc import Callable, Collection, Iterator, Mapping

from bot.core.fair import Ground, unfair
from bot.core.quiz import (
    FALSE,
    FEWEST_OPTIONS,
    ONE_OF,
    TRUE,
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
)
from bot.formats.hashes import question_with_hash
from bot.formats.models import NUMBER
from bot.formats.problems import Problem, meant, quoted
from bot.formats.quiz_models import AcceptedEntry, OptionEntry, QuestionEntry
from bot.formats.reading import Read

QUIZ_FILE = "quiz.yaml"

QuestionRead = Read[QuestionEntry]
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def question(read: QuestionRead) -> Question:
    """Return the question that stands in a block; its form must be right."""
    entry = read.entry
    found = Question(
        id=entry.id,
        kind=entry.kind,
        stem=entry.stem,
        options=_options(entry),
        accepted=tuple(_accepted(item) for item in entry.accepted),
        numbers=_numbers(entry),
        pairs=tuple(Pair(pair.left, pair.right, pair.feedback) for pair in entry.pairs),
        sequence=entry.sequence,
        feedback=entry.feedback,
        title=entry.title,
        topic=entry.topic,
        difficulty=int(entry.difficulty),
        facts=entry.facts,
        sensitive=entry.sensitive,
        shuffle=entry.shuffle,
        tags=entry.tags,
        category=entry.category,
        source=(read.file, read.node.line),
    )
    return question_with_hash(found)


def form_problems(
    read: QuestionRead, facts: Collection[str], topics: Collection[str] | None
) -> Iterator[Problem]:
    """Yield what is wrong with the form of a block: parts that its kind lacks, or does not have."""
    entry = read.entry
    yield from _parts(read)
    yield from _KEYS[entry.kind](read)
    if entry.topic and topics is not None and entry.topic not in topics:
        cause = f"names the unknown topic {quoted(entry.topic)}"
        cure = meant(entry.topic, topics, "add it to `topics:` in pack.yaml")
        yield read.problem(cause, cure, "topic")
    for number, name in enumerate(entry.facts):
        if name not in facts:
            cause = f"names the unknown fact {quoted(name)}"
            cure = meant(name, facts, "write the id of a fact of this pack")
            yield read.problem(cause, cure, "facts", number)


def fairness_problems(read: QuestionRead, ground: Ground) -> Iterator[Problem]:
    """Yield what is not fair about the question of a block whose form is right."""
    for found in unfair(question(read), ground):
        yield read.problem(found.cause, found.cure, found.key)


def _options(entry: QuestionEntry) -> tuple[Option, ...]:
    if entry.kind is QuestionKind.TRUE_FALSE:
        right = entry.key.casefold()
        return tuple(Option(i, i.capitalize(), float(i == right)) for i in (TRUE, FALSE))
    listed = zip(_LETTERS, entry.options, strict=False)
    return tuple(_option(letter, option) for letter, option in listed)


def _option(letter: str, entry: str | OptionEntry) -> Option:
    if isinstance(entry, str):
        return Option(letter, entry.removeprefix("*").strip(), float(entry.startswith("*")))
    return Option(letter, entry.text, float(entry.right), entry.feedback)


def _accepted(entry: str | AcceptedEntry) -> Accepted:
    if isinstance(entry, str):
        return Accepted(entry)
    return Accepted(entry.text, float(entry.right), entry.feedback)


def _numbers(entry: QuestionEntry) -> tuple[NumberKey, ...]:
    if entry.kind is not QuestionKind.NUMBER:
        return ()
    if entry.between:
        low, high = entry.between
        return (NumberKey(low=low, high=high, unit=entry.unit),)
    return (NumberKey(float(entry.key), entry.tolerance, unit=entry.unit),)


# The keys by which a question is answered, and the kinds that have each.
_ANSWERED_BY: Mapping[str, frozenset[QuestionKind]] = {
    "options": (ONE_OF | {QuestionKind.SEVERAL}) - {QuestionKind.TRUE_FALSE},
    "key": frozenset({QuestionKind.TRUE_FALSE, QuestionKind.NUMBER}),
    "tolerance": frozenset({QuestionKind.NUMBER}),
    "between": frozenset({QuestionKind.NUMBER}),
    "unit": frozenset({QuestionKind.NUMBER}),
    "accepted": frozenset({QuestionKind.TEXT}),
    "sequence": frozenset({QuestionKind.ORDER}),
    "pairs": frozenset({QuestionKind.MATCHING}),
}


def _parts(read: QuestionRead) -> Iterator[Problem]:
    for key in sorted(read.entry.model_fields_set & _ANSWERED_BY.keys()):
        if read.entry.kind not in _ANSWERED_BY[key]:
            cause = f"is of the kind {read.entry.kind}, which has no `{key}`"
            yield read.problem(cause, "delete it, or change the kind", key)


def _has_options(read: QuestionRead) -> Iterator[Problem]:
    if len(read.entry.options) < FEWEST_OPTIONS:
        cause = f"has fewer than {FEWEST_OPTIONS} options"
        yield read.problem(cause, f"write at least {FEWEST_OPTIONS}", "options")
    for number, option in enumerate(read.entry.options):
        if isinstance(option, str) and not option.removeprefix("*").strip():
            yield read.problem("has an empty option", "write it out", "options", number)


def _has_truth(read: QuestionRead) -> Iterator[Problem]:
    if read.entry.key.casefold() not in {TRUE, FALSE}:
        cause = f"has the key {quoted(read.entry.key)}" if read.entry.key else "has no key"
        yield read.problem(cause, 'write `key: "true"` or `key: "false"`', "key")


def _has_number(read: QuestionRead) -> Iterator[Problem]:
    entry = read.entry
    if bool(entry.key) == bool(entry.between):
        cure = "write either `key:` with a number, or `between: [low, high]`"
        yield read.problem("needs exactly one key", cure, "key")
    elif entry.key and not NUMBER.fullmatch(entry.key):
        cause = f"has the key {quoted(entry.key)}, which is not a number"
        yield read.problem(cause, "write digits with a point, without spaces or units", "key")
    elif entry.between and not (len(entry.between) == 2 and entry.between[0] < entry.between[1]):  # noqa: PLR2004
        cure = "write the lower and then the higher one: `between: [10, 14]`"
        yield read.problem("has no range of two numbers", cure, "between")
    if entry.tolerance < 0 or (entry.tolerance and entry.between):
        cause = "has a tolerance that means nothing"
        yield read.problem(cause, "write it at least as 0, and only beside `key:`", "tolerance")


def _has_text(read: QuestionRead) -> Iterator[Problem]:
    right = [item for item in read.entry.accepted if isinstance(item, str) or item.right]
    if not right:
        cure = "write under `accepted:` what is taken as right, the best form first"
        yield read.problem("has no accepted text", cure, "accepted")


def _has_sequence(read: QuestionRead) -> Iterator[Problem]:
    if len(read.entry.sequence) < FEWEST_OPTIONS + 1:
        cause = "has too little to put in order"
        yield read.problem(cause, "write at least 3 things under `sequence:`", "sequence")


def _has_pairs(read: QuestionRead) -> Iterator[Problem]:
    if sum(bool(pair.left) for pair in read.entry.pairs) < FEWEST_OPTIONS:
        cure = "write at least 2 with a left side under `pairs:`"
        yield read.problem("has too few pairs", cure, "pairs")
    elif len({pair.right for pair in read.entry.pairs}) < FEWEST_OPTIONS:
        cause = "has pairs that all have the same right side"
        yield read.problem(cause, "write at least 2 different ones", "pairs")


_KEYS: Mapping[QuestionKind, Callable[[QuestionRead], Iterator[Problem]]] = {
    QuestionKind.SINGLE: _has_options,
    QuestionKind.SEVERAL: _has_options,
    QuestionKind.DOUBLE_CHECK: _has_options,
    QuestionKind.TRUE_FALSE: _has_truth,
    QuestionKind.NUMBER: _has_number,
    QuestionKind.TEXT: _has_text,
    QuestionKind.ORDER: _has_sequence,
    QuestionKind.MATCHING: _has_pairs,
}
