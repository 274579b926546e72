"""`doublecheck bank`: look through question banks, convert them, write facts as ClaimReview."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.core.quiz import Question
from bot.core.words import say
from bot.formats import claimreview
from bot.formats.banks import detect
from bot.formats.banks.draft import Draft, Finding
from bot.formats.banks.formats import WRITERS
from bot.formats.banks.own_fields import as_plain
from bot.formats.banks.written import Written
from bot.formats.files import read_bytes
from bot.formats.packs import read_pack
from bot.formats.problems import PackError
from bot.frontends.cli.bank import BankCall
from bot.frontends.cli.markup import markup
from bot.service.bank_importing import Brought, Imported, fine, look_through, pack_named

OK, REFUSED, WRONG = 0, 1, 2
"""Exit codes: all well, the bank is refused, a wrong call or a file that cannot be read."""

MOST_BYTES = 30_000_000
_MOST_SHOWN = 200
_SHOWN = ("place", "cause", "cure")
_SCREEN = markup()


def run_bank(call: BankCall) -> int:
    """Do what is asked for with files alone, and return the exit code."""
    try:
        if call.action == "claims":
            return write_file(call.out, claimreview.write(read_pack(call.file)))
        data = read_bytes(call.file, str(call.file), MOST_BYTES)
    except PackError as error:
        return unreadable(call, error)
    if call.action == "import":
        return _try_import(call, data)
    return _validate(call, data) if call.action == "validate" else _convert(call, data)


def unreadable(call: BankCall, error: PackError) -> int:
    """Say that a file cannot be read; for programs in the same form as what is wrong with one."""
    if not call.json:
        complain([str(error)])
        return WRONG
    problems = [
        {"place": p.file, "cause": p.cause, "cure": p.cure, "severity": "fatal"}
        for p in error.problems
    ]
    found: dict[str, object] = {"status": "refused", "questions": [], "problems": problems}
    if call.action == "validate":
        found["format"] = ""
    tell([json.dumps(found, ensure_ascii=False)])
    return WRONG


def _try_import(call: BankCall, data: bytes) -> int:
    """Look through a bank as an import into a new one would."""
    brought = Brought(call.file.name, data, call.read_as, call.leave_out)
    found = look_through(brought)
    done = fine(found, brought)
    if call.json:
        tell([json.dumps(import_json(done, found.questions, found.problems), ensure_ascii=False)])
    else:
        pack = pack_named(call.file.name)
        tell(
            import_report(
                Imported(call.file.name, pack, done, found.questions, found.problems, found.seen)
            )
        )
    return OK if done else REFUSED


def import_json(
    done: bool, questions: Iterable[Question], problems: Iterable[Finding]
) -> dict[str, object]:
    """Return what came of an import, for programs."""
    return {
        "status": "imported" if done else "refused",
        "questions": [as_plain(question) for question in questions],
        "problems": [_problem(problem) for problem in problems],
    }


def import_report(imported: Imported) -> Iterator[str]:
    """Say what came of an import, the worst first."""
    left = imported.seen - len(imported.questions)
    if imported.done:
        yield from _imported(imported, left)
    elif not imported.questions or any(p.severity == "fatal" for p in imported.problems):
        yield say("bank.not-imported.whole", file=imported.file)
    else:
        yield say("bank.not-imported", file=imported.file, left=left, seen=imported.seen)
    yield from _listed(imported.problems)
    if not imported.done and left and imported.questions:
        yield say("bank.not-imported.rest", count=len(imported.questions))
    if imported.draft:
        yield say("bank.imported.next", draft=imported.draft.id)


def _imported(imported: Imported, left: int) -> Iterator[str]:
    names = {"file": imported.file, "pack": imported.pack, "count": len(imported.questions)}
    if imported.draft:
        counts = {"added": imported.added, "replaced": imported.replaced, "same": imported.same}
        yield say("bank.imported", "en", draft=imported.draft.id, **names, **counts)
    else:
        same = imported.same == len(imported.questions)
        yield say("bank.imported.same" if same else "bank.imported.dry", "en", **names)
    if left:
        yield say("bank.imported.left", left=left, seen=imported.seen)


def _validate(call: BankCall, data: bytes) -> int:
    draft = _draft(call, data)
    fine = draft.usable if call.leave_out else draft.whole
    if call.json:
        tell([json.dumps(_as_json(draft, fine=fine), ensure_ascii=False)])
    else:
        tell(_report(call, draft, fine=fine))
    return OK if fine else REFUSED


def _convert(call: BankCall, data: bytes) -> int:
    draft = _draft(call, data)
    if not (draft.usable if call.leave_out else draft.whole):
        complain(_report(call, draft, fine=False))
        return REFUSED
    return write_questions(call, WRITERS[call.to](draft.questions))


def write_questions(call: BankCall, written: Written) -> int:
    """Write questions where they are wanted; say what is lost."""
    for loss in written.lost:
        complain([say("bank.lost", what=loss)])
    for loss in written.left_out:
        complain([say("bank.not-written", what=loss)])
    if written.left_out and not call.leave_out:
        complain([say("bank.nothing-written")])
        return REFUSED
    return write_file(call.out, written.data)


def _draft(call: BankCall, data: bytes) -> Draft:
    read = detect.READERS[call.read_as] if call.read_as else detect.read
    return read(data, call.file.name)


def _as_json(draft: Draft, *, fine: bool) -> dict[str, object]:
    return {
        "status": "importable" if fine else "refused",
        "format": draft.format,
        "questions": [as_plain(question) for question in draft.questions],
        "problems": [_problem(problem) for problem in draft.problems],
    }


def _problem(problem: Finding) -> dict[str, str]:
    return {
        "place": problem.place,
        "cause": problem.cause,
        "cure": problem.cure,
        "severity": str(problem.severity),
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
    yield from _listed(draft.problems)
    if not fine and draft.usable and not call.leave_out:
        yield say("bank.leave-out", count=len(draft.questions))


def _listed(problems: Iterable[Finding]) -> Iterator[str]:
    found = sorted(problems, key=_order)
    yield from map(_line, found[:_MOST_SHOWN])
    if len(found) > _MOST_SHOWN:
        yield say("bank.more", count=len(found) - _MOST_SHOWN)


def _order(problem: Finding) -> tuple[int, int]:
    return ("fatal", "error", "warning").index(problem.severity), problem.line


def _line(problem: Finding) -> str:
    key = "bank.warning" if problem.severity == "warning" else "bank.problem"
    return say(key, place=problem.place, cause=problem.cause, cure=problem.cure)


def write_file(out: str, data: bytes) -> int:
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
        complain([say("bank.cannot-write", file=out, why=error.strerror)])
        return WRONG
    return OK


def tell(lines: Iterable[str]) -> None:
    """Print lines."""
    for line in lines:
        print(_SCREEN.escape(line), flush=True)


def complain_of(problems: Iterable[Mapping[str, str]]) -> None:
    """Print problems beside the output."""
    complain(say("bank.problem", **{k: problem[k] for k in _SHOWN}) for problem in problems)


def complain(lines: Iterable[str]) -> None:
    """Print lines beside the output."""
    for line in lines:
        print(_SCREEN.escape(line), file=sys.stderr, flush=True)
