"""What the people who manage a server may choose for it."""

import asyncio
import logging

from bot.frontends.discord.drawing import draw
from bot.frontends.discord.inbound import Interaction, server
from bot.frontends.discord.reception import Reception, refusal, sentence
from bot.service.faults import fault

ANSWERS = "answers"
PRIVATE, PUBLIC = "private", "public"
LOOKING = 1.0
"""Seconds to look for what a server has chosen; longer, and an answer stays private."""

_log = logging.getLogger(__name__)


class Settings:
    """The choices of servers."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception
        self._desk = reception.desk

    async def public(self, interaction: Interaction) -> bool:
        """Say whether everyone is to see an answer here; where that cannot be known, no."""
        if interaction.guild_id is None:
            return False
        try:
            async with asyncio.timeout(LOOKING):
                return await self._chosen(interaction.guild_id) == PUBLIC
        except Exception as problem:  # noqa: BLE001 - the answer comes all the same, to one alone
            _log.error("discord: the setting of a server was not read: %s", fault(problem))
            return False

    async def choose(self, interaction: Interaction, answers: str) -> None:
        """Keep who is to see answers, or say who does."""
        reply = self._reception.reply(interaction)
        if interaction.guild_id is None:
            await reply.say(draw(sentence("discord.only-server")))
        elif not interaction.permissions.manage_guild:
            await reply.say(draw(refusal("manage_guild")))
        else:
            keeping = self._keep(interaction.guild_id, answers)
            kept = await self._reception.kept(interaction, reply, keeping)
            await reply.say(draw(sentence(f"discord.settings.{kept}" if kept else "failed")))

    async def _chosen(self, guild: int) -> str:
        async with self._desk.store.work(self._desk.clock()) as work:
            return await work.wishes.setting(server(guild), ANSWERS) or PRIVATE

    async def _keep(self, guild: int, answers: str) -> str:
        async with self._desk.store.work(self._desk.clock()) as work:
            await work.wishes.put_setting(server(guild), ANSWERS, answers)
        return answers
