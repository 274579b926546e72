"""Finding phrases of several words in a sequence, longest first."""

from collections.abc import Iterable, Mapping, Sequence

Found = tuple[int, int, str]
"""Where a phrase begins, where it ends (exclusive), and what it stands for."""


class Phrases:
    """A set of word sequences, each standing for a key (or for several)."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], str]]) -> None:
        """Take pairs of a word sequence and the key that it stands for; the first entry wins."""
        self._keys: dict[tuple[str, ...], str] = {}
        for sequence, key in entries:
            if sequence:
                self._keys.setdefault(tuple(sequence), key)
        self._longest: dict[str, int] = {}
        """For each word that a phrase begins with, the length of the longest one."""
        for sequence in self._keys:
            self._longest[sequence[0]] = max(self._longest.get(sequence[0], 0), len(sequence))

    @property
    def keys(self) -> Mapping[tuple[str, ...], str]:
        """Return every sequence with its key."""
        return self._keys

    def find(self, sequence: Sequence[str]) -> list[Found]:
        """Return the phrases in a sequence, from left to right, not overlapping."""
        found: list[Found] = []
        end = 0
        for at, word in enumerate(sequence):
            longest = self._longest.get(word)
            if longest is None or at < end:
                continue
            for length in range(min(longest, len(sequence) - at), 0, -1):
                key = self._keys.get(tuple(sequence[at : at + length]))
                if key is not None:
                    end = at + length
                    found.append((at, end, key))
                    break
        return found
