"""What the service needs of a store for question banks: versions, publications, drafts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.core.quiz import Question, Response

FOLDER = "folder"
"""The origin of what came from the packs' folder."""


class Act(StrEnum):
    """What moved the pointer to the published version."""

    PUBLISHED = "published"
    ROLLED_BACK = "rolled-back"


class State(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLISHED = "published"
    THROWN = "thrown"
    """Thrown away; it can be taken out of the bin again."""


@dataclass(frozen=True, slots=True)
class Content:
    """The files of a pack, packed, with the pack that was read from them."""

    files: bytes
    """See `bot.formats.archive`."""
    read: bytes
    """The pack as the readers understood it, so that it need not be read again."""
    digest: str
    """Of the files' names and texts."""


@dataclass(frozen=True, slots=True)
class Version:
    """One immutable version of a pack."""

    pack: str
    number: int
    at: datetime
    by: str = ""
    """The person who published it; empty for the folder, and for who has left."""
    note: str = ""
    origin: str = ""
    """Where it came from: `folder`, `import: FILE`, `edit`."""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One move of the pointer to a version; version 0 means that nothing is published."""

    id: int
    pack: str
    version: int
    at: datetime
    by: str
    act: Act


@dataclass(frozen=True, slots=True)
class Draft:
    """Files that are worked on, and not published yet."""

    id: int
    pack: str
    base: int
    """The version that it began from; 0 where the pack is new."""
    revision: int
    """Counts its changes: who changes it says which one they saw."""
    at: datetime
    changed: datetime
    by: str
    note: str
    origin: str
    state: State
    digest: str
    editors: tuple[str, ...] = ()
    """Everybody who changed it."""
    approved: str = ""
    """Who has looked at this very revision and agreed to it."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a change of some questions and facts reaches."""

    live: int = 0
    """Quizzes that are running; they finish on the version that they began with."""
    assignments: int = 0
    """Assignments that are open."""
    answers: int = 0
    """Past answers to questions that changed."""
    learners: int = 0
    """The people who gave them."""
    cards: int = 0
    """Answers that people keep, in which a fact stands that changed."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """One past answer, as far as marking it again takes."""

    question: Question
    """As it was asked."""
    participant: int
    response: Response
    fraction: float


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody sent in the chat, until they have said what is to become of it."""

    token: str
    person: str
    name: str
    content: bytes
    at: datetime


class Banks(Protocol):
    """What a transaction keeps of banks."""

    async def keep_upload(self, upload: Upload) -> None:
        """Keep a file for an hour."""
        ...

    async def upload(self, token: str, person: str) -> Upload | None:
        """Return a file that this person sent, or None where it is gone."""
        ...

    async def newest(self) -> int:
        """Return the number of the newest publication, of whatever pack; 0 where there is none."""
        ...

    async def published(self) -> Mapping[str, int]:
        """Return the version that is published of each pack, but for packs that were withdrawn."""
        ...

    async def publications(self, pack: str) -> Sequence[Publication]:
        """Return every move of the pointer of a pack, newest first."""
        ...

    async def publish(self, pack: str, version: int, by: str, act: Act, at: datetime) -> int:
        """Move the pointer to a version, and return the number of that move."""
        ...

    async def hold(self, pack: str) -> None:
        """Let nobody else publish this pack until the end of the transaction."""
        ...

    async def versions(self, pack: str) -> Sequence[Version]:
        """Return every version of a pack, newest first."""
        ...

    async def add_version(self, version: Version, content: Content) -> bool:
        """Keep a version for good; return False where one of that number is there already."""
        ...

    async def content(self, pack: str, number: int) -> Content | None:
        """Return what a version holds."""
        ...

    async def add_draft(self, draft: Draft, content: Content) -> int:
        """Keep a draft and return its number; the one that it has counts for nothing."""
        ...

    async def draft(self, number: int) -> Draft | None:
        """Return a draft."""
        ...

    async def drafts(self, pack: str = "", state: State | None = State.OPEN) -> Sequence[Draft]:
        """Return the drafts of a pack, or of all of them, newest first."""
        ...

    async def draft_content(self, number: int) -> Content | None:
        """Return what a draft holds."""
        ...

    async def change_draft(
        self, number: int, seen: int, content: Content, by: str, at: datetime
    ) -> bool:
        """Keep a draft's next revision; return False where somebody else was faster."""
        ...

    async def approve(self, number: int, seen: int, by: str) -> bool:
        """Note that a person agreed to a revision; False where it is another one by now."""
        ...

    async def set_state(self, number: int, before: State, after: State, at: datetime) -> bool:
        """Move a draft from one state to another; return False where it is not in the first."""
        ...

    async def rebase(self, number: int, base: int) -> None:
        """Note that a draft now stands on another version."""
        ...

    async def from_folder(self, pack: str) -> Collection[str]:
        """Return the digests of everything that ever came from the folder of a pack."""
        ...

    async def touched(
        self, pack: str, questions: Collection[str], facts: Collection[str]
    ) -> Touched:
        """Count what a change of these questions and facts reaches, by their ids."""
        ...

    async def given(
        self, pack: str, questions: Collection[str], most: int
    ) -> Sequence[GivenAnswer]:
        """Return past answers to these questions, by their ids, newest first."""
        ...
