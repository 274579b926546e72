"""The rules of classes: codes and names."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.assignment_types import Group
from bot.core.class_words import CLASS_EXEMPT, CLASS_WORDS
from bot.core.classes import (
    ALPHABET,
    CODE,
    CODE_LASTS,
    free_name,
    join_code,
    lasts_until,
    one_line,
    read_code,
)
from tests.cast import NOON


@given(st.text())
def test_a_code_has_eight_signs_of_which_none_looks_like_another(seed: str):
    code = join_code(seed)

    assert len(code) == CODE
    assert set(code) <= set(ALPHABET)
    assert not set(code) & set("0O1IL")


@given(st.text(), st.integers(0, 8))
def test_a_code_is_read_in_small_letters_and_with_gaps(seed: str, gap: int):
    code = join_code(seed)

    assert read_code(f" {code[:gap].lower()}- {code[gap:]}\n") == code


def test_a_code_runs_out():
    assert lasts_until(Group(1, "7B", "telegram:1", "X", NOON)) == NOON + CODE_LASTS


@given(st.text(), st.integers(1, 40))
def test_a_name_is_one_line_of_what_can_be_seen_or_nothing(text: str, most: int):
    name = one_line(text, most)

    assert len(name) <= most
    assert all(letter.isprintable() for letter in name)
    assert name == " ".join(name.split())


@given(st.text(), st.integers(0, 4))
def test_nobody_gets_a_name_that_is_taken(seed: str, others: int):
    taken: list[str] = []
    for _ in range(others):
        taken.append(free_name(seed, taken))

    assert free_name(seed, [name.upper() for name in taken]) not in taken
    assert len({name.casefold() for name in taken}) == others


def test_what_may_stand_without_a_caveat_is_worded():
    assert set(CLASS_WORDS) >= CLASS_EXEMPT
