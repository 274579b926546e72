"""Things to put into a store."""

from bot.core.answer import Choice, FactKey
from bot.core.cards import Card
from bot.core.events import Person, Place
from bot.core.page import Page
from bot.service.ports import Outgoing, Receipt
from bot.store.store import SqlStore
from tests.cast import ALICE, NOON, private_chat

DATE = FactKey("strikes", "lead-date", "0123456789abcdef")
PLACE = FactKey("strikes", "lead-place", "fedcba9876543210")


def card(text: str) -> Card:
    return Card((Page(f"<b>{text}</b>\n\nDouble-check"),), (Choice("Sources", "1|s|token"),), text)


def receipt(
    token: str, place: Place | None = None, by: Person = ALICE, question: str = ""
) -> Receipt:
    place = place or private_chat(by)
    return Receipt(token, place, by.key, question, NOON, (DATE,), (PLACE, DATE))


async def queue(
    store: SqlStore, text: str, place: Place | None = None, receipt: str = "", replaces: str = ""
) -> None:
    place = place or private_chat(ALICE)
    async with store.work(NOON) as work:
        await work.queue(place, card(text), reply_to="12", receipt=receipt, replaces=replaces)


async def keep(store: SqlStore, *receipts: Receipt) -> None:
    async with store.work(NOON) as work:
        for kept in receipts:
            await work.keep_receipt(kept)


async def sent(store: SqlStore, token: str) -> list[str]:
    async with store.work(NOON) as work:
        return list(await work.sent(token))


def texts(claimed: object) -> list[str]:
    assert isinstance(claimed, list | tuple)
    return [outgoing.card.title for outgoing in claimed if isinstance(outgoing, Outgoing)]
