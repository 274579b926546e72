"""Runs the bot on Telegram: says hello, receives by polling or by webhook, sends the outbox."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.routing import Route
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.core.words import say
from bot.frontends.starting import CannotStart
from bot.frontends.telegram.commands import register
from bot.frontends.telegram.inbound import RECEIVED
from bot.frontends.telegram.outbound import TelegramSender, notes_in
from bot.frontends.telegram.poll import FetchingBot, Poll
from bot.frontends.telegram.reception import Reception
from bot.frontends.telegram.waiting import patience, unless
from bot.frontends.telegram.webhook import CONNECTIONS, PATH, Webhook
from bot.service.desk import Desk
from bot.service.sending import outbox_of
from bot.service.waiting import pause

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where Telegram reaches us, and what it has to show there."""

    url: str
    secret: str


class TelegramFrontEnd:
    """The bot on Telegram."""

    name = "telegram"

    def __init__(
        self, bot: FetchingBot, desk: Desk, hook: Hook | None = None, first_pause: float = 1.0
    ) -> None:
        self._bot = bot
        self._desk = desk
        self._first_pause = first_pause
        self._hook = hook
        self._webhook = Webhook(hook.secret) if hook else None

    @property
    def routes(self) -> Sequence[Route]:
        """What a web server must let through for the webhook; nothing when polling."""
        return [self._webhook.route] if self._webhook else []

    async def run(self, stop: asyncio.Event) -> None:
        """Receive and send until the end; raise CannotStart where Telegram refuses us."""
        try:
            if reception := await self._begun(stop):
                await self._serve(reception, stop)
        finally:
            if self._webhook:
                self._webhook.close()
            await self._bot.shutdown()

    async def _begun(self, stop: asyncio.Event) -> Reception | None:
        """Say hello until Telegram answers, or return None where the end comes first."""
        failures = 0
        while not stop.is_set():
            try:
                return await unless(stop, self._hello(stop))
            except InvalidToken:
                raise CannotStart(say("telegram.token")) from None
            except BadRequest as refusal:
                raise CannotStart(say("telegram.refused", why=refusal.message)) from None
            except TelegramError as trouble:
                failures += 1
                _log.warning("telegram: no answer yet: %s", type(trouble).__name__)
                await pause(stop, patience(trouble, failures, self._first_pause))
        return None

    async def _hello(self, stop: asyncio.Event) -> Reception:
        await self._bot.initialize()
        self._desk.names[self.name] = self._bot.username
        await register(self._bot, {name for part in self._desk.parts for name in part.commands})
        reception = Reception(self._bot, self._bot.bot, self._desk, stop)
        if self._hook and self._webhook:
            # Opened first: an update that Telegram brings at once is not sent away.
            self._webhook.open(reception)
            await self._set_webhook(self._hook)
        else:
            await self._bot.delete_webhook()
        return reception

    async def _set_webhook(self, hook: Hook) -> None:
        await self._bot.set_webhook(
            hook.url + PATH,
            max_connections=CONNECTIONS,
            allowed_updates=list(RECEIVED),
            secret_token=hook.secret,
        )

    async def _serve(self, reception: Reception, stop: asyncio.Event) -> None:
        sender = TelegramSender(self._bot, notes_in(self._desk.store, self._desk.clock))
        outbox = outbox_of(self._desk, self.name, sender)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(outbox.run())
                await self._receive(reception, stop)
                outbox.stop()
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from failures
        finally:
            await reception.finish()

    async def _receive(self, reception: Reception, stop: asyncio.Event) -> None:
        if self._webhook:
            await stop.wait()
            self._webhook.close()
        else:
            await Poll(self._bot, reception, self._first_pause).run(stop)
