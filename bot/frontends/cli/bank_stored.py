"""`doublecheck bank`, where it takes the store: import, drafts, versions."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from time import monotonic

from bot.core.bank_diff import Change
from bot.core.roles import LOCAL_OWNER
from bot.core.words import say
from bot.formats.banks.formats import WRITERS
from bot.formats.files import read_bytes
from bot.formats.problems import PackError, Problem
from bot.frontends.cli.bank import FILES, BankCall
from bot.frontends.cli.bank_run import (
    MOST_BYTES,
    OK,
    REFUSED,
    WRONG,
    complain,
    complain_of,
    import_json,
    import_report,
    tell,
    unreadable,
    write_file,
    write_questions,
)
from bot.service.bank_comparing import Compared
from bot.service.bank_importing import About, Brought, Importer, pack_named
from bot.service.bank_ports import Draft, State
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Published, Publisher
from bot.service.bank_telling import lines, summary, touches
from bot.service.banks import Banks, Told

_MOST_SHOWN = 60
_MOST_NAMED = 20
_LONG = 2.0
"""Seconds."""


async def run_stored(call: BankCall, banks: Banks) -> int:
    """Do what is asked for and return the exit code."""
    try:
        return await _ACTIONS[call.action](call, banks)
    except Refusal as refusal:
        return _refused(call, refusal)
    except PackError as error:
        return unreadable(call, error)


def _refused(call: BankCall, refusal: Refusal) -> int:
    problems = [_problem(problem) for problem in refusal.problems]
    if call.json:
        found = {"status": "refused", "why": str(refusal), "problems": problems}
        if call.action == "import":
            found = {"status": "refused", "questions": [], "problems": problems}
            found["problems"] = problems or [_whole(refusal)]
        _tell_json(found)
        return REFUSED
    complain([str(refusal)])
    complain_of(problems[:_MOST_NAMED])
    if len(problems) > _MOST_NAMED:
        complain([say("bank.more", count=len(problems) - _MOST_NAMED)])
    if refusal.diff and refusal.key != "bank.second":
        complain(lines(refusal.diff.items, _MOST_NAMED))
    return REFUSED


def _problem(problem: Problem) -> dict[str, str]:
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    return {
        "place": place,
        "cause": problem.cause,
        "cure": problem.cure,
        "severity": "error",
    }


def _whole(refusal: Refusal) -> dict[str, str]:
    return {"place": "the bank", "cause": str(refusal), "cure": "–", "severity": "fatal"}


async def _import(call: BankCall, banks: Banks) -> int:
    brought = await _brought(call)
    pack = call.pack or pack_named(call.file.name)
    imported = await Importer(banks).import_bank(
        brought, pack, LOCAL_OWNER, dry=call.dry, told=_progress(monotonic())
    )
    if call.json:
        _tell_json(import_json(imported.done, imported.questions, imported.problems))
    else:
        tell(import_report(imported))
    return OK if imported.done else REFUSED


async def _brought(call: BankCall) -> Brought:
    data = read_bytes(call.file, str(call.file), MOST_BYTES)
    about = About(call.title, call.language, call.source, call.caveat, call.caveat_short)
    return Brought(call.file.name, data, call.read_as, call.leave_out, about)


def _progress(begin: float) -> Callable[[int], None]:
    """Return what shows how far it is: to people at once, in a log only where it takes long."""

    def show(done: int) -> None:
        if sys.stderr.isatty() or monotonic() - begin > _LONG:
            print(say("bank.progress", done=f"{done:,}"), file=sys.stderr, flush=True)

    return show


async def _drafts(call: BankCall, banks: Banks) -> int:
    drafts = await banks.drafts(call.pack, State.THROWN if call.thrown else State.OPEN)
    if call.json:
        _tell_json([_draft(draft) for draft in drafts])
    else:
        tell(map(_draft_line, drafts) if drafts else [say("bank.drafts.none")])
    return OK


def _draft(draft: Draft) -> dict[str, object]:
    found = {**asdict(draft), "at": _day(draft.at), "changed": _day(draft.changed)}
    return {key: value for key, value in found.items() if key != "digest"}


def _draft_line(draft: Draft) -> str:
    key = "bank.drafts.line" if draft.base else "bank.drafts.line.new"
    return say(
        key,
        number=draft.id,
        pack=draft.pack,
        base=draft.base,
        origin=draft.origin,
        changed=_day(draft.changed),
    )


def _day(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


async def _diff(call: BankCall, banks: Banks) -> int:
    head, compared = await _compared(call, banks)
    if call.json:
        _tell_json({"head": head, **_compared_json(compared)})
        return OK
    tell([head, touches(compared)])
    if compared.diff.sensitive:
        tell([say("bank.diff.sensitive", count=len(compared.diff.sensitive))])
    tell(lines(compared.diff.items, _MOST_SHOWN))
    return OK


async def _compared(call: BankCall, banks: Banks) -> tuple[str, Compared]:
    if await asyncio.to_thread(Path(call.what).is_file):
        return await _compared_file(call, banks)
    if call.old >= 0:
        newest = max(
            (t.version.number for t in await banks.history(call.what) if t.current), default=0
        )
        new = call.new if call.new >= 0 else newest
        found = await banks.diff_versions(call.what, call.old, new)
        names = {"pack": call.what, "old": call.old, "new": new}
        return say("bank.diff.head.versions", "en", **names, summary=summary(found.diff)), found
    draft = await _meant(call.what, banks)
    found = await banks.diff(draft.id)
    return _head(draft.id, draft.pack, await _version(banks, draft.pack), found), found


async def _version(banks: Banks, pack: str) -> int:
    return next((s.version for s in await banks.standings() if s.pack == pack), 0)


def _head(draft: int | str, pack: str, version: int, found: Compared) -> str:
    key = "bank.diff.head" if version else "bank.diff.head.new"
    return say(key, draft=draft, pack=pack, version=version, summary=summary(found.diff))


async def _compared_file(call: BankCall, banks: Banks) -> tuple[str, Compared]:
    path = Path(call.what)
    data = read_bytes(path, call.what, MOST_BYTES)
    pack = call.pack or pack_named(path.name)
    found = await Importer(banks).compare(Brought(path.name, data, leave_out=True), pack)
    version = await _version(banks, pack)
    key = "bank.diff.file" if version else "bank.diff.file.new"
    head = say(key, file=path.name, pack=pack, version=version, summary=summary(found.diff))
    return head, found


async def _meant(what: str, banks: Banks) -> Draft:
    """Return the draft of that number, or the only one of the bank of that id."""
    if what.isdecimal():
        return (await banks.draft(int(what))).draft
    drafts = await banks.drafts(what)
    if len(drafts) == 1:
        return drafts[0]
    numbers = ", ".join(str(draft.id) for draft in drafts)
    key = "bank.drafts.which" if drafts else "bank.drafts.none.of"
    raise Refusal(key, pack=what, numbers=numbers)


def _compared_json(compared: Compared) -> dict[str, object]:
    counts = {str(change): compared.diff.count(change) for change in Change}
    touched = {**asdict(compared.touched), "marks": asdict(compared.marks)}
    items = [asdict(item) for item in compared.diff.items]
    return {"counts": counts, "touches": touched, "items": items}


async def _publish(call: BankCall, banks: Banks) -> int:
    draft = await _meant(call.what, banks)
    done = await Publisher(banks).publish(draft.id, draft.revision, LOCAL_OWNER, alone=call.alone)
    return _moved(call, done, "bank.published.before" if done.before else "bank.published")


async def _rollback(call: BankCall, banks: Banks) -> int:
    done = await Publisher(banks).rollback(call.pack, call.version, LOCAL_OWNER)
    return _moved(call, done, "bank.rolled-back" if done.version else "bank.withdrawn")


def _moved(call: BankCall, done: Published, key: str) -> int:
    if call.json:
        counts = {str(change): done.diff.count(change) for change in Change}
        numbers = {"pack": done.pack, "version": done.version, "before": done.before}
        _tell_json({"status": "published", **numbers, "alone": done.alone, "counts": counts})
        return OK
    names = {"pack": done.pack, "version": done.version, "before": done.before}
    tell([say(key, "en", **names)])
    if done.alone:
        tell([say("bank.published.alone")])
    if done.before:
        tell([say("bank.published.undo", "en", **names)])
    return OK


async def _step(call: BankCall, banks: Banks) -> int:
    draft = await _meant(call.what, banks) if call.action != "restore" else None
    number = draft.id if draft else int(call.what) if call.what.isdecimal() else 0
    seen = draft.revision if draft else 0
    match call.action:
        case "approve":
            after, key = await banks.approve(number, seen, LOCAL_OWNER), "bank.approved"
        case "rebase":
            after, key = await banks.rebase(number, seen, LOCAL_OWNER), "bank.rebase.done"
        case "restore":
            after, key = await banks.restore(number, LOCAL_OWNER), "bank.restored"
        case _:
            after, key = await banks.throw_away(number, LOCAL_OWNER), "bank.thrown"
    if call.json:
        _tell_json(_draft(after))
    else:
        tell([say(key, number=after.id, version=after.base)])
    return OK


async def _history(call: BankCall, banks: Banks) -> int:
    if call.item:
        return await _item_history(call, banks)
    history = await banks.history(call.pack)
    if call.json:
        _tell_json([_told(told) for told in history])
    else:
        tell(line for told in history for line in _told_lines(told))
    return OK


def _told(told: Told) -> dict[str, object]:
    moves = [{"at": _day(m.at), "by": m.by, "act": str(m.act)} for m in told.publications]
    version = told.version
    return {
        "version": version.number,
        "current": told.current,
        "at": _day(version.at),
        "by": version.by,
        "origin": version.origin,
        "note": version.note,
        "published": moves,
    }


def _told_lines(told: Told) -> Iterator[str]:
    version = told.version
    yield say(
        "bank.history.line",
        mark="*" if told.current else " ",
        number=version.number,
        at=_day(version.at),
        by=_who(version.by, version.origin),
        origin=version.origin,
        note=f"  {version.note}" if version.note else "",
    )
    for move in told.publications[:-1]:
        yield say("bank.history.again", at=_day(move.at), by=_who(move.by, ""))


def _who(by: str, origin: str) -> str:
    return by or say("bank.by.folder" if origin == "folder" else "bank.by.nobody")


async def _item_history(call: BankCall, banks: Banks) -> int:
    past = await banks.item_history(call.pack, call.item)
    if call.json:
        _tell_json([{"version": one.version.number, **asdict(one.item)} for one in past])
    else:
        for one in past:
            by = _who(one.version.by, one.version.origin)
            tell([f"{one.version.number}  {_day(one.version.at)}  {by}"])
            tell(lines([one.item], 1))
    return OK


async def _export(call: BankCall, banks: Banks) -> int:
    found = await banks.version(call.pack, call.version)
    if call.to == FILES:
        return _files(call, found.texts)
    written = WRITERS[call.to or ("json" if call.json else "yaml")](found.pack.questions)
    return write_questions(call, written)


def _files(call: BankCall, texts: Mapping[str, str]) -> int:
    if call.out == "-":
        complain([say("bank.files.where")])
        return WRONG
    folder = Path(call.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        complain([say("bank.cannot-write", file=call.out, why=error.strerror)])
        return WRONG
    codes = [write_file(str(folder / name), text.encode()) for name, text in texts.items()]
    return max(codes, default=OK)


def _tell_json(found: object) -> None:
    tell([json.dumps(found, ensure_ascii=False, default=str)])


_ACTIONS: Mapping[str, Callable[[BankCall, Banks], Awaitable[int]]] = {
    "import": _import,
    "drafts": _drafts,
    "diff": _diff,
    "publish": _publish,
    "approve": _step,
    "rebase": _step,
    "throw-away": _step,
    "restore": _step,
    "rollback": _rollback,
    "history": _history,
    "export": _export,
}
