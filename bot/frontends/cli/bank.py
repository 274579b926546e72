"""What `doublecheck bank` can be asked for."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FROM = (
    "gift", "moodle-xml", "aiken", "aiken-loose", "csv", "xlsx", "red", "opentdb", "yaml", "json",
)  # fmt: skip
TO = ("yaml", "json", "gift", "moodle-xml", "csv", "kahoot", "aiken")

_ABOUT = """\
Question banks in many formats: Moodle GIFT and XML, Aiken, tables (our own template, Kahoot,
Wayground, Blooket) as CSV or XLSX, trivia lists of Red-DiscordBot, the Open Trivia Database, and
our own YAML and JSON. docs/banks.md says what each format can hold."""

_VALIDATE = """\
Reads a bank as an import would, and names every problem with its place, its cause and its cure.
Nothing is stored. The format is found by what is in the file, not by its name."""

_VALIDATE_MORE = """\
The exit code is 0 where the bank can be imported, 1 where it is refused, 2 where the file cannot
be read. --json prints {"status", "format", "questions", "problems": [{place, cause, cure,
severity}]}; status is importable or refused, and severity is

  fatal     nothing of the file can be imported
  error     one question cannot be imported; with --leave-out the others can
  warning   it can be imported, but somebody should look at it

examples:
  doublecheck bank validate lesson3.gift
  doublecheck bank validate export.xml --leave-out --json
  doublecheck bank validate pasted.txt --from aiken-loose"""

_CONVERT = """\
Reads a bank and writes it in another format. What that format cannot hold is said; where whole
questions would be missing, nothing is written unless you add --leave-out."""

_CONVERT_MORE = """\
Formats: yaml and json (ours; they hold everything), gift, moodle-xml, csv (our template), kahoot
(a table that Kahoot imports), aiken (single choice without feedback).

examples:
  doublecheck bank convert lesson3.gift --to yaml -o lesson3.yaml
  doublecheck bank convert quiz.yaml --to kahoot -o kahoot.xlsx --leave-out
  doublecheck bank convert export.xml --to gift -o - | less"""

_CLAIMS = """\
Writes the checked claims of a pack as ClaimReview (schema.org, JSON-LD), each with its verdict in
words, the correction, the sources, and the caveat."""


@dataclass(frozen=True, slots=True)
class BankCall:
    """What is asked for."""

    action: str
    file: Path
    json: bool = False
    leave_out: bool = False
    read_as: str = ""
    to: str = ""
    out: str = "-"


def add_parser(commands: Any) -> ArgumentParser:
    """Add the command with its own ones."""
    look = RawDescriptionHelpFormatter
    bank: ArgumentParser = commands.add_parser(
        "bank", help="check and convert question banks", description=_ABOUT, formatter_class=look
    )
    actions = bank.add_subparsers(dest="action", metavar="COMMAND", title="commands")
    validate = actions.add_parser(
        "validate", help="say what is wrong with a bank", description=_VALIDATE, epilog=_VALIDATE_MORE,
        formatter_class=look,
    )  # fmt: skip
    convert = actions.add_parser(
        "convert", help="write a bank in another format", description=_CONVERT, epilog=_CONVERT_MORE,
        formatter_class=look,
    )  # fmt: skip
    claims = actions.add_parser(
        "claims",
        help="write a pack's claims as ClaimReview",
        description=_CLAIMS,
        formatter_class=look,
    )
    for one in (validate, convert):
        one.add_argument("file", type=Path, metavar="FILE", help="the bank")
        one.add_argument(
            "--from",
            dest="read_as",
            choices=FROM,
            default="",
            help="do not look for the format, take this one",
        )
        one.add_argument(
            "--leave-out",
            action="store_true",
            help="go on without the questions that cannot be carried",
        )
    validate.add_argument("--json", action="store_true", help="print a JSON object")
    convert.add_argument("--to", required=True, choices=TO, help="the format to write")
    claims.add_argument("file", type=Path, metavar="PACK", help="the folder of the pack")
    for one in (convert, claims):
        one.add_argument(
            "-o",
            "--out",
            required=one is convert,
            default="-",
            metavar="OUT",
            help="the file to write; - is standard output",
        )
    return bank


def read_bank_call(parser: ArgumentParser, given: Namespace) -> BankCall:
    """Return what was asked for; without a command, print the help and exit."""
    if not given.action:
        parser.error("what is to be done? Try: doublecheck bank validate FILE")
    names = ("json", "leave_out", "read_as", "to", "out")
    told = {name: getattr(given, name) for name in names if hasattr(given, name)}
    return BankCall(given.action, given.file, **told)
