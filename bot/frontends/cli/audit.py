"""`doublecheck audit` on the command line: what is to be printed of who did what."""

from argparse import ArgumentTypeError, Namespace, RawDescriptionHelpFormatter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_ABOUT = """\
Prints the audit log: who handed on or took away a role, signed in or out, changed or published a
bank; when, and what was before and after. The newest comes first; times are in UTC."""

_MORE = """\
examples:
  doublecheck audit
  doublecheck audit --since 2026-11-01
  doublecheck audit --csv > audit.csv
  doublecheck audit --json"""


@dataclass(frozen=True, slots=True)
class AuditCall:
    """What is to be printed."""

    form: str = ""
    """`csv`, `json`, or empty: sentences."""
    since: datetime | None = None


def add_audit_parser(commands: Any) -> None:
    """Add the command."""
    audit = commands.add_parser(
        "audit", help="print who did what", description=_ABOUT, epilog=_MORE,
        formatter_class=RawDescriptionHelpFormatter,
    )  # fmt: skip
    form = audit.add_mutually_exclusive_group()
    for name, shown in (("csv", "a table"), ("json", "a list of JSON objects")):
        form.add_argument(
            f"--{name}", dest="form", action="store_const", const=name, default="",
            help=f"print {shown}",
        )  # fmt: skip
    audit.add_argument("--since", type=_moment, metavar="DATE", help="only acts since then (UTC)")


def read_audit_call(given: Namespace) -> AuditCall:
    """Return what the parsed command line asks for."""
    return AuditCall(given.form, given.since)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; write it as 2026-11-23") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
