"""What `doublecheck quiz` can be asked for."""

from argparse import ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from dataclasses import dataclass
from typing import Any

_BUILD = """\
Builds quiz questions from the facts of a pack and prints them as quiz.yaml has them, for an
editor to keep or drop. The same seed builds the same. None is built from a sensitive fact, and
from a contradicted one only what asks how to check it."""

_BUILD_MORE = """\
examples:
  doublecheck quiz build us-strikes-2024 --seed 7 --count 20
  doublecheck quiz build questions/harbour --count 5 > harbour-draft.yaml"""


@dataclass(frozen=True, slots=True)
class QuizCall:
    """What is to be built."""

    seed: str
    count: int


def read_quiz_call(given: Namespace) -> QuizCall:
    """Return what the parsed command line asks for."""
    return QuizCall(given.seed, given.count)


def add_quiz_parser(commands: Any) -> None:
    """Add the command with its own one."""
    look = RawDescriptionHelpFormatter
    quiz = commands.add_parser("quiz", help="build quiz questions", formatter_class=look)
    actions = quiz.add_subparsers(
        dest="action", metavar="COMMAND", title="commands", required=True
    )
    build = actions.add_parser(
        "build", help="build questions from facts", description=_BUILD, epilog=_BUILD_MORE,
        formatter_class=look,
    )  # fmt: skip
    build.add_argument("pack", metavar="PACK", help="a pack: its folder, or its id")
    build.add_argument("--seed", default="1", help="what chance goes by (1)")
    build.add_argument("--count", type=_count, default=10, help="how many to build (10)")


def _count(text: str) -> int:
    if text.isascii() and text.isdecimal() and int(text) > 0:
        return int(text)
    raise ArgumentTypeError("how many must be a whole number from 1 on")
