"""`doublecheck bank`: look through question banks, convert them, write facts as ClaimReview."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.core.words import say
from bot.formats import claimreview
from bot.formats.banks import detect
from bot.formats.banks.draft import Draft, Finding
from bot.formats.banks.formats import WRITERS
from bot.formats.banks.own_fields import as_plain
from bot.formats.files import read_bytes
from bot.formats.packs import read_pack
from bot.formats.problems import PackError
from bot.frontends.cli.bank import BankCall
from bot.frontends.cli.markup import markup

OK, REFUSED, WRONG = 0, 1, 2
"""Exit codes: all well, the bank is refused, a wrong call or a file that cannot be read."""

MOST_BYTES = 30_000_000
_MOST_SHOWN = 200
_SCREEN = markup()


def run_bank(call: BankCall) -> int:
    """Do what is asked for and return the exit code."""
    try:
        if call.action == "claims":
            return _write(call.out, claimreview.write(read_pack(call.file)))
        data = read_bytes(call.file, str(call.file), MOST_BYTES)
    except PackError as error:
        _complain([str(error)])
        return WRONG
    return _validate(call, data) if call.action == "validate" else _convert(call, data)


def _validate(call: BankCall, data: bytes) -> int:
    draft = _draft(call, data)
    fine = draft.usable if call.leave_out else draft.whole
    if call.json:
        _tell([json.dumps(_as_json(draft, fine=fine), ensure_ascii=False)])
    else:
        _tell(_report(call, draft, fine=fine))
    return OK if fine else REFUSED


def _convert(call: BankCall, data: bytes) -> int:
    draft = _draft(call, data)
    if not (draft.usable if call.leave_out else draft.whole):
        _complain(_report(call, draft, fine=False))
        return REFUSED
    written = WRITERS[call.to](draft.questions)
    for loss in written.lost:
        _complain([say("bank.lost", what=loss)])
    for loss in written.left_out:
        _complain([say("bank.not-written", what=loss)])
    if written.left_out and not call.leave_out:
        _complain([say("bank.nothing-written")])
        return REFUSED
    return _write(call.out, written.data)


def _draft(call: BankCall, data: bytes) -> Draft:
    read = detect.READERS[call.read_as] if call.read_as else detect.read
    return read(data, call.file.name)


def _as_json(draft: Draft, *, fine: bool) -> dict[str, object]:
    return {
        "status": "importable" if fine else "refused",
        "format": draft.format,
        "questions": [as_plain(question) for question in draft.questions],
        "problems": [
            {"place": p.place, "cause": p.cause, "cure": p.cure, "severity": str(p.severity)}
            for p in draft.problems
        ],
    }


def _report(call: BankCall, draft: Draft, *, fine: bool) -> Iterator[str]:
    """Say what was found, the worst first."""
    name = call.file.name
    left = draft.seen - len(draft.questions)
    if fine and left:
        yield say(
            "bank.fine.rest", file=name, form=draft.format, count=len(draft.questions), left=left
        )
    elif fine:
        yield say("bank.fine", file=name, form=draft.format, count=len(draft.questions))
    elif not draft.usable:
        yield say("bank.refused.whole", file=name)
    else:
        yield say("bank.refused", file=name, count=left, seen=draft.seen)
    problems = sorted(draft.problems, key=_order)
    yield from map(_line, problems[:_MOST_SHOWN])
    if len(problems) > _MOST_SHOWN:
        yield say("bank.more", count=len(problems) - _MOST_SHOWN)
    if not fine and draft.usable and not call.leave_out:
        yield say("bank.leave-out", count=len(draft.questions))


def _order(problem: Finding) -> tuple[int, int]:
    return ("fatal", "error", "warning").index(problem.severity), problem.line


def _line(problem: Finding) -> str:
    key = "bank.warning" if problem.severity == "warning" else "bank.problem"
    return say(key, place=problem.place, cause=problem.cause, cure=problem.cure)


def _write(out: str, data: bytes) -> int:
    """Write a file in one piece: it is there whole, or as it was."""
    if out == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return OK
    target = Path(out)
    fresh = target.with_name(f".{target.name}.part")
    try:
        fresh.write_bytes(data)
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        _complain([say("bank.cannot-write", file=out, why=error.strerror)])
        return WRONG
    return OK


def _tell(lines: Iterable[str]) -> None:
    for line in lines:
        print(_SCREEN.escape(line), flush=True)


def _complain(lines: Iterable[str]) -> None:
    for line in lines:
        print(_SCREEN.escape(line), file=sys.stderr, flush=True)
