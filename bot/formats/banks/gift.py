r"""Moodle GIFT, read.

::name:: text {=right ~wrong#feedback ####general feedback}, with weights (%50%), numbers ({#3.14:0.01}, {#1..5}),
{T} and {F}, pairs (=a -> b), things to order ({>N ...}) and the escapes \~ \= \# \{ \} \: \n. Where Moodle
silently loses or misreads something, this says so instead.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.core.quiz import Question, QuestionKind
from bot.formats.banks.draft import Draft, Drafting, drafted
from bot.formats.banks.gift_answers import Answers, Part, answers_of
from bot.formats.banks.gift_blocks import Block, blocks, braces
from bot.formats.banks.gift_text import said, split_format
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import lines_of, text_of, without_width

NAME = "gift"

_NAME_END = re.compile(r"(?:\\.|[^\\:]|:(?!:))*::", re.DOTALL)
_CLOZE = re.compile(r"\{\s*\d*\s*:\s*(?:[A-Z]{2,}|[A-Z_]+)\s*:", re.IGNORECASE)
_BARE_ANSWER = re.compile(r"(?m)^\s*[=~]\s*\S")
_GAP = "_____"
_LONGEST = 60_000


def read(data: bytes, file: str = "") -> Draft:
    """Read a GIFT file."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, text_of(data)))


def _fill(drafting: Drafting, text: str) -> None:
    text, count, first = without_width(text)
    if count:
        cause = f"{count} characters without width were taken out"
        drafting.warn(first, "", cause, "none needed; they come from copying")
    for block in blocks(lines_of(text)):
        _take(drafting, block)


def _take(drafting: Drafting, block: Block) -> None:
    if not block.lines:
        return
    label = label_of(block)
    for line, cause, cure in block.warnings:
        drafting.warn(line, label, cause, cure)
    notes: list[tuple[str, str]] = []
    drafting.question(block.lines[0].number, label, lambda: _question(block, notes))
    for cause, cure in dict.fromkeys(notes):
        drafting.warn(block.lines[0].number, label, cause, cure)


def label_of(block: Block) -> str:
    """Return what people would call a block: its name, or how it begins."""
    text = block.text
    found = _NAME_END.match(text, 2) if text.startswith("::") else None
    if found and found[0] != "::":
        return said(found[0][:-2], "plain")
    return " ".join(text.removeprefix("::").split())[:80]


@dataclass(frozen=True, slots=True)
class _Cut:
    """A block cut into its pieces."""

    name: str
    stem: str
    answers: str | None
    place: int
    """Where in the block the answers begin."""


def _question(block: Block, notes: list[tuple[str, str]]) -> Question:
    cut = _cut(block, notes)
    if cut.answers is None:
        raise _without_answers(block)
    form, stem = split_format(cut.stem)
    text = said(stem, form)
    parts = answers_of(Part(cut.answers, form), lambda place: block.line(cut.place + place))
    notes.extend(parts.notes)
    return _made(block, said(cut.name, "plain"), text, parts)


def _made(block: Block, title: str, stem: str, answers: Answers) -> Question:
    return Question(
        id=block.id,
        kind=answers.kind,
        stem=stem,
        options=answers.options,
        accepted=answers.accepted,
        numbers=answers.numbers,
        pairs=answers.pairs,
        sequence=answers.sequence,
        feedback=answers.general,
        feedback_wrong=answers.wrong,
        title=title,
        tags=block.tags,
        category=block.category,
        shuffle=answers.kind is not QuestionKind.TRUE_FALSE,
    )


def _cut(block: Block, notes: list[tuple[str, str]]) -> _Cut:
    text = block.text
    if len(text) > _LONGEST:
        raise Refused("the question is longer than 60,000 characters", "check where it should end")
    name, begin = _named(block, text)
    signs = [(place, sign) for place, sign in braces(text) if place >= begin]
    if not signs:
        return _Cut(name, text[begin:].strip(), None, 0)
    _check(block, text, signs)
    (opened, _), (closed, _) = signs
    rest = _without_comment(text[closed + 1 :], notes)
    before, after = text[begin:opened].strip(), rest.strip()
    gap = f"{text[begin:opened]}{_GAP}{rest}".strip()
    return _Cut(name, gap if after else before, text[opened + 1 : closed], opened + 1)


def _without_comment(rest: str, notes: list[tuple[str, str]]) -> str:
    if not rest.lstrip(" \t").startswith("//"):
        return rest
    cause = "a comment stands behind }, where Moodle takes it for a part of the question"
    notes.append((cause, "write the comment in a line of its own"))
    return rest.partition("\n")[2]


def _named(block: Block, text: str) -> tuple[str, int]:
    if not text.startswith("::"):
        return "", 0
    found = _NAME_END.match(text, 2)
    if not found:
        cure = "put :: behind the name too"
        raise Refused("the name that begins with :: never ends", cure, block.lines[0].number)
    return found[0][:-2].strip(), found.end()


def _check(block: Block, text: str, signs: list[tuple[int, str]]) -> None:
    if _CLOZE.search(text):
        cause = "it is a cloze question, with its answers inside the text, which GIFT cannot hold"
        raise Refused(
            cause,
            "export it as Moodle XML, or write a question for each gap",
            block.line(signs[0][0]),
        )
    if [sign for _, sign in signs] == ["{", "}"]:
        return
    depth, places = 0, list[int]()
    for place, sign in signs:
        if sign == "{":
            places.append(place)
        elif not places:
            raise Refused(
                "} closes nothing",
                "put { before the answers, or a \\ before this }",
                block.line(place),
            )
        else:
            places.pop()
        depth = max(depth, len(places))
    if places:
        cure = "add } behind the last answer, or put a \\ before a { that is text"
        raise Refused("{ is never closed", cure, block.line(places[0]))
    _several(block, signs, depth)


def _several(block: Block, signs: Iterable[tuple[int, str]], depth: int) -> None:
    places = [place for place, sign in signs if sign == "{"]
    if depth > 1:
        cure = "put a \\ before each brace that is text: \\{ and \\}"
        raise Refused("braces stand inside { }", cure, block.line(places[0]))
    cause = f"it has {len(places)} pairs of braces, of which Moodle reads the first only"
    cure = "put a blank line between questions, write one for each gap, or put a \\ before braces that are text"
    raise Refused(cause, cure, block.line(places[1]))


def _without_answers(block: Block) -> Refused:
    if _BARE_ANSWER.search(block.text):
        return Refused(
            "it has answers without { }", "put { before the first answer and } behind the last one"
        )
    cause = "it is a description without a question, which cannot be imported"
    return Refused(cause, "put the answers in { }, or leave it out")
