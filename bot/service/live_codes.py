"""Codes to join a live quiz by, codes to find a closed tab again, and names that fit on a board."""

import hashlib
import secrets

from bot.core.events import clean
from bot.core.page import UNSEEN

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of which codes are made: none that is taken for another when it is read from a wall."""
LENGTH = 6
LONGEST_NAME = 24
NAMELESS = "Learner"


def fresh_code() -> str:
    """Return a code to join by."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """Return a code as it is kept, however it was typed: "k7m 2qx"."""
    return "".join(letter for letter in text.upper() if letter in LETTERS)[:LENGTH]


def fresh_recovery() -> str:
    """Return a code by which a closed tab is found again: 59 bits, in three groups of four."""
    letters = [secrets.choice(LETTERS) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def digest(recovery: str) -> str:
    """Return what is kept of a recovery code; nobody finds the code by it."""
    letters = "".join(letter for letter in recovery.upper() if letter in LETTERS)
    return hashlib.sha256(letters.encode()).hexdigest()


def pseudonym(name: str) -> str:
    """Return a name as the others see it: one short line that cannot reorder what stands beside it."""
    shown = " ".join(clean(name).translate(UNSEEN).split())
    return shown[:LONGEST_NAME].strip() or NAMELESS
