"""Stages for journeys, with everybody on them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.roles import Role
from bot.store.store import SqlStore
from tests.journeys.on_discord import DiscordPerson, OnDiscord
from tests.journeys.on_page import OnPage, PagePerson
from tests.journeys.on_telegram import OnTelegram, TelegramPerson
from tests.journeys.stage import Bot, Clock, Stage, staged


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database. To make one takes longer than a journey; a copy takes nothing."""
    file = tmp_path_factory.mktemp("empty") / "doublecheck.db"

    async def make() -> None:
        async with SqlStore.open(f"sqlite:///{file}"):
            pass

    asyncio.run(make())
    return file


@dataclass
class Class:
    """A class, its teacher, a stranger, the clock and the bot, on one platform."""

    stage: Stage
    platform: OnTelegram | OnDiscord
    teacher: TelegramPerson | DiscordPerson
    alice: TelegramPerson | DiscordPerson
    bob: TelegramPerson | DiscordPerson
    stranger: TelegramPerson | DiscordPerson

    @property
    def clock(self) -> Clock:
        return self.stage.clock

    @property
    def bot(self) -> Bot:
        return self.stage.bot


@asynccontextmanager
async def on_telegram(empty: Path, folder: Path) -> AsyncIterator[Class]:
    here = OnTelegram()
    async with staged(empty, folder, [here]) as stage:
        here.fake.admins.add((here.group, 101))
        people = (
            TelegramPerson(stage, here, name, number)
            for name, number in (("Ms K.", 101), ("Alice", 102), ("Bob <i>", 103), ("Sam", 900))
        )
        teacher, alice, bob, stranger = people
        await stage.grant(teacher.key, Role.TEACHER)
        yield Class(stage, here, teacher, alice, bob, stranger)


@asynccontextmanager
async def on_discord(empty: Path, folder: Path) -> AsyncIterator[Class]:
    here = OnDiscord()
    async with staged(empty, folder, [here]) as stage:
        teacher = DiscordPerson(stage, here, "Ms K.", leads=True)
        alice, bob, stranger = (
            DiscordPerson(stage, here, name, leads=False) for name in ("Alice", "*bob*", "Sam")
        )
        await stage.grant(teacher.key, Role.TEACHER)
        yield Class(stage, here, teacher, alice, bob, stranger)


CLASSES = {"telegram": on_telegram, "discord": on_discord}


@pytest.fixture(params=CLASSES)
async def room(
    request: pytest.FixtureRequest, empty: Path, tmp_path: Path
) -> AsyncIterator[Class]:
    """A class on each platform that has classes."""
    async with CLASSES[request.param](empty, tmp_path) as made:
        yield made


@pytest.fixture
async def group(empty: Path, tmp_path: Path) -> AsyncIterator[Class]:
    """A class in a Telegram group."""
    async with on_telegram(empty, tmp_path) as made:
        yield made


@pytest.fixture
async def page(empty: Path, tmp_path: Path) -> AsyncIterator[PagePerson]:
    """Somebody at the page of a bot that has nothing else."""
    here = OnPage()
    async with staged(empty, tmp_path, [here]) as stage:
        yield PagePerson(stage, here, "Pia")


@dataclass
class Rooms:
    """Three rooms: a group on Telegram, a channel on Discord, the page."""

    stage: Stage
    telegram: Class
    discord: Class
    page: OnPage


@pytest.fixture
async def rooms(empty: Path, tmp_path: Path) -> AsyncIterator[Rooms]:
    """One bot in three rooms."""
    there, here, page = OnTelegram(), OnDiscord(), OnPage()
    async with staged(empty, tmp_path, [there, here, page]) as stage:
        there.fake.admins.add((there.group, 101))
        on_telegram = [
            TelegramPerson(stage, there, name, number)
            for name, number in (("Ms K.", 101), ("Alice", 102), ("Bob <i>", 103), ("Sam", 900))
        ]
        on_discord = [
            DiscordPerson(stage, here, name, leads=name == "Mr L.")
            for name in ("Mr L.", "Dora", "*bob*", "Dan")
        ]
        await stage.grant(on_telegram[0].key, Role.TEACHER)
        await stage.grant(on_discord[0].key, Role.TEACHER)
        yield Rooms(
            stage, Class(stage, there, *on_telegram), Class(stage, here, *on_discord), page
        )


@pytest.fixture
def somebody_at_the_page(rooms: Rooms) -> PagePerson:
    """Somebody with a browser."""
    return PagePerson(rooms.stage, rooms.page, "Pia")
