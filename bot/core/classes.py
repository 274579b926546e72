"""The rules of classes: codes, names, and who may do what. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.assignment_types import Group
from bot.core.chance import Chance
from bot.core.pseudonyms import pseudonym

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Letters and digits of which none looks like another."""
CODE = 8
CODE_LASTS = timedelta(days=60)
UNDO = timedelta(days=1)
"""How long what was deleted can be brought back."""
GUESSES = 10
GUESSES_WITHIN = timedelta(hours=1)
NAME, LABEL, PSEUDONYM = 40, 20, 30
"""Characters of the name of a class, of a teacher's code for a learner, and of a pseudonym."""
FACTORS = (1.0, 1.5, 2.0, 0.0)
"""How much more time a learner may get; 0 for no limit."""


def join_code(seed: str) -> str:
    """Return a code by which people join."""
    chance = Chance("code", seed)
    return "".join(ALPHABET[chance.below(len(ALPHABET))] for _ in range(CODE))


def read_code(text: str) -> str:
    """Return a code as it is kept, however somebody has typed it."""
    return "".join(text.split()).replace("-", "").upper()[: 2 * CODE]


def lasts_until(group: Group) -> datetime:
    """Return when the code of a class runs out."""
    return group.coded + CODE_LASTS


def one_line(text: str, most: int) -> str:
    """Return a name as it is kept; empty where it is none, or too long."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    name = " ".join(shown.split())
    return name if len(name) <= most else ""


def free_name(seed: str, taken: Collection[str]) -> str:
    """Return a name to go by that nobody in the class has."""
    name, number = pseudonym(seed), 2
    known = {other.casefold() for other in taken}
    found = name
    while found.casefold() in known:
        found, number = f"{name} {number}", number + 1
    return found


def factor_name(factor: float) -> str:
    """Return what a factor is called in the keys of our sentences."""
    return f"{factor:g}"
