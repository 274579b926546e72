"""Sends what the outbox holds to Telegram, or puts it in place of what was sent before.

What can happen when the process dies: a message that Telegram took, but whose id was not noted
yet, is sent once more. What stands is noted after each page of several, so only that one page is
repeated. Edits and deletions may be repeated without harm.
"""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.frontends.telegram.drawing import keyboard, under
from bot.frontends.telegram.inbound import number
from bot.frontends.telegram.waiting import seconds
from bot.service.ports import NotDelivered, Outgoing

Progressed = Callable[[Outgoing, Sequence[str]], Awaitable[None]]
"""Keeps the ids of the messages that stand so far."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramSender:
    """Delivers cards to Telegram's chats."""

    def __init__(self, bot: Bot, progressed: Progressed) -> None:
        self._bot = bot
        self._progressed = progressed

    async def send(self, outgoing: Outgoing) -> Sequence[str]:
        """Send, or edit, and return the ids of the messages; raise NotDelivered on failure."""
        try:
            return await self._deliver(outgoing)
        except RetryAfter as flood:
            wait = seconds(flood)
            raise NotDelivered("flood control", permanent=False, retry_after=wait) from flood
        except (BadRequest, Forbidden) as refusal:
            raise NotDelivered(refusal.message, permanent=True) from refusal
        except TelegramError as trouble:
            raise NotDelivered(trouble.message, permanent=False) from trouble

    async def _deliver(self, outgoing: Outgoing) -> Sequence[str]:
        chat = number(outgoing.place.chat)
        try:
            return await Delivery(self._bot, self._progressed, outgoing, chat).make()
        except ChatMigrated as moved:  # the group became a supergroup: the answer belongs there
            chat = moved.new_chat_id
            return await Delivery(self._bot, self._progressed, outgoing, chat).make()


class Delivery:
    """One card on its way into one chat."""

    def __init__(self, bot: Bot, progressed: Progressed, outgoing: Outgoing, chat: int) -> None:
        self._bot = bot
        self._progressed = progressed
        self._outgoing = outgoing
        self._chat = chat
        self._last = len(outgoing.card.pages) - 1

    async def make(self) -> Sequence[str]:
        """Put every page in its place, then take away what an earlier answer had more."""
        standing = list(self._outgoing.done)
        for page in range(len(standing), self._last + 1):
            standing.append(await self._put(page))
            if page < self._last:
                await self._progressed(self._outgoing, standing)
        for surplus in self._outgoing.edits[self._last + 1 :]:
            await self._remove(surplus)
        return standing

    async def _put(self, page: int) -> str:
        earlier = self._outgoing.edits[page : page + 1]
        if earlier and await self._edited(page, int(earlier[0])):
            return earlier[0]
        try:
            return await self._sent(page, self._reply())
        except BadRequest as refusal:
            # Inside a forum Telegram does not overlook that the question was deleted meanwhile.
            if "replied" not in refusal.message.lower():
                raise
            return await self._sent(page, None)

    def _reply(self) -> ReplyParameters | None:
        question = self._outgoing.reply_to
        return (
            ReplyParameters(int(question), allow_sending_without_reply=True) if question else None
        )

    async def _sent(self, page: int, reply: ReplyParameters | None) -> str:
        place, card = self._outgoing.place, self._outgoing.card
        message = await self._bot.send_message(
            self._chat,
            card.pages[page].text,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            message_thread_id=int(place.thread) if place.thread else None,
            reply_parameters=None if page else reply,
            reply_markup=under(card, private=place.private) if page == self._last else None,
        )
        return str(message.message_id)

    async def _edited(self, page: int, message: int) -> bool:
        """Put a page in place of an earlier message; tell whether it stands there now."""
        try:
            await self._bot.edit_message_text(
                self._outgoing.card.pages[page].text,
                self._chat,
                message,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=self._buttons(page),
            )
        except BadRequest as refusal:
            return _stands(refusal)
        return True

    def _buttons(self, page: int) -> InlineKeyboardMarkup | None:
        return keyboard(self._outgoing.card) if page == self._last else None

    async def _remove(self, message: str) -> None:
        try:
            await self._bot.delete_message(self._chat, int(message))
        except BadRequest:
            return  # somebody deleted it already, or it is too old to be deleted: let it stand


def _stands(refusal: BadRequest) -> bool:
    """Read why an edit was refused: the text stands already, or its message is gone."""
    why = refusal.message.lower()
    if "not modified" in why:
        return True
    if (
        "message to edit not found" in why
        or "can't be edited" in why
        or "message_id_invalid" in why
    ):
        return False
    raise refusal
