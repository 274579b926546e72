"""What comes in on the command line."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.frontends.cli.audit import AuditCall, add_audit_parser, read_audit_call
from bot.frontends.cli.bank import BankCall, add_parser, read_bank_call
from bot.frontends.cli.quiz import QuizCall, add_quiz_parser, read_quiz_call

_ABOUT = """\
Doublecheck answers questions about a news article from facts that were set beside other
sources. It says what the article claims, what others say, and always to double-check.

Without a command it runs the local page and every chat platform that has a token, until
Ctrl-C stops it. Settings are read from the environment and from .env; .env.example lists
them. `python -m bot` is the same command."""

_EXAMPLES = """\
examples:
  doublecheck                                   open the local page, run the Telegram bot
  doublecheck ask "which places were hit?"      answer one question
  doublecheck ask --help                        follow-ups, batches, JSON
  doublecheck check questions                   test packs before they are published
  doublecheck bank validate lesson3.gift        look through a question bank"""

_ASK = """\
Answers a question from the packs, prints the reply, and keeps nothing. The exit code is 0
whether the packs know the answer, ask back or decline; 2 where the call or a pack is wrong."""

_ASK_MORE = """\
a batch has one JSON object a line, and for each a line comes out, in the same order:
  {"id": "q1", "question": "where was that?", "after": ["when was the attack?"]}
  {"id", "reply", "outcome", "answered", "facts", "verdicts", "ranked", "confidence"}
outcome is answered, asked ("did you mean ...?") or declined.

examples:
  doublecheck ask "which places were hit?"
  doublecheck ask "and in Iraq?" --after "which places were hit?"
  doublecheck ask "when was the attack?" --json
  doublecheck ask "when was the attack?" --pack questions/us-strikes-2024
  doublecheck ask --batch questions.jsonl > answers.jsonl"""

_CHECK = """\
Reads packs as strictly as the bot does, asks every question of their checks.yaml and
compares. The exit code is 0 where all is well, 1 where an answer is not the expected one,
2 where a pack cannot be read."""

_CHECK_MORE = """\
examples:
  doublecheck check                             the packs that the bot answers from
  doublecheck check questions                   every pack in a folder
  doublecheck check questions/us-strikes-2024   one pack"""


@dataclass(frozen=True, slots=True)
class Call:
    """What the command line asks for."""

    command: str
    """`ask`, `check`, `quiz`, `bank`, `audit`, or empty: run the bot."""
    question: str = ""
    after: tuple[str, ...] = ()
    """Earlier questions of the same conversation, oldest first."""
    batch: str = ""
    """Name of a file of questions; `-` is standard input."""
    json: bool = False
    pack: str = ""
    folder: Path | None = None
    bank: BankCall | None = None
    quiz: QuizCall | None = None
    audit: AuditCall | None = None


def read_call(arguments: Sequence[str] | None = None) -> Call:
    """Read the command line; on a mistake, or for help, print that and exit."""
    top, ask, bank = _parsers()
    given = top.parse_args(arguments)
    if given.command == "ask":
        _refuse_contradictions(ask, given.question, given.batch, given.after)
        question, after = _readable(given.question or ""), tuple(map(_readable, given.after))
        return Call("ask", question, after, given.batch or "", given.json, given.pack or "")
    if given.command == "bank":
        return Call("bank", bank=read_bank_call(bank, given))
    if given.command == "audit":
        return Call("audit", audit=read_audit_call(given))
    if given.command == "quiz":
        return Call("quiz", pack=given.pack, quiz=read_quiz_call(given))
    return Call(given.command or "", folder=getattr(given, "folder", None))


def _readable(text: str) -> str:
    """Put a sign in the place of bytes that are no text in the encoding of the terminal."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _refuse_contradictions(
    ask: ArgumentParser, question: str | None, batch: str | None, after: Sequence[str]
) -> None:
    if question is None and batch is None:
        ask.error('what is the question? Try: doublecheck ask "which places were hit?"')
    if batch is not None and (question is not None or after):
        ask.error("the questions of a batch, and what they come after, stand in its file")


def _parsers() -> tuple[ArgumentParser, ArgumentParser, ArgumentParser]:
    look = RawDescriptionHelpFormatter
    top = ArgumentParser("doublecheck", description=_ABOUT, epilog=_EXAMPLES, formatter_class=look)
    top.add_argument(
        "--version", action="version", version=f"doublecheck {version('doublecheck')}"
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    ask = commands.add_parser(
        "ask", help="answer a question", description=_ASK, epilog=_ASK_MORE, formatter_class=look
    )
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="the question, in quotes")
    ask.add_argument(
        "--after", action="append", default=[], metavar="QUESTION",
        help="a question asked before, for follow-ups; may be repeated, oldest first",
    )  # fmt: skip
    ask.add_argument(
        "--batch", metavar="FILE", help="answer a file of questions; - is standard input"
    )
    ask.add_argument(
        "--pack", metavar="FOLDER_OR_ID",
        help="answer from this pack only: its folder, or the id of one that the bot has",
    )  # fmt: skip
    ask.add_argument("--json", action="store_true", help="print a JSON object, as a batch does")

    check = commands.add_parser(
        "check", help="test packs", description=_CHECK, epilog=_CHECK_MORE, formatter_class=look
    )
    check.add_argument(
        "folder", nargs="?", type=Path, metavar="FOLDER", help="a pack, or a folder of packs"
    )
    add_quiz_parser(commands)
    add_audit_parser(commands)
    return top, ask, add_parser(commands)
