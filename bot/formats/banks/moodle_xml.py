"""Moodle XML, read: every kind that can be carried; each other one refused by its name."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from bot.core.quiz import (
    FALSE,
    TRUE,
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
)
from bot.formats.banks.draft import Draft, Drafting, drafted, option_id
from bot.formats.banks.gift_blocks import category_path
from bot.formats.banks.gift_text import said
from bot.formats.banks.refusing import Refused
from bot.formats.banks.wildcards import taken
from bot.formats.banks.xml_tree import children, parse, text_in
from bot.formats.problems import quoted

NAME = "moodle-xml"

_FORMATS = {
    "html": "html",
    "plain_text": "plain",
    "markdown": "markdown",
    "moodle_auto_format": "moodle",
    "0": "moodle",
    "1": "html",
    "2": "plain",
    "4": "markdown",
}
_NEAR = 1e-9
_NAME = 80
_OVER = 1.011
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,3})?")
_SAID = {"1", "true"}

_OTHERS = {
    "cloze": "a cloze question, with its answers inside the text",
    "multianswer": "a cloze question, with its answers inside the text",
    "essay": "an essay, which only a person can mark",
    "description": "a description without a question",
}
_EXPLAINED = "leave it out, or write it anew as one of the kinds that can be imported"


def read(data: bytes, file: str = "") -> Draft:
    """Read a Moodle XML file."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, data))


def _fill(drafting: Drafting, data: bytes) -> None:
    reader = _Reader(drafting)
    parse(data, reader.take, "quiz", "export the questions as “Moodle XML format”")


class _Reader:
    """Reads question after question, and keeps the category between them."""

    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting
        self._category: tuple[str, ...] = ()

    def take(self, element: Element, line: int) -> None:
        """Read one question."""
        if element.tag != "question":
            cause = f"<{element.tag}> stands where a question should"
            self._drafting.warn(line, "", cause, "nothing is imported from it")
            return
        kind = (element.get("type") or "").strip().lower()
        if kind == "category":
            self._category = category_path(text_in(element.find("category")).strip())
            return
        label = " ".join(text_in(element.find("name")).split())
        self._drafting.question(line, label, lambda: self._question(element, kind))
        for cause, cure in _left_behind(element):
            self._drafting.warn(line, label, cause, cure)

    def _question(self, element: Element, kind: str) -> Question:
        make = _KINDS.get(kind)
        if make is None:
            what = _OTHERS.get(kind, f"a question of the type {quoted(kind)}")
            raise Refused(f"it is {what}: it cannot be imported", _EXPLAINED)
        _refuse_files(element)
        return make(element, self._common(element, kind))

    def _common(self, element: Element, kind: str) -> Question:
        stem = _text(element.find("questiontext"), "moodle")
        title = " ".join(text_in(element.find("name")).split())
        return Question(
            id=text_in(element, "idnumber").strip(),
            kind=QuestionKind.SINGLE,
            stem=stem,
            title="" if title == name_of(stem) else title,
            feedback=_text(element.find("generalfeedback")),
            feedback_right=_text(element.find("correctfeedback")),
            feedback_partial=_text(element.find("partiallycorrectfeedback")),
            feedback_wrong=_text(element.find("incorrectfeedback")),
            tags=tuple(t for tag in element.iterfind("tags/tag") if (t := text_in(tag).strip())),
            category=self._category,
            points=_number(text_in(element, "defaultgrade") or "1", "points"),
            shuffle=kind != "truefalse" and _flag(element, "shuffleanswers", otherwise=True),
        )


def name_of(stem: str) -> str:
    """Return the name that a question without a title gets: Moodle wants one."""
    return " ".join(stem[:_NAME].split())


def _left_behind(element: Element) -> Iterator[tuple[str, str]]:
    if any(text_in(hint).strip() for hint in children(element, "hint")):
        yield "its hints are not kept, as there is one attempt only", "none needed"
    units = element.findall("units/unit")
    if len(units) > 1 and element.get("type") == "numerical":
        yield "of its units only the first is kept", "ask for the number in that unit"
    if _flag(element, "hidden", otherwise=False):
        yield "it was hidden in Moodle, or an old version", "leave it out if nobody shall see it"


def _refuse_files(element: Element) -> None:
    old = [found for found in element.iter("image") if (found.text or "").strip()]
    for file in (*element.iter("file"), *old):
        name = quoted(file.get("name") or (file.text or "").strip()[:80] or "a file")
        cause = f"a picture or another file belongs to it ({name}), which cannot be imported"
        raise Refused(cause, "say in words what it shows, or leave the question out")


def _text(element: Element | None, otherwise: str = "moodle") -> str:
    if element is None:
        return ""
    form = _FORMATS.get((element.get("format") or "").lower(), otherwise)
    # The escapes of GIFT mean nothing here: a backslash is a backslash.
    return said(text_in(element).replace("\\", "\\\\"), form)


def _flag(element: Element, name: str, *, otherwise: bool) -> bool:
    found = element.find(name)
    if found is None:
        return otherwise
    return ((found.text or "") or text_in(found)).strip().lower() in _SAID


def _number(text: str, what: str) -> float:
    found = float(text) if _NUMBER.fullmatch(text.strip()) else float("inf")
    if not abs(found) < float("inf"):
        raise Refused(
            f"{quoted(text.strip())} is not a number ({what})", "write digits with a point"
        )
    return found


def _fraction(answer: Element) -> float:
    share = _number(answer.get("fraction") or "0", "fraction") / 100
    nearest = round(share)
    return float(nearest) if abs(share - nearest) < _NEAR else share


def _choice(element: Element, question: Question) -> Question:
    options = tuple(
        Option(
            option_id(number),
            _text(answer, "html"),
            _fraction(answer),
            _text(answer.find("feedback")),
        )
        for number, answer in enumerate(
            a for a in children(element, "answer") if text_in(a).strip()
        )
    )
    single = _flag(element, "single", otherwise=True)
    whole = sum(option.fraction for option in options if option.fraction > 0)
    if not single and whole > _OVER:
        cure = "give the right ones shares that make 100 % together"
        raise Refused(f"the shares of the right answers make {whole:.0%}", cure)
    kind = QuestionKind.SINGLE if single else QuestionKind.SEVERAL
    return replace(question, kind=kind, options=options)


def _truth(element: Element, question: Question) -> Question:
    found = {text_in(answer).strip().lower(): answer for answer in children(element, "answer")}
    if set(found) != {"true", "false"}:
        raise Refused("its answers are not true and false", "write the answers true and false")
    right = found["true"], found["false"]
    options = tuple(
        Option(name, name.title(), _fraction(answer), _text(answer.find("feedback")))
        for name, answer in zip((TRUE, FALSE), right, strict=True)
    )
    return replace(question, kind=QuestionKind.TRUE_FALSE, options=options)


def _short(element: Element, question: Question) -> Question:
    case = _flag(element, "usecase", otherwise=False)
    accepted: list[Accepted] = []
    for answer in children(element, "answer"):
        feedback = _text(answer.find("feedback"))
        accepted.append(taken(_text(answer, "plain"), _fraction(answer), feedback, case=case))
    return replace(question, kind=QuestionKind.TEXT, accepted=tuple(accepted))


def _numerical(element: Element, question: Question) -> Question:
    keys: list[NumberKey] = []
    wrong = question.feedback_wrong
    unit = next(
        (text_in(unit, "unit_name") for unit in element.iterfind("units/unit")), ""
    ).strip()
    for answer in children(element, "answer"):
        text = text_in(answer).strip() or (answer.text or "").strip()
        share, feedback = _fraction(answer), _text(answer.find("feedback"))
        if text == "*" and not share:
            wrong = " ".join(part for part in (wrong, feedback) if part)
            continue
        within = _number(text_in(answer, "tolerance").strip() or "0", "tolerance")
        keys.append(
            NumberKey(
                _number(text, "answer"), within, fraction=share, feedback=feedback, unit=unit
            )
        )
    return replace(question, kind=QuestionKind.NUMBER, numbers=tuple(keys), feedback_wrong=wrong)


def _matching(element: Element, question: Question) -> Question:
    pairs = [
        Pair(_text(sub, "html"), said(text_in(sub.find("answer")).replace("\\", "\\\\"), "plain"))
        for sub in children(element, "subquestion")
    ]
    pairs = sorted((pair for pair in pairs if pair.right), key=lambda pair: not pair.left)
    return replace(question, kind=QuestionKind.MATCHING, pairs=tuple(pairs))


def _ordering(element: Element, question: Question) -> Question:
    answers = list(children(element, "answer"))
    places = [_number(answer.get("fraction") or "0", "fraction") for answer in answers]
    if len(set(places)) == len(places):
        answers = [
            answer
            for _, answer in sorted(zip(places, answers, strict=True), key=lambda pair: pair[0])
        ]
    return replace(
        question, kind=QuestionKind.ORDER, sequence=tuple(_text(answer) for answer in answers)
    )


_KINDS: Mapping[str, Callable[[Element, Question], Question]] = {
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _numerical,
    "matching": _matching,
    "ordering": _ordering,
}
