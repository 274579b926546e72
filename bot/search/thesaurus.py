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


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    text = files("bot.search").joinpath("thesaurus.txt").read_text(encoding="utf-8")
    kept = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(
        (head.strip(), *(w.strip() for w in rest.split(",")))
        for head, _, rest in (line.partition(":") for line in kept)
    )


def build(own: Iterable[Sequence[str]] = ()) -> Thesaurus:
    """Build the thesaurus of a pack: the general groups and its own `synonyms`."""
    groups: dict[str, set[str]] = defaultdict(set)
    sequences: list[tuple[Sequence[str], str]] = []
    for words in (*own, *_lines()):
        name = "~" + words[0].strip().replace(" ", "-").lower()
        for word in words:
            stems = [stem(t) for t in tokens(word)]
            if len(stems) == 1:
                groups[stems[0]].add(name)
            elif stems:
                sequences.append((stems, name))
    return Thesaurus({s: frozenset(g) for s, g in groups.items()}, Phrases(sequences))
