"""What the service needs of a store for classes and assignments.

People are named by their keys. `bot.service.role_ports.Roles.acting` says for whom a page's session
acts; what is given here is the key of that person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.assignment_setup import Draft
from bot.core.assignment_types import Group, Member, Run
from bot.core.events import Place


@dataclass(frozen=True, slots=True)
class Awaiting:
    """An attempt whose question is answered by writing."""

    run: int
    person: str
    since: datetime


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an assignment beside its session."""

    group: int = 0
    deleted: datetime | None = None


class Classes(Protocol):
    """What a transaction keeps of classes."""

    async def create(self, owner: str, name: str, code: str, at: datetime) -> Group:
        """Found a class."""
        ...

    async def owned(self, owner: str) -> Sequence[Group]:
        """Return the classes of a teacher, oldest first, closed ones as well."""
        ...

    async def group(self, number: int) -> Group | None:
        """Return a class."""
        ...

    async def by_code(self, code: str) -> Group | None:
        """Return the class of that code."""
        ...

    async def recode(self, number: int, code: str, at: datetime) -> None:
        """Give a class a new code; the old one ends."""
        ...

    async def rename(self, number: int, name: str) -> None:
        """Give a class another name."""
        ...

    async def close(self, number: int, at: datetime | None) -> None:
        """Close a class, or open it again."""
        ...

    async def members(self, number: int) -> Sequence[Member]:
        """Return who is in a class, by the teacher's codes, then their names."""
        ...

    async def member(self, number: int) -> Member | None:
        """Return a learner of a class by their own number."""
        ...

    async def member_of(self, group: int, person: str) -> Member | None:
        """Return a person as a member of a class."""
        ...

    async def groups_of(self, person: str) -> Sequence[tuple[Group, Member]]:
        """Return the classes that a person is in."""
        ...

    async def takes_part(self, person: str) -> bool:
        """Say whether a person is in any class, or has begun any assignment."""
        ...

    async def join(self, group: int, person: str, name: str, place: Place, at: datetime) -> bool:
        """Take a person into a class; return False where they are in it, or the name is taken."""
        ...

    async def leave(self, group: int, person: str) -> None:
        """Let a person go."""
        ...

    async def call(self, member: int, name: str) -> bool:
        """Give a learner another pseudonym; return False where it is taken."""
        ...

    async def label(self, member: int, label: str) -> None:
        """Keep the teacher's own code for a learner."""
        ...

    async def guessed(self, person: str, at: datetime, window: timedelta) -> int:
        """Count a wrong code; return how many there were within the window, this one as well."""
        ...

    async def guesses(self, person: str, since: datetime) -> int:
        """Return how many wrong codes a person has tried since a moment."""
        ...


class Assignments(Protocol):
    """What a transaction keeps of assignments, beside their sessions; those are `Work.sessions`."""

    async def draft(self, person: str) -> Draft | None:
        """Return what a teacher is setting up."""
        ...

    async def keep_draft(self, person: str, draft: Draft | None, at: datetime) -> None:
        """Keep what a teacher is setting up; None forgets it."""
        ...

    async def put(self, session: int, group: int) -> None:
        """Note that a session is an assignment of a class; 0 for one of none."""
        ...

    async def about(self, session: int) -> About:
        """Return what is known of an assignment beside its session."""
        ...

    async def delete(self, session: int, at: datetime | None) -> None:
        """Take an assignment away, or bring it back."""
        ...

    async def hosted(self, person: str, most: int) -> Sequence[int]:
        """Return the sessions of a teacher's assignments, newest first, without those taken away."""
        ...

    async def of_groups(self, groups: Sequence[int], most: int) -> Sequence[int]:
        """Return the sessions of the assignments of classes, newest first."""
        ...

    async def own_due(self, session: int, person: str) -> datetime | None:
        """Return the day that a learner was granted alone."""
        ...

    async def extend(self, session: int, person: str, due: datetime | None) -> None:
        """Grant a learner a day of their own, or no longer."""
        ...

    async def extensions(self, session: int) -> Mapping[str, datetime]:
        """Return everybody who was granted a day of their own."""
        ...

    async def runs(self, session: int, participant: int) -> Sequence[Run]:
        """Return the attempts of a participant, oldest first."""
        ...

    async def run(self, number: int) -> Run | None:
        """Return an attempt; nobody else changes it until the transaction ends."""
        ...

    async def timed(self, since: datetime) -> Sequence[Run]:
        """Return the attempts that were running at a moment and end by themselves."""
        ...

    async def begin(self, run: Run, at: datetime) -> Run:
        """Keep a new attempt; return it with its number."""
        ...

    async def keep_run(self, run: Run, at: datetime, place: Place | None = None) -> None:
        """Keep how far an attempt has come, and where it was touched."""
        ...

    async def awaiting(self, place: Place) -> Awaiting | None:
        """Return the attempt whose question may be answered by writing in a private chat."""
        ...

    async def handed(self, session: int) -> Mapping[int, int]:
        """Return how many attempts each participant has handed in; 0 for who only began."""
        ...
