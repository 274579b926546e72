"""Confirms presses and answers inline queries, right after the commit.

Neither goes through the outbox: after some seconds nobody waits for them any more, and a
confirmation that is lost only lets the button glow a little longer.
"""

import asyncio
import logging
from collections.abc import Awaitable, Sequence
from typing import Literal, NotRequired, TypedDict

from telegram import Bot, InlineQuery, Update
from telegram.error import BadRequest, TelegramError

from bot.core.cards import TOAST_LIMIT, Card
from bot.frontends.telegram.drawing import cut
from bot.frontends.telegram.inline import CACHED, results
from bot.frontends.telegram.markup import visible
from bot.service.desk import Handled

_log = logging.getLogger(__name__)


class Confirmation(TypedDict):
    """The confirmation of a press, as it may stand in the answer to a webhook."""

    method: Literal["answerCallbackQuery"]
    callback_query_id: str
    text: NotRequired[str]
    """What the app shows; without it, it just stops waiting."""


def confirmation(press: str, handled: Handled) -> Confirmation:
    """Return how a press is confirmed."""
    said: Confirmation = {"method": "answerCallbackQuery", "callback_query_id": press}
    if toast := handled.toast:
        said["text"] = cut(visible(toast.pages[0].text), TOAST_LIMIT)
    return said


class AtOnce:
    """Answers in the background what cannot wait; nothing of it is ever repeated."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._begun: set[asyncio.Task[None]] = set()

    def answer(self, update: Update, handled: Handled) -> None:
        """Begin to answer an update that was handled."""
        if update.callback_query:
            self.confirm(confirmation(update.callback_query.id, handled))
        if update.inline_query and not handled.repeated:
            self._begin(self._offer(update.inline_query, handled.offers))

    def confirm(self, press: Confirmation) -> None:
        """Begin to confirm a press."""
        self._begin(self._bot.answer_callback_query(press["callback_query_id"], press.get("text")))

    async def finish(self) -> None:
        """Wait until everything that was begun has been answered."""
        while self._begun:
            await asyncio.wait(self._begun)

    def _begin(self, answer: Awaitable[bool]) -> None:
        task = asyncio.create_task(_answered(answer))
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    def _offer(self, query: InlineQuery, offers: Sequence[Card]) -> Awaitable[bool]:
        # Results are the same for everybody; that there are none concerns one person (who asked
        # too much), and only for now.
        return self._bot.answer_inline_query(
            query.id,
            results(offers),
            cache_time=CACHED if offers else 0,
            is_personal=not offers,
        )


async def _answered(answer: Awaitable[bool]) -> None:
    try:
        await answer
    except BadRequest as late:
        _log.debug("telegram: an answer came too late: %s", late.message)
    except TelegramError as trouble:
        _log.info("telegram: an answer was lost: %s", type(trouble).__name__)
