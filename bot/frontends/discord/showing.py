"""*Show to everyone*: an answer that one person was given goes to the channel, with who shows it."""

import logging

import discord

from bot.core.cards import Card
from bot.core.events import Place
from bot.core.page import Page
from bot.core.words import say
from bot.frontends.discord.buttons import ActionButton, standing
from bot.frontends.discord.drawing import Under, cut, draw, ended, verdict_of
from bot.frontends.discord.inbound import Interaction, person, place
from bot.frontends.discord.markup import escape
from bot.frontends.discord.reception import Reception, sentence
from bot.frontends.discord.reply import TROUBLE
from bot.service.sharing import Shown, share

NAME = 60
"""Letters of a name that are shown."""

_log = logging.getLogger(__name__)


class Showing:
    """Shows answers to everyone in a channel."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def show(self, interaction: Interaction, where: str, receipt: str) -> None:
        """Show the answer above the button that was pressed."""
        del where
        with self._reception.under_way():
            reply = self._reception.reply(interaction)
            channel, message = place(interaction, public=True), interaction.message
            if message is None or channel.private or not _may_write(interaction):
                await reply.say(draw(sentence("discord.shown.closed")))
                return
            shown = _shown(interaction, message, receipt)
            sharing = share(self._reception.desk, shown, channel, str(interaction.id))
            card = await self._reception.kept(interaction, reply, sharing)
            if card is None:
                await reply.say(draw(sentence("discord.shown.not")))
                return
            await self._take_button_away(interaction, shown)
            await self._post(interaction, card, channel)

    async def _take_button_away(self, interaction: Interaction, shown: Shown) -> None:
        """Leave the answer as it stands, without the button that was pressed."""
        view = ended([ActionButton("p", action, label) for label, action in shown.buttons])
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(view=view)
            else:
                await interaction.response.edit_message(view=view)
        except TROUBLE as trouble:
            _log.info("discord: a button stays: %s", type(trouble).__name__)

    async def _post(self, interaction: Interaction, card: Card, channel: Place) -> None:
        try:
            for message in draw(card, Under("c")):
                await interaction.followup.send(**message.new(), ephemeral=False)
        except TROUBLE as trouble:
            _log.warning("discord: an answer is shown later: %s", type(trouble).__name__)
            desk = self._reception.desk
            async with desk.store.work(desk.clock()) as work:
                await work.queue(channel, card)
            desk.wake(channel.platform)


def _may_write(interaction: Interaction) -> bool:
    """Say whether whoever pressed may write in the channel themselves."""
    if isinstance(interaction.channel, discord.Thread):
        return interaction.permissions.send_messages_in_threads
    return interaction.permissions.send_messages


def _shown(interaction: Interaction, message: discord.Message, receipt: str) -> Shown:
    by = person(interaction)
    first, *rest = [embed.description or "" for embed in message.embeds]
    head = escape(say("discord.shown.by", name=cut(by.name, NAME)))
    pages = tuple(Page(text) for text in (f"{head}\n{first}", *rest))
    colour = message.embeds[0].colour
    card = Card(pages, verdicts=verdict_of(colour.value if colour else None))
    return Shown(
        by,
        receipt,
        str(message.id),
        card,
        tuple((label, action) for label, _, action in standing(message)),
    )
