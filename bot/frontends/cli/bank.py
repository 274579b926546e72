"""What `doublecheck bank` can be asked for."""

from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.frontends.cli import bank_help as told

FROM = (
    "gift", "moodle-xml", "aiken", "aiken-loose", "csv", "xlsx", "red", "opentdb", "yaml", "json",
)  # fmt: skip
TO = ("yaml", "json", "gift", "moodle-xml", "csv", "kahoot", "aiken")
FILES = "files"
"""All files of a bank, into a folder."""

ALONE = frozenset({"validate", "convert", "claims"})
"""Commands that look at files only; the others open the store."""


@dataclass(frozen=True, slots=True)
class BankCall:
    """What is asked for."""

    action: str
    file: Path = Path()
    json: bool = False
    leave_out: bool = False
    read_as: str = ""
    to: str = ""
    out: str = "-"
    pack: str = ""
    what: str = ""
    """A draft's number, the id of a bank, or a file."""
    old: int = -1
    new: int = -1
    version: int = 0
    item: str = ""
    dry: bool = False
    alone: bool = False
    thrown: bool = False
    title: str = ""
    language: str = "en"
    source: str = ""
    caveat: str = ""
    caveat_short: str = ""

    @property
    def stored(self) -> bool:
        """Whether it takes the store."""
        return self.action not in ALONE and not (self.dry and not self.pack)


def add_parser(commands: Any) -> ArgumentParser:
    """Add the command with its own ones."""
    bank: ArgumentParser = commands.add_parser(
        "bank",
        help="import, check, publish and convert question banks",
        description=told.ABOUT,
        formatter_class=RawDescriptionHelpFormatter,
    )
    actions = bank.add_subparsers(dest="action", metavar="COMMAND", title="commands")
    _add_import(actions)
    _add_drafts(actions)
    _add_versions(actions)
    _add_files(actions)
    return bank


def _command(actions: Any, name: str) -> ArgumentParser:
    brief, text, more = told.COMMANDS[name]
    parser: ArgumentParser = actions.add_parser(
        name,
        help=brief,
        description=text,
        epilog=more,
        formatter_class=RawDescriptionHelpFormatter,
    )
    if name not in {"convert", "claims"}:
        parser.add_argument("--json", action="store_true", help="print a JSON object")
    return parser


def _add_import(actions: Any) -> None:
    parser = _command(actions, "import")
    _takes_file(parser)
    parser.add_argument(
        "--leave-out-refused",
        dest="leave_out",
        action="store_true",
        help="go on without the questions that cannot be imported, once you have seen them",
    )
    parser.add_argument(
        "--pack", default="", metavar="ID", help="the bank; otherwise one called as the file is"
    )
    parser.add_argument(
        "--dry-run", dest="dry", action="store_true", help="look through it, keep nothing"
    )
    new = parser.add_argument_group("of a bank that is new")
    new.add_argument("--title", default="", help="what people see")
    new.add_argument("--language", default="en", metavar="CODE", help="such as en")
    new.add_argument("--source", default="", help='what it is about, such as "the textbook"')
    new.add_argument("--caveat", default="", metavar="TEXT", help="the warning on every answer")
    new.add_argument("--caveat-short", default="", metavar="TEXT", help="where that is too long")


def _add_drafts(actions: Any) -> None:
    drafts = _command(actions, "drafts")
    drafts.add_argument("pack", nargs="?", default="", metavar="PACK", help="of this bank only")
    drafts.add_argument("--thrown", action="store_true", help="those in the bin")
    diff = _command(actions, "diff")
    diff.add_argument("what", metavar="DRAFT|PACK|FILE")
    diff.add_argument("old", nargs="?", type=int, default=-1, metavar="A", help="a version")
    diff.add_argument("new", nargs="?", type=int, default=-1, metavar="B", help="another one")
    diff.add_argument("--pack", default="", metavar="ID", help="the bank that a file is for")
    publish = _command(actions, "publish")
    publish.add_argument("what", metavar="DRAFT|PACK", help="a bank stands for its only draft")
    publish.add_argument(
        "--alone",
        action="store_true",
        help="answer alone for changes that a second person should look at",
    )
    for name in ("approve", "rebase", "throw-away", "restore"):
        _command(actions, name).add_argument("what", metavar="DRAFT")


def _add_versions(actions: Any) -> None:
    rollback = _command(actions, "rollback")
    rollback.add_argument("pack", metavar="PACK")
    rollback.add_argument("version", type=int, metavar="N", help="a version; 0 withdraws the bank")
    history = _command(actions, "history")
    history.add_argument("pack", metavar="PACK")
    history.add_argument(
        "item", nargs="?", default="", metavar="ID", help="of one question or fact only"
    )
    export = _command(actions, "export")
    export.add_argument("pack", metavar="PACK")
    export.add_argument(
        "--version", type=int, default=0, metavar="N", help="not the published one"
    )
    export.add_argument(
        "--format",
        dest="to",
        choices=(*TO, FILES),
        default="",
        help="yaml, if not given, or json with --json",
    )
    _writes(export)
    _leaves_out(export)


def _add_files(actions: Any) -> None:
    validate, convert = _command(actions, "validate"), _command(actions, "convert")
    for one in (validate, convert):
        _takes_file(one)
        _leaves_out(one)
    convert.add_argument("--to", required=True, choices=TO, help="the format to write")
    _writes(convert, required=True)
    claims = _command(actions, "claims")
    claims.add_argument("file", type=Path, metavar="PACK", help="the folder of the pack")
    _writes(claims)


def _takes_file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the bank")
    parser.add_argument(
        "--from",
        dest="read_as",
        choices=FROM,
        default="",
        help="do not look for the format, take this one",
    )


def _leaves_out(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--leave-out",
        action="store_true",
        help="go on without the questions that cannot be carried",
    )


def _writes(parser: ArgumentParser, *, required: bool = False) -> None:
    parser.add_argument(
        "-o",
        "--out",
        required=required,
        default="-",
        metavar="OUT",
        help="the file to write; - is standard output",
    )


def read_bank_call(parser: ArgumentParser, given: Namespace) -> BankCall:
    """Return what was asked for; without a command, print the help and exit."""
    if not given.action:
        parser.error("what is to be done? Try: doublecheck bank validate FILE")
    names = (field.name for field in fields(BankCall))
    return BankCall(**{name: getattr(given, name) for name in names if hasattr(given, name)})
