"""`doublecheck bank`, as whoever types it sees it."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

GOOD = "::One:: Which? {=a#yes ~b}\n\n::Two:: Late? {T}\n"
BAD = f"{GOOD}\n::Three:: Which? {{~a ~b}}\n"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    file = tmp_path / "bank.txt"
    file.write_text(BAD, encoding="utf-8")
    return file


def test_a_bank_that_is_all_right_exits_with_0(bank, capsys):
    bank.write_text(GOOD, encoding="utf-8")

    assert main(["bank", "validate", str(bank)]) == 0
    assert (
        capsys.readouterr().out == "bank.txt (gift): 2 questions, all of which can be imported.\n"
    )


def test_a_refused_bank_exits_with_1_and_says_why(bank, capsys):
    assert main(["bank", "validate", str(bank)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "bank.txt: it cannot be imported as it is; 1 of its 3 questions cannot.",
        'line 5, "Three": no answer is marked as right. Cure: mark the right ones.',
        "The other 2 can be imported without them: add --leave-out.",
    ]


def test_what_cannot_be_carried_may_be_left_out(bank, capsys):
    assert main(["bank", "validate", str(bank), "--leave-out"]) == 0
    assert "2 questions can be imported, 1 are left out" in capsys.readouterr().out


def test_json_holds_status_questions_and_problems(bank, capsys):
    assert main(["bank", "validate", str(bank), "--json"]) == 1

    found = json.loads(capsys.readouterr().out)
    assert found["status"] == "refused"
    assert [question["id"] for question in found["questions"]] == ["one", "two"]
    assert found["problems"] == [
        {
            "place": 'line 5, "Three"',
            "cause": "no answer is marked as right",
            "cure": "mark the right ones",
            "severity": "error",
        }
    ]


def test_a_file_that_is_nothing_is_refused_whole(bank, capsys):
    bank.write_bytes(b"%PDF-1.7")

    assert main(["bank", "validate", str(bank)]) == 1
    assert capsys.readouterr().out.startswith(
        "bank.txt: nothing in it can be imported.\nthe file: this is a PDF"
    )


def test_a_file_that_is_not_there_is_a_wrong_call(tmp_path, capsys):
    assert main(["bank", "validate", str(tmp_path / "none.gift")]) == 2
    assert "cannot be read" in capsys.readouterr().err


def test_a_bank_is_converted(bank, tmp_path, capsys):
    bank.write_text(GOOD, encoding="utf-8")
    out = tmp_path / "bank.yaml"

    assert main(["bank", "convert", str(bank), "--to", "yaml", "-o", str(out)]) == 0
    assert 'stem: "Which?"' in out.read_text(encoding="utf-8")
    assert main(["bank", "validate", str(out)]) == 0


def test_what_a_format_cannot_hold_is_said(bank, tmp_path, capsys):
    bank.write_text(GOOD, encoding="utf-8")

    assert (
        main(["bank", "convert", str(bank), "--to", "aiken", "-o", str(tmp_path / "out.txt")]) == 0
    )
    assert "Not kept: the feedback of answers (one)." in capsys.readouterr().err


def test_nothing_is_written_where_whole_questions_would_be_missing(bank, tmp_path, capsys):
    bank.write_text("Name it {=a}\n\nLate? {T}\n", encoding="utf-8")
    call = ["bank", "convert", str(bank), "--to", "aiken", "-o", str(tmp_path / "out.txt")]

    assert main(call) == 1
    assert not (tmp_path / "out.txt").exists()
    assert (
        "a question of the kind text, which Aiken does not have (name-it)"
        in capsys.readouterr().err
    )
    assert main([*call, "--leave-out"]) == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").startswith("Late?")


def test_a_refused_bank_is_not_converted(bank, tmp_path):
    assert main(["bank", "convert", str(bank), "--to", "json", "-o", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()


def test_a_place_that_cannot_be_written_is_named(bank, tmp_path, capsys):
    bank.write_text(GOOD, encoding="utf-8")

    assert (
        main(["bank", "convert", str(bank), "--to", "json", "-o", str(tmp_path / "no" / "out")])
        == 2
    )
    assert "cannot be written" in capsys.readouterr().err


def test_claims_carry_verdict_and_caveat(shelf, tmp_path):
    out = tmp_path / "claims.json"

    assert main(["bank", "claims", str(shelf / "harbour"), "-o", str(out)]) == 0

    reviews = json.loads(out.read_text(encoding="utf-8"))["@graph"]
    by_id = {review["@id"].rpartition(":")[2]: review for review in reviews}
    assert set(by_id) == {"harbour-opened", "harbour-cost", "harbour-figures"}
    cost = by_id["harbour-cost"]
    assert cost["reviewRating"] == {
        "@type": "Rating", "alternateName": "Other sources disagree", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
    }  # fmt: skip
    assert all(
        review["reviewBody"].endswith("Please double-check this with another source.")
        for review in reviews
    )


@pytest.mark.parametrize("call", [["bank"], ["bank", "convert", "a", "--to", "docx", "-o", "b"]])
def test_a_call_that_makes_no_sense_exits_with_2(call):
    with pytest.raises(SystemExit) as stop:
        main(call)

    assert stop.value.code == 2
