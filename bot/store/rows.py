"""Values of the core as they stand in a row, and back."""

from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from bot.core.answer import FactKey
from bot.core.cards import Card
from bot.core.events import Place
from bot.service.ports import Exchange, Outgoing, Receipt, Report

Json = Any
"""What a JSON column takes and returns."""

_card = TypeAdapter(Card)
_cards = TypeAdapter(tuple[Card, ...])
_keys = TypeAdapter(tuple[FactKey, ...])


def card_json(card: Card) -> Json:
    """Return a card as JSON."""
    return _card.dump_python(card, mode="json")


def cards_json(cards: Sequence[Card]) -> Json:
    """Return cards as JSON."""
    return _cards.dump_python(tuple(cards), mode="json")


def keys_json(keys: Iterable[FactKey]) -> Json:
    """Return the keys of facts as JSON, their hashes with them."""
    return _keys.dump_python(tuple(keys), mode="json")


def to_place(row: Row[Any]) -> Place:
    """Return the place of a row that was joined with `chats`."""
    return Place(row.platform, row.chat_key, row.thread, row.private)


def to_receipt(row: Row[Any]) -> Receipt:
    """Return the receipt of a row that was joined with `chats` and `people`."""
    return Receipt(
        row.token,
        to_place(row),
        row.person_key,
        row.question,
        row.at,
        facts=_keys.validate_python(row.facts),
        offers=_keys.validate_python(row.offers),
        notice=row.notice,
    )


def to_outgoing(row: Row[Any], edits: Sequence[str]) -> Outgoing:
    """Return the delivery of a row of the outbox that was joined with `chats`."""
    return Outgoing(
        row.id,
        to_place(row),
        _card.validate_python(row.card),
        reply_to=row.reply_to,
        edits=tuple(edits),
        receipt=row.receipt or "",
        tries=row.tries,
        done=tuple(row.done),
    )


def to_report(row: Row[Any]) -> Report:
    """Return the report of a row that was joined with `people`."""
    facts = _keys.validate_python(row.facts)
    return Report(row.number, row.person_key or "", facts, row.words, row.at)


def to_exchange(row: Row[Any]) -> Exchange:
    """Return an exchange of the transcript."""
    return Exchange(row.said, _cards.validate_python(row.cards), row.at)
