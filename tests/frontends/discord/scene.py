"""A stage for whole conversations: people in a server, the bot behind a fake Discord, its store."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import count
from typing import Any

import discord
import simcord

from bot.core.library import Library
from bot.core.roles import Role
from bot.frontends.discord.client import Doublecheck
from bot.frontends.discord.inbound import key
from bot.frontends.discord.markup import MARKUP, visible
from bot.frontends.discord.outbound import DiscordSender
from bot.frontends.discord.reception import Reception
from bot.service.desk import Desk
from bot.service.ports import NotDelivered, Store
from tests.cast import NOON

Answer = simcord.InteractionResult
Message = simcord.ResponseMessage | discord.Message
EXPIRED = timedelta(minutes=31)


async def patient(doing: asyncio.Future[Any]) -> None:
    """Wait as long as it takes: no clock runs in these tests."""
    await asyncio.wait({doing})


async def impatient(doing: asyncio.Future[Any]) -> None:
    """Let everything take too long."""


class Scene:
    """What stands on the stage."""

    def __init__(self, store: Store, library: Library) -> None:
        self.now = NOON
        self.store = store
        numbers = count(1)
        self.desk = Desk(
            store=store,
            library=library,
            markups={"discord": MARKUP},
            clock=lambda: self.now,
            token=lambda: f"token{next(numbers):06}",
            outbox=frozenset({"discord"}),
            at_once=frozenset({"discord"}),
        )
        self.env: simcord.Env

    def client(self) -> Doublecheck:
        """Return a bot as it is after a start."""
        return Doublecheck(self.desk, Reception(self.desk, patient))

    def arrange(self, env: simcord.Env) -> None:
        """Put people and channels in their places."""
        self.env = env
        self.guild = env.create_guild("School")
        self.channel = self.guild.create_text_channel("class")
        managers = self.guild.create_role(
            "Managers", permissions=discord.Permissions(manage_guild=True, manage_messages=True)
        )
        self.alice = self.guild.add_member(env.create_user("alice"))
        self.bob = self.guild.add_member(env.create_user("bob"))
        self.manager = self.guild.add_member(env.create_user("manager"), roles=[managers])

    def passes(self, time: timedelta) -> None:
        """Let time go by."""
        self.now += time

    async def grants(self, who: simcord.MemberActor, role: Role) -> None:
        """Give somebody a role of the bot's own."""
        async with self.store.work(self.now) as work:
            await work.roles.grant(key(who.id), role, "")

    async def restarts(self) -> None:
        """End the bot and start it again; only its store stays."""
        await self.env.restart_bot(self.client())

    async def delivers(self) -> list[NotDelivered]:
        """Send what the outbox holds; return what went wrong."""
        failed: list[NotDelivered] = []
        recent = self.env.bot.reception.recent
        sender = DiscordSender(self.env.bot, self.store.progressed, recent)
        while waiting := await self.store.claim("discord", self.now, 50):
            for outgoing in waiting:
                try:
                    with self.env.time_context():
                        standing = await sender.send(outgoing)
                except NotDelivered as failure:
                    failed.append(failure)
                    await self.store.given_up(outgoing, str(failure), self.now)
                else:
                    await self.store.delivered(outgoing, standing)
        return failed


@asynccontextmanager
async def opened(
    store: Store, library: Library, set_up: Callable[[Desk], None] = lambda _: None
) -> AsyncIterator[Scene]:
    """Open a stage, with a desk that was set up first."""
    scene = Scene(store, library)
    set_up(scene.desk)
    # Pictures take their time on a busy machine.
    env = simcord.Env(scene.client(), settle_timeout=30.0)
    await env.start()
    try:
        scene.arrange(env)
        yield scene
    finally:
        await env.shutdown()
    # What our own code did not take care of is a fault of it.
    env.raise_errors()


def said(answer: Answer) -> list[Message]:
    """Return everything that an interaction was answered with."""
    first = [answer.response] if answer.response else []
    return [*first, *answer.followups]


def text(*messages: Message | None) -> str:
    """Return what can be read in messages."""
    return "\n".join(visible(part) for m in messages if m for part in parts(m))


def parts(message: Message) -> Iterator[str]:
    """Yield the texts of a message: its own, and those of its embeds."""
    if message.content:
        yield message.content
    yield from (embed.description or "" for embed in message.embeds)


def items(message: Message) -> list[dict[str, Any]]:
    """Return the buttons and menus under a message."""
    rows = [row if isinstance(row, dict) else row.to_dict() for row in message.components]
    return [item for row in rows for item in row.get("components", ())]


def labels(message: Message) -> list[str]:
    """Return what stands on the buttons, and in the menus, under a message."""
    found: list[str] = []
    for item in items(message):
        options = item.get("options")
        found += [o["label"] for o in options] if options else [item["label"]]
    return found
