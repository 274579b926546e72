"""What the service needs of a store for roles, sign-ins, the audit log, wishes and settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.events import Person, Place
from bot.core.roles import Invitation, Link, Role


@dataclass(frozen=True, slots=True)
class Granted:
    """A role that somebody was granted."""

    number: int
    person: str
    role: Role
    by: str
    """Who granted it; empty where that person is gone."""
    at: datetime
    label: str = ""
    """What whoever granted it calls the person."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody who is signed in on the page."""

    session: str
    """The key of the page's session."""
    person: str
    """Whom it acts for."""
    at: datetime
    seen: datetime


@dataclass(frozen=True, slots=True)
class Recorded:
    """An act in the audit log."""

    number: int
    at: datetime
    who: str
    """Empty where the person's data were deleted."""
    act: str
    subject: str = ""
    before: str = ""
    after: str = ""
    about: str = ""
    """The person whom it was done to, where it was one."""


class Roles(Protocol):
    """What a transaction keeps of roles. People are named by their keys, such as `telegram:77`.

    A key of a page's session that is signed in stands for the person whom it acts for.
    """

    @property
    def owners(self) -> Sequence[str]:
        """The keys of those who own the bot, by its settings."""
        ...

    async def acting(self, person: str) -> str:
        """Return whom a page's session acts for, or the person themselves."""
        ...

    async def role_of(self, person: str) -> Role | None:
        """Return somebody's role."""
        ...

    async def granted(self) -> Sequence[Granted]:
        """Return every role that was granted, the highest first, then the oldest."""
        ...

    async def grant(self, person: str, role: Role, by: str, label: str = "") -> None:
        """Give a person a role, in place of the one they have."""
        ...

    async def revoke(self, number: int) -> Granted | None:
        """Take a granted role away; return it, or None where it was gone."""
        ...

    async def invite(
        self, digest: str, role: Role, by: str, until: datetime, label: str = ""
    ) -> int:
        """Keep an invitation by the digest of its token; return its number."""
        ...

    async def invitation(self, digest: str) -> Invitation | None:
        """Return the invitation of that digest."""
        ...

    async def invitations(self) -> Sequence[Invitation]:
        """Return those that can still be used, oldest first."""
        ...

    async def withdraw(self, number: int) -> Invitation | None:
        """Withdraw an invitation; return it, or None where it could no longer be used."""
        ...

    async def accept(self, digest: str, person: str) -> bool:
        """Use an invitation up and grant its role; of several at once, for one only."""
        ...

    async def sign_in_link(self, digest: str, person: str, until: datetime) -> None:
        """Keep a link to sign in on the page; the person's earlier ones end."""
        ...

    async def link_state(self, digest: str) -> tuple[Link, str]:
        """Return what has become of a link to sign in, and whose it is."""
        ...

    async def sign_in(self, digest: str, session: str) -> str:
        """Use a link up and let a session act for its person, who is returned; "" where it is no use."""
        ...

    async def act_as(self, session: str, person: str) -> None:
        """Let a page's session act for a person."""
        ...

    async def signed_in(self, session: str) -> SignIn | None:
        """Return whom a page's session acts for; None where nobody, or idle for too long."""
        ...

    async def sign_out(self, session: str) -> None:
        """End the sign-in of one session."""
        ...

    async def sign_out_all(self, person: str) -> int:
        """End every sign-in and unused link of a person; return how many sign-ins there were."""
        ...

    async def record(
        self,
        who: str,
        act: str,
        subject: str | Person = "",
        before: str = "",
        after: str = "",
    ) -> None:
        """Write an act into the audit log, at the moment of the transaction.

        Put no platform's id into the texts: a person whom it was done to is given as a `Person`,
        who goes when their data are deleted.
        """
        ...

    async def audit(self, since: datetime | None = None, most: int = 100) -> Sequence[Recorded]:
        """Return the newest acts since a moment, newest first."""
        ...


class Wishes(Protocol):
    """What people and chats have chosen for themselves."""

    async def get(self, person: str, what: str) -> str | None:
        """Return what a person wishes, None where they said nothing."""
        ...

    async def put(self, person: str, what: str, value: str = "on") -> None:
        """Keep what a person wishes."""
        ...

    async def drop(self, person: str, what: str) -> None:
        """Forget it."""
        ...

    async def all_of(self, person: str) -> Mapping[str, str]:
        """Return everything that a person wishes."""
        ...

    async def wishing(self, what: str) -> Mapping[str, str]:
        """Return everybody who wishes something, and its value."""
        ...

    async def setting(self, place: Place, name: str) -> str | None:
        """Return a setting of a chat."""
        ...

    async def put_setting(self, place: Place, name: str, value: str) -> None:
        """Keep a setting of a chat."""
        ...

    async def drop_setting(self, place: Place, name: str) -> None:
        """Forget it."""
        ...
