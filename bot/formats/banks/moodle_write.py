"""Moodle XML, written."""

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from bot.core.quiz import NumberKey, Question, QuestionKind
from bot.formats.banks.moodle_xml import name_of
from bot.formats.banks.refusing import Refused
from bot.formats.banks.wildcards import written
from bot.formats.banks.written import Writing, Written, known_share, moodle_shares

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
_TYPES = {
    QuestionKind.SINGLE: "multichoice",
    QuestionKind.SEVERAL: "multichoice",
    QuestionKind.DOUBLE_CHECK: "multichoice",
    QuestionKind.TRUE_FALSE: "truefalse",
    QuestionKind.NUMBER: "numerical",
    QuestionKind.TEXT: "shortanswer",
    QuestionKind.ORDER: "ordering",
    QuestionKind.MATCHING: "matching",
}
_KEPT = frozenset(
    "tags category title feedback feedback_right feedback_wrong feedback_partial points".split()
)


def write(questions: Iterable[Question]) -> Written:
    """Return questions as a Moodle XML file."""
    writing = Writing()
    category: list[tuple[str, ...]] = [()]

    def one(question: Question) -> str:
        block = _question(question, writing)
        if question.category == category[0]:
            return block
        category[0] = question.category
        return _category(question.category) + block

    return writing.done((_HEAD + "".join(writing.each(questions, one)) + "</quiz>\n").encode())


def _category(names: tuple[str, ...]) -> str:
    path = "$course$/top" + "".join("/" + name.replace("/", "//") for name in names)
    return f'<question type="category"><category>{_text(path)}</category></question>\n'


def _text(text: str) -> str:
    # A carriage return would come back as a line feed.
    return f"<text>{escape(text, {chr(13): '&#13;'})}</text>"


def _piece(tag: str, text: str, attributes: str = "") -> str:
    return f'<{tag}{attributes} format="plain_text">{_text(text)}</{tag}>'


def _question(question: Question, writing: Writing) -> str:
    writing.lose_common(question, _KEPT)
    lines = [
        f'<question type="{_TYPES[question.kind]}">',
        f"<name>{_text(question.title or name_of(question.stem))}</name>",
        _piece("questiontext", question.stem),
        _piece("generalfeedback", question.feedback),
        f"<defaultgrade>{question.points!r}</defaultgrade>",
        f"<idnumber>{escape(question.id)}</idnumber>",
        f"<shuffleanswers>{int(question.shuffle)}</shuffleanswers>",
        *_combined(question),
        *_answers(question, writing),
        *_tags(question),
        "</question>",
    ]
    return "\n".join(lines) + "\n"


def _combined(question: Question) -> Iterator[str]:
    for tag, text in (
        ("correctfeedback", question.feedback_right),
        ("partiallycorrectfeedback", question.feedback_partial),
        ("incorrectfeedback", question.feedback_wrong),
    ):
        if text:
            yield _piece(tag, text)


def _tags(question: Question) -> Iterator[str]:
    if question.tags:
        yield "<tags>" + "".join(f"<tag>{_text(tag)}</tag>" for tag in question.tags) + "</tags>"


def _answer(text: str, share: float, feedback: str, inner: str = "") -> str:
    said = _piece("feedback", feedback) if feedback else ""
    fraction = quoteattr(f"{share * 100:.7g}")
    return f'<answer fraction={fraction} format="plain_text">{_text(text)}{said}{inner}</answer>'


def _answers(question: Question, writing: Writing) -> Iterator[str]:
    match question.kind:
        case QuestionKind.NUMBER:
            yield from _numbers(question, writing)
        case QuestionKind.TEXT:
            yield from _accepted(question, writing)
        case QuestionKind.ORDER:
            yield from _sequence(question)
        case QuestionKind.MATCHING:
            yield from _pairs(question, writing)
        case QuestionKind.TRUE_FALSE:
            yield from (_answer(o.id, o.fraction, o.feedback) for o in question.options)
        case _:
            yield f"<single>{str(question.kind is not QuestionKind.SEVERAL).lower()}</single>"
            shares = zip(question.options, moodle_shares(question), strict=True)
            yield from (_answer(o.text, share, o.feedback) for o, share in shares)


def _sequence(question: Question) -> Iterator[str]:
    for place, item in enumerate(question.sequence, 1):
        yield _answer(item, place / 100, "")


def _accepted(question: Question, writing: Writing) -> Iterator[str]:
    cases = {key.case for key in question.accepted}
    if len(cases) > 1:
        writing.lose(question, "that capitals count for some answers only: they count for all")
    yield f"<usecase>{int(True in cases)}</usecase>"
    for key in question.accepted:
        yield _answer(written(key), known_share(key.fraction), key.feedback)


def _numbers(question: Question, writing: Writing) -> Iterator[str]:
    for key in question.numbers:
        value, within = _middle(key)
        inner = f"<tolerance>{within!r}</tolerance>"
        yield _answer(repr(value), known_share(key.fraction), key.feedback, inner)
    units = dict.fromkeys(key.unit for key in question.numbers if key.unit)
    if len(units) > 1:
        writing.lose(question, "its other units")
    for unit in list(units)[:1]:
        yield f"<units><unit><multiplier>1</multiplier><unit_name>{escape(unit)}</unit_name></unit></units>"


def _middle(key: NumberKey) -> tuple[float, float]:
    if key.value is not None:
        return key.value, key.tolerance
    if key.low is None or key.high is None:
        raise Refused("a range of numbers with one end only", "give it both ends")
    return (key.low + key.high) / 2, (key.high - key.low) / 2


def _pairs(question: Question, writing: Writing) -> Iterator[str]:
    if any(pair.feedback for pair in question.pairs):
        writing.lose(question, "the feedback of pairs")
    for pair in question.pairs:
        yield _piece("subquestion", pair.left).replace(
            "</subquestion>", f"<answer>{_text(pair.right)}</answer></subquestion>"
        )
