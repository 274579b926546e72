"""Words that stand for each other in questions: ours for every pack, and a pack's own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.search.phrases import Phrases
from bot.search.text import stem, tokens


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Which groups each word belongs to, and the phrases that stand for a group."""

    groups: Mapping[str, frozenset[str]]
    """From a word's stem to the names of its groups."""
    phrases: Phrases
    """Sequences of stems, each standing for the name of a group."""
    countries: frozenset[str]
    """The names of the groups that are countries and regions."""
    words: frozenset[str]
    """Every word in it, as written: none of them is a misspelling."""


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each group of the general thesaurus with the section it stands in."""
    text = files("bot.search").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    section, found = "", list[tuple[str, tuple[str, ...]]]()
    for line in text.splitlines():
        if line.startswith("# ---"):
            section = line.strip("# -").lower()
        elif line.strip() and not line.startswith("#"):
            head, _, rest = line.partition(":")
            found.append((section, (head.strip(), *(w.strip() for w in rest.split(",")))))
    return tuple(found)


def build(own: Iterable[Sequence[str]] = ()) -> Thesaurus:
    """Build the thesaurus of a pack: its own `synonyms` and the general groups."""
    groups: dict[str, set[str]] = defaultdict(set)
    sequences: list[tuple[Sequence[str], str]] = []
    countries: set[str] = set()
    written: set[str] = set()
    for section, words in (*(("", tuple(w)) for w in own), *_lines()):
        name = "~" + words[0].strip().replace(" ", "-").lower()
        if section.startswith("countries"):
            countries.add(name)
        for word in words:
            found = tokens(word)
            written.update(found)
            stems = [stem(t) for t in found]
            if len(stems) == 1:
                groups[stems[0]].add(name)
            elif stems:
                sequences.append((stems, name))
    plain = {s: frozenset(g) for s, g in groups.items()}
    return Thesaurus(plain, Phrases(sequences), frozenset(countries), frozenset(written))
