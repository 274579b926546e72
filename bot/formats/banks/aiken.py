"""Aiken, strictly or as it is pasted from chats and word processors.

    Which town was hit?
    A. Mosul
    B. Al Qaim
    ANSWER: B

Pasted text may number its questions, write a) or **A.** or "Correct answer: B) Al Qaim", and add an explanation.
Moodle takes answers that are not there, letters that skip one, and the last line only of a longer question; this
refuses the first two and reads all lines of the third.
"""

import re
from dataclasses import dataclass, field

from bot.core.quiz import Question, QuestionKind
from bot.formats.banks.draft import Draft, Drafting, chosen_from, drafted
from bot.formats.banks.plain import refuse_media
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import lines_of, text_of, without_width
from bot.formats.problems import quoted

NAME = "aiken"

# Moodle needs no space behind the letter; "A.D. 70" is none.
_OPTION = re.compile(r"([A-Z])(?:[.)](?:\s+|$)|\)|\.(?!\w\.))(.*)")
_ANSWER = re.compile(r"ANSWER:\s*(.*)")
_LOOSE_OPTION = re.compile(r"(?:[-*•]\s+)?\(?([A-Za-z])[.):](?:\s+|$)(.*)")
_LOOSE_ANSWER = re.compile(
    r"(?:the\s+)?(?:correct\s+|right\s+)?(?:answer|ans|key|respuesta(?:\s+correcta)?|réponse|antwort|resposta|risposta)\b\.?"
    r"(?:\s+is)?\s*[:=.\-]\s*(.*)",
    re.IGNORECASE,
)
_LOOSE_KEY = re.compile(r"\(?([A-Za-z])(?:[.):]\s*(.*)|\)?\s*)$", re.DOTALL)
_EXPLANATION = re.compile(
    r"(?:explanation|feedback|rationale|reason|because|why)\s*[:\-]\s*(.*)", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:(?:question|q|pregunta|frage)\s*)?\d{1,4}\s*[.):]\s+", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+")
_MARKS = re.compile(r"\*\*|__|`")
_MOST_LETTERS = 26
_SEVERAL = re.compile(r"[A-Za-z](?:\s*(?:,|;|and|&|\+)\s*[A-Za-z])+\.?")


def read_strict(data: bytes, file: str = "") -> Draft:
    """Read a file that must be Aiken to the letter."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, text_of(data), loose=False))


def read_loose(data: bytes, file: str = "") -> Draft:
    """Read text that was pasted."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, text_of(data), loose=True))


@dataclass(slots=True)
class _Reading:
    """One question while its lines come in."""

    line: int = 0
    stem: list[str] = field(default_factory=list[str])
    letters: list[str] = field(default_factory=list[str])
    options: list[str] = field(default_factory=list[str])
    key: str | None = None
    key_line: int = 0
    feedback: list[str] = field(default_factory=list[str])
    warned: bool = False


def _fill(drafting: Drafting, text: str, *, loose: bool) -> None:
    text, count, first = without_width(text)
    if count:
        drafting.warn(first, "", f"{count} characters without width were taken out", "none needed")
    if loose:
        cause = "this is not quite Aiken, and is read as pasted text"
        drafting.warn(1, "", cause, "look through the questions before they are published")
    current, apart = _Reading(), False
    for number, raw in enumerate(lines_of(text), 1):
        line = _plain(raw) if loose else raw.strip()
        if not line:
            apart = True
            continue
        apart, after_gap = False, apart
        if _begins_anew(current, line, loose=loose) or (
            after_gap and _left_open(current, line, loose=loose)
        ):
            _finish(drafting, current)
            current = _Reading()
        current.line = current.line or number
        _take(current, line, number, loose=loose)
    if current.line:
        _finish(drafting, current)


def _plain(raw: str) -> str:
    return _HEADING.sub("", _MARKS.sub("", raw).strip()).strip()


def _begins_anew(current: _Reading, line: str, *, loose: bool) -> bool:
    """Say whether a line stands after the end of a question."""
    if current.key is None:
        return False
    return not (loose and (_EXPLANATION.match(line) or (current.feedback and not _starts(line))))


def _left_open(current: _Reading, line: str, *, loose: bool) -> bool:
    """Say whether the question before a blank line has answers, and nothing says which is right."""
    goes_on = (_LOOSE_ANSWER if loose else _ANSWER, _LOOSE_OPTION if loose else _OPTION)
    return (
        bool(current.options)
        and current.key is None
        and not any(sign.match(line) for sign in goes_on)
        and (not loose or _starts(line))
    )


def _starts(line: str) -> bool:
    return bool(_NUMBERED.match(line)) or line.endswith(("?", ":"))


def _take(current: _Reading, line: str, number: int, *, loose: bool) -> None:
    answer = (_LOOSE_ANSWER if loose else _ANSWER).match(line)
    option = (_LOOSE_OPTION if loose else _OPTION).match(line)
    if current.key is not None:
        said = _EXPLANATION.match(line)
        current.feedback.append(said[1] if said else line)
    elif answer and (current.options or current.stem or not loose):
        current.key, current.key_line = answer[1].strip(), number
    elif option and current.stem and (not loose or _next(current, option[1])):
        current.letters.append(option[1].upper() if loose else option[1])
        current.options.append(option[2].strip())
    elif current.options:
        current.options[-1] = f"{current.options[-1]} {line}".strip()
        current.warned = True
    else:
        current.stem.append(_NUMBERED.sub("", line) if loose and not current.stem else line)


def _next(current: _Reading, letter: str) -> bool:
    """Say whether a letter may begin an answer: a stem can hold "I. the first"."""
    return letter.upper() == "A" if not current.letters else True


def _finish(drafting: Drafting, current: _Reading) -> None:
    label = " ".join(current.stem)[:80]
    drafting.question(current.line, label, lambda: _question(current))
    if len(current.stem) > 1:
        cause = "the question has several lines, of which Moodle keeps the last only"
        drafting.warn(current.line, label, cause, "none needed here; all of them are kept")


def _question(current: _Reading) -> Question:
    for text in (*current.stem, *current.options):
        refuse_media(text, needed="src")
    if not current.options:
        cause = "it has no answers" if current.key is None else "it has no answers before ANSWER:"
        raise Refused(cause, "write A. B. C. before the answers, each in a line of its own")
    if current.key is None:
        raise Refused("it does not say which answer is right", "add a line ANSWER: and the letter")
    if current.warned:
        cause = "a line among the answers begins with no letter"
        raise Refused(
            cause, "write each answer in one line: a letter, a dot or bracket, a space, the text"
        )
    if len(current.letters) > _MOST_LETTERS:
        raise Refused("it has more than 26 answers", "keep at most 26")
    expected = [chr(ord("A") + number) for number in range(len(current.letters))]
    if current.letters != expected:
        cause = f"its answers have the letters {', '.join(current.letters)}"
        raise Refused(cause, f"write {', '.join(expected)} in this order")
    right = _right(current)
    marked = [
        (text, float(letter == right))
        for letter, text in zip(current.letters, current.options, strict=True)
    ]
    feedback = " ".join(current.feedback).strip()
    stem = "\n".join(current.stem)
    return chosen_from(marked, Question("", QuestionKind.SINGLE, stem, feedback=feedback))


def _right(current: _Reading) -> str:
    key = current.key or ""
    if _SEVERAL.fullmatch(key):
        cause = f"ANSWER: names several answers ({key}), and Aiken knows one only"
        raise Refused(cause, "keep one letter, or use another format", current.key_line)
    same = [
        letter
        for letter, text in zip(current.letters, current.options, strict=True)
        if _same(text, key)
    ]
    if len(same) == 1 and len(key) > 1:
        return same[0]
    found = _LOOSE_KEY.match(key)
    letter = found[1].upper() if found else ""
    if not found or letter not in current.letters:
        cause = f"ANSWER: names {quoted(key) if key else 'nothing'}, which is none of {', '.join(current.letters)}"
        raise Refused(cause, "write the letter of the right answer", current.key_line)
    _refuse_other_text(current, letter, (found[2] or "").strip())
    return letter


def _same(text: str, other: str) -> bool:
    return text.rstrip(".").casefold() == other.rstrip(".").casefold()


def _refuse_other_text(current: _Reading, letter: str, said: str) -> None:
    wanted = current.options[current.letters.index(letter)]
    if said and not _same(said, wanted):
        cause = f"ANSWER: says {letter}, but its text {quoted(said)} is not that of {letter}"
        raise Refused(cause, "make the letter and the text agree", current.key_line)
