"""The desk: takes events, keeps what they cause in one transaction, hands out what is to be shown."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from bot.core import anonymous
from bot.core.answer import Answer, Notice
from bot.core.cards import Card, card, notice_card
from bot.core.effects import (
    Effect,
    Offer,
    Tell,
)
from bot.core.events import (
    MOST_BYTES,
    Change,
    Changed,
    Commanded,
    Event,
    Handed,
    Pressed,
    Searched,
    Sent,
    Voted,
    clean,
    cleaned,
)
from bot.core.library import Library
from bot.core.page import Markup
from bot.core.retention import Retention
from bot.core.solo_types import Solo
from bot.core.talk import Context, step
from bot.core.words import notice
from bot.service.gathering import Background, Minute, awaited, gather
from bot.service.keeping import Handled as Handled
from bot.service.keeping import Keeping
from bot.service.parts import (
    Given,
    Part,
    Spoken,
    Visit,
    Visiting,
    belongs,
    controls,
    watches,
)
from bot.service.ports import Clock, Store, Token, Work


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may ask, how long things are remembered in a conversation."""

    questions_a_minute: int = 30
    group_questions_a_minute: int = 60
    """By everybody in a group together."""
    follow_up_minutes: int = 30
    report_minutes: int = 10
    """How long a person's next words are taken as the report that they began."""


class Express(Protocol):
    """Takes answers that many people give at once, past the desk's own lanes and transactions."""

    def takes(self, event: Given) -> bool:
        """Say whether an event is such an answer."""
        ...

    async def take(self, event: Given, update: str) -> Handled:
        """Keep an answer; when this returns, it is committed. Each update counts once."""
        ...


class Listener(Protocol):
    """Hears what the core says to a question, in the same transaction."""

    async def __call__(self, visit: Visit, effects: Sequence[Effect]) -> Sequence[Effect]:
        """Keep what it needs, and return what is to be said."""
        ...


def _nobody(platform: str) -> None:
    """Wake no sender: each looks by itself a moment later."""
    del platform


@dataclass
class Desk:
    """Where every front end brings its events."""

    store: Store
    library: Library
    markups: Mapping[str, Markup]
    """The markup of each platform, by its name."""
    clock: Clock
    token: Token
    limits: Limits = field(default_factory=Limits)
    outbox: frozenset[str] = frozenset({"telegram"})
    """The platforms that have a sender for the outbox; the others get everything back at once."""
    at_once: frozenset[str] = frozenset()
    """Those of them that get what is told back at once all the same: to show it privately."""
    admins: tuple[str, ...] = ()
    """The chats to alert of a report, such as `telegram:77`."""
    retention: Retention = field(default_factory=Retention)
    """How long the store keeps things: the privacy text says so."""
    names: dict[str, str] = field(default_factory=dict[str, str])
    """The bot's own name on each platform, as far as a front end has learnt it."""
    parts: tuple[Part, ...] = ()
    """The parts of the conversation that need the store themselves; see `bot.service.parts`."""
    express: Express | None = None
    """Who takes the answers to live quizzes."""
    listener: Listener | None = None
    """Who keeps the questions that could not be answered, where people have allowed it."""
    wake: Callable[[str], None] = _nobody
    """Called with a platform, once something for it was committed to the outbox."""
    _lanes: WeakValueDictionary[str, asyncio.Lock] = field(
        default_factory=WeakValueDictionary[str, asyncio.Lock], init=False, repr=False
    )

    async def handle(self, event: Event, update: str = "", said: str = "") -> Handled:
        """Decide an event and keep all of its effects in one transaction with the update's id.

        When this returns, everything is committed: only then may the update be confirmed.
        `said` is for pages that show their own past: with it, the exchange (the cards, or the
        toast where there are none) goes into the transcript in the same transaction.
        """
        event = _as_themselves(cleaned(event))
        if isinstance(event, Searched):
            return self._search(event)
        if isinstance(event, Handed) and not self.takes(event):
            event = event.otherwise
        if isinstance(event, Given) and self.express and self.express.takes(event):
            return await self.express.take(event, update)
        if isinstance(event, Voted):
            return Handled()  # in a poll of a quiz that nobody here knows
        # One event of a chat after the other: an answer is queued in the order of its question,
        # and a follow-up finds what went before.
        async with self._lanes.setdefault(event.place.chat, asyncio.Lock()):
            handled, queued = await self._in_one_transaction(event, update, clean(said))
        for platform in queued:
            self.wake(platform)
        return handled

    def hurries(self, event: Event) -> bool:
        """Say whether an event is an answer that need not wait for others of its chat."""
        if self.express is None or not isinstance(event, Given):
            return False
        return self.express.takes(event)

    def asks_rights(self, event: Event) -> bool:
        """Say whether it matters for an event that the person runs the chat; see `Person.admin`."""
        event = _as_themselves(event)
        if not isinstance(event, Spoken) or event.place.private:
            return False
        return any(controls(part, event) for part in self.parts)

    def takes(self, event: Handed) -> bool:
        """Say whether some part takes what was handed over."""
        return any(belongs(part, event, "") for part in self.parts)

    def write(self, what: Answer | Notice, platform: str, receipt: str = "") -> Card:
        """Write what is to be said in the way of a platform."""
        markup = self.markups[platform]
        if isinstance(what, Answer):
            return card(what, markup, receipt)
        return notice_card(what, markup, receipt)

    def _search(self, event: Searched) -> Handled:
        """Offer inline results; nothing of it is kept."""
        offers = [
            self.write(answer, event.platform)
            for effect in step(event, Context(), self.library)
            if isinstance(effect, Offer)
            for answer in effect.answers
        ]
        return Handled(offers=tuple(offers))

    async def _in_one_transaction(
        self, event: Visiting, update: str, said: str
    ) -> tuple[Handled, Sequence[str]]:
        now = self.clock()
        async with self.store.work(now) as work:
            if update and not await work.first_time(event.place.platform, update):
                return Handled(repeated=True), ()
            if isinstance(event, Changed):
                event = await _moved(event, work)
                background = Background()
                effects = await self._told(event, background, work, now)
            else:
                background = await self._gathered(event, work, now)
                effects = await self._decide(event, background, work, now)
            keeping = Keeping(self, work, event, now, background)
            handled = await keeping.keep(effects, said)
            if isinstance(event, Spoken) and event.place.platform in self.at_once:
                handled = await self._with_awaited(handled, event, background, work)
            return handled, sorted(keeping.queued)

    async def _with_awaited(
        self, handled: Handled, event: Spoken, background: Background, work: Work
    ) -> Handled:
        """Note that the part which dealt with an event awaits words, however it came to do so."""
        part = next((p for p in self.parts if belongs(p, event, background.expected)), None)
        if handled.awaits or part is None or not part.awaits:
            return handled
        fresh = timedelta(minutes=self.limits.follow_up_minutes)
        what = await awaited(event.place, event.by, work, self.clock(), fresh)
        return replace(handled, awaits=what if what.startswith(part.awaits) else "")

    async def _gathered(self, event: Spoken | Handed, work: Work, now: datetime) -> Background:
        follow_up = timedelta(minutes=self.limits.follow_up_minutes)
        limits = Minute(self.limits.questions_a_minute, self.limits.group_questions_a_minute)
        return await gather(event, work, now, follow_up, limits)

    async def _told(
        self, event: Changed, background: Background, work: Work, now: datetime
    ) -> Sequence[Effect]:
        """Tell every part that watches what became of a chat."""
        effects: list[Effect] = []
        for part in filter(watches, self.parts):
            effects += await part.take(self._visit(event, background, work, now))
        if event.what is Change.ADDED and not event.place.private:
            name = self.names.get(event.place.platform, "")
            effects.append(Tell(notice("group.hello", at=f"@{name}" if name else "")))
        return effects

    async def _decide(
        self, event: Spoken | Handed, background: Background, work: Work, now: datetime
    ) -> Sequence[Effect]:
        """Let the part decide that an event belongs to, or else the core."""
        if isinstance(event, Sent) and event.size > MOST_BYTES:
            return (Tell(notice("file.large", most=MOST_BYTES // 1_000_000)),)
        if (
            isinstance(event, Commanded)
            and anonymous.is_anonymous(event)
            and self.asks_rights(event)
        ):
            return (anonymous.confirm(event),)
        for part in self.parts:
            if belongs(part, event, background.expected):
                return await part.take(self._visit(event, background, work, now))
        spoken = event.otherwise if isinstance(event, Handed) else event
        effects = step(spoken, self._context(spoken, background), self.library)
        if self.listener is None:
            return effects
        return await self.listener(self._visit(event, background, work, now), effects)

    def _visit(self, event: Visiting, background: Background, work: Work, now: datetime) -> Visit:
        return Visit(
            event,
            work,
            now,
            self.library,
            self.token,
            background.expected,
            background.expected_for,
            background.about,
            self.names.get(event.place.platform, ""),
            self.retention,
        )

    def _context(self, event: Spoken, background: Background) -> Context:
        about = background.about
        return Context(
            previous=background.previous,
            shown=about.facts if about else None,
            offers=about.offers if about else (),
            receipt=about.token if about else "",
            expected=background.expected,
            waiting=background.waiting,
            crowded=background.crowded,
            limit=(
                self.limits.group_questions_a_minute
                if background.crowded
                else self.limits.questions_a_minute
            ),
            bot=self.names.get(event.place.platform, ""),
            answered=bool(background.earlier),
            retention=self.retention,
            solo=background.solo or Solo(),
            practice=background.practice,
            role=background.role,
            seed=self.token() if background.solo else "",
        )


def _as_themselves(event: Event) -> Event:
    """Return the command that an admin gave in the name of the group, where this press repeats it."""
    return (anonymous.confirmed(event) if isinstance(event, Pressed) else None) or event


async def _moved(event: Changed, work: Work) -> Changed:
    """Let everything that was kept of a chat follow it to its new key."""
    if event.what is not Change.MOVED:
        return event
    await work.move_chat(event.place, event.to)
    return replace(event, place=replace(event.place, chat=event.to))
