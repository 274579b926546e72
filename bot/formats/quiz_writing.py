"""Questions as `quiz.yaml` holds them: what is written is read again as the same."""

import json
import re
from collections.abc import Iterable, Iterator

from bot.core.quiz import TRUE, Accepted, Option, Pair, Question, QuestionKind

_STAR = "*"
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def quiz_text(questions: Iterable[Question]) -> str:
    """Return questions as the text of a `quiz.yaml`, in their order."""
    return "\n".join("\n".join(_block(question)) + "\n" for question in questions)


def _block(question: Question) -> Iterator[str]:
    yield f"- id: {_quoted(question.id)}"
    yield f"  kind: {question.kind}"
    yield from _given("topic", question.topic)
    yield f"  difficulty: {question.difficulty}"
    yield from _given("title", question.title)
    yield f"  stem: {_quoted(question.stem)}"
    yield from _answer(question)
    yield from _given("feedback", question.feedback)
    yield f"  facts: {_listed(question.facts)}"
    if question.sensitive:
        yield '  sensitive: "true"'
    if not question.shuffle:
        yield '  shuffle: "false"'
    for key, words in (("tags", question.tags), ("category", question.category)):
        if words:
            yield f"  {key}: {_listed(words)}"


def _answer(question: Question) -> Iterator[str]:
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            right = any(option.id == TRUE and option.fraction for option in question.options)
            yield f'  key: "{str(right).lower()}"'
        case QuestionKind.NUMBER:
            yield from _number(question)
        case QuestionKind.TEXT:
            yield from _items("accepted", map(_accepted, question.accepted))
        case QuestionKind.ORDER:
            yield f"  sequence: {_listed(question.sequence)}"
        case QuestionKind.MATCHING:
            yield from _items("pairs", map(_pair, question.pairs))
        case _:
            yield from _items("options", map(_option, question.options))


def _number(question: Question) -> Iterator[str]:
    for key in question.numbers[:1]:
        if key.value is None:
            yield f"  between: [{_plain(key.low)}, {_plain(key.high)}]"
        else:
            yield f"  key: {_plain(key.value)}"
        if key.tolerance:
            yield f"  tolerance: {_plain(key.tolerance)}"
        yield from _given("unit", key.unit)


def _plain(number: float | None) -> str:
    # Ten places after the point are all that the files allow.
    return f"{number or 0:.10f}".rstrip("0").rstrip(".")


def _option(option: Option) -> str:
    right = option.fraction > 0
    if not option.feedback and not option.text.startswith(_STAR):
        return _quoted((_STAR if right else "") + option.text)
    return _mapped(text=option.text, right="true" if right else "", feedback=option.feedback)


def _accepted(accepted: Accepted) -> str:
    if accepted.fraction > 0 and not accepted.feedback:
        return _quoted(accepted.text)
    right = "" if accepted.fraction > 0 else "false"
    return _mapped(text=accepted.text, right=right, feedback=accepted.feedback)


def _pair(pair: Pair) -> str:
    return _mapped(left=pair.left, right=pair.right, feedback=pair.feedback)


def _given(key: str, text: str) -> Iterator[str]:
    if text:
        yield f"  {key}: {_quoted(text)}"


def _items(key: str, items: Iterable[str]) -> Iterator[str]:
    yield f"  {key}:"
    yield from (f"  - {item}" for item in items)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def _mapped(**values: str) -> str:
    return "{" + ", ".join(f"{key}: {_quoted(text)}" for key, text in values.items() if text) + "}"


def _quoted(text: str) -> str:
    # A text of JSON is one of YAML, but for signs that YAML reads as the end of a line or refuses.
    found = json.dumps(text, ensure_ascii=False)
    return _ODD.sub(lambda odd: f"\\u{ord(odd[0]):04x}", found)
