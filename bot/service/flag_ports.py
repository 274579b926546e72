"""What the service needs of a store for reported problems and questions that nobody could answer."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.answer import FactKey
from bot.core.flags import Flag, State
from bot.core.quiz import Question
from bot.core.unanswered import State as QuestionState
from bot.core.unanswered import Unanswered


@dataclass(frozen=True, slots=True)
class Move:
    """A publication of a pack, and what was published before it."""

    publication: int
    pack: str
    version: int
    """0 where the pack was withdrawn."""
    before: int
    """0 where nothing was published."""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor makes of a report."""

    state: State
    by: str = ""
    reason: str = ""
    of: int = 0
    version: int = 0


class Flags(Protocol):
    """What a transaction keeps of flags."""

    async def reports(self, most: int = 1000) -> Sequence[Flag]:
        """Return reports that have words, whatever became of them, newest first."""
        ...

    async def settle(self, number: int, seen: State, decision: Decision) -> bool:
        """Decide a report that is still in the state that was seen; False where it is not."""
        ...

    async def told(self, number: int) -> None:
        """Note that the reporter was told what came of it."""
        ...

    async def news(self, person: str) -> Sequence[int]:
        """Return the reports of a person that were decided and of which they were not told."""
        ...

    async def question(self, digest: str) -> Question | None:
        """Return a quiz question as it was asked, by its hash."""
        ...

    async def keep_question(self, person: str, language: str, words: str) -> None:
        """Keep a question that could not be answered; one that is kept already only lasts longer."""
        ...

    async def questions(self) -> Sequence[Unanswered]:
        """Return every question that is kept, oldest first."""
        ...

    async def move_questions(
        self, ids: Collection[int], after: QuestionState, pack: str = "", fact: str = ""
    ) -> int:
        """Put questions that wait into another state; return how many still waited."""
        ...

    async def reopen(self, pack: str, facts: Collection[str]) -> int:
        """Let questions wait again whose fact was in a draft and is none of these."""
        ...

    async def take_questions(self, ids: Collection[int]) -> Collection[int]:
        """Forget questions; return those that nobody else has taken meanwhile."""
        ...

    async def form(self, person: str) -> Mapping[str, object] | None:
        """Return the fact that an editor is writing."""
        ...

    async def keep_form(self, person: str, form: Mapping[str, object]) -> None:
        """Keep the fact that an editor is writing."""
        ...

    async def drop_form(self, person: str) -> None:
        """Forget it."""
        ...

    async def to_follow(self) -> Sequence[Move]:
        """Return the publications of which nobody was told yet, oldest first."""
        ...

    async def follow(self, publication: int) -> bool:
        """Take a publication on; False where another worker has done so."""
        ...

    async def given(
        self, wish: str, pack: str, facts: Collection[str], since: datetime
    ) -> Mapping[str, Sequence[FactKey]]:
        """Return which versions of these facts people with that wish were last shown."""
        ...

    async def tell_correction(self, person: str, key: FactKey) -> bool:
        """Note that somebody is told of a version of a fact; False where they were before."""
        ...
