"""`doublecheck bank` with the store: import, look, publish, go back."""

import json
from pathlib import Path

import pytest

from bot.__main__ import main

GOOD = "::One:: Which? {=a#yes ~b}\n\n::Two:: Late? {T}\n"
BAD = f"{GOOD}\n::Three:: Which? {{~a ~b}}\n"


@pytest.fixture
def bank(
    shelf: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Path:
    """A file with a good bank, beside a store of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUESTIONS", str(shelf))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bank.db")
    file = tmp_path / "lesson3.gift"
    file.write_text(GOOD, encoding="utf-8")
    return file


def said(capsys: pytest.CaptureFixture[str], *call: str, code: int = 0) -> str:
    """Do something, and return what was printed."""
    assert main(["bank", *call]) == code
    found = capsys.readouterr()
    return found.out or found.err


def test_a_bank_is_imported_looked_at_published_and_rolled_back(
    bank: Path, capsys: pytest.CaptureFixture[str]
):
    assert said(capsys, "import", str(bank)).startswith(
        "lesson3.gift: 2 questions are in draft 1 of lesson3: 2 new, 0 in place of others"
    )
    assert said(capsys, "drafts").startswith(
        "draft 1 of lesson3, a new bank: import: lesson3.gift"
    )
    assert said(capsys, "diff", "1").splitlines() == [
        "Draft 1 of the new bank lesson3: 2 added.",
        "It touches no quiz, no past answer and no card.",
        "+ question one: Which? [a]",
        "+ question two: Late? [True]",
    ]
    assert said(capsys, "publish", "lesson3") == "lesson3: version 1 is published.\n"
    bank.write_text(GOOD.replace("{=a#yes ~b}", "{~a#yes =b}"), encoding="utf-8")
    assert "1 in place of others, 1 as they were" in said(capsys, "import", str(bank))
    assert "! question one: Which?\n    key: a -> b" in said(capsys, "diff", "lesson3")
    assert said(capsys, "publish", "2").splitlines() == [
        "lesson3: version 2 is published in place of version 1.",
        "To go back: doublecheck bank rollback lesson3 1",
    ]
    assert "version 1 is published again" in said(capsys, "rollback", "lesson3", "1")
    assert "* version 1" in said(capsys, "history", "lesson3")
    assert "key: a -> b" in said(capsys, "diff", "lesson3", "1", "2")
    assert "key: a -> b" in said(capsys, "history", "lesson3", "one")
    assert "withdrawn" in said(capsys, "rollback", "lesson3", "0")


def test_a_refused_import_exits_with_1_and_says_what_to_do(
    bank: Path, capsys: pytest.CaptureFixture[str]
):
    bank.write_text(BAD, encoding="utf-8")

    assert said(capsys, "import", str(bank), code=1).splitlines() == [
        "lesson3.gift: nothing was imported. 1 of 3 questions cannot be.",
        'line 5, "Three": no answer is marked as right. Cure: mark the right ones.',
        "The other 2 can be imported without them: add --leave-out-refused.",
    ]
    assert said(capsys, "drafts") == "There is no draft.\n"
    assert "1 of the 3 questions were left out" in said(
        capsys, "import", str(bank), "--leave-out-refused"
    )


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--dry-run", "--pack", "other"]])
@pytest.mark.parametrize("text", [GOOD, BAD])
def test_json_of_an_import_has_exactly_these_keys(
    bank: Path, capsys: pytest.CaptureFixture[str], text: str, more: list[str]
):
    bank.write_text(text, encoding="utf-8")
    call = ["import", str(bank), "--json", *more]

    found = json.loads(said(capsys, *call, code=int(text == BAD)))

    assert list(found) == ["status", "questions", "problems"]
    assert found["status"] == ("imported" if text == GOOD else "refused")
    assert [question["id"] for question in found["questions"]] == ["one", "two"]
    assert all(set(p) == {"place", "cause", "cure", "severity"} for p in found["problems"])


def test_a_try_keeps_nothing(bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    said(capsys, "import", str(bank), "--dry-run")

    assert not (tmp_path / "bank.db").exists()


def test_the_folder_is_there_at_once_and_can_be_joined(
    bank: Path, capsys: pytest.CaptureFixture[str]
):
    assert "1  " in said(capsys, "history", "harbour")
    assert said(capsys, "import", str(bank), "--pack", "harbour")
    assert "+ question one" in said(capsys, "diff", "harbour")
    assert "in place of version 1" in said(capsys, "publish", "harbour")


def test_a_file_is_compared_without_being_imported(bank: Path, capsys: pytest.CaptureFixture[str]):
    assert said(capsys, "diff", str(bank), "--pack", "harbour").startswith(
        "lesson3.gift as part of harbour, against version 1: 2 added."
    )
    assert "new bank lesson3" in said(capsys, "diff", str(bank))
    assert said(capsys, "drafts") == "There is no draft.\n"


def test_steps_of_a_draft_are_said(bank: Path, capsys: pytest.CaptureFixture[str]):
    said(capsys, "import", str(bank))

    assert "Draft 1 is in the bin" in said(capsys, "throw-away", "1")
    assert "draft 1" in said(capsys, "drafts", "--thrown")
    assert said(capsys, "publish", "1", code=1).startswith("Draft 1 was thrown away")
    assert said(capsys, "restore", "1") == "Draft 1 is open again.\n"
    assert "You agreed to draft 1" in said(capsys, "approve", "1")
    assert said(capsys, "rebase", "1") == "Draft 1 now stands on version 0.\n"


@pytest.mark.parametrize(
    ("call", "why"),
    [
        (["publish", "77"], "There is no draft 77."),
        (["publish", "nobody"], "There is no draft of nobody."),
        (["history", "nobody"], "There is no bank called nobody."),
        (["rollback", "harbour", "9"], "harbour has no version 9."),
        (["export", "harbour", "--version", "9"], "harbour has no version 9."),
        (["import", "lesson3.gift", "--pack", "../x"], "../x cannot be the name of a bank."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    bank: Path, capsys: pytest.CaptureFixture[str], call: list[str], why: str
):
    assert said(capsys, *call, code=1).startswith(why)
    found = json.loads(said(capsys, *call, "--json", code=1)) if call[0] != "export" else {}
    assert found.get("status", "refused") == "refused"


def test_a_file_that_is_not_there_is_a_wrong_call(bank: Path, capsys: pytest.CaptureFixture[str]):
    assert "cannot be read" in said(capsys, "import", "none.gift", code=2)


def test_a_bank_is_exported_in_a_format_or_whole(
    bank: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    said(capsys, "import", str(bank))
    said(capsys, "publish", "1")
    out = tmp_path / "out"

    assert said(capsys, "export", "lesson3", "--format", "gift", "-o", str(tmp_path / "x")) == ""
    assert "=a#yes" in (tmp_path / "x").read_text(encoding="utf-8")
    said(capsys, "export", "lesson3", "--format", "files", "-o", str(out))
    assert sorted(file.name for file in out.iterdir()) == ["pack.yaml", "quiz.yaml"]
    assert "Say with -o" in said(capsys, "export", "lesson3", "--format", "files", code=2)


def test_json_of_the_other_commands_can_be_read(bank: Path, capsys: pytest.CaptureFixture[str]):
    said(capsys, "import", str(bank))

    assert json.loads(said(capsys, "drafts", "--json"))[0]["pack"] == "lesson3"
    diff = json.loads(said(capsys, "diff", "1", "--json"))
    assert diff["counts"]["added"] == 2
    assert diff["touches"]["live"] == 0
    assert json.loads(said(capsys, "publish", "1", "--json"))["version"] == 1
    assert json.loads(said(capsys, "history", "lesson3", "--json"))[0]["current"] is True
    assert json.loads(said(capsys, "history", "lesson3", "one", "--json"))[0]["change"] == "added"
    assert json.loads(said(capsys, "throw-away", "1", "--json", code=1))["status"] == "refused"


def test_a_broken_folder_is_said_and_is_no_hindrance(
    bank: Path, shelf: Path, capsys: pytest.CaptureFixture[str]
):
    (shelf / "harbour" / "facts.yaml").write_text("- id: x\n", encoding="utf-8")

    assert main(["bank", "import", str(bank)]) == 0

    found = capsys.readouterr()
    assert '"x" has no `claim`' in found.err
    assert "draft 1 of lesson3" in found.out


def test_a_database_that_cannot_be_opened_is_one_line(
    bank: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter2@127.0.0.1:1/doublecheck")

    assert main(["bank", "drafts"]) == 2
    err = capsys.readouterr().err
    assert "hunter2" not in err
    assert err.strip()


@pytest.mark.parametrize("call", [["import"], ["import", "--dry-run"], ["validate"]])
def test_a_file_that_is_missing_is_told_to_programs_too(
    bank: Path, capsys: pytest.CaptureFixture[str], call: list[str]
):
    told = json.loads(said(capsys, *call, "--json", str(bank.with_name("none.gift")), code=2))

    (problem,) = told["problems"]
    assert (told["status"], told["questions"]) == ("refused", [])
    assert set(problem) == {"place", "cause", "cure", "severity"}
    assert problem["severity"] == "fatal"


def test_questions_are_exported_as_json_where_that_is_asked_for(
    bank: Path, capsys: pytest.CaptureFixture[str]
):
    said(capsys, "import", str(bank))
    said(capsys, "publish", "lesson3")

    told = json.loads(said(capsys, "export", "lesson3", "--json"))

    assert [question["id"] for question in told["questions"]] == ["one", "two"]
