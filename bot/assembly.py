"""Puts the conversation together: the desk, its parts, and what goes on beside it by itself.

Nothing here knows a front end, a clock or a source of chance: `bot.app` gives them. So a test has
the whole bot by the same function.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.config import Settings
from bot.core.effects import Effect
from bot.core.library import Library
from bot.core.live_types import LIVE
from bot.core.page import Markup
from bot.core.retention import Retention
from bot.service.asking_again import listen
from bot.service.assign_part import AssignPart
from bot.service.assign_telling import AssignmentTimes, give_back
from bot.service.assignments import KIND as ASSIGNMENT
from bot.service.bank_part import BankPart
from bot.service.banks import Banks
from bot.service.class_part import ClassPart
from bot.service.corrections import Follower
from bot.service.data_part import DataPart
from bot.service.deadlines import Back, Ringer
from bot.service.desk import Desk, Limits
from bot.service.flag_part import FlagPart
from bot.service.housekeeping import KIND as FORGET
from bot.service.housekeeping import keep_house, set_housekeeping
from bot.service.librarian import Librarian, tell_owners
from bot.service.live import Live
from bot.service.live_express import LiveExpress
from bot.service.live_part import LivePart
from bot.service.ports import Clock, Store, Token
from bot.service.reminding import KIND as PRACTICE
from bot.service.reminding import remind, set_reminder
from bot.service.results_part import ResultsPart
from bot.service.role_part import RolePart
from bot.service.time_part import TimePart
from bot.service.unanswered_part import UnansweredPart
from bot.service.waiting import Wait, pause
from bot.service.wish_part import WishPart


@dataclass(frozen=True, slots=True)
class Around:
    """What the conversation is given from outside."""

    clock: Clock
    token: Token
    markups: Mapping[str, Markup]
    """The markup of each platform, by its name."""
    page_address: Callable[[], str]
    """Returns where other people's browsers find the page; "" where there is none."""
    wait: Wait = pause


@dataclass(frozen=True, slots=True)
class Conversation:
    """The whole bot but its front ends."""

    desk: Desk
    librarian: Librarian
    live: Live
    ringer: Ringer
    results: ResultsPart
    follower: Follower
    banks: BankPart

    async def run(self, stop: asyncio.Event) -> None:
        """Do what goes on by itself, until told to stop."""
        beside = (self.librarian.watch, self.ringer.run, self.live.keep_boards)
        await asyncio.gather(*(one(stop) for one in beside))

    async def finish(self) -> None:
        """Wait for what was begun aside."""
        await self.results.errands.finish()
        await self.follower.errands.finish()
        await self.banks.errands.finish()


async def assemble(settings: Settings, store: Store, around: Around) -> Conversation:
    """Open what is published, and put everything together over a store."""
    librarian = Librarian(Banks(store, around.clock))
    offered = await librarian.begin(settings.questions)
    desk = _desk(settings, store, around, librarian.library)
    results, follower = ResultsPart(desk), Follower(desk)
    live, banks = Live(desk, around.wait), BankPart(desk, librarian.banks, around.page_address)
    _hang_in(desk, around, librarian, (results, live, banks))
    _swap(librarian, results, follower)
    await tell_owners(desk, offered)
    results.offer()
    follower.look()
    await _set_clocks(store, around)
    ringer = _ringer(desk, live, around)
    return Conversation(desk, librarian, live, ringer, results, follower, banks)


def _desk(settings: Settings, store: Store, around: Around, library: Library) -> Desk:
    return Desk(
        store=store,
        library=library,
        markups=around.markups,
        clock=around.clock,
        token=around.token,
        limits=Limits(settings.questions_per_minute, settings.group_questions_per_minute),
        outbox=frozenset({"telegram", "discord"}),
        at_once=frozenset({"discord"}),
        admins=_reachable(settings),
        retention=retention(settings),
        listener=listen,
    )


def _hang_in(
    desk: Desk, around: Around, librarian: Librarian, made: tuple[ResultsPart, Live, BankPart]
) -> None:
    """Give the desk the parts of the conversation that need the store themselves."""
    (results, live, banks), page = made, around.page_address
    desk.parts = (
        DataPart(),
        WishPart(),
        RolePart(page, lambda: desk.names),
        ClassPart(page, lambda: desk.names.get("telegram", "")),
        AssignPart(page, lambda: desk.names.get("telegram", "")),
        results,
        FlagPart(desk, page),
        UnansweredPart(librarian.banks),
        LivePart(live, page),
        TimePart(live),
        banks,
    )
    desk.express = LiveExpress(desk, live)


def _swap(librarian: Librarian, results: ResultsPart, follower: Follower) -> None:
    """Say what happens when another version of a bank is published."""

    def swapped(library: Library) -> None:
        results.swap(library)
        follower.look()

    librarian.swap = swapped
    librarian.banks.moved = librarian.nudge


def _ringer(desk: Desk, live: Live, around: Around) -> Ringer:
    """Return what lets the deadlines ring."""
    times = AssignmentTimes(around.page_address, lambda: desk.names.get("telegram", ""))
    handlers = {
        LIVE: live.time_up,
        ASSIGNMENT: times.ring,
        PRACTICE: remind,
        FORGET: keep_house,
    }

    async def returned(back: Back) -> Sequence[Effect]:
        return [*await live.returned(back), *await give_back(back)]

    return Ringer(desk, handlers, returned, around.wait)


async def _set_clocks(store: Store, around: Around) -> None:
    """Set the deadlines that come again by themselves."""
    now = around.clock()
    async with store.work(now) as work:
        await set_reminder(work, now)
        await set_housekeeping(work, now)


def _reachable(settings: Settings) -> tuple[str, ...]:
    """Return the owners who can be told of a report: those on a platform that runs."""
    tokens = {"telegram:": settings.telegram_token, "discord:": settings.discord_token}
    running = tuple(platform for platform, token in tokens.items() if token)
    return tuple(owner for owner in settings.owners if owner.startswith(running))


def retention(settings: Settings) -> Retention:
    """Return how long things are kept."""
    return Retention(
        receipts=timedelta(days=settings.keep_answers_days),
        transcript=timedelta(hours=settings.keep_chat_hours),
        reports=timedelta(days=settings.keep_reports_days),
        missed=timedelta(days=settings.keep_missed_days),
        results=timedelta(days=settings.keep_results_days),
        unanswered=timedelta(days=settings.keep_unanswered_days),
        audit=timedelta(days=settings.keep_audit_days),
    )
