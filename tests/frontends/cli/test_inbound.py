"""What the command line understands, and what it says to what it does not."""

from pathlib import Path

import pytest

from bot.frontends.cli.inbound import Call, read_call


@pytest.mark.parametrize(
    ("line", "call"),
    [
        ([], Call("")),
        (["ask", "who?"], Call("ask", "who?")),
        (["ask", "he?", "--after", "a", "--after", "b"], Call("ask", "he?", ("a", "b"))),
        (["ask", "who?", "--json", "--pack", "x"], Call("ask", "who?", json=True, pack="x")),
        (["ask", "--batch", "-"], Call("ask", batch="-")),
        (["check"], Call("check")),
        (["check", "questions"], Call("check", folder=Path("questions"))),
    ],
)
def test_a_command_line_is_read(line, call):
    assert read_call(line) == call


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["ask"], "what is the question?"),
        (["ask", "who?", "--batch", "f"], "stand in its file"),
        (["ask", "--batch", "f", "--after", "a"], "stand in its file"),
        (["tell", "who?"], "'ask', 'check'"),
        (["ask", "who?", "--loud"], "--loud"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_why(line, said, capsys):
    with pytest.raises(SystemExit) as stopped:
        read_call(line)

    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_bytes_that_are_no_text_do_no_harm():
    assert read_call(["ask", "who \udcff?"]).question == "who ??"


@pytest.mark.parametrize("line", [["--help"], ["ask", "--help"], ["check", "--help"]])
def test_help_has_examples_for_every_command(line, capsys):
    with pytest.raises(SystemExit) as stopped:
        read_call(line)

    assert stopped.value.code == 0
    assert "examples:\n  doublecheck" in capsys.readouterr().out
