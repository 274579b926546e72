import csv
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.safe_csv import safe_csv, safe_text


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r1",
        "\n1",
        " =1",
        "＝1",
        "－1",
        "\u3000＋1",
        "\xa0@a",
    ],
)
def test_what_could_be_a_formula_is_marked_as_words(text):
    assert safe_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "7B", " plain", "'quoted'", "3-4"])
def test_other_words_stay_as_they_are(text):
    assert safe_text(text) == text


@given(st.text())
def test_no_text_begins_as_a_formula_does(text):
    assert safe_text(text).lstrip(" ")[:1] not in set("=+-@\t\r\n\0＝＋－＠")


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_cell_comes_back_whole(text):
    assert read(safe_csv(["head"], [[text]]))[1] == [safe_text(text)]


def test_numbers_stay_numbers_also_below_zero():
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    content = safe_csv(["points", "name"], [[-0.5, "-0.5"], [3, None], [True, moment]])

    assert content.decode("utf-8-sig").splitlines() == [
        '"points","name"',
        '-0.5,"\'-0.5"',
        '3,""',
        '"yes","2026-11-23T12:00:00+00:00"',
    ]
