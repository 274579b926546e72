"""Tables: our own template and those of other programs, as CSV and as XLSX."""

import io
import re
import zipfile
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook

from bot.core.quiz import Accepted, QuestionKind
from bot.formats.banks import csv_file, xlsx_file
from tests.formats.banks.shown import causes, choices, of, said

KAHOOT = ["", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
          "Answer 3 - max 75 characters", "Answer 4 - max 75 characters",
          "Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs", "Correct answer(s) - choose at least one"]  # fmt: skip
SHORT = "question,answer 1,answer 2,answer 3,correct answer\n"


def book(*rows: list[object], sheet: str = "Sheet1") -> bytes:
    made = Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("row", [4, 8])
def test_a_table_of_kahoot_has_its_headings_in_row_4_or_8(row):
    data = book(["Quiz template"], *[[]] * (row - 2), KAHOOT, [1, "Which port?", "a", "b", "c", "", 20, 2],
                [2, "Which two?", "a", "b", "c", None, 20, "1,3"], [3, "Late?", "True", "False", "", "", 20, 1])  # fmt: skip

    draft = of(xlsx_file.read, data)

    assert [question.kind for question in draft.questions] == ["single", "several", "true-false"]
    assert choices(draft.questions[0]) == [("a", 0), ("b", 1), ("c", 0)]
    assert choices(draft.questions[1]) == [("a", 1), ("b", 0), ("c", 1)]
    assert draft.questions[0].source == ("bank.txt", row + 1)
    assert [p.cause for p in draft.problems] == ["the time limits of the questions are not kept"]


def test_a_table_of_blooket():
    text = (
        '"Blooket\nImport Template",,,,,,,\n'
        'Question #,Question Text,Answer 1,Answer 2,"Answer 3\n(Optional)","Answer 4\n(Optional)",'
        '"Time Limit (sec)\n(Max: 300 seconds)","Correct Answer(s)\n(Only include Answer #)"\n'
        "1,Which port?,a,b,c,,20,2\n2,Name it,Al Qaim,Qaim,,,20,typing\n"
    )

    first, second = of(csv_file.read, text).questions

    assert choices(first) == [("a", 0), ("b", 1), ("c", 0)]
    assert second.kind is QuestionKind.TEXT
    assert second.accepted == (Accepted("Al Qaim"), Accepted("Qaim"))


def test_a_table_of_wayground():
    text = (
        "Question Text,Question Type,Option 1,Option 2,Option 3,Option 4,Option 5,Correct Answer,Time in seconds,Image Link\n"
        "Which port?,Multiple Choice,a,b,c,,,3,30,\n"
        'Which two?,Checkbox,a,b,c,,,"1,2",30,\n'
        "Name it,Fill-in-the-Blank,Al Qaim,,,,,,30,\n"
        "Draw it,Draw,,a,,,,,30,\n"
        "See it,Multiple Choice,a,b,,,,1,30,https://a.example/b.png\n"
    )

    draft = of(csv_file.read, text)

    assert [question.kind for question in draft.questions] == ["single", "several", "text"]
    assert causes(csv_file.read, text)[:2] == [
        'it is of the type "Draw", which cannot be imported',
        "a picture belongs to it, which cannot be imported",
    ]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_sign_between_cells_is_found_by_the_headings(sign):
    text = (
        sign.join(["question", "answer 1", "answer 2", "correct"])
        + "\n"
        + sign.join(["Which?", "a", "b", "1"])
    )

    assert choices(of(csv_file.read, text).questions[0]) == [("a", 1), ("b", 0)]


REFUSED = [
    ("Which?,a,b,c,4", 'error line 2, "Which?": answer 4 is marked as right, but it is not there; '
     "write the number of one of its answers"),
    ("Which?,a,b,,3", 'error line 2, "Which?": answer 3 is marked as right, but it is not there; '
     "write the number of one of its answers"),
    ("Which?,a,b,c,", 'error line 2, "Which?": it does not say which answer is right; '
     "write the number of the right one"),
    ("Which?,a,b,c,d", 'error line 2, "Which?": the right answer "d" is none of its answers; '
     "write the number of the right one, as in 2 or 1,3"),
    (",a,b,c,1", "error line 2: it has no question text; write the question before its answers"),
    ('"=HYPERLINK(""x"")",a,b,c,1', 'error line 2, "=HYPERLINK("x")": a cell holds a formula: "=HYPERLINK("x")"; '
     "write what it should show as text"),
    ("Which?,=cmd|' /C calc'!A0,b,c,1", "error line 2, \"Which?\": a cell holds a formula: \"=cmd|' /C calc'!A0\"; "
     "write what it should show as text"),
    ('"Which?,a,b,c,1', "fatal line 2: the row that begins here cannot be read: unexpected end of data; "
     'close each ", and write a " inside of a text twice'),
    ("Which?," + "x" * 140_000 + ",b,c,1", "fatal line 2: the row that begins here cannot be read: "
     'field larger than field limit (131072); close each ", and write a " inside of a text twice'),
]  # fmt: skip


@pytest.mark.parametrize(("row", "message"), REFUSED)
def test_what_is_wrong_with_a_row_is_named(row, message):
    assert message in said(csv_file.read, SHORT + row + "\n")


def test_a_right_answer_may_be_written_out():
    assert choices(of(csv_file.read, SHORT + "Which?,ah,be,ce,be\n").questions[0]) == [
        ("ah", 0),
        ("be", 1),
        ("ce", 0),
    ]


def test_without_headings_nothing_is_guessed():
    assert causes(csv_file.read, "Which?,a,b,1\n") == ["no row of headings was found in it"]
    assert causes(xlsx_file.read, book(["Which?", "a", "b", 1])) == [
        "no row of headings was found in it"
    ]


def test_numbers_in_cells_are_read_as_they_look():
    data = book(
        ["question", "answer 1", "answer 2", "correct"],
        ["How many?", 12, 1.5, 1.0],
        ["Half?", 0.5, True, 1],
    )

    draft = of(xlsx_file.read, data)

    assert [choices(question) for question in draft.questions] == [
        [("12", 1), ("1.5", 0)],
        [("0.5", 1), ("True", 0)],
    ]


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("=1+1", "the cell B2 holds a formula, and the file has no result of it"),
        (datetime(2024, 2, 2, tzinfo=UTC).replace(tzinfo=None),
         "the cell B2 holds a date, which Excel may have made of something else"),
        ("#N/A", "the cell B2 holds the error #N/A"),
    ],
)  # fmt: skip
def test_a_cell_that_is_no_text_is_refused(value, cause):
    data = book(["question", "answer 1", "answer 2", "correct"], ["How many?", value, "b", 1])

    assert causes(xlsx_file.read, data) == [cause]


def computed(formula: str, result: str) -> bytes:
    """A table with a formula in B2, saved by a program that computed it."""
    data = book(["question", "answer 1", "answer 2", "correct"], ["How many?", "12", "b", 1])
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name.startswith("xl/worksheets/"):
                cell = f'<c r="B2"><f>{formula}</f><v>{result}</v></c>'
                content = re.sub(r'<c r="B2".*?</c>', cell, content)
            new.writestr(name, content)
    return found.getvalue()


def test_a_formula_counts_as_its_result_with_a_warning():
    draft = of(xlsx_file.read, computed("6*7", "42"))

    assert choices(draft.questions[0]) == [("42", 1), ("b", 0)]
    assert [(str(p.severity), p.cause) for p in draft.problems] == [
        ("warning", "the cell B2 holds a formula, of which the result is taken")
    ]


@pytest.mark.parametrize(
    "formula", ["HYPERLINK(&quot;https://example.org&quot;)", "cmd|'/C calc'!A0", "[1]Sheet1!A1"]
)
def test_a_formula_that_reaches_out_of_the_file_is_refused(formula: str):
    assert causes(xlsx_file.read, computed(formula, "42")) == [
        "the cell B2 holds a formula that reaches out of the file"
    ]


def archive(packed: int = zipfile.ZIP_DEFLATED, **members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as made:
        for name, content in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


ARCHIVES = [
    (b"PK\x03\x04" + b"x" * 50, "the archive is broken (File is not a zip file)"),
    (archive(xl__worksheets__sheet1_xml=b"0" * 90_000_000), "the archive is a bomb: it unpacks to a hundred times its size"),
    (archive(xl__worksheets__sheet1_xml=b"<!DOCTYPE a><a/>"), "it has a document type or entities, which can hide anything"),
    (archive(**{f"xl__worksheets__s{n}_xml": b"" for n in range(1_001)}), "the archive has 1001 files in it, or two of one name"),
    (archive(a=b"", **{"..__b": b""}), "the archive has a path that leads out of it"),
    (archive(word__document_xml=b""), "this is a document of Word, not a table of Excel"),
    (archive(moodle_backup_xml=b""), "this is a backup of Moodle, not a table of Excel"),
    (archive(a=b""), "this is an archive, not a table of Excel"),
    (archive(xl__worksheets__sheet1_xml=b"<a/>"), "this is no table that can be read (KeyError)"),
    (archive(zipfile.ZIP_STORED, xl__worksheets__sheet1_xml=b"<row/>" * 21_001), "a sheet has 21,001 rows and 0 cells, at most 21,000 and 400,000 are allowed"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "cause"), ARCHIVES, ids=[cause[:30] for _, cause in ARCHIVES])
def test_a_broken_or_hostile_archive_is_refused(data, cause):
    assert causes(xlsx_file.read, data) == [cause]


def test_a_cell_at_the_far_end_of_the_sheet_costs_nothing():
    made = Workbook()
    made.active.append(["question", "answer 1", "answer 2", "correct"])
    made.active.append(["Which?", "a", "b", 1])
    made.active["XFD1048576"] = "far away"
    out = io.BytesIO()
    made.save(out)

    assert len(of(xlsx_file.read, out.getvalue()).questions) == 1
