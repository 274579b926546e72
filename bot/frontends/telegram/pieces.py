"""What a card is sent as: a picture or a file, a poll, pages of text; each with its caveat."""

from dataclasses import dataclass

from telegram.constants import MessageLimit

from bot.core.cards import Card, File
from bot.core.polls import Poll
from bot.frontends.telegram.drawing import cut
from bot.frontends.telegram.markup import escape, utf16_units, visible

PICTURES = frozenset({"image/png", "image/jpeg"})
"""What is shown as a picture; the rest is a file to open."""
CAPTION = int(MessageLimit.CAPTION_LENGTH)


@dataclass(frozen=True, slots=True)
class Paper:
    """A picture or a file with what stands under it."""

    file: File
    caption: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is shown, and not only handed over."""
        return self.file.kind in PICTURES


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of text."""

    text: str


Piece = Paper | Poll | Leaf
"""One call."""


def pieces(card: Card) -> tuple[Piece, ...]:
    """Return the calls that a card comes to, in their order."""
    if card.poll:
        return (card.poll,)
    leaves = tuple(Leaf(page.text) for page in card.pages)
    if card.file is None:
        return leaves
    if len(leaves) == 1 and utf16_units(visible(leaves[0].text)) <= CAPTION:
        return (Paper(card.file, leaves[0].text),)
    return (Paper(card.file, _caption(card, card.file)), *leaves)


def _caption(card: Card, file: File) -> str:
    """Return what stands under a file whose words come in a message of their own."""
    room = CAPTION - utf16_units(card.short) - 2
    head = escape(cut(file.alt, room // 2)) if file.alt else ""
    return "\n\n".join(part for part in (head, escape(card.short)) if part)
