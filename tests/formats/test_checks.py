from pathlib import Path

import pytest

from bot.formats.checks import Check, Expect, read_checks, read_questions
from bot.formats.packs import PackError

CHECKS = """\
- id: c-001
  question: how many gis died
  expect: {facts: [killed, injured|all]}
- id: c-002
  question: and injured?
  after: [how many gis died, where was it]
  expect: {ask: [injured, all]}
- id: c-003
  question: what did it cost
  expect: {decline: "true"}
"""
LINES = """\
{"id": "q-1", "kind": "typo", "question": "how mny gis", "after": [], "expect": {"facts": ["killed|all"]}}

{"id": 7, "question": "cost?", "expect": {"decline": true}, "other": [1]}
{"question": "only\\nasked \\ud800", "after": null}
"""


def told(
    folder: Path, text: str, name: str = "checks.yaml", facts: tuple[str, ...] | None = None
) -> list[str]:
    """Return what is said about a file of checks."""
    (folder / name).write_text(text)
    with pytest.raises(PackError) as caught:
        read_checks(folder / name, facts)
    return [str(problem) for problem in caught.value.problems]


def test_checks_are_read(tmp_path: Path) -> None:
    (tmp_path / "checks.yaml").write_text(CHECKS)

    assert read_checks(tmp_path / "checks.yaml", ("killed", "injured", "all")) == (
        Check(
            "c-001",
            "how many gis died",
            (),
            Expect(facts=(("killed",), ("injured", "all"))),
            line=1,
        ),
        Check(
            "c-002",
            "and injured?",
            ("how many gis died", "where was it"),
            Expect(ask=(("injured",), ("all",))),
            line=4,
        ),
        Check("c-003", "what did it cost", (), Expect(decline=True), line=8),
    )


def test_lines_of_json_are_read(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text(LINES)

    assert read_checks(tmp_path / "q.jsonl", {"killed", "all"}) == (
        Check("q-1", "how mny gis", (), Expect(facts=(("killed", "all"),)), "typo", 1),
        Check(7, "cost?", (), Expect(decline=True), line=3),
        Check("", "only\nasked \ufffd", line=4),
    )


def test_questions_come_from_a_pipe_too() -> None:
    questions = read_questions(b'\xef\xbb\xbf{"id": "a", "question": ""}\r\n', "<stdin>")

    assert questions == (Check("a", "", line=1),)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: a\n  question: b\n", '1: "a" has no `expect`; add `expect:`'),
        ("- question: b\n  expect: {facts: [a]}\n", "1: check 1 has no `id`; add `id:`"),
        ("- id: a\n  question: no\n  expect: {facts: [a]}\n", '2: `question` of "a" is the bare word no, '
         'which in YAML means true or false; put it in quotes: "no"'),
        ("- id: a\n  question: b\n  expect: {}\n", '3: `expect` of "a" must be exactly one thing; '
         "write one of facts, decline: true, ask"),
        ("- id: a\n  question: b\n  expect: {facts: [a], decline: true}\n", '3: `expect` of "a" must be exactly '
         "one thing; write one of facts, decline: true, ask"),
        ("- id: a\n  question: b\n  expect: {decline: no}\n", '3: `expect` of "a" must be exactly one thing; '
         "write one of facts, decline: true, ask"),
        ("- id: a\n  question: b\n  expect: {fact: [a]}\n", '3: "a" has the unknown key "fact"; '
         'did you mean "facts"?'),
        ("- id: a\n  question: b\n  kind: c\n  expect: {facts: [a]}\n", '3: "a" has the unknown key "kind"; '
         "delete it, or use one of id, question, after, expect"),
        ("- id: a\n  question: b\n  after: c\n  expect: {facts: [a]}\n", '3: `after` of "a" must be a list; '
         "write each item on a line that begins with -"),
        ("- id: a\n  question: b\n  expect: &x {facts: [a]}\n", '3: anchors and aliases are not allowed ("x"); '
         "write the text out, or put text that begins with & or * in quotes"),
        ("a: b\n", "1: this must be a list of checks; begin each with `- id:`"),
    ],
)  # fmt: skip
def test_a_wrong_check_is_explained(text: str, said: str, tmp_path: Path) -> None:
    assert told(tmp_path, text) == [f"checks.yaml:{said}"]


def test_checks_of_one_id_are_refused(tmp_path: Path) -> None:
    assert told(tmp_path, "- {id: a, question: b, expect: {facts: [c]}}\n" * 2) == [
        'checks.yaml:2: "a" stands twice, first in line 1; an id is unique: rename or delete one of them'
    ]


def test_a_check_of_an_unknown_fact_is_refused(tmp_path: Path) -> None:
    said = told(tmp_path, CHECKS, facts=("killed", "all"))

    assert said == [
        'checks.yaml:1: "c-001" expects the unknown fact "injured"; write the id of a fact of the pack',
        'checks.yaml:4: "c-002" expects the unknown fact "injured"; write the id of a fact of the pack',
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "a"}', "the line has no `question`; add `question:`"),
        ('{"question": 4}', "`question` of the line must be a text; write one line of text"),
        ('{"question": "a", "after": "b"}', "`after` of the line must be a list; "
         "write each item on a line that begins with -"),
        ('{"question": "a", "expect": {"fact": ["b"]}}', 'the line has the unknown key "fact"; '
         'did you mean "facts"?'),
        ('{"question": "a", "expect": {"decline": "maybe"}}', "`decline` of the line must be yes or no; "
         "write true, false, yes or no"),
        ('{"id": [1], "question": "a"}', "`id` of the line must be a text or a whole number; "
         'write it like "q-1" or 1'),
        ("[1]", "this is not an object in JSON: it is another kind of value; "
         'write {"id": "…", "question": "…"} in one line'),
        ("[" * 100_000, "this is not an object in JSON: it is nested too deep; "
         'write {"id": "…", "question": "…"} in one line'),
        ('{"question": NaN}', "this is not an object in JSON: NaN is no number in JSON; "
         'write {"id": "…", "question": "…"} in one line'),
        ("{'question': 'a'}", "this is not an object in JSON: Expecting property name enclosed in double quotes: "
         'line 1 column 2 (char 1); write {"id": "…", "question": "…"} in one line'),
    ],
)  # fmt: skip
def test_a_wrong_line_is_explained(line: str, said: str, tmp_path: Path) -> None:
    fine = '{"question": "a"}\n'

    assert told(tmp_path, fine + line + "\n", "q.jsonl") == [f"q.jsonl:2: {said}"]


def test_a_file_of_checks_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for name, said in (
        ("checks.yaml", "checks.yaml: the file is missing; write it, or name another file"),
        (
            "q.jsonl",
            "q.jsonl: the file cannot be read (No such file or directory); check the path and its permissions",
        ),
    ):
        with pytest.raises(PackError, match="^" + said.replace("(", r"\(").replace(")", r"\)")):
            read_checks(tmp_path / name)


def test_questions_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_bytes('{"question": "é"}\n'.encode("latin-1"))

    with pytest.raises(
        PackError, match=r"^q\.jsonl:1: the byte 0xE9 is not UTF-8; save the file as UTF-8$"
    ):
        read_checks(tmp_path / "q.jsonl")
