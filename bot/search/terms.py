"""What a text speaks of: names, phrases and content words as terms."""

from dataclasses import dataclass

from bot.search.names import Names
from bot.search.spelling import Speller
from bot.search.text import Word, words
from bot.search.thesaurus import Thesaurus

NAME = "@"
"""Terms that begin so are named things of the pack; those with `~` are groups of the thesaurus."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a text speaks of."""

    key: str
    raw: str
    """As typed, folded; to be named in "the article mentions no ..."."""
    groups: frozenset[str] = frozenset()
    proper: bool = False
    number: bool = False
    inner: tuple[str, ...] = ()
    """The stems inside a phrase, by which it may be met in part."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What a pack knows of words: its named things and its thesaurus."""

    names: Names
    thesaurus: Thesaurus

    def terms(self, text: str) -> tuple[Term, ...]:
        """Return the terms of a text in order."""
        return self.of(words(text))

    def mended(self, found: list[Word], speller: Speller) -> list[Word]:
        """Return words as they were likely meant; those of misspelt names stay as they are."""
        spans = self.names.find(found, speller.known)
        named = {at for begin, end, _ in spans for at in range(begin, end)}
        mended = speller.mend(found)
        return [found[at] if at in named else word for at, word in enumerate(mended)]

    def of(self, found: list[Word], known: frozenset[str] | None = None) -> tuple[Term, ...]:
        """Return the terms of words that were read; `known` ones are not taken for misspelt names.

        Without `known` words only exact spellings of names count.
        """
        spans = {begin: (end, key) for begin, end, key in self.names.find(found, known)}
        groups = self.thesaurus.phrases.find([w.stem for w in found])
        phrases = {begin: (end, key) for begin, end, key in groups}
        made: list[Term] = []
        at = 0
        while at < len(found):
            end, term = self._at(found, at, spans, phrases)
            if term:
                made.append(term)
            at = end
        return tuple(made)

    def is_country(self, term: Term) -> bool:
        """Say whether a word is a country, its people or its capital, known to the pack or not."""
        return bool(self.thesaurus.countries & {term.key, *term.groups})

    def _at(
        self,
        found: list[Word],
        at: int,
        spans: dict[int, tuple[int, str]],
        phrases: dict[int, tuple[int, str]],
    ) -> tuple[int, Term | None]:
        if at in spans:
            end, key = spans[at]
            return end, Term(NAME + key, _raw(found, at, end), proper=True)
        if at in phrases:
            end, key = phrases[at]
            if not any(at < begin < end for begin in spans):
                inner = tuple(w.stem for w in found[at:end] if not w.stop)
                return end, Term(key, _raw(found, at, end), frozenset({key}), inner=inner)
        word = found[at]
        if word.stop:
            return at + 1, None
        return at + 1, Term(
            word.stem,
            word.raw,
            self.thesaurus.groups.get(word.stem, frozenset()),
            word.proper,
            word.raw[0].isdigit(),
        )


def _raw(found: list[Word], begin: int, end: int) -> str:
    return " ".join(w.raw for w in found[begin:end])
