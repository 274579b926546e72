"""Chance that can be repeated: the same seed chooses the same things, in every version of Python."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Chooses by a seed."""

    def __init__(self, *seed: object) -> None:
        self._seed = "\0".join(map(str, seed))
        self._drawn = 0

    def below(self, most: int) -> int:
        """Return a whole number from 0 up to, but not including, that one."""
        self._drawn += 1
        digest = sha256(f"{self._seed}\0{self._drawn}".encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:8], "big") % most

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """Return items in an order of chance."""
        left = list(items)
        for last in range(len(left) - 1, 0, -1):
            other = self.below(last + 1)
            left[last], left[other] = left[other], left[last]
        return tuple(left)
