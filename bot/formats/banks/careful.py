"""What a careful person looks at in every question, whatever file it came from."""

import re
import unicodedata
from collections.abc import Iterator

from bot.core.quiz import FALSE, ONE_OF, TRUE, Accepted, NumberKey, Option, Question, QuestionKind
from bot.formats.banks.refusing import Fault, Severity
from bot.formats.problems import quoted

LONGEST_STEM = 3_000
LONGEST_TEXT = 1_000
LONGEST_FEEDBACK = 3_000
MOST_ANSWERS = 26
"""As many as there are letters to call them by."""
MOST_TAGS, MOST_ACCEPTED = 40, 200
DEEPEST_CATEGORY = 20

POLL_STEM, POLL_OPTION, POLL_OPTIONS = 300, 100, 12
"""What a poll of Telegram can hold."""

_NEAR = 1e-6
_ROUNDED = 0.011
"""Three weights of 33 % are meant as a whole."""

# Control characters, marks that turn the reading direction, halves of characters.
# Tags are a part of some flags, and hidden text anywhere else.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"
)
_LOST = "\ufffd"
# Signs that take no room, and letters that are blank.
_BLANK = re.compile(
    "[\\s\u00ad\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]+"
)
_FORMULA = re.compile(r"\\\(|\\\[|\$\$")
_SCRIPT = re.compile(
    r"<script\b[^<>]*>[^<]|javascript:|<[a-z]+\s[^<>]*\bon(?:error|load|click)\s*=", re.IGNORECASE
)
_PARTS_LEAST = 2
_NO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad]")
_WIDE = {0xFF01 + number: 0x21 + number for number in range(0x5E)}


def faults(question: Question) -> Iterator[Fault]:
    """Return what is wrong with a question."""
    yield from _texts(question)
    match question.kind:
        case QuestionKind.NUMBER:
            yield from _numbers(question)
        case QuestionKind.TEXT:
            yield from _accepted(question)
        case QuestionKind.ORDER:
            yield from _order(question)
        case QuestionKind.MATCHING:
            yield from _matching(question)
        case _:
            yield from _options(question)


def all_texts(question: Question) -> Iterator[tuple[str, str, int]]:
    """Return each text of a question with what it is and how long it may be."""
    yield "the question", question.stem, LONGEST_STEM
    for said in (
        question.feedback,
        question.feedback_right,
        question.feedback_wrong,
        question.feedback_partial,
    ):
        yield "a feedback", said, LONGEST_FEEDBACK
    yield "the title", question.title, LONGEST_TEXT
    answers: tuple[Option | Accepted, ...] = (*question.options, *question.accepted)
    for answer in answers:
        yield "an answer", answer.text, LONGEST_TEXT
        yield "a feedback", answer.feedback, LONGEST_FEEDBACK
    for key in question.numbers:
        yield "a feedback", key.feedback, LONGEST_FEEDBACK
    for pair in question.pairs:
        yield "a pair", pair.left, LONGEST_TEXT
        yield "a pair", pair.right, LONGEST_TEXT
    for item in (*question.sequence, *question.tags, *question.category):
        yield "an item", item, LONGEST_TEXT


def _texts(question: Question) -> Iterator[Fault]:
    if _blank(question.stem):
        yield Fault("it has no question text", "write the question before its answers")
    for what, text, most in all_texts(question):
        if len(text) > most:
            cause = f"{what} has {len(text):,} characters, at most {most:,} are allowed"
            yield Fault(cause, "shorten it")
        if hidden := _UNSEEN.search(text):
            yield _hidden(hidden[0])
        if _SCRIPT.search(text):
            yield Fault(f"{what} holds a script: {quoted(text)}", "delete the script")
        if _LOST in text:
            cause = f"{what} holds the sign � for a letter that was lost: {quoted(text)}"
            yield Fault(cause, "write the letter again", Severity.WARNING)
    if not 0 <= question.points < float("inf"):
        yield Fault(f"it has {question.points:g} points", "write 0 or more")
    yield from _too_many(question)


def _blank(text: str) -> bool:
    return not _BLANK.sub("", text)


def _too_many(question: Question) -> Iterator[Fault]:
    if len(question.category) > DEEPEST_CATEGORY or len(question.tags) > MOST_TAGS:
        yield Fault("its category is too deep, or it has too many tags", "shorten them")
    most = max(map(len, (question.options, question.pairs, question.sequence)))
    if most > MOST_ANSWERS:
        yield Fault(f"it has {most} answers", f"keep at most {MOST_ANSWERS}, one a letter")
    if len(question.accepted) > MOST_ACCEPTED:
        cause = f"it has {len(question.accepted)} accepted answers"
        yield Fault(cause, f"keep at most {MOST_ACCEPTED}")


def _hidden(character: str) -> Fault:
    name = unicodedata.name(character, "a control character").lower()
    cause = f"the invisible character U+{ord(character):04X} ({name}) stands in it"
    return Fault(cause, "delete it")


def _options(question: Question) -> Iterator[Fault]:
    options = question.options
    if len(options) < _PARTS_LEAST:
        yield Fault("it has fewer than two answers to choose from", "write at least two")
    if any(_blank(option.text) for option in options):
        yield Fault("an answer is empty", "write it, or delete its sign")
    yield from _twins(options)
    yield from _for_polls(question)
    if question.kind in ONE_OF:
        yield from _single(options)
    else:
        yield from _several(options)


def _for_polls(question: Question) -> Iterator[Fault]:
    """Say what makes a question too large for a poll of Telegram; a message with buttons holds it."""
    longest = max((len(option.text) for option in question.options), default=0)
    found = (
        (len(question.stem), POLL_STEM, "its text has {} characters"),
        (longest, POLL_OPTION, "an answer has {} characters"),
        (len(question.options), POLL_OPTIONS, "it has {} answers"),
    )
    said = [what.format(size) + f" of {most}" for size, most, what in found if size > most]
    if said:
        cause = f"it is too long for a poll of Telegram: {', '.join(said)}"
        cure = "shorten it, or leave it so: it is then asked in a message with buttons"
        yield Fault(cause, cure, Severity.WARNING)


def _single(options: tuple[Option, ...]) -> Iterator[Fault]:
    best = max((option.fraction for option in options), default=0.0)
    rights = sum(option.fraction > 1 - _NEAR for option in options)
    if rights > 1 and {option.id for option in options} == {TRUE, FALSE}:
        yield Fault("both true and false are marked as right", "keep one of them")
        return
    if best <= _NEAR:
        yield Fault("no answer is marked as right", "mark the right one")
    elif best < 1 - _NEAR:
        yield Fault(f"the best answer earns only {best:.0%}", "give the right one 100 %")
    elif best > 1 + _NEAR:
        yield Fault(f"an answer earns {best:.0%}", "give the right one 100 %")
    if rights > 1:
        cause = (
            f"{rights} answers are marked as right, and one is to be chosen: any of them counts"
        )
        cure = "keep it so, or give each a share if all of them must be chosen"
        yield Fault(cause, cure, Severity.WARNING)


def _several(options: tuple[Option, ...]) -> Iterator[Fault]:
    whole = sum(option.fraction for option in options if option.fraction > 0)
    if whole <= _NEAR:
        yield Fault("no answer is marked as right", "mark the right ones")
    elif all(option.fraction in {0.0, 1.0} for option in options):
        return  # marked right or wrong, without shares
    elif abs(whole - 1) > _ROUNDED:
        cure = "give the right ones shares that make 100 % together"
        yield Fault(f"the right answers together earn {whole:.5g} of 1, not all of it", cure)


def _twins(options: tuple[Option, ...]) -> Iterator[Fault]:
    seen: dict[str, Option] = {}
    alike: dict[str, Option] = {}
    for option in options:
        same = " ".join(_NO_WIDTH.sub("", option.text).split())
        twin = seen.setdefault(same, option)
        if twin is option or not same:
            yield from _look_alike(option, alike)
            continue
        if abs(twin.fraction - option.fraction) > _NEAR:
            cause = f"the answer {quoted(same)} stands twice, with different marks"
            yield Fault(cause, "delete one of them")
        else:
            yield Fault(f"the answer {quoted(same)} stands twice", "delete one", Severity.WARNING)


def _look_alike(option: Option, alike: dict[str, Option]) -> Iterator[Fault]:
    """Say where two answers differ only in how a letter is written: É in one or two signs, Ａ and A."""
    same = " ".join(unicodedata.normalize("NFC", option.text).translate(_WIDE).split())
    twin = alike.setdefault(same, option)
    if twin is not option and abs(twin.fraction - option.fraction) > _NEAR:
        cause = f"the answers {quoted(twin.text)} and {quoted(option.text)} look the same, with different marks"
        yield Fault(cause, "make them different, or delete one", Severity.WARNING)


def _accepted(question: Question) -> Iterator[Fault]:
    if not question.accepted:
        yield Fault("no answer is accepted", "write the right answer")
    if any(_blank(key.text) for key in question.accepted):
        yield Fault("an accepted answer is empty", "write it, or delete its sign")
    best = max((key.fraction for key in question.accepted), default=1.0)
    if best <= _NEAR:
        yield Fault("no answer is marked as right", "mark the right one")
    elif abs(best - 1) > _NEAR:
        yield Fault(f"the best answer earns {best:.0%}", "give the right one 100 %")
    if any(
        key.pattern and not key.text.strip("* ") and key.fraction > _NEAR
        for key in question.accepted
    ):
        yield Fault("the accepted answer * fits whatever is written", "write what is right")


def _numbers(question: Question) -> Iterator[Fault]:
    if not question.numbers:
        yield Fault("no number is accepted", "write the right number")
    for key in question.numbers:
        yield from _number(key)
    best = max((key.fraction for key in question.numbers), default=1.0)
    if abs(best - 1) > _NEAR:
        yield Fault(f"the best answer earns {best:.0%}", "give the right one 100 %")


def _number(key: NumberKey) -> Iterator[Fault]:
    given = [n for n in (key.value, key.tolerance, key.low, key.high) if n is not None]
    if any(n != n or abs(n) == float("inf") for n in given):
        yield Fault("a number is not finite", "write it in digits")
    if key.tolerance < 0:
        yield Fault(
            f"the tolerance {key.tolerance:g} is negative", "write how far off is still right"
        )
    if key.low is not None and key.high is not None and key.low > key.high:
        cause = f"the range {key.low:g} to {key.high:g} is the wrong way round"
        yield Fault(cause, "write the smaller number first")
    if key.value is None and key.low is None and key.high is None:
        yield Fault("a number is missing", "write the right number")


def _order(question: Question) -> Iterator[Fault]:
    if len(question.sequence) < _PARTS_LEAST:
        yield Fault("it has fewer than two things to put in order", "write at least two")
    if len(set(question.sequence)) < len(question.sequence):
        yield Fault("the same thing stands twice in the order", "make each one different")
    if any(_blank(item) for item in question.sequence):
        yield Fault("a thing to put in order is empty", "write it, or delete it")


def _matching(question: Question) -> Iterator[Fault]:
    lefts = [pair.left for pair in question.pairs if pair.left]
    if len(lefts) < _PARTS_LEAST:
        yield Fault("it has fewer than two pairs", "write at least two")
    if len(set(lefts)) < len(lefts):
        yield Fault("the same left side stands in two pairs", "make each one different")
    if any(_blank(pair.right) for pair in question.pairs):
        yield Fault("a pair has no right side", "write what belongs to its left side")
