"""Mending what was typed wrong: a word written nowhere becomes the likeliest one of the pack."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from bot.search.names import sound
from bot.search.text import STOP_WORDS, Word, stem

_LEAST = 4
_LONG = 7
"""From this length on two letters may be wrong."""
_ALIKE = 3
_COMMON = 50
"""How often a word must stand in the word list's texts to be no slip of the pen."""
_LIKELIEST = 6


@dataclass(frozen=True)
class Speller:
    """The words of a pack, and all words that are not to be mended."""

    written: tuple[str, ...]
    known: frozenset[str]
    heard: Mapping[str, Sequence[str]]
    """The words of the pack by how they sound."""
    times: Mapping[str, int]

    def mend(self, found: Sequence[Word]) -> list[Word]:
        """Return the words with those that are written nowhere replaced by what was likely meant."""
        return [self._mended(word) for word in found]

    def _mended(self, word: Word) -> Word:
        raw = word.raw
        if word.stop or len(raw) < _LEAST or raw in self.known or not raw.isalpha():
            return word
        meant = self._nearest(raw)
        if not meant or _is_english(raw):
            return word
        return replace(word, raw=meant, stem=stem(meant), stop=meant in STOP_WORDS)

    def _nearest(self, raw: str) -> str:
        most = 2 if len(raw) >= _LONG else 1
        close = process.extract(
            raw, self.written, scorer=OSA.distance, score_cutoff=most, limit=_LIKELIEST
        )
        likely = [(far, -self.times[w], w) for w, far, _ in close if far < 2 or w[0] == raw[0]]  # noqa: PLR2004 - two letters wrong, but not the first
        if likely:
            return min(likely)[2]
        # What sounds alike must still look alike: nonsense has a sound too.
        alike = [w for w in self.heard.get(sound(raw), ()) if OSA.distance(raw, w) <= _ALIKE]
        return max(alike, key=lambda w: self.times[w], default="")


@cache
def _english() -> SpellChecker:
    """Load the word list; only when a word is about to be mended, for it takes a tenth of a second."""
    return SpellChecker(language="en")


def _is_english(word: str) -> bool:
    """Say whether a word is one, though not of the pack's: "boring" was not meant to be "bring"."""
    return int(_english().word_frequency[word]) >= _COMMON


def build(texts: Iterable[Sequence[str]], known: Iterable[str]) -> Speller:
    """Build the speller from the words of a pack's texts; `known` are further words that are right."""
    times: dict[str, int] = defaultdict(int)
    for words in texts:
        for word in words:
            times[word] += 1
    written = sorted(w for w in times if len(w) >= _LEAST and w.isalpha())
    heard: dict[str, list[str]] = defaultdict(list)
    for word in written:
        if len(sound(word)) > 2:  # noqa: PLR2004 - two consonants sound like too much
            heard[sound(word)].append(word)
    return Speller(tuple(written), frozenset({*times, *known}), heard, times)
