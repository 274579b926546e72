"""From what a person typed to terms: folding, numbers, dates, stems. Knows nothing of packs."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("english")
_TOKEN = re.compile(r"[a-z]+-?\d+[a-z]{0,2}(?![a-z\d])|\d+(?:[.,]\d+)*|[^\W\d_]+")
_PROPER = re.compile(r"(?<=[\w,;] )[A-Z][\w'’-]*")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘`´ʼʿʾ"))
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b", re.IGNORECASE)
_NEGATION = re.compile(r"n['’]t\b", re.IGNORECASE)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {
    **{word: n for n, word in enumerate(_UNITS)},
    **{word: 20 + 10 * n for n, word in enumerate(_TENS)},
    "dozen": 12,
    "hundred": 100,
    "thousand": 1000,
}
_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_SHORT_MONTHS = {m[:3]: m for m in _MONTHS if m != "may"} | {"sept": "september"}
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
MONTHS = frozenset(_MONTHS)

QUESTION_WORDS = frozenset(
    "who whom whose what which when where why how whether many much long often old".split()
)
STOP_WORDS = QUESTION_WORDS | frozenset(
    """a an the of in on at to for from by with about as into over after before during between
    and or but nor so if than then that this these those there here it its he him his she her they them
    their we us our you your el i me my is are was were be been being am do does did done doing have has
    had having will would shall should can could may might must not no yes s t d ll re ve m just also
    too very some any such own same other another all each both few more most only again once
    please know according mention mentioned mentions give given gives
    happen happened exactly actually really out up down off though although get got gets getting let lets""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as typed, its stem, and whether it was typed with a capital inside a sentence."""

    raw: str
    stem: str
    stop: bool
    proper: bool = False


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word; numbers and short names stay as they are."""
    return word if any(c.isdigit() for c in word) else _STEMMER.stemWord(word)


def fold(text: str) -> str:
    """Lower the case, drop accents and apostrophes, unify widths; keeps word borders."""
    text = _NEGATION.sub(" not", _POSSESSIVE.sub("", text))
    text = text.translate(_APOSTROPHES)
    if text.isascii():
        return text.casefold()
    text = unicodedata.normalize("NFKD", text)
    return "".join(c for c in text if not unicodedata.combining(c)).casefold()


def tokens(text: str) -> list[str]:
    """Return the folded words of a text, numbers as digits, months in full."""
    found = [_plain(t) for t in _TOKEN.findall(fold(_ISO_DATE.sub(_spoken, text)))]
    return _dates(_compound_numbers(found))


def _spoken(iso: re.Match[str]) -> str:
    return f"{int(iso[3])} {_MONTHS[int(iso[2]) - 1]} {iso[1]}"


def _dates(found: list[str]) -> list[str]:
    """Join a day to its month, "28 january" or "january 28", so that 7 May is not 7 February."""
    if MONTHS.isdisjoint(found):
        return found
    made: list[str] = []
    at = 0
    while at < len(found):
        pair = found[at : at + 2]
        if found[at + 1 : at + 3] and found[at + 1] == "of" and found[at + 2 : at + 3]:
            pair = [found[at], found[at + 2]]
        day, month = (pair if _is_day(pair[0]) else pair[::-1]) if len(pair) > 1 else ("", "")
        if _is_day(day) and month in MONTHS:
            made += [month, f"{day}{month[:3]}"]
            at += 3 if pair[1] != found[at + 1] else 2
        else:
            made.append(found[at])
            at += 1
    return made


def _is_day(token: str) -> bool:
    return token.isdigit() and 1 <= int(token) <= 31  # noqa: PLR2004 - days of a month


_ISO_DATE = re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d\d)\b")
_MEANT = {
    "died": "dyed",
    "die": "dye",
    "attack": "atack atak",
    "bombed": "bommed bomed",
    "kick": "kik",
    "will": "wil",
    "people": "peple ppl",
    "soldier": "solder",
    "soldiers": "solders",
    "caches": "cashes",
    "the": "teh",
    "many": "mny manny meny",
    "how": "hwo hao hows",
    "where": "wher whre wheres",
    "why": "wy whi whys y bc cuz",
    "their": "thier",
    "they": "tehy",
    "which": "wich whitch",
    "when": "wen whens",
    "what": "wat wot wht whats",
    "who": "whos",
    "not": "dont didnt isnt wasnt werent arent doesnt havent hasnt hadnt cant couldnt wouldnt wont",
    "you": "u",
    "your": "ur",
    "are": "r",
    "please": "pls plz",
    "i": "im",
    "that": "thats",
    "there": "theres",
    "about": "abt",
    "though": "tho",
    "happened": "happend hapened hapend",
}
"""What people type in haste, by what they mean."""
_HASTY = {typed: word for word, all_typed in _MEANT.items() for typed in all_typed.split()}


def _plain(token: str) -> str:
    token = _HASTY.get(token, token)
    if token[0].isdigit():
        digits = token
        # 1,000 is a thousand; 2.5 stays.
        return digits.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", digits) else digits
    if token in _SHORT_MONTHS:
        return _SHORT_MONTHS[token]
    plain = token.replace("-", "")
    # "F-15Es" are F-15E.
    return plain[:-1] if plain[-1] == "s" and any(c.isdigit() for c in plain) else plain


def _compound_numbers(found: list[str]) -> list[str]:
    """Turn number words into digits, "twenty eight" into 28."""
    made: list[str] = []
    tens = 0
    for token in found:
        if token in _ORDINALS and made and made[-1].isdigit():
            continue
        number = _NUMBERS.get(token)
        if tens and number is not None and 0 < number < 10:  # noqa: PLR2004 - a unit after a ten
            made[-1] = str(tens + number)
        else:
            made.append(token if number is None else str(number))
        tens = number if number is not None and 20 <= number < 100 else 0  # noqa: PLR2004
    return made


def words(text: str) -> list[Word]:
    """Return the words of a text with their stems, in order."""
    proper = frozenset[str]() if text.islower() else frozenset(map(fold, _PROPER.findall(text)))
    return [Word(t, stem(t), t in STOP_WORDS, t in proper or t[0].isdigit()) for t in tokens(text)]
