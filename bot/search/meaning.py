"""What questions mean, so that those which mean the same can be put together."""

from collections.abc import Sequence

from bot.core.facts import Pack
from bot.core.unanswered import Meaning
from bot.search import names, thesaurus
from bot.search.shapes import sorts
from bot.search.terms import NAME, Lexicon, Term

_ASKING = frozenset({"~number", "~list", "~summary", "~article"})
"""Groups of words that say how something is asked, which `sorts` has already."""


class Meanings:
    """Reads questions with everything that some packs know of words."""

    def __init__(self, packs: Sequence[Pack]) -> None:
        entities = {key: entity for pack in packs for key, entity in pack.entities.items()}
        own = [words for pack in packs for words in pack.synonyms]
        self._lexicon = Lexicon(names.build(entities), thesaurus.build(own))

    def __call__(self, question: str) -> Meaning:
        """Return what a question means."""
        found = {term.key: term for term in self._lexicon.terms(question)}
        terms = [term for key, term in found.items() if key not in _ASKING]
        named = [term for term in terms if self._is_name(term)]
        return Meaning(tuple(map(_keys, terms)), sorts(question), tuple(map(_keys, named)))

    def _is_name(self, term: Term) -> bool:
        named = term.proper or term.number or term.key.startswith(NAME)
        return named or self._lexicon.is_country(term)


def _keys(term: Term) -> frozenset[str]:
    return frozenset({term.key}) | term.groups
