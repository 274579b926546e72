"""What the service needs to know of polls that a platform shows: whose vote is an answer to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class KeptPoll:
    """A poll that was sent."""

    key: str
    """The platform's name of it, such as `telegram:5123`."""
    subject: str
    """What it is about, as whoever asks said it."""
    options: Mapping[str, str]
    """Our id of each option, by the platform's."""


class Polls(Protocol):
    """What a transaction keeps of polls."""

    async def keep(self, poll: KeptPoll) -> None:
        """Keep what a poll is about; the first word on it stands."""
        ...

    async def find(self, key: str) -> KeptPoll | None:
        """Return the poll of that name."""
        ...
