"""Names to go by in a class."""

import re

from bot.core.pseudonyms import pseudonym


def test_a_seed_has_one_name() -> None:
    assert pseudonym("token") == pseudonym("token")


def test_a_class_gets_many_names_of_two_words() -> None:
    names = {pseudonym(f"token{number}") for number in range(100)}
    assert len(names) > 90
    assert all(re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", name) for name in names)
    assert all(len(name) <= 20 for name in names)
