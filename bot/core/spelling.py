"""Comparing what somebody typed with what was expected: whole, forgiving in spelling, never in sense."""

import re
import unicodedata
from collections.abc import Sequence

_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼʿʾ"))
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_ARTICLES = frozenset({"a", "an", "the"})
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: n for n, word in enumerate(_UNITS)} | {
    word: 20 + 10 * n for n, word in enumerate(_TENS)
}
_GREAT = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MINUS = re.compile(r"(?<![\w.,])(?:[-\u2212](?=\d)|minus\s+)", re.IGNORECASE)
_FIRST_FORGIVEN = 4
"""Shorter words must be right to the letter: Iran is not Iraq, F-15 is not F-16."""


def fold(text: str) -> str:
    """Lower the case, drop accents and apostrophes, unify widths."""
    spread = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES))
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> tuple[str, ...]:
    """Return the folded words of a text, numbers by value, without a leading article."""
    found = _numbers_by_value(_WORD.findall(fold(text)))
    return tuple(found[1:] if len(found) > 1 and found[0] in _ARTICLES else found)


def exactly(expected: str, typed: str, *, case: bool = False) -> bool:
    """Say whether two texts are the same but for punctuation, accents and (mostly) case."""
    if case:
        return _spaced(expected) == _spaced(typed)
    wanted, given = words_of(expected), words_of(typed)
    return bool(wanted) and (wanted == given or "".join(wanted) == "".join(given))


def alike(expected: str, typed: str) -> bool:
    """Say whether a text is meant as the expected one: word for word, but for slips of spelling."""
    wanted, given = words_of(expected), words_of(typed)
    if not wanted or len(wanted) != len(given):
        return exactly(expected, typed)
    return all(_slip(one, other) for one, other in zip(wanted, given, strict=True))


def matches(pattern: str, typed: str, *, case: bool = False) -> bool:
    r"""Say whether a whole text fits a pattern in which `*` stands for anything (`\*` for itself)."""
    pattern, typed = (_spaced(text if case else fold(text)) for text in (pattern, typed))
    pieces = re.split(r"(?<!\\)\*", pattern)
    wanted = ".*".join(re.escape(piece.replace("\\*", "*")) for piece in pieces)
    return re.fullmatch(wanted, typed, re.DOTALL) is not None


def distance(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            step = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                step = min(step, before[j - 2] + 1)
            row.append(step)
        before, last = last, row
    return last[-1]


def forgiven(length: int) -> int:
    """Return how many slips a word of that length may have."""
    return 0 if length <= _FIRST_FORGIVEN else 1 + (length > 7) + (length > 12)  # noqa: PLR2004


def one_number(text: str) -> float | None:
    """Return the number in a text by its value, or None where there is none or more than one."""
    negative = bool(_MINUS.search(text))
    found = [w for w in _numbers_by_value(_WORD.findall(fold(text))) if w[0].isdigit()]
    if len(found) != 1:
        return None
    return -float(found[0]) if negative else float(found[0])


def _slip(wanted: str, given: str) -> bool:
    if wanted == given:
        return True
    if wanted[0].isdigit() or given[0].isdigit():
        return False
    swapped = len(wanted) == len(given) == _FIRST_FORGIVEN and sorted(wanted) == sorted(given)
    # Counted only where it may be: a text of ten thousand letters is no slip.
    most = max(forgiven(min(len(wanted), len(given))), int(swapped))
    return abs(len(wanted) - len(given)) <= most and distance(wanted, given) <= most


def _spaced(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _numbers_by_value(found: Sequence[str]) -> list[str]:
    """Write numbers in digits: "twenty-eight", "1,000", "1.5 million" and "a dozen" alike."""
    made: list[str] = []
    at = 0
    while at < len(found):
        taken = _taken(found, at)
        if taken > at:
            made.append(f"{_value(found[at:taken]):.15g}")
            at = taken
        else:
            made.append(found[at])
            at += 1
    return made


def _taken(found: Sequence[str], at: int) -> int:
    """Return where the number that begins here ends; where it begins, if none does."""
    start = at + 1 if found[at] in {"a", "an"} and found[at + 1 : at + 2] else at
    if start > at and found[start] not in _GREAT:
        return at
    end = start
    while end < len(found) and _goes_on(found[start:end], found[end]):
        end += 1
        # "and" belongs to a number only between a hundred and what follows it.
        joined = found[end - 1] in _GREAT and found[end : end + 1] == ["and"]
        if joined and found[end + 1 : end + 2] and found[end + 1] in _SMALL:
            end += 1
    return end


def _goes_on(sofar: Sequence[str], word: str) -> bool:
    if not sofar:
        return word in _SMALL or word in _GREAT or word[0].isdigit()
    last = sofar[-1]
    if word in _GREAT:
        return last != "and"
    if word in _SMALL:
        after_ten = last in _TENS and 0 < _SMALL[word] < 10  # noqa: PLR2004 - a unit after a ten
        return after_ten or last in _GREAT or last == "and"
    return False


def _value(words: Sequence[str]) -> float:
    total = part = 0.0
    for word in words:
        if word in _GREAT:
            great = _GREAT[word]
            part = (part or 1.0) * great
            if great >= 1000:  # noqa: PLR2004 - what follows a thousand is added to it
                total, part = total + part, 0.0
        elif word not in {"a", "an", "and"}:
            part += _SMALL[word] if word in _SMALL else _digits(word)
    return total + part


def _digits(word: str) -> float:
    """Read digits: 1,000 is a thousand, 2.5 and 2,5 are two and a half."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", word):
        return float(word.replace(",", ""))
    plain = word.replace(",", ".")
    head, dot, tail = plain.partition(".")
    # More than one point: parts of a version or a date, taken as one run of digits.
    return float(head + dot + tail.replace(".", ""))
