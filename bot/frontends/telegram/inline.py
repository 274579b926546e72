"""Answers as inline results: what a person picks is sent into a chat with the caveat inside."""

from collections.abc import Sequence
from hashlib import sha256

from telegram import InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import InlineQueryLimit, ParseMode

from bot.core.cards import Card
from bot.frontends.telegram.calls import NO_PREVIEW
from bot.frontends.telegram.drawing import cut
from bot.frontends.telegram.markup import visible

TITLE = 100
DESCRIPTION = 160
CACHED = 60
"""Seconds for which Telegram may show the same results to everybody: a correction is soon seen."""


def results(offers: Sequence[Card]) -> list[InlineQueryResultArticle]:
    """Return the results for an inline query, best first."""
    return [_article(n, offer) for n, offer in enumerate(offers[: InlineQueryLimit.RESULTS])]


def _article(place: int, offer: Card) -> InlineQueryResultArticle:
    # One result is one message: of a long answer it is the first page, which has its caveat.
    text = offer.pages[0].text
    content = InputTextMessageContent(text, ParseMode.HTML, link_preview_options=NO_PREVIEW)
    return InlineQueryResultArticle(
        id=f"{place}-{sha256(text.encode()).hexdigest()[:32]}",
        title=cut(offer.title or _first_line(text), TITLE),
        input_message_content=content,
        description=_description(text, offer.short),
    )


def _description(text: str, caveat: str) -> str:
    """Return the direct answer, as long as there is room for it, and always the caveat."""
    return f"{cut(_first_line(text), DESCRIPTION - len(caveat) - 1)} {caveat}"


def _first_line(text: str) -> str:
    return visible(text).partition("\n")[0]
