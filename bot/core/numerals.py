"""Whole numbers in what people type and press: ASCII digits alone, and no more of them than fit."""

LONGEST = 9
"""Digits of a number that every column of the store can hold."""


def is_number(text: str, most: int = LONGEST) -> bool:
    """Say whether a text is a whole number of at most so many digits, and nothing else."""
    return text.isascii() and text.isdecimal() and len(text) <= most


def number_or(text: str, otherwise: int, most: int = LONGEST) -> int:
    """Return the whole number that a text is, or something else where it is none."""
    return int(text) if is_number(text, most) else otherwise
