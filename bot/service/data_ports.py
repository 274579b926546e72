"""What a transaction knows of one person as a whole: to show it to them, and to erase them."""

from collections.abc import Mapping, Sequence
from typing import Protocol

Rows = Mapping[str, Sequence[Mapping[str, object]]]
"""What stands in each table, by the table's name."""


class Personal(Protocol):
    """Everything that is kept about one person."""

    async def everything(self, person: str) -> Rows:
        """Return every row about a person; nothing of other people who stand in the same rows."""
        ...

    async def erase(self, person: str) -> None:
        """Take a person out of every table; what only counts without them stays."""
        ...
