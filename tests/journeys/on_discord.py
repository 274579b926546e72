"""Discord: the real library and the real front end over a fake gateway and API."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Any

import discord
import simcord

from bot.assembly import Conversation
from bot.core.words import say
from bot.frontends.discord.client import Doublecheck
from bot.frontends.discord.inbound import key
from bot.frontends.discord.markup import MARKUP
from bot.frontends.discord.outbound import DiscordSender
from bot.frontends.discord.reception import Reception
from bot.service.ports import NotDelivered
from tests.frontends.discord.contract import words_in
from tests.frontends.discord.scene import items, patient
from tests.frontends.discord.scene import text as text_of
from tests.journeys.people import Person, Standing
from tests.journeys.stage import Stage, undeliverable
from tests.journeys.watch import Watch

WRITE = say("discord.button.write")


class OnDiscord:
    """Discord."""

    name = "discord"
    markup = MARKUP

    def __init__(self) -> None:
        self.env: simcord.Env | None = None
        self.stage: Stage
        self.unconfirmed: list[str] = []
        self._read = 0

    async def open(self, stack: AsyncExitStack) -> None:
        """End in order."""
        stack.push_async_callback(self._end)

    async def _end(self) -> None:
        if self.env:
            await self.env.shutdown()
            self.env.raise_errors()

    async def attach(self, conversation: Conversation, watch: Watch) -> None:
        """Let a bot that was just started take over."""
        self._desk, self._watch = conversation.desk, watch
        client = Doublecheck(self._desk, Reception(self._desk, patient))
        if self.env:
            await self.env.restart_bot(client)
            return
        self.env = simcord.Env(client, settle_timeout=30.0)
        await self.env.start()
        self.guild = self.env.create_guild("School")
        self.channel = self.guild.create_text_channel("class")
        may = discord.Permissions(manage_guild=True, manage_messages=True)
        self.managers = self.guild.create_role("Managers", permissions=may)

    async def deliver(self) -> bool:
        """Send what may go out at this moment."""
        assert self.env
        store, now = self._desk.store, self._desk.clock()
        sender = DiscordSender(self.env.bot, store.progressed)
        while waiting := await store.claim(self.name, now, 50):
            for outgoing in waiting:
                try:
                    standing = await sender.send(outgoing)
                except NotDelivered as failure:
                    await undeliverable(self._desk, outgoing, failure)
                else:
                    await store.delivered(outgoing, standing)
        self.look()
        return True

    def look(self) -> None:
        """Read the calls that were made since the last look."""
        assert self.env
        entries = self.env.http_requests[self._read :]
        self._read += len(entries)
        for entry in entries:
            body = entry.json if isinstance(entry.json, dict) else {}
            body = body.get("data") or body
            if "content" in body or "embeds" in body:
                self._watch.goes_out(_said(body))

    def broken(self) -> Sequence[str]:
        """Return what had no confirmation."""
        return self.unconfirmed


def _said(body: dict[str, Any]) -> list[str]:
    """Return the texts of a body, without what stands on its buttons."""
    bare = {**body, "components": []}
    return [text for text in words_in(bare) if text]


class DiscordPerson(Person):
    """Somebody in the channel of the class."""

    def __init__(self, stage: Stage, here: OnDiscord, name: str, *, leads: bool) -> None:
        super().__init__(stage, name)
        assert here.env
        self._here = here
        roles = [here.managers] if leads else []
        user = here.env.create_user(name.lower().replace(" ", "-"))
        self._member = here.guild.add_member(user, roles=roles, nick=name)
        self._field: simcord.InteractionResult | None = None
        """The field that is open before them, and as whom they were asked to fill it."""
        self._asker: Any = self._member

    @property
    def key(self) -> str:
        """Return how the bot knows them."""
        return key(self._member.id)

    async def screen(self) -> Sequence[Standing]:
        """Return what they see in the channel, and in their direct messages."""
        own = self._member.user.dm_channel.history(viewer=self._member.user)
        before_class = self._here.channel.history(viewer=self._member)
        messages = sorted([*own, *before_class], key=lambda message: message.id)
        return [await self._standing(message) for message in messages]

    async def _standing(self, message: discord.Message) -> Standing:
        buttons = {}
        for item in items(message):
            for option in item.get("options") or ():
                act = partial(self._select, message, item["custom_id"], option["value"])
                buttons[option["label"]] = act
            if item.get("label") and item.get("custom_id"):
                buttons[item["label"]] = partial(self._click, message, item["custom_id"])
        files = [(a.filename, await a.read()) for a in message.attachments]
        return Standing(str(message.id), text_of(message), buttons, files)

    def _actor(self, message: discord.Message) -> Any:
        own = message.channel.id == self._member.user.dm_channel.id
        return self._member.user if own else self._member

    async def _click(self, message: discord.Message, custom_id: str) -> None:
        self._asker = self._actor(message)
        self._done(await self._asker.click(message, custom_id=custom_id))

    async def _select(self, message: discord.Message, custom_id: str, value: str) -> None:
        self._done(await self._actor(message).select(message, [value], custom_id=custom_id))

    def _done(self, result: simcord.InteractionResult) -> None:
        if not result.acknowledged:
            self._here.unconfirmed.append(f"{self.name}'s press had no confirmation")
        self._field = result if result.modal else None
        self._here.look()

    async def _say(self, words: str) -> None:
        if self._field is None and await self.has(WRITE):
            await (await self._finds(WRITE))()
        if self._field is None:
            await self._slash("ask", question=words)
            return
        self._done(await self._asker.submit_modal(self._field, {"words": words}))

    async def _command(self, name: str, words: str, *, in_class: bool) -> None:
        slash, options = slash_of(name, words, in_class=in_class)
        await self._slash(slash, **options)

    async def _slash(self, name: str, /, **options: Any) -> None:
        self._asker = self._member
        self._done(await self._member.slash(self._here.channel, name, **options))

    async def opens(self, link: str) -> None:
        """Follow a link of the bot's, by its code."""
        name = "accept" if link.startswith("g_") else "open"
        await self._act(lambda: self._slash(name, code=link))


PLAIN = {
    "quiz": ("quiz start", "topic"),
    "missed": ("quiz missed", ""),
    "stop": ("quiz stop", ""),
    "live": ("live start", "code"),
    "join": ("join", "code"),
    "items": ("items", "pack"),
    "ask": ("ask", "question"),
    "settings": ("settings mine", ""),
    "end": ("live stop", ""),
    **{name: (f"live {name}", "") for name in ("pause", "resume", "next", "skip")},
}
"""The commands that have another name here, and the option that takes their words."""
IN_CLASS = {"join": "code", "leave": "name", "new": "name"}


def slash_of(name: str, words: str, *, in_class: bool) -> tuple[str, dict[str, Any]]:
    """Return the slash command that stands for a command in words, and its options."""
    first, _, rest = words.partition(" ")
    match name:
        case "class":
            return (f"class {first}", {IN_CLASS[first]: rest}) if first else ("class menu", {})
        case "assign":
            return ("assign new", {"about": words}) if words else ("assign list", {})
        case "grant":
            return "grant", {"role": first, "whom": rest} if rest else {"role": first}
        case "bank":
            return f"bank {first or 'menu'}", dict(
                zip(("bank", "question"), rest.split(), strict=False)
            )
        case "extend":
            return "live extend", {"seconds": int(words)} if words else {}
        case "results":
            return f"results {'channel' if in_class else 'mine'}", {}
        case _:
            slash, option = PLAIN.get(name, (name, ""))
            return slash, {option: words} if words else {}
