"""What results need of the store: sessions with their answers, and keys that were mended."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.events import Place
from bot.core.quiz import Question
from bot.core.regrade import Change
from bot.core.result_cards import Entry
from bot.core.results import Taken


class Stage(StrEnum):
    """What has become of a mended key in one session."""

    OFFERED = "offered"
    APPLIED = "applied"
    LEFT = "left"
    UNDONE = "undone"
    PASSED = "passed"
    """The key was changed once more before anybody decided."""


@dataclass(frozen=True, slots=True)
class Held:
    """A session with its results, and whose it is."""

    host: str
    """The key of who held it; empty where they were erased."""
    taken: Taken
    shown: bool = True
    """Whether the learners have been told what was right."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A key that was mended after a session was held."""

    number: int
    session: int
    title: str
    host: str
    old: Question
    new: Question
    stage: Stage
    at: datetime
    before: Mapping[str, Sequence[float]]
    """What the answers were worth before: fraction, whether right, points; by their numbers."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A session in which another version of a question was answered than the one there is now."""

    session: int
    pack: str
    old: Question


class Results(Protocol):
    """What a transaction knows of how sessions went. Hosts are named by their keys."""

    async def sessions(self, host: str, most: int, chat: Place | None = None) -> Sequence[Entry]:
        """Return the sessions of a host that have answers, newest first; those of one chat alone."""
        ...

    async def held(self, session: int) -> Held | None:
        """Return a session with everything that was answered in it."""
        ...

    async def all_held(
        self, host: str, most: int, pack: str = "", chat: Place | None = None
    ) -> Sequence[Taken]:
        """Return the newest sessions of a host, of one pack or one chat where it is named."""
        ...

    async def private(self, people: Mapping[int, str]) -> Mapping[int, Place]:
        """Return the private chats that people have with the bot, as far as it can write there."""
        ...

    async def people_of(self, session: int) -> Mapping[int, str]:
        """Return the keys of those who take part, by their numbers as participants."""
        ...

    async def stale(self, questions: Mapping[tuple[str, str], str]) -> Sequence[Stale]:
        """Return answered questions of which there is another version now.

        `questions` has the present hash of each by its pack and its id. Live quizzes that are
        still running are left out: they finish with what they began with.
        """
        ...

    async def offer(self, session: int, old: Question, new: Question, pack: str) -> int | None:
        """Keep that a key was mended; return its number, None where that was known."""
        ...

    async def pass_over(self, packs: Collection[str], current: Collection[str]) -> None:
        """End the offers of these packs whose new version is none of the current ones any more."""
        ...

    async def mended(self, number: int) -> Mended | None:
        """Return a mended key; nobody else decides about it until the transaction ends."""
        ...

    async def mended_of(self, host: str) -> Sequence[Mended]:
        """Return the mended keys in a host's sessions, newest first."""
        ...

    async def remark(self, mended: Mended, changes: Sequence[Change]) -> None:
        """Give answers new marks, and the session the new version of the question."""
        ...

    async def restore(self, mended: Mended) -> None:
        """Give answers back the marks that they had, and the session its old version."""
        ...

    async def settle(self, number: int, stage: Stage) -> None:
        """Keep what was decided about a mended key."""
        ...
