"""The same people and the same moment in every test."""

from datetime import UTC, datetime

from bot.core.events import Person, Place

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

TEACHER = Person("telegram:101")
ALICE = Person("telegram:102")
BOB = Person("telegram:103")
STRANGER = Person("telegram:900")


def private_chat(person: Person) -> Place:
    """Return the chat that a person has with the bot alone."""
    return Place("telegram", person.key)


GROUP = Place("telegram", "telegram:-1001", private=False)
