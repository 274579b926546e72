r"""Moodle GIFT, written."""

import re
from collections.abc import Iterable, Iterator

from bot.core.quiz import Accepted, NumberKey, Option, Question, QuestionKind
from bot.formats.banks.refusing import Refused
from bot.formats.banks.wildcards import written
from bot.formats.banks.written import Writing, Written, known_share, moodle_shares

_SPECIAL = re.compile(r"[\\~={}#:]")
_FORMATTED = re.compile(r"[<&\u00a0]|!\[")
_MARKER = re.compile(r"\s*\[(?:html|moodle|plain|markdown)\]|//|%", re.IGNORECASE)
_KEPT = frozenset({"tags", "category", "title", "feedback"})
_KEPT_OF_NUMBERS = _KEPT | {"feedback_wrong"}


def write(questions: Iterable[Question]) -> Written:
    """Return questions as a GIFT file."""
    writing = Writing()
    category: list[tuple[str, ...]] = [()]

    def one(question: Question) -> str:
        block = _block(question, writing)
        if question.category == category[0]:
            return block
        category[0] = question.category
        names = "".join("/" + name.replace("/", "//") for name in question.category)
        return f"$CATEGORY: $course$/top{names}\n\n{block}"

    return writing.done("\n".join(writing.each(questions, one)).encode())


def _block(question: Question, writing: Writing) -> str:
    plain = any(_FORMATTED.search(text) for text in _texts(question))
    answers = "".join(f"\t{line}\n" for line in _answers(question, writing))
    general = f"\t####{_text(question.feedback)}\n" if question.feedback else ""
    title = f"::{_escaped(question.title)}::" if question.title else ""
    marker = "[plain]" if plain or _MARKER.match(question.stem) else ""
    kept = _KEPT_OF_NUMBERS if question.kind is QuestionKind.NUMBER else _KEPT
    writing.lose_common(question, kept)
    if not question.shuffle and question.kind is not QuestionKind.TRUE_FALSE:
        writing.lose(question, "that its answers keep their order")
    opening = "{>" if question.kind is QuestionKind.ORDER else "{"
    if question.kind is QuestionKind.NUMBER:
        opening = "{#"
    first = (
        f"{opening}{len(question.sequence)}" if question.kind is QuestionKind.ORDER else opening
    )
    return f"{_notes(question)}{title}{marker}{_escaped(question.stem)} {first}\n{answers}{general}}}\n"


def _notes(question: Question) -> str:
    marks = [f"[id:{_mark(question.id)}]", *(f"[tag:{_mark(tag)}]" for tag in question.tags)]
    return f"// {' '.join(marks)}\n"


def _mark(text: str) -> str:
    return re.sub(r"([\\\]])", r"\\\1", text)


def _texts(question: Question) -> Iterator[str]:
    yield from (question.stem, question.feedback, question.feedback_wrong)
    answers: tuple[Option | Accepted, ...] = (*question.options, *question.accepted)
    for answer in answers:
        yield from (answer.text, answer.feedback)
    for key in question.numbers:
        yield key.feedback
    for pair in question.pairs:
        yield pair.left
    yield from question.sequence


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], text.strip()).replace("\n", "\\n")


def _text(text: str) -> str:
    """Escape a text that may begin like a marker of its format."""
    return ("[plain]" if _MARKER.match(text) else "") + _escaped(text)


def _said(feedback: str) -> str:
    return f"#{_text(feedback)}" if feedback else ""


def _answers(question: Question, writing: Writing) -> Iterator[str]:
    match question.kind:
        case QuestionKind.TRUE_FALSE:
            yield _truth(question)
        case QuestionKind.NUMBER:
            yield from _numbers(question, writing)
        case QuestionKind.TEXT:
            yield from _accepted(question, writing)
        case QuestionKind.ORDER:
            yield from map(_text, question.sequence)
        case QuestionKind.MATCHING:
            yield from _pairs(question, writing)
        case _:
            shares = moodle_shares(question)
            yield from (
                _option(o, s, question.kind) for o, s in zip(question.options, shares, strict=True)
            )


def _truth(question: Question) -> str:
    right = next(option for option in question.options if option.fraction == 1)
    wrong = next(option for option in question.options if option is not right)
    said = _said(wrong.feedback) or ("#" if right.feedback else "")
    return f"{right.id.upper()}{said}{_said(right.feedback)}"


def _option(option: Option, share: float, kind: QuestionKind) -> str:
    if kind is not QuestionKind.SEVERAL and share in {0.0, 1.0}:
        sign = "=" if share else "~"
    else:
        sign = f"~{_weight(share)}" if share else "~"
    return f"{sign}{_text(option.text)}{_said(option.feedback)}"


def _weight(share: float) -> str:
    return f"%{share * 100:.7g}%"


def _share(share: float) -> str:
    return "" if share == 1 else _weight(known_share(share))


def _accepted(question: Question, writing: Writing) -> Iterator[str]:
    if any(key.case for key in question.accepted):
        writing.lose(question, "that capitals count")
    for key in question.accepted:
        if "->" in key.text + key.feedback:
            raise Refused(
                "an answer with -> in it, which GIFT takes for a pair", "write it otherwise"
            )
        yield f"={_share(key.fraction)}{_text(written(key))}{_said(key.feedback)}"


def _numbers(question: Question, writing: Writing) -> Iterator[str]:
    if any(key.unit for key in question.numbers):
        writing.lose(question, "the unit")
    for key in question.numbers:
        yield f"={_share(key.fraction)}{_number(key)}{_said(key.feedback)}"
    if question.feedback_wrong:
        yield f"~{_said(question.feedback_wrong)}"


def _number(key: NumberKey) -> str:
    if key.value is not None:
        return f"{key.value!r}:{key.tolerance!r}" if key.tolerance else repr(key.value)
    if key.low is None or key.high is None:
        raise Refused("a range of numbers with one end only", "give it both ends")
    return f"{key.low!r}..{key.high!r}"


def _pairs(question: Question, writing: Writing) -> Iterator[str]:
    if any(pair.feedback for pair in question.pairs):
        writing.lose(question, "the feedback of pairs")
    for pair in question.pairs:
        if "->" in pair.left:
            raise Refused("a pair with -> in it", "write it otherwise")
        yield f"={_text(pair.left)} -> {_text(pair.right)}"
