"""Questions and checks on the command line."""

import io
import json
import re
import sys
from pathlib import Path

import pytest

from bot.frontends.cli.inbound import Call
from bot.frontends.cli.run import run

CAVEAT = "Please double-check this with another source."
KEYS = ["id", "reply", "outcome", "answered", "facts", "verdicts", "ranked", "confidence"]


class Terminal(io.StringIO):
    """A standard output that somebody looks at."""

    def isatty(self) -> bool:
        return True


def lines_of(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def batch(path: Path, *lines: str) -> Call:
    path.write_text("\n".join(lines), encoding="utf-8")
    return Call("ask", batch=str(path))


def test_a_question_gets_its_reply_with_the_caveat_at_the_end(shelf, capsys):
    code = run(Call("ask", "when did the harbour open"), shelf)

    reply = capsys.readouterr().out
    assert code == 0
    assert reply.startswith("4 May 2025")
    assert "Other sources agree" in reply
    assert reply.endswith(CAVEAT + "\n")


def test_a_contradicted_answer_says_so(shelf, capsys):
    run(Call("ask", "what did the harbour cost"), shelf)

    reply = capsys.readouterr().out
    assert "31 million" in reply
    assert "48 million" in reply
    assert "Other sources disagree" in reply


def test_a_refusal_is_no_error_and_has_the_caveat_too(shelf, capsys):
    code = run(Call("ask", "who was the architect of the opera house"), shelf)

    assert code == 0
    assert capsys.readouterr().out.endswith(CAVEAT + "\n")


def test_json_is_one_object_with_all_that_a_program_wants(shelf, capsys):
    code = run(Call("ask", "what did the harbour cost", json=True), shelf)

    [said] = lines_of(capsys.readouterr().out)
    assert code == 0
    assert list(said) == KEYS
    assert said["outcome"] == "answered"
    assert said["answered"] is True
    assert said["facts"] == ["harbour-cost"]
    assert said["verdicts"] == ["contradicted"]
    assert said["ranked"][0] == "harbour-cost"
    assert 0 <= said["confidence"] <= 1


def test_a_batch_answers_every_line_in_order_and_keeps_its_ids(shelf, tmp_path, capsys):
    call = batch(
        tmp_path / "q.jsonl",
        '{"id": "b", "question": "what did the harbour cost", "expect": {"decline": true}}',
        "",
        '{"id": 7, "question": "who was the architect of the opera house", "after": []}',
    )

    code = run(call, shelf)

    said = lines_of(capsys.readouterr().out)
    assert code == 0
    assert [line["id"] for line in said] == ["b", 7]
    assert [line["answered"] for line in said] == [True, False]
    assert said[1]["outcome"] == "declined"


def test_a_batch_comes_from_standard_input_and_each_line_goes_out_at_once(
    shelf, capsys, monkeypatch
):
    told: list[str] = []

    def questions():
        for name in ("first", "second"):
            yield json.dumps({"id": name, "question": "how many cranes"}).encode()
            told.append(capsys.readouterr().out)

    monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": questions()}))

    assert run(Call("ask", batch="-"), shelf) == 0
    assert [lines_of(text)[0]["id"] for text in told] == ["first", "second"]


def test_a_bad_line_is_named_and_stops_no_other(shelf, tmp_path, capsys):
    call = batch(
        tmp_path / "q.jsonl",
        '{"id": "a", "question": "how many cranes"}',
        "not json",
        '{"id": "c", "question": 5}',
        '{"id": "d", "question": "how many cranes"}',
    )

    code = run(call, shelf)

    out, err = capsys.readouterr()
    assert code == 2
    assert [line["id"] for line in lines_of(out)] == ["a", "d"]
    assert "q.jsonl:2: " in err
    assert "q.jsonl:3: " in err


def test_a_batch_that_is_not_there_is_one_line(shelf, capsys):
    code = run(Call("ask", batch="nowhere.jsonl"), shelf)

    assert code == 2
    assert capsys.readouterr().err == "nowhere.jsonl cannot be read: No such file or directory.\n"


def test_a_follow_up_is_answered_with_what_came_before(shelf, tmp_path, capsys):
    call = batch(
        tmp_path / "q.jsonl",
        '{"id": 1, "question": "and what did it cost", "after": ["when did the harbour open"]}',
    )

    run(call, shelf)

    [said] = lines_of(capsys.readouterr().out)
    assert said["facts"] == ["harbour-cost"]


@pytest.mark.parametrize("wanted", ["harbour", "folder"])
def test_a_pack_is_named_by_id_or_folder(shelf, capsys, wanted):
    pack = str(shelf / "harbour") if wanted == "folder" else wanted

    assert run(Call("ask", "how many cranes", pack=pack), shelf) == 0


def test_an_unknown_pack_is_one_line_with_those_there_are(shelf, capsys):
    code = run(Call("ask", "how many cranes", pack="airport"), shelf)

    assert code == 2
    assert '"airport"' in capsys.readouterr().err
    assert run(Call("ask", "how many cranes"), shelf / "nowhere") == 2
    assert "There is no pack in" in capsys.readouterr().err


def test_a_wrong_pack_is_refused_with_file_and_line(shelf, capsys):
    (shelf / "harbour" / "facts.yaml").write_text("- id: a\n  clam: x\n", encoding="utf-8")

    code = run(Call("ask", "how many cranes"), shelf)

    assert code == 2
    assert "harbour/facts.yaml:2: " in capsys.readouterr().err


@pytest.mark.parametrize(("setting", "highlighted"), [("", True), ("1", False)])
def test_a_terminal_gets_highlighting_unless_nobody_wants_it(
    shelf, monkeypatch, setting, highlighted
):
    screen = Terminal()
    monkeypatch.setattr(sys, "stdout", screen)
    monkeypatch.setenv("NO_COLOR", setting)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")

    run(Call("ask", "what did the harbour cost"), shelf)

    shown = re.sub(r"\x1b\[\dm", "", screen.getvalue())
    assert (shown != screen.getvalue()) is highlighted
    assert max(len(line) for line in shown.splitlines()) <= 40


def test_checks_that_pass_are_counted(shelf, capsys):
    code = run(Call("check", folder=shelf), shelf)

    assert code == 0
    assert capsys.readouterr().out == "harbour: 4 facts are well-formed, 2 checks passed\n"


def test_a_pack_without_checks_passes_and_is_named(shelf, capsys):
    (shelf / "harbour" / "checks.yaml").unlink()

    assert run(Call("check", folder=shelf), shelf) == 0
    assert "it has no checks.yaml" in capsys.readouterr().out


def test_a_check_that_fails_is_listed_with_what_came_instead(shelf, capsys):
    checks = shelf / "harbour" / "checks.yaml"
    checks.write_text(
        "- id: wrong\n  question: how many cranes\n  expect: {facts: [harbour-cost]}\n",
        encoding="utf-8",
    )

    code = run(Call("check", folder=shelf / "harbour"), shelf)

    said = capsys.readouterr().out
    assert code == 1
    assert "1 of 1 checks failed" in said
    assert "checks.yaml:1: wrong: how many cranes" in said
    assert "expected harbour-cost" in said
    assert "got harbour-cranes" in said


def test_every_pack_is_checked_even_after_a_wrong_one(shelf, capsys):
    (shelf / "airport").mkdir()
    (shelf / "airport" / "pack.yaml").write_text("id: airport\n", encoding="utf-8")

    code = run(Call("check", folder=shelf), shelf)

    out, err = capsys.readouterr()
    assert code == 2
    assert "airport" in err
    assert "harbour: 4 facts" in out
