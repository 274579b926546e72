"""Where interactions come in: each is decided, kept, and answered; nothing of it is lost."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

import discord

from bot.core.cards import Card, notice_card, read_action
from bot.core.events import MOST_BYTES, Commanded, Place, Pressed, Said, Sent
from bot.core.words import notice, say
from bot.frontends.discord.drawing import Drawn, Under, draw
from bot.frontends.discord.inbound import Interaction, person, place, private
from bot.frontends.discord.markup import MARKUP
from bot.frontends.discord.modals import REPORT, WORDS, field, is_answer, purpose, words
from bot.frontends.discord.reply import TROUBLE, Patience, Reply, patience
from bot.service.desk import Desk, Handled
from bot.service.faults import fault

ASKS_WORDS = frozenset({"p"})
"""The verbs of buttons that open a field to write in at once."""
SHOWS = frozenset({"s", "r", "c"})
"""Those that lead to an answer which may be shown to everyone."""
ALONE = ("a.t.",)
"""How the verbs of buttons begin that stand in a channel, and lead each to what is theirs alone."""
REMEMBERED = 1000
"""Interactions that are held for who takes no direct messages."""

_log = logging.getLogger(__name__)

Here = Commanded | Said | Pressed
"""The events that an interaction can mean."""
Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Way:
    """How a command is taken."""

    public: bool = False
    """Whether it belongs to the channel, and not to the person's own conversation."""
    hidden: bool = True
    """Whether only the person sees what comes of it."""
    shows: bool = False
    """Whether they may show everyone the answer."""


def sentence(key: str, **values: object) -> Card:
    """Return a sentence that states no claim."""
    return notice_card(notice(key, "en", (), **values), MARKUP)


class Reception:
    """Brings interactions to the desk, and answers them with what comes back."""

    def __init__(self, desk: Desk, patience: Patience = patience) -> None:
        self.desk = desk
        self._patience = patience
        self._begun: set[asyncio.Task[object]] = set()
        self._recent: OrderedDict[int, Interaction] = OrderedDict()

    def recent(self, user: int) -> Interaction | None:
        """Return somebody's last interaction, for as long as it can still be answered."""
        found = self._recent.get(user)
        return found if found and found.response.is_done() and not found.is_expired() else None

    def _remember(self, interaction: Interaction) -> None:
        self._recent[interaction.user.id] = interaction
        self._recent.move_to_end(interaction.user.id)
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)

    async def finish(self) -> None:
        """Wait until everything that was begun has been answered."""
        while self._begun:
            await asyncio.wait(self._begun)

    @contextmanager
    def under_way(self) -> Generator[None]:
        """Count what is done meanwhile as begun: the end of the bot waits for it."""
        task = asyncio.current_task()
        begun = {task} - self._begun - {None}
        self._begun |= {t for t in begun if t}
        try:
            yield
        finally:
            self._begun -= {t for t in begun if t}

    def reply(self, interaction: Interaction, *, hidden: bool = True) -> Reply:
        """Return what an interaction is answered with."""
        return Reply(interaction, private=hidden, patience=self._patience)

    async def command(
        self, interaction: Interaction, name: str, argument: str = "", way: Way | None = None
    ) -> None:
        """Take a command."""
        way = way or Way()
        here = place(interaction, public=way.public)
        await self.take(interaction, [Commanded(here, person(interaction), name, argument)], way)

    async def pressed(self, interaction: Interaction, where: str, action: str) -> None:
        """Take a press, or open the field for the words that it asks for."""
        read = read_action(action)
        if is_answer(action) or (read and read.verb in ASKS_WORDS):
            await self.write(interaction, where, action)
            return
        where = "p" if read and read.verb.startswith(ALONE) else where
        await self.take(
            interaction,
            [self._press(interaction, where, action)],
            Way(shows=read is not None and read.verb in SHOWS),
        )

    async def write(self, interaction: Interaction, where: str, what: str) -> None:
        """Open a field for words."""
        try:
            await interaction.response.send_modal(field(where, what or WORDS))
        except TROUBLE as trouble:
            _log.warning("discord: a field could not be opened: %s", type(trouble).__name__)

    async def written(self, interaction: Interaction) -> None:
        """Take what was written into a field."""
        if found := purpose(interaction):
            where, what = found
            events = [*self._before(interaction, where, what)]
            await self.take(interaction, events)

    def _before(self, interaction: Interaction, where: str, what: str) -> Iterator[Here]:
        """Yield what words are, and the press that they answer."""
        here, by = place(interaction, public=where == "c"), person(interaction)
        if what == REPORT:
            yield Commanded(here, by, "report", words(interaction))
            return
        if is_answer(what):
            # One event, so that it is kept together with the answers of the others.
            yield replace(self._press(interaction, where, what), text=words(interaction))
            return
        if what != WORDS:
            yield self._press(interaction, where, what)
        yield Said(here, by, words(interaction))

    def _press(self, interaction: Interaction, where: str, action: str) -> Pressed:
        message = str(interaction.message.id) if interaction.message else ""
        here = place(interaction, public=where == "c")
        return Pressed(here, person(interaction), action, str(interaction.id), message)

    async def brought(
        self, interaction: Interaction, attached: discord.Attachment, words: str
    ) -> None:
        """Take a file that came with the command of banks."""
        here, by = private(interaction.user), person(interaction)

        async def fetched() -> Handled:
            # What is too large is not fetched; the desk says so.
            content = await attached.read() if attached.size <= MOST_BYTES else b""
            sent = Sent(
                here,
                by,
                name=attached.filename,
                kind=attached.content_type or "",
                otherwise=Commanded(here, by, "bank", words),
                content=content,
                size=attached.size,
                caption=f"/bank {words}",
            )
            return await self.desk.handle(sent, str(interaction.id))

        await self._taken(interaction, fetched(), here, Way())

    async def take(
        self, interaction: Interaction, events: Sequence[Here], way: Way | None = None
    ) -> None:
        """Handle what an interaction means, one event after the other; answer with the last."""
        here = events[-1].place
        await self._taken(interaction, self._handle(events, interaction), here, way or Way())

    async def _taken(
        self, interaction: Interaction, work: Awaitable[Handled], here: Place, way: Way
    ) -> None:
        with self.under_way():
            self._remember(interaction)
            reply = self.reply(interaction, hidden=way.hidden)
            handled = await self.kept(interaction, reply, work)
            if handled is None:
                await reply.say(draw(sentence("failed")))
            elif handled.repeated:
                await reply.finish()
            else:
                show = way.shows and interaction.guild_id is not None
                messages = _messages(handled, here, shows=show)
                if handled.instead and _fits(interaction, here):
                    messages = await self._put(reply, messages)
                left = await self._say(interaction, reply, messages)
                await self._later(left, private(interaction.user) if way.hidden else here)

    async def kept(
        self, interaction: Interaction, reply: Reply, work: Awaitable[Done]
    ) -> Done | None:
        """Do something of which nothing is left where it fails; then return None."""
        try:
            return await reply.meanwhile(work)
        except Exception as problem:  # noqa: BLE001 - one interaction must not stop the others
            kind, number = interaction.type.name, interaction.id
            _log.error("discord: put interaction %d (%s) aside: %s", number, kind, fault(problem))
        return None

    async def _handle(self, events: Sequence[Here], interaction: Interaction) -> Handled:
        handled = Handled()
        for n, event in enumerate(events):
            update = f"{interaction.id}/{n}" if n else str(interaction.id)
            handled = await self.desk.handle(event, update)
        return handled

    async def _put(self, reply: Reply, messages: list[Drawn]) -> list[Drawn]:
        """Put the first message in its place; return the others."""
        return messages[1:] if messages and await reply.put(messages[0]) else messages

    async def _say(
        self, interaction: Interaction, reply: Reply, messages: list[Drawn]
    ) -> list[Drawn]:
        """Show messages; return those that could not be shown."""
        if not messages and not interaction.response.is_done():
            await self._nothing_to_say(interaction, reply)
        return await reply.say(messages)

    async def _nothing_to_say(self, interaction: Interaction, reply: Reply) -> None:
        if interaction.type is discord.InteractionType.component:
            await reply.finish()
        else:
            await reply.say(draw(sentence("discord.done")))

    async def _later(self, left: Sequence[Drawn], where: Place) -> None:
        """Send by the outbox what could not be sent as an answer."""
        if left:
            _log.warning("discord: %d answers could not be given at once", len(left))
        left = [message for message in left if not message.card.passing]
        if not left:
            return
        async with self.desk.store.work(self.desk.clock()) as work:
            for message in left:
                # What is about a channel has no use in a person's own conversation.
                fits = message.under.where == _where(where)
                card = message.card if fits else replace(message.card, choices=())
                await work.queue(where, card)
        self.desk.wake(where.platform)


def _messages(handled: Handled, here: Place, *, shows: bool) -> list[Drawn]:
    where = _where(here)
    messages: list[Drawn] = []
    for n, card in enumerate(handled.cards, 1):
        show = receipt_of(card) if shows and here.private and not card.notice else ""
        writes = bool(handled.awaits) and n == len(handled.cards)
        messages += draw(card, Under(where, writes=writes, show=show))
    # A confirmation that comes too late is of no use: what it confirms is kept.
    toast = replace(handled.toast, passing=True) if handled.toast else None
    return messages + (draw(toast) if toast else [])


def _fits(interaction: Interaction, here: Place) -> bool:
    """Say whether what is for one person may stand where the button was pressed: not before all."""
    message = interaction.message
    if message is None:
        return False  # a command stands under no message
    before_all = interaction.guild_id is not None and not message.flags.ephemeral
    return not (here.private and before_all)


def _where(here: Place) -> str:
    return "p" if here.private else "c"


def receipt_of(card: Card) -> str:
    """Return the receipt under which an answer was kept."""
    read = (read_action(choice.action) for choice in card.choices)
    return next((action.receipt for action in read if action), "")


def refusal(permission: str) -> Card:
    """Say what somebody would have to be allowed."""
    return sentence("discord.not-allowed", permission=say(f"discord.may.{permission}"))
