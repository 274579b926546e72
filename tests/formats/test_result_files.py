"""Results as files: what is written is read back, and nothing in it becomes a formula or a platform's id."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.core.result_summary import summary
from bot.core.results import Taken, Which
from bot.formats.gradebook import gradebook_csv
from bot.formats.results_csv import answers, csv_of, learners, questions, tidy
from bot.formats.results_xlsx import workbook
from bot.formats.safe_csv import safe_blocks
from tests.held import BRIDGE, FLOOD, OPENER, RIVER, taken

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "＝1",
    '"; =1',
    "#N/A",
    "\x07=1",
    "'quoted",
    "a,b;c\td",
    "two\nlines",
]


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def joined(blocks: Iterator[bytes]) -> bytes:
    return b"".join(blocks)


def renamed(session: Taken, name: str, code: str = "") -> Taken:
    first = replace(session.learners[0], pseudonym=name, code=code)
    return replace(session, learners=(first, *session.learners[1:]))


SESSION = taken([BRIDGE, OPENER, FLOOD, RIVER], "b mayor a a", "c -5 b -", "a = b b")


def test_every_answer_is_a_row_in_words():
    first, second, *_ = read(joined(csv_of(answers(SESSION))))

    assert first == {
        "session": "7B · Bridges",
        "question": "bridge-year",
        "version": "hash-of-bridge-1",
        "stem": BRIDGE.stem,
        "kind": "single",
        "topic": "opening",
        "learner": "Fox 1",
        "attempt": "1",
        "response": "1931",
        "key": "1931",
        "right": "yes",
        "fraction": "1",
        "mark": "1",
        "points with speed": "1",
        "seconds": "0",
        "late": "no",
        "at (UTC)": "2026-11-23T12:00:01+00:00",
    }
    assert second["response"] == "mayor"


def test_answers_for_reflection_are_nobody_s_rows():
    rows = read(joined(csv_of(answers(SESSION))))

    assert "flood" not in {row["question"] for row in rows}
    assert len(rows) == 8


def test_every_learner_is_a_row_with_a_column_a_question():
    rows = read(joined(csv_of(learners(SESSION))))

    assert [row["total"] for row in rows] == ["3", "0", "0"]
    assert rows[0]["Q4 / 1"] == "1"
    assert rows[1]["answered"] == "2"
    assert "Q3 / 1" not in rows[0]


def test_every_question_is_a_row_with_its_statistics():
    session = taken([BRIDGE, RIVER, FLOOD], *(["b a a"] * 9), *(["c b b"] * 3))

    first, _, last = read(joined(csv_of(questions(summary(session)))))

    assert first["facility"] == "0.75"
    assert first["discrimination index"] == "100"
    assert first["what was answered"].startswith("1929: 0; 1931: 9 (the key)")
    assert (last["question"], last["facility"], last["key"]) == ("flood", "", "")
    assert "a source and a time: 9" in last["what was answered"]


def test_of_four_learners_no_discrimination_is_written():
    session = taken([BRIDGE, RIVER], "b a", "a b", "b a", "a b")

    assert read(joined(csv_of(questions(summary(session)))))[0]["discrimination index"] == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_no_pseudonym_becomes_a_formula(name):
    session = renamed(SESSION, name)
    content = {
        "answers": joined(csv_of(answers(session))),
        "learners": joined(csv_of(learners(session))),
        "gradebook": joined(gradebook_csv(session, Which.FIRST)),
    }

    for file in content.values():
        cells = [
            c for row in csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")) for c in row
        ]
        found = [c for c in cells if c in {name, f"'{name}"}]
        assert found
        assert [c for c in found if c.lstrip()[:1] in tuple("=+-@＝＋－＠")] == []


def test_what_learners_wrote_becomes_no_formula_and_no_number():
    rows = read(joined(csv_of(answers(SESSION))))

    assert {row["response"] for row in rows} >= {"'-5", "'="}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_workbook_holds_every_text_as_it_is_and_as_text(name):
    book = load_workbook(io.BytesIO(workbook(summary(renamed(SESSION, name)))))
    cells = [cell for row in book["Learners"].iter_rows() for cell in row]

    [held] = [cell for cell in cells if cell.row == 2 and cell.column == 1]
    assert held.data_type == "s"
    # XML reads one end of a line as another, and has no bell.
    assert held.value == name.replace("\r", "\n").replace("\x07", "")
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_numbers_are_numbers_in_a_workbook():
    book = load_workbook(io.BytesIO(workbook(summary(SESSION))))
    heads = [cell.value for cell in book["Learners"][1]]
    total = book["Learners"].cell(2, heads.index("total") + 1)

    assert (total.value, total.data_type) == (3, "n")
    assert book.sheetnames == ["Answers", "Learners", "Questions"]
    assert book["Questions"].freeze_panes == "A2"


def test_a_workbook_survives_letters_that_its_format_forbids():
    book = load_workbook(
        io.BytesIO(workbook(summary(renamed(SESSION, "bell\x07" + "x" * 40_000))))
    )

    assert book["Learners"]["A2"].value == ("bell" + "x" * 40_000)[:32_767]


def test_the_gradebook_has_moodle_s_columns_and_numbers_with_a_point():
    half = replace(SESSION.replies[0], fraction=0.5, right=False)
    session = replace(SESSION, replies=(half, *SESSION.replies[1:]))

    rows = read(joined(gradebook_csv(renamed(session, "Fox 1", code="7B-12"), Which.FIRST)))

    assert list(rows[0]) == [
        "Email address",
        "ID number",
        "Username",
        "7B · Bridges",
        "7B · Bridges (feedback)",
    ]
    assert list(rows[0].values()) == ["", "7B-12", "", "2.5", "2 of 3 right"]
    assert list(rows[1].values()) == ["", "", "Fox 2", "0", "0 of 3 right"]


def test_the_gradebook_takes_the_attempt_that_is_asked_for():
    replies = tuple(replace(r, learner=1, attempt=r.learner) for r in SESSION.replies)
    session = replace(SESSION, learners=SESSION.learners[:1], replies=replies)

    grades = {
        which: read(joined(gradebook_csv(session, which)))[0]["7B · Bridges"] for which in Which
    }

    assert grades == {Which.FIRST: "3", Which.BEST: "3", Which.LAST: "0"}


def test_the_teacher_s_code_stands_in_place_of_the_pseudonym():
    rows = read(joined(csv_of(learners(renamed(SESSION, "Fox 1", code="7B-12")))))

    assert rows[0]["learner"] == "7B-12"


def test_long_tables_are_written_in_blocks():
    blocks = list(safe_blocks(["n"], ((n,) for n in range(1_001)), most=500))

    assert len(blocks) == 4
    assert b"".join(blocks).decode("utf-8-sig").split() == ['"n"', *map(str, range(1_001))]


@settings(max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=6))
def test_whatever_is_written_is_read_back(names):
    content = joined(safe_blocks(["name"], ((name,) for name in names)))
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]

    assert len(rows) == len(names)
    for [cell], name in zip(rows, names, strict=True):
        kept = name.replace("\0", "")
        assert cell in {kept, f"'{kept}"}


@pytest.mark.parametrize(("value", "written"), [(1.0, 1), (0.1 + 0.2, 0.3), (1 / 3, 0.33333)])
def test_numbers_carry_no_dust(value, written):
    assert tidy(value) == written
