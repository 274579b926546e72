"""Recognising a pack's named things in a text, however they are spelt."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.facts import Entity
from bot.search.phrases import Found, Phrases
from bot.search.text import STOP_WORDS, Word, tokens

_LEAST_LETTERS = 4
_SHORT = 6
_LIKENESS = 82
_SOUND_LIKENESS = 60
_FEW_SOUNDS = 2
_MOST_WORDS = 3
_SOUNDS = (
    ("kh", "k"), ("ck", "k"), ("q", "k"), ("c", "k"), ("ph", "f"), ("gh", "g"), ("dh", "d"), ("th", "t"),
    ("sh", "s"), ("z", "s"), ("v", "f"), ("w", "u"), ("y", "i"), ("h", ""), ("j", "i"), ("p", "b"),
)  # fmt: skip


def sound(name: str) -> str:
    """Return how a name sounds, roughly: consonants only, those that transliterations mix made one."""
    for written, heard in _SOUNDS:
        name = name.replace(written, heard)
    bones = name[:1].translate(_ANY_VOWEL) + "".join(c for c in name[1:] if c not in "aeiou ")
    return "".join(c for at, c in enumerate(bones) if at == 0 or c != bones[at - 1])


_ANY_VOWEL = str.maketrans("aeiou", "aaaaa")


@dataclass(frozen=True)
class Names:
    """The recogniser of one pack."""

    exact: Phrases
    capital: Phrases
    """Spellings curated with a capital letter: they count only where typed with one ("Farmer")."""
    joined: Mapping[str, str]
    """Spellings of five letters or more, written without spaces, with their entity."""
    by_sound: Mapping[str, str]
    families: Mapping[str, frozenset[str]]
    """Each entity with those that it is part of or that are part of it."""

    def find(self, found: Sequence[Word], known: frozenset[str] | None = None) -> list[Found]:
        """Return the named things in a text.

        `known` are words that are not misspelt names; without it only exact spellings count.
        """
        raw = [w.raw for w in found]
        hits = self.exact.find(raw)
        hits += [
            hit
            for hit in self.capital.find(raw)
            if all(found[i].proper for i in range(hit[0], hit[1])) and not _overlaps(hit, hits)
        ]
        if known is not None:
            hits += self._misspelt(found, hits, known)
        return sorted(hits)

    def _misspelt(
        self, found: Sequence[Word], taken: Sequence[Found], known: frozenset[str]
    ) -> list[Found]:
        hits: list[Found] = []
        for length in range(_MOST_WORDS, 0, -1):
            for at in range(len(found) - length + 1):
                span = (at, at + length, "")
                if _overlaps(span, [*taken, *hits]):
                    continue
                key = self._guess(found[at : at + length], known)
                if key:
                    hits.append((at, at + length, key))
        return hits

    def _guess(self, span: Sequence[Word], known: frozenset[str]) -> str:
        if span[0].stop or span[-1].stop or (len(span) == 1 and span[0].raw in known):
            return ""
        if any(w.raw[0].isdigit() for w in span):
            return ""
        name = "".join(w.raw for w in span)
        if len(name) < _LEAST_LETTERS:
            return ""
        least = _LIKENESS + 6 if len(name) < _SHORT else _LIKENESS
        best = process.extractOne(name, self.joined.keys(), scorer=fuzz.ratio, score_cutoff=least)
        if best:
            return self.joined[best[0]]
        heard = self.by_sound.get(sound(name))
        least = _SOUND_LIKENESS if len(sound(name)) > _FEW_SOUNDS else _LIKENESS - 14
        if heard and fuzz.ratio(name, heard.partition("|")[0]) >= least:
            return heard.partition("|")[2]
        return ""


def _overlaps(span: Found, others: Iterable[Found]) -> bool:
    return any(span[0] < end and begin < span[1] for begin, end, _ in others)


def build(entities: Mapping[str, Entity]) -> Names:
    """Build the recogniser of a pack's entities."""
    exact: list[tuple[Sequence[str], str]] = []
    capital: list[tuple[Sequence[str], str]] = []
    joined: dict[str, str] = {}
    by_sound: dict[str, str] = {}
    for entity in entities.values():
        for spelling in (entity.name, *entity.spellings):
            sequence = tokens(spelling)
            if not sequence:
                continue
            if spelling in entity.spellings and spelling[0].isupper() and len(sequence) == 1:
                capital.append((sequence, entity.id))
                continue
            exact.append((sequence, entity.id))
            name = "".join(sequence)
            if len(name) >= _LEAST_LETTERS and not set(sequence) <= STOP_WORDS:
                joined.setdefault(name, entity.id)
                if len(sound(name)) > 1:
                    by_sound.setdefault(sound(name), f"{name}|{entity.id}")
    return Names(Phrases(exact), Phrases(capital), joined, by_sound, _families(entities))


def _families(entities: Mapping[str, Entity]) -> dict[str, frozenset[str]]:
    families: dict[str, set[str]] = {key: set() for key in entities}
    for entity in entities.values():
        for whole in (entity.part_of or entity.country,):
            if whole in families:
                families[entity.id].add(whole)
                families[whole].add(entity.id)
    return {key: frozenset(kin) for key, kin in families.items()}
