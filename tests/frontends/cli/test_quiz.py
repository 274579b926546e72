"""Building quiz questions on the command line."""

from pathlib import Path

import pytest

from bot.formats.packs import read_pack
from bot.frontends.cli.inbound import read_call
from bot.frontends.cli.run import run

DATED = """\
- id: opened
  claim: The new harbour opened on 4 May 2025.
  place: lead
  verdict: corroborated
  evidence: The Post has the same day.
  values: [{type: date, value: 2025-05-04}]
  references: [{publisher: Evening Post, date: 2025-05-05}]
"""


@pytest.fixture
def dated(tmp_path: Path) -> Path:
    """A folder with a pack from which questions can be built."""
    folder = tmp_path / "packs" / "dated"
    folder.mkdir(parents=True)
    head = "id: dated\ntitle: A harbour\nlanguage: en\nplaces: {lead: Lead}\n"
    (folder / "pack.yaml").write_text(head + "source: {name: the article}\n", encoding="utf-8")
    (folder / "facts.yaml").write_text(DATED, encoding="utf-8")
    return folder.parent


def test_what_is_printed_is_a_quiz_that_the_pack_can_have(
    dated: Path, capsys: pytest.CaptureFixture[str]
):
    code = run(read_call(["quiz", "build", "dated", "--seed", "7", "--count", "2"]), dated)

    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    (dated / "dated" / "quiz.yaml").write_text(printed.out, encoding="utf-8")
    assert len(read_pack(dated / "dated").questions) == 2


def test_the_same_seed_prints_the_same(dated: Path, capsys: pytest.CaptureFixture[str]):
    printed: list[str] = []
    for seed in ("1", "1", "2"):
        run(read_call(["quiz", "build", str(dated / "dated"), "--seed", seed]), dated)
        printed.append(capsys.readouterr().out)

    assert printed[0] == printed[1] != printed[2]


def test_too_few_are_said_to_be_so(dated: Path, capsys: pytest.CaptureFixture[str]):
    assert run(read_call(["quiz", "build", "dated", "--count", "99"]), dated) == 0

    assert "dated: no more than 3 could be built." in capsys.readouterr().err


def test_an_unknown_pack_is_told(dated: Path, capsys: pytest.CaptureFixture[str]):
    assert run(read_call(["quiz", "build", "none"]), dated) == 2
    assert "dated" in capsys.readouterr().err


@pytest.mark.parametrize("count", ["0", "-3", "many", "²"])
def test_an_odd_count_is_refused_in_words(count: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        read_call(["quiz", "build", "dated", "--count", count])

    assert "how many must be a whole number from 1 on" in capsys.readouterr().err
