"""The bot as Discord's library knows it: what it hears, and where that goes."""

import logging
from collections.abc import Mapping
from typing import Any, cast

import discord
from discord import app_commands
from typing_extensions import override

from bot.core.events import Change, Changed, Person, Place
from bot.core.retention import GONE
from bot.frontends.discord.buttons import DYNAMIC, Presses, known
from bot.frontends.discord.commands import fill
from bot.frontends.discord.drawing import NOBODY, draw
from bot.frontends.discord.inbound import PLATFORM, Interaction, key, server
from bot.frontends.discord.modals import purpose
from bot.frontends.discord.outbound import LONGEST_WAIT
from bot.frontends.discord.reception import Reception, sentence
from bot.frontends.discord.showing import Showing
from bot.service.desk import Desk
from bot.service.faults import fault

INTENTS = discord.Intents(guilds=True)
"""Servers come and go: that is all it hears besides what is meant for it. No message is read."""
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
)
"""What it needs to post a class's quiz into a channel."""
SCOPES = ("bot", "applications.commands")

_log = logging.getLogger(__name__)


class Doublecheck(discord.Client):
    """The bot."""

    def __init__(self, desk: Desk, reception: Reception | None = None) -> None:
        super().__init__(
            intents=INTENTS,
            allowed_mentions=NOBODY,
            max_messages=None,
            max_ratelimit_timeout=LONGEST_WAIT,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self._desk = desk
        self.reception = reception or Reception(desk)
        showing = Showing(self.reception)
        self.presses = Presses(self.reception.pressed, self.reception.write, showing.show)
        self.tree = Commands(self)
        fill(self.tree, self.reception)

    @override
    async def setup_hook(self) -> None:
        """Learn what buttons do, and tell Discord the commands."""
        self.add_dynamic_items(*DYNAMIC)
        if self.user:
            self._desk.names[PLATFORM] = self.user.name
            _log.info("discord: signed in; invite the bot by %s", invitation(self.user.id))
        try:
            await self.tree.sync()
        except (discord.HTTPException, discord.RateLimited) as refusal:
            # Those of the last start still stand.
            _log.error("discord: the commands were not taken: %s", fault(refusal))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take what the library has no memory of: fields that were sent off, and buttons of old."""
        if interaction.type is discord.InteractionType.modal_submit:
            if purpose(interaction):
                await self.reception.written(interaction)
                return
        elif interaction.type is not discord.InteractionType.component or _is_ours(interaction):
            return
        await self.reception.reply(interaction).say(draw(sentence("closed")))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep what a server had chosen: it is back."""
        async with self._desk.store.work(self._desk.clock()) as work:
            await work.wishes.drop_setting(server(guild.id), GONE)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that a server is gone: what it had chosen is forgotten after a time."""
        async with self._desk.store.work(self._desk.clock()) as work:
            await work.wishes.put_setting(server(guild.id), GONE, "")
        for channel in (*guild.text_channels, *guild.voice_channels, *guild.threads):
            await self._gone(channel.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Tell who has to know it that a channel is gone."""
        await self._gone(channel.id)

    async def on_raw_thread_delete(self, thread: discord.RawThreadDeleteEvent) -> None:
        """Tell who has to know it that a thread is gone."""
        await self._gone(thread.thread_id)

    async def _gone(self, channel: int) -> None:
        here = Place(PLATFORM, key(channel), private=False)
        await self._desk.handle(Changed(here, Person(here.chat), Change.REMOVED))


class Commands(app_commands.CommandTree[Doublecheck]):
    """The commands; none of them stays without an answer, not even one that fails."""

    def __init__(self, client: Doublecheck) -> None:
        super().__init__(
            client,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )

    @override
    async def on_error(
        self, interaction: discord.Interaction[Doublecheck], error: app_commands.AppCommandError, /
    ) -> None:
        """Say that something went wrong, or that a command is an old one."""
        if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
            key = "discord.unknown-command"
        else:
            _log.error("discord: a command failed: %s", fault(error.__cause__ or error))
            key = "failed"
        await interaction.client.reception.reply(interaction).say(draw(sentence(key)))


def invitation(application: int) -> str:
    """Return the link by which a server takes the bot in, with nothing more than it needs."""
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=SCOPES)


def _is_ours(interaction: Interaction) -> bool:
    data = cast("Mapping[str, Any]", interaction.data or {})
    return known(str(data.get("custom_id", "")))
