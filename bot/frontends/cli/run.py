"""The commands: answer a question or a batch of them, check packs."""

import json
import os
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.core.build import build
from bot.core.library import Library
from bot.core.page import Markup
from bot.formats.checks import Check, read_questions
from bot.formats.problems import PackError
from bot.formats.quiz_writing import quiz_text
from bot.frontends.cli.inbound import Call
from bot.frontends.cli.markup import markup
from bot.frontends.cli.quiz import QuizCall
from bot.service.asking import Spoken, speak
from bot.service.checking import check_pack
from bot.service.shelves import NoPack, find_packs, open_library, read_folder

OK, DIFFERS, WRONG = 0, 1, 2
"""Exit codes: all well, an answer that a check did not expect, a wrong call or pack."""

_WIDEST = 100
_PLAIN = markup()


def run(call: Call, shelf: Path) -> int:
    """Do what the command line asks for with the packs of a folder; return the exit code."""
    try:
        if call.command == "check":
            return _check(call.folder or shelf)
        if call.quiz:
            return _build(call.quiz, find_packs(shelf, call.pack))
        library = open_library(find_packs(shelf, call.pack))
        if call.batch == "-":
            return _answer(sys.stdin.buffer, "standard input", library)
        if call.batch:
            with Path(call.batch).open("rb") as file:
                return _answer(file, call.batch, library)
        _ask(Check("", call.question, call.after), library, as_json=call.json)
    except (NoPack, PackError) as error:
        _complain(str(error))
        return WRONG
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        _complain(f"{error.filename} cannot be read: {error.strerror}.")
        return WRONG
    return OK


def _ask(question: Check, library: Library, *, as_json: bool) -> None:
    if as_json:
        _tell(_written(question, library))
    else:
        _tell(_reply(_spoken(question, library, _screen())))


def _answer(lines: Iterable[bytes], name: str, library: Library) -> int:
    """Answer each line as it comes, so that a pipe can go on asking; a bad line stops no other."""
    code = OK
    for number, line in enumerate(lines, 1):
        try:
            for question in read_questions(line, name):
                _tell(_written(question, library))
        except PackError as error:
            for problem in error.problems:
                _complain(str(replace(problem, line=number)))
            code = WRONG
    return code


def _written(question: Check, library: Library) -> str:
    spoken = _spoken(question, library, _PLAIN)
    shown = {
        "id": question.id,
        "reply": _reply(spoken),
        "outcome": spoken.outcome,
        "answered": spoken.answered,
        "facts": spoken.facts,
        "verdicts": spoken.verdicts,
        "ranked": spoken.ranked[:10],
        "confidence": round(spoken.confidence, 4),
    }
    return json.dumps(shown, ensure_ascii=False)


def _spoken(question: Check, library: Library, look: Markup) -> Spoken:
    return speak(question.question, question.after, library, look)


def _reply(spoken: Spoken) -> str:
    return "\n\n".join(page.text for page in spoken.card.pages)


def _screen() -> Markup:
    """Return the markup of the terminal, or the plain one where the reply goes elsewhere."""
    if not sys.stdout.isatty():
        return _PLAIN
    bare = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return markup(colour=not bare, width=min(shutil.get_terminal_size().columns, _WIDEST))


def _check(folder: Path) -> int:
    """Check every pack, also after one that cannot be read."""
    return max(_checked(one) for one in find_packs(folder))


def _checked(folder: Path) -> int:
    try:
        result = check_pack(folder)
    except PackError as error:
        _complain(str(error))
        return WRONG
    _tell(str(result))
    return DIFFERS if result.failures else OK


def _build(call: QuizCall, folders: Iterable[Path]) -> int:
    """Print built questions of each pack that is meant, as its quiz.yaml has them."""
    for folder in folders:
        pack = read_folder(folder)
        built = build(pack, call.seed, call.count)
        _tell(quiz_text(built).rstrip("\n"))
        if len(built) < call.count:
            _complain(f"{pack.id}: no more than {len(built)} could be built.")
    return OK


def _tell(text: str) -> None:
    print(text, flush=True)


def _complain(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
