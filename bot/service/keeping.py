"""Keeps what was decided: puts it into the outbox, or hands it back to be shown at once."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.core.answer import Answer, Notice
from bot.core.cards import Card
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
from bot.core.events import Place, Pressed
from bot.core.polls import written
from bot.core.talk import filed
from bot.core.turn import QUIZ
from bot.service.gathering import Background
from bot.service.parts import Visiting
from bot.service.ports import Exchange, Receipt, Work
from bot.service.practice import recall

if TYPE_CHECKING:
    from bot.service.desk import Desk

NOBODY = "bot:self"
"""Who is behind what the bot says of its own accord, such as when a time is up."""

_log = logging.getLogger(__name__)


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


class Posting:
    """Puts posts and alerts into the outbox, whoever caused them."""

    def __init__(self, desk: "Desk", work: Work, now: datetime, by: str = NOBODY) -> None:
        self.queued: set[str] = set()
        """The platforms for which something was put into the outbox."""
        self.cards: list[Card] = []
        """What no sender takes: it is handed back."""
        self._desk = desk
        self._work = work
        self._now = now
        self._by = by

    async def keep(self, effects: Sequence[Effect]) -> None:
        """Keep effects of what happened by itself, such as a time that is up."""
        for effect in effects:
            match effect:
                case Post():
                    await self.post(effect)
                case AlertAdmins(what):
                    await self.alert(what)
                case _:
                    raise TypeError("nobody is there whom this could be told")

    async def post(self, post: Post) -> None:
        """Say something in a place of its own."""
        place = post.place
        if post.receipt != post.instead_of:
            answer = post.what if isinstance(post.what, Answer) else None
            facts, offers = (answer.facts, answer.offers) if answer else ((), ())
            at, notice = self._now, answer is None
            kept = Receipt(post.receipt, place, self._by, "", at, facts, offers, notice)
            await self._work.keep_receipt(kept)
        card = replace(
            self._desk.write(post.what, place.platform, post.receipt),
            file=post.file,
            poll=written(post.poll) if post.poll else None,
            closes=post.closes,
            passing=post.passing,
        )
        if place.platform not in self._desk.outbox:
            self.cards.append(card)
            return
        await self._work.queue(place, card, replaces=post.instead_of, receipt=post.receipt)
        self.queued.add(place.platform)

    async def alert(self, what: Notice) -> None:
        """Tell every admin."""
        for admin in self._desk.admins:
            platform = admin.partition(":")[0]
            if platform not in self._desk.outbox or platform not in self._desk.markups:
                _log.warning("desk: nothing here can reach the admin %s", admin)
                continue
            await self._work.queue(Place(platform, admin), self._desk.write(what, platform))
            self.queued.add(platform)


class Keeping:
    """Keeps the effects of one event in its transaction."""

    def __init__(
        self, desk: "Desk", work: Work, event: Visiting, now: datetime, background: Background
    ) -> None:
        self._posting = Posting(desk, work, now, event.by.key)
        self.queued = self._posting.queued
        """The platforms for which something was put into the outbox."""
        self._desk = desk
        self._work = work
        self._event = event
        self._now = now
        self._earlier = background.earlier
        self._pressed_under = background.about.token if background.about else ""
        self._cards = self._posting.cards
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
                await self._posting.alert(what)
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
            await self._posting.post(effect)

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


def _is_forgotten(effect: Offer | Forgotten) -> bool:
    if isinstance(effect, Offer):
        raise TypeError("only an inline query is answered with offers")
    return True


def _is_taken(tell: Tell) -> bool:
    """Tell what words led to only once: who edits them must not have them taken as a question."""
    return tell.once or (isinstance(tell.what, Notice) and tell.what.key == "report.saved")
