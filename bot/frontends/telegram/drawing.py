"""What stands under a message: rows of buttons, or an empty field for the reply."""

from collections.abc import Iterable, Sequence

from telegram import ForceReply, InlineKeyboardButton, InlineKeyboardMarkup

from bot.core.cards import Card

ROWS = 8
LABEL = 60
"""Letters on a button that has a row of its own; phones hide what goes beyond."""
WIDTHS = (36, 72, 144)
"""Letters a row may show: the first is a phone's; the others only where there are many buttons."""

_ASKING = frozenset({"ask.what", "report.ask"})
"""The notices that wait for a person's words."""


def under(card: Card, *, private: bool) -> InlineKeyboardMarkup | ForceReply | None:
    """Return what stands under a card."""
    # In a group the bot is shown replies alone, so the person's app is made to begin one.
    if card.notice in _ASKING and not private:
        return ForceReply(selective=True)
    return keyboard(card)


def keyboard(card: Card) -> InlineKeyboardMarkup | None:
    """Lay a card's choices out in rows."""
    buttons = [
        InlineKeyboardButton(cut(choice.label, LABEL), choice.url or None, choice.action or None)
        for choice in card.choices
    ]
    return InlineKeyboardMarkup(rows(buttons)) if buttons else None


def rows(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    """Put buttons side by side where their labels stay readable, in at most eight rows."""
    packed = (list(_pack(buttons, width)) for width in WIDTHS)
    return next((some for some in packed if len(some) <= ROWS), list(_pack(buttons, WIDTHS[-1])))[
        :ROWS
    ]


def _pack(
    buttons: Iterable[InlineKeyboardButton], width: int
) -> Iterable[list[InlineKeyboardButton]]:
    row: list[InlineKeyboardButton] = []
    for button in buttons:
        # The buttons of a row share its width evenly, so the longest label decides.
        if row and max(len(b.text) for b in [*row, button]) * (len(row) + 1) > width:
            yield row
            row = []
        row.append(button)
    if row:
        yield row


def cut(text: str, most: int) -> str:
    """Shorten a line to a number of letters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
