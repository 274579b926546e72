"""The desk: takes events, keeps what they cause in one transaction, hands out what is to be shown."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from weakref import WeakValueDictionary

from bot.core.answer import Answer, Notice
from bot.core.cards import Card, card, notice_card
from bot.core.effects import (
    AlertAdmins,
    Effect,
    Expect,
    FileReport,
    Forgotten,
    KeepSolo,
    Offer,
    Post,
    Recall,
    Tell,
    Toast,
)
from bot.core.events import (
    MOST_BYTES,
    Change,
    Changed,
    Event,
    Handed,
    Place,
    Pressed,
    Searched,
    Sent,
    Voted,
    clean,
    cleaned,
)
from bot.core.library import Library
from bot.core.page import Markup
from bot.core.polls import written
from bot.core.retention import Retention
from bot.core.solo_types import Solo
from bot.core.talk import Context, filed, step
from bot.core.turn import QUIZ
from bot.core.words import notice
from bot.service.gathering import Background, gather
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
from bot.service.ports import Clock, Exchange, Receipt, Store, Token, Work
from bot.service.practice import recall

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one person may ask, how long things are remembered in a conversation."""

    questions_a_minute: int = 30
    follow_up_minutes: int = 30
    report_minutes: int = 10
    """How long a person's next words are taken as the report that they began."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What an event led to, for front ends that show it at once."""

    cards: tuple[Card, ...] = ()
    """What is to be said; empty where it went into the outbox."""
    toast: Card | None = None
    """The private confirmation of a press."""
    offers: tuple[Card, ...] = ()
    """Inline results."""
    instead: bool = False
    """Whether the first card takes the place of the one whose button was pressed."""
    awaits: str = ""
    """What the person's next words here are for; "" where they are a question."""
    forgotten: bool = False
    """The person was erased: a page must not know them again either."""
    repeated: bool = False
    """The update had been handled before; nothing was done."""


class Express(Protocol):
    """Takes answers that many people give at once, past the desk's own lanes and transactions."""

    def takes(self, event: Given) -> bool:
        """Say whether an event is such an answer."""
        ...

    async def take(self, event: Given, update: str) -> Handled:
        """Keep an answer; when this returns, it is committed. Each update counts once."""
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
        event = cleaned(event)
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
            return await keeping.keep(effects, said), sorted(keeping.queued)

    async def _gathered(self, event: Spoken | Handed, work: Work, now: datetime) -> Background:
        follow_up = timedelta(minutes=self.limits.follow_up_minutes)
        return await gather(event, work, now, follow_up, self.limits.questions_a_minute)

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
        for part in self.parts:
            if belongs(part, event, background.expected):
                return await part.take(self._visit(event, background, work, now))
        spoken = event.otherwise if isinstance(event, Handed) else event
        return step(spoken, self._context(spoken, background), self.library)

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
            limit=self.limits.questions_a_minute,
            bot=self.names.get(event.place.platform, ""),
            answered=bool(background.earlier),
            retention=self.retention,
            solo=background.solo or Solo(),
            practice=background.practice,
            seed=self.token() if background.solo else "",
        )


class Keeping:
    """Keeps the effects of one event in its transaction."""

    def __init__(
        self, desk: Desk, work: Work, event: Visiting, now: datetime, background: Background
    ) -> None:
        self.queued: set[str] = set()
        """The platforms for which something was put into the outbox."""
        self._desk = desk
        self._work = work
        self._event = event
        self._now = now
        self._earlier = background.earlier
        self._pressed_under = background.about.token if background.about else ""
        self._cards: list[Card] = []
        self._toast: Card | None = None
        self._instead = False
        self._awaits = ""
        self._forgotten = False

    async def keep(self, effects: Sequence[Effect], said: str) -> Handled:
        """Keep effects, and what is to be shown of them on a page with a past."""
        for effect in effects:
            await self._keep(effect)
        cards = tuple(self._cards)
        if said and not self._forgotten:
            shown = cards or ((self._toast,) if self._toast else ())
            await self._work.note(self._event.place, Exchange(said, shown, self._now))
        return Handled(
            cards,
            self._toast,
            instead=self._instead,
            awaits=self._awaits,
            forgotten=self._forgotten,
        )

    async def _keep(self, effect: Effect) -> None:
        match effect:
            case Tell() | Post():
                await self._say(effect)
            case Toast(what):
                self._toast = self._desk.write(what, self._event.place.platform)
            case Expect():
                await self._expect(effect)
            case FileReport():
                await self._file(effect)
            case AlertAdmins(what):
                await self._alert(what)
            case KeepSolo() | Recall():
                await self._keep_quiz(effect)
            case Offer() | Forgotten():
                self._forgotten = _is_forgotten(effect)

    async def _keep_quiz(self, effect: KeepSolo | Recall) -> None:
        quizzes, by = self._work.quizzes, self._event.by.key
        if isinstance(effect, KeepSolo):
            self._awaits = QUIZ if effect.state.awaits_words else self._awaits
            await quizzes.keep_solo(self._event.place, by, effect.state, self._now)
        else:
            await recall(quizzes, by, effect.what, self._now)

    async def _say(self, effect: Tell | Post) -> None:
        if isinstance(effect, Tell):
            await self._tell(effect)
        else:
            await self._post(effect)

    async def _tell(self, tell: Tell) -> None:
        what, place, token = tell.what, self._event.place, self._desk.token()
        await self._keep_receipt(tell, token)
        card = replace(self._desk.write(what, place.platform, token), file=tell.file)
        if place.platform not in self._desk.outbox - self._desk.at_once:
            self._instead |= tell.instead and not self._cards
            self._cards.append(card)
            return
        # Only the first of several takes the place of the earlier answer.
        earlier, self._earlier = self._earlier, ""
        if tell.instead and isinstance(self._event, Pressed):
            earlier = self._pressed_under
        reply_to = self._event.message
        await self._work.queue(place, card, reply_to=reply_to, replaces=earlier, receipt=token)
        self.queued.add(place.platform)

    async def _keep_receipt(self, tell: Tell, token: str) -> None:
        event, what = self._event, tell.what
        answer = what if isinstance(what, Answer) else None
        receipt = Receipt(
            token,
            event.place,
            event.by.key,
            question="" if isinstance(event, Pressed) or _is_taken(tell) else event.message,
            at=self._now,
            facts=answer.facts if answer else (),
            offers=answer.offers if answer else (),
            notice=answer is None,
        )
        await self._work.keep_receipt(receipt)

    async def _post(self, post: Post) -> None:
        place, by = post.place, self._event.by.key
        facts = post.what.facts if isinstance(post.what, Answer) else ()
        notice = isinstance(post.what, Notice)
        kept = Receipt(post.receipt, place, by, "", self._now, facts, notice=notice)
        await self._work.keep_receipt(kept)
        card = replace(
            self._desk.write(post.what, place.platform, post.receipt),
            file=post.file,
            poll=written(post.poll) if post.poll else None,
            closes=post.closes,
            passing=post.passing,
        )
        if place.platform not in self._desk.outbox:
            self._cards.append(card)
            return
        await self._work.queue(place, card, replaces=post.instead_of, receipt=post.receipt)
        self.queued.add(place.platform)

    async def _expect(self, effect: Expect) -> None:
        self._awaits = effect.what
        until = self._now + timedelta(minutes=self._desk.limits.report_minutes)
        person = self._event.by.key
        await self._work.expect(self._event.place, person, effect.what, effect.receipt, until)

    async def _file(self, report: FileReport) -> None:
        by = self._event.by
        number = await self._work.file_report(by, report.facts, report.words, self._now)
        for effect in filed(number, report, by.language):
            await self._keep(effect)

    async def _alert(self, what: Notice) -> None:
        for admin in self._desk.admins:
            platform = admin.partition(":")[0]
            if platform not in self._desk.outbox or platform not in self._desk.markups:
                _log.warning("desk: nothing here can reach the admin %s", admin)
                continue
            await self._work.queue(Place(platform, admin), self._desk.write(what, platform))
            self.queued.add(platform)


async def _moved(event: Changed, work: Work) -> Changed:
    """Let everything that was kept of a chat follow it to its new key."""
    if event.what is not Change.MOVED:
        return event
    await work.move_chat(event.place, event.to)
    return replace(event, place=replace(event.place, chat=event.to))


def _is_forgotten(effect: Offer | Forgotten) -> bool:
    if isinstance(effect, Offer):
        raise TypeError("only an inline query is answered with offers")
    return True


def _is_taken(tell: Tell) -> bool:
    """Tell what words led to only once: who edits them must not have them taken as a question."""
    return tell.once or (isinstance(tell.what, Notice) and tell.what.key == "report.saved")
