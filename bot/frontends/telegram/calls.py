"""The calls of one delivery: each puts one piece of a card into a chat, or takes one away."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    Poll,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.core import polls
from bot.frontends.telegram.drawing import keyboard, under
from bot.frontends.telegram.pieces import Leaf, Paper, Piece
from bot.service.ports import Outgoing

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Parameters = dict[str, Any]


class Calls:
    """Calls into one chat, with a rest between two of them."""

    def __init__(
        self, bot: Bot, outgoing: Outgoing, chat: int, breathe: Callable[[], Awaitable[None]]
    ) -> None:
        self._bot = bot
        self._outgoing = outgoing
        self._chat = chat
        self._breathe = breathe
        self._begun = False

    async def send(self, piece: Piece, *, first: bool, last: bool) -> Message:
        """Send a piece; the first replies to the question, the last has the buttons."""
        await self._rest()
        place = self._outgoing.place
        to: Parameters = {"message_thread_id": int(place.thread) if place.thread else None}
        if last and not isinstance(piece, polls.Poll):
            to["reply_markup"] = self._under()
        question = self._outgoing.reply_to
        if not (first and question):
            return await self._sent(piece, to)
        reply = ReplyParameters(int(question), allow_sending_without_reply=True)
        try:
            return await self._sent(piece, {**to, "reply_parameters": reply})
        except BadRequest as refusal:
            # Inside a forum Telegram does not overlook that the question was deleted meanwhile.
            if "replied" not in refusal.message.lower():
                raise
            return await self._sent(piece, to)

    async def edit(self, message: str, leaf: Leaf, *, last: bool) -> bool:
        """Put a page in place of an earlier message; tell whether it stands there now."""
        await self._rest()
        buttons = keyboard(self._outgoing.card) if last else None
        try:
            await self._bot.edit_message_text(
                leaf.text,
                self._chat,
                int(message),
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=buttons,
            )
        except BadRequest as refusal:
            return _stands(refusal)
        return True

    async def remove(self, message: str) -> None:
        """Take a message away, where that can be."""
        await self._rest()
        try:
            await self._bot.delete_message(self._chat, int(message))
        except BadRequest:
            return  # somebody deleted it already, or it is too old to be deleted: let it stand

    async def stop_poll(self, message: str) -> bool:
        """End a poll; tell whether the message is one."""
        await self._rest()
        try:
            await self._bot.stop_poll(self._chat, int(message))
        except BadRequest as refusal:
            return "already been closed" in refusal.message.lower()
        return True

    def _under(self) -> InlineKeyboardMarkup | ForceReply | None:
        return under(self._outgoing.card, private=self._outgoing.place.private)

    async def _rest(self) -> None:
        begun, self._begun = self._begun, True
        if begun:
            await self._breathe()

    async def _sent(self, piece: Piece, to: Parameters) -> Message:
        match piece:
            case Leaf(text):
                return await self._bot.send_message(
                    self._chat,
                    text,
                    parse_mode=ParseMode.HTML,
                    link_preview_options=NO_PREVIEW,
                    **to,
                )
            case Paper():
                return await self._handed(piece, to)
            case polls.Poll():
                return await self._polled(piece, to)

    async def _handed(self, paper: Paper, to: Parameters) -> Message:
        content = paper.file.content
        words: Parameters = {"caption": paper.caption or None, "parse_mode": ParseMode.HTML}
        name = paper.file.name
        if paper.is_picture:
            return await self._bot.send_photo(self._chat, content, filename=name, **words, **to)
        return await self._bot.send_document(
            self._chat,
            content,
            filename=name,
            disable_content_type_detection=True,
            **words,
            **to,
        )

    async def _polled(self, poll: polls.Poll, to: Parameters) -> Message:
        return await self._bot.send_poll(
            self._chat,
            poll.question,
            poll.options,
            type=Poll.QUIZ,
            is_anonymous=False,
            shuffle_options=True,
            allows_multiple_answers=poll.several,
            allows_revoting=poll.revoting,
            explanation=poll.explanation,
            description=poll.description,
            open_period=poll.seconds or None,
            correct_option_ids=_numbers(poll.right),
            **to,
        )


def _numbers(right: Sequence[int]) -> Any:
    """Return the places of the right options; their type is one that only the library can name."""
    return [*right]


def _stands(refusal: BadRequest) -> bool:
    """Read why an edit was refused: the text stands already, or its message is gone."""
    why = refusal.message.lower()
    if "not modified" in why:
        return True
    if any(gone in why for gone in _GONE):
        return False
    raise refusal


_GONE = (
    "message to edit not found",
    "can't be edited",
    "message_id_invalid",
    "no text in the message",  # it is a picture, or a poll
)
