"""How long things are kept; the store keeps to it, and the privacy text says it."""

from dataclasses import dataclass
from datetime import timedelta

GONE = "gone"
"""The setting of a server that has put the bot out: its other settings go with it after a time."""

OFFERED = ".offered"
"""How the wishes end that hold when somebody was last told that they may allow something."""
OFFER_EVERY = timedelta(days=7)
"""How often at most they are told."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept before they are deleted."""

    seen: timedelta = timedelta(hours=48)
    receipts: timedelta = timedelta(days=30)
    """Also what was sent, and what could not be: afterwards the buttons are too old."""
    transcript: timedelta = timedelta(hours=24)
    reports: timedelta = timedelta(days=60)
    missed: timedelta = timedelta(days=365)
    """Since a question that was missed was last practised."""
    results: timedelta = timedelta(days=365)
    """Since a quiz with a class began or ended: who took part, and what they answered."""
    unanswered: timedelta = timedelta(days=30)
    """The wording of questions that could not be answered, of those who allowed it."""
    classes: timedelta = timedelta(days=365)
    """Since somebody last joined a class."""
    drafts: timedelta = timedelta(days=30)
    """Since a draft of a bank was thrown away or published."""
    audit: timedelta = timedelta(days=365)
    """Who did what: granted a role, published a bank, signed in."""


def span(length: timedelta) -> str:
    """Return a length of time in words: days, or hours where it is less than two days."""
    if length < timedelta(days=2):
        return f"{round(length / timedelta(hours=1))} hours"
    return f"{round(length / timedelta(days=1))} days"
