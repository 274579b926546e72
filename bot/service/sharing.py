"""Shows everyone an answer that one person was given, under a receipt of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.answer import Choice
from bot.core.cards import ACTION_VERSION, Card, read_action
from bot.core.events import Person, Place
from bot.service.desk import Desk

ABOUT_FACTS = frozenset({"s", "r", "c", "n", "p"})
"""The verbs of buttons that go along: they are about what the answer showed, and nobody's own."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person wants everyone to see: the answer as it stands before them."""

    by: Person
    receipt: str
    message: str
    """The platform's id of the message in which it stands."""
    card: Card
    buttons: Sequence[tuple[str, str]] = ()
    """The labels and actions under it."""


async def share(desk: Desk, shown: Shown, place: Place, update: str) -> Card | None:
    """Return the card to show in a place; None where it is not theirs to show, or not any more.

    It is shown there once: who presses twice shows it once.
    """
    now = desk.clock()
    async with desk.store.work(now) as work:
        first = await work.first_time(place.platform, f"shown {shown.message}")
        receipt = await work.receipt(shown.receipt)
        mine = receipt is not None and receipt.person == shown.by.key
        if not (first and await work.first_time(place.platform, update)):
            return None
        if receipt is None or not mine:
            return None
        token = desk.token()
        await work.keep_receipt(replace(receipt, token=token, place=place, question="", at=now))
    choices = tuple(
        Choice(label, _moved(action, token))
        for label, action in shown.buttons
        if (read := read_action(action)) and read.verb in ABOUT_FACTS
    )
    return replace(shown.card, choices=choices)


def _moved(action: str, token: str) -> str:
    """Return an action that is about another receipt."""
    _, verb, _, *number = action.split("|")
    return "|".join([ACTION_VERSION, verb, token, *number])
