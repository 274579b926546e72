"""What the service needs from outside: a store, a way to send, a clock, an index."""

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.answer import FactKey
from bot.core.cards import Card
from bot.core.events import Person, Place
from bot.core.retention import Retention as Retention
from bot.core.solo_types import Solo
from bot.service.bank_ports import Banks
from bot.service.class_ports import Assignments, Classes
from bot.service.data_ports import Personal
from bot.service.flag_ports import Flags
from bot.service.live_ports import Deadlines, Sessions
from bot.service.poll_ports import Polls
from bot.service.result_ports import Results
from bot.service.role_ports import Roles, Wishes

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""

Token = Callable[[], str]
"""Returns a fresh unguessable token of at least 64 bits, of `[A-Za-z0-9_-]`."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one answer showed: kept so that its buttons, follow-ups and corrections find it."""

    token: str
    place: Place
    person: str
    question: str
    """The platform's id of the message that asked; not its text."""
    at: datetime
    facts: tuple[FactKey, ...] = ()
    offers: tuple[FactKey, ...] = ()
    notice: bool = False
    """Whether it was a notice: kept so that an edited message edits it, but no answer to go back to."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One delivery to make: a card to send, or to put in place of an earlier one."""

    id: int
    place: Place
    card: Card
    reply_to: str = ""
    edits: tuple[str, ...] = ()
    """The platform's ids of the messages of the answer that this one replaces."""
    receipt: str = ""
    tries: int = 0
    done: tuple[str, ...] = ()
    """The messages that already stand, where a delivery of several pages was interrupted."""


@dataclass(frozen=True, slots=True)
class Report:
    """A problem that somebody reported about an answer."""

    number: int
    person: str
    facts: tuple[FactKey, ...]
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a person said on a page that shows its own past, and the cards that came back."""

    said: str
    cards: tuple[Card, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Missed:
    """A quiz question that a person missed, and how well they remember it."""

    pack: str
    question: str
    memory: str
    """The scheduler's own notes; only it reads them."""
    due: datetime


class Quizzes(Protocol):
    """What a transaction keeps of quizzes alone."""

    async def solo(self, place: Place, person: str) -> tuple[Solo, datetime] | None:
        """Return where a person is in their quiz here, and since when."""
        ...

    async def keep_solo(self, place: Place, person: str, state: Solo, at: datetime) -> None:
        """Keep where a person is in their quiz here."""
        ...

    async def missed(self, person: str) -> Sequence[Missed]:
        """Return what a person missed, the most overdue first."""
        ...

    async def keep_missed(self, person: str, item: Missed, at: datetime) -> None:
        """Keep how well a person remembers a question that they missed."""
        ...

    async def drop_missed(self, person: str, pack: str, question: str) -> None:
        """Forget that a person missed a question."""
        ...


class Work(Protocol):
    """One transaction: all of it is kept, or nothing."""

    @property
    def quizzes(self) -> Quizzes:
        """What the same transaction keeps of quizzes alone."""
        ...

    @property
    def personal(self) -> Personal:
        """Everything that it keeps about one person."""
        ...

    @property
    def polls(self) -> Polls:
        """What it keeps of the polls that a platform shows."""
        ...

    @property
    def results(self) -> Results:
        """What it knows of how sessions went."""
        ...

    @property
    def sessions(self) -> Sessions:
        """What it keeps of live quizzes and assignments."""
        ...

    @property
    def deadlines(self) -> Deadlines:
        """What it keeps of what happens later."""
        ...

    @property
    def roles(self) -> Roles:
        """What it keeps of roles, sign-ins and the audit log."""
        ...

    @property
    def classes(self) -> Classes:
        """What it keeps of classes and who is in them."""
        ...

    @property
    def assignments(self) -> Assignments:
        """What it keeps of assignments beside their sessions."""
        ...

    @property
    def banks(self) -> Banks:
        """What it keeps of the versions, drafts and publications of banks."""
        ...

    @property
    def flags(self) -> Flags:
        """What it keeps of reported problems and of questions that nobody could answer."""
        ...

    @property
    def wishes(self) -> Wishes:
        """What it keeps of the choices of people and chats."""
        ...

    async def forget(self) -> None:
        """Delete what has passed its retention time."""
        ...

    async def first_time(self, platform: str, update: str) -> bool:
        """Note an update; return False where it was noted before."""
        ...

    async def first_times(
        self, updates: Collection[tuple[str, str]]
    ) -> Collection[tuple[str, str]]:
        """Note updates, each of a platform; return those that were not noted before."""
        ...

    async def keep_receipt(self, receipt: Receipt) -> None:
        """Keep what an answer showed."""
        ...

    async def receipt(self, token: str) -> Receipt | None:
        """Return the receipt of that token."""
        ...

    async def last_receipts(
        self, place: Place, person: str, since: datetime, most: int
    ) -> Sequence[Receipt]:
        """Return a person's receipts in a chat and thread since a moment, newest first."""
        ...

    async def receipt_of(self, place: Place, message: str) -> Receipt | None:
        """Return the receipt of the answer which stands in, or was asked by, that message."""
        ...

    async def sent(self, receipt: str) -> Sequence[str]:
        """Return the platform's ids of the messages in which that answer stands."""
        ...

    async def queue(
        self,
        place: Place,
        card: Card,
        *,
        reply_to: str = "",
        replaces: str = "",
        receipt: str = "",
    ) -> None:
        """Put a card into the outbox.

        `replaces` is the receipt of the answer whose messages it edits. Which these are is looked
        up when the delivery is claimed: the answer itself may still be waiting before it.
        """
        ...

    async def expect(
        self, place: Place, person: str, what: str, receipt: str, until: datetime
    ) -> None:
        """Await words of a sort from a person as their next message here; "" ends it."""
        ...

    async def expected(self, place: Place, person: str, now: datetime) -> tuple[str, str] | None:
        """Return what is awaited from a person here and for which receipt."""
        ...

    async def file_report(
        self, person: Person, facts: Sequence[FactKey], words: str, at: datetime
    ) -> int:
        """Keep a problem report and return its number."""
        ...

    async def note(self, place: Place, exchange: Exchange) -> None:
        """Add an exchange to the transcript of a chat; `forget` deletes it after 24 hours."""
        ...

    async def transcript(self, place: Place, since: datetime, most: int) -> Sequence[Exchange]:
        """Return the newest exchanges of a chat since a moment, oldest first."""
        ...

    async def move_chat(self, place: Place, to: str) -> None:
        """Let everything that was kept of a chat follow it to its new key."""
        ...

    async def wipe(self, place: Place) -> None:
        """Delete the transcript of a chat at once."""
        ...

    async def may_ask(
        self, person: str, at: datetime, most: int, window: timedelta, group: Place | None = None
    ) -> float:
        """Count one more question of a person; return 0, or the seconds to wait where it is too many.

        A question that is one too many is not counted. `group` is where it was asked, if in one.
        """
        ...

    async def crowded(self, group: Place, at: datetime, most: int, window: timedelta) -> float:
        """Return the seconds to wait where too many questions were asked in a group, else 0."""
        ...


class Store(Protocol):
    """Everything that outlives the process."""

    def work(self, now: datetime) -> AbstractAsyncContextManager[Work]:
        """Begin a transaction; leaving the block commits, an exception rolls back."""
        ...

    async def claim(
        self,
        platform: str,
        now: datetime,
        most: int,
        resting: Collection[str] = (),
        sparing: Collection[str] = (),
    ) -> Sequence[Outgoing]:
        """Return the deliveries that are due, oldest first, at most one per chat.

        None goes to a chat that is resting; none that may be left out (`Card.passing`) to one that
        is spared. What was claimed and is neither delivered, postponed
        nor given up within the lease (its sender crashed) is claimed again.
        """
        ...

    async def progressed(self, outgoing: Outgoing, messages: Sequence[str]) -> None:
        """Note the messages that stand so far, so that a retry goes on after them (`done`)."""
        ...

    async def delivered(self, outgoing: Outgoing, messages: Sequence[str]) -> None:
        """Strike a delivery off and note the messages in which it stands."""
        ...

    async def postponed(self, outgoing: Outgoing, until: datetime) -> None:
        """Try a delivery again at that moment, and the rest of its chat after it."""
        ...

    async def given_up(self, outgoing: Outgoing, why: str, now: datetime) -> None:
        """Keep a delivery aside that can never be made (the bot was blocked, the chat is gone)."""
        ...

    async def reports(self, most: int) -> Sequence[Report]:
        """Return the newest problem reports, newest first."""
        ...


class StoreProblem(Exception):
    """The store cannot be used; says in words what happened, what is safe and what to do."""


class NotDelivered(Exception):
    """A delivery failed; says whether it may work later, and when."""

    def __init__(self, why: str, *, permanent: bool, retry_after: float = 0.0) -> None:
        super().__init__(why)
        self.permanent = permanent
        self.retry_after = retry_after
        """Seconds to wait before the next try; 0 where the platform did not say."""


class Sender(Protocol):
    """The outbound half of a front end."""

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send, or edit, and return the platform's message ids; raise NotDelivered on failure."""
        ...
