"""Puts one item of a bank into a draft: never over what somebody else has written meanwhile."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.core.bank_diff import Sort
from bot.formats.items import Listed, cut
from bot.formats.problems import PackError, Problem
from bot.formats.quizzes_imported import KEY
from bot.frontends.web.bank_fields import Wrong
from bot.frontends.web.bank_site import BankSite, Looked
from bot.frontends.web.signed import Signed
from bot.service.bank_editing import FACTS, QUIZ, Edit, apply, item, verify
from bot.service.bank_ports import Draft
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import Texts, read

FILES: Mapping[Sort, str] = {Sort.QUESTION: QUIZ, Sort.FACT: FACTS}
_TRIES = 3
_KEY = re.compile(r"(?:- |  )([a-z_]+):")
_NAMED = re.compile(r"`([a-z_]+)`")


class Faster(Exception):
    """Somebody else has changed this very item since the form was opened."""

    def __init__(self, now: Looked) -> None:
        super().__init__("changed meanwhile")
        self.now = now


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to write, and what they saw of it."""

    pack: str
    sort: Sort
    id: str
    seen: str
    """The mark of the item as the form showed it."""
    draft: int = 0
    """The draft that the form was about; 0 for one's own."""


def mark_of(texts: Texts, sort: Sort, name: str) -> str:
    """Return what tells one state of an item from another; "" where there is no such item."""
    chunk = cut(texts.get(FILES[sort], "")).by_id().get(name) if name else None
    return sha256(chunk.body.strip().encode()).hexdigest()[:16] if chunk else ""


def plain_at(looked: Looked, name: str) -> dict[str, object] | None:
    """Return a fact as the file has it."""
    try:
        return item(looked.texts, FACTS, name)
    except PackError:
        return None


def is_imported(texts: Texts, name: str) -> bool:
    """Say whether a question came from another bank."""
    try:
        return KEY in item(texts, QUIZ, name)
    except PackError:
        return False


async def write(site: BankSite, signed: Signed, wanted: Wanted, edit: Edit) -> Draft:
    """Write an item into a draft, which begins where there is none.

    Raise Faster where the item is another one by now, and Refusal where the bank would be wrong. What
    others changed elsewhere in the same draft stays, and is no reason to begin again.
    """
    refused: Refusal | None = None
    for _ in range(_TRIES):
        looked = await site.look(signed, wanted.pack, wanted.draft)
        if mark_of(looked.texts, wanted.sort, wanted.id) != wanted.seen:
            raise Faster(looked)
        draft = looked.draft or await _begun(site, signed, looked, edit)
        try:
            return await site.banks.edit(draft.id, draft.revision, signed.person, edit)
        except Refusal as refusal:
            if refusal.key != "bank.draft.changed":
                raise
            refused = refusal
    raise refused or Refusal("bank.draft.none", number=wanted.draft)


async def _begun(site: BankSite, signed: Signed, looked: Looked, edit: Edit) -> Draft:
    """Begin a draft, but only for what can be written: none is left behind empty."""
    try:
        texts = apply(looked.texts, edit)
        pack, _ = await read(texts)
    except PackError as error:
        raise Refusal("bank.files.wrong", error.problems, count=len(error.problems)) from error
    verify(edit, texts, pack)
    return await site.banks.open_draft(looked.pack, signed.person)


@dataclass(frozen=True, slots=True)
class Names:
    """What the fields of a form are called, by the keys of the file."""

    known: frozenset[str]
    rows: Mapping[str, str]
    """For groups of rows, the field that shows what is wrong with one."""
    others: Mapping[str, str]

    def of(self, key: str, number: int) -> str:
        """Return the field for a key, and an item of its list; "" where there is none."""
        name = self.others.get(key, key)
        if name in self.rows and number >= 0:
            return f"{name}.{number}.{self.rows[name]}"
        return name if name in self.known or name in self.rows else ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Problems, parted into those of fields and the rest."""

    fields: Sequence[Wrong]
    rest: Sequence[Problem]


def placed(
    problems: Sequence[Problem], texts: Texts, sort: Sort, name: str, names: Names
) -> Placed:
    """Find the fields that problems are about: by the line of the file, or the key that they name."""
    listed = cut(texts.get(FILES[sort], ""))
    begin = _line_of(listed, name)
    body = listed.by_id()[name].body.split("\n") if name in listed.by_id() else []
    fields: list[Wrong] = []
    rest: list[Problem] = []
    for problem in problems:
        inside = problem.file.endswith(FILES[sort]) and begin <= problem.line < begin + len(body)
        found = names.of(*_key_at(body, problem.line - begin, problem.cause)) if inside else ""
        if found:
            fields.append(Wrong(found, problem.cause, problem.cure))
        else:
            rest.append(problem)
    return Placed(fields, rest)


def _line_of(listed: Listed, name: str) -> int:
    line = 1 + listed.head.count("\n")
    for chunk in listed.chunks:
        if chunk.id == name:
            return line
        line += (chunk.body + chunk.tail).count("\n")
    return line


def _key_at(body: Sequence[str], offset: int, cause: str) -> tuple[str, int]:
    """Return the key that a line stands under, and which item of its list it is; -1 for none."""
    number = -1
    for line in reversed(body[: offset + 1]):
        if found := _KEY.match(line):
            named = _NAMED.search(cause)
            key = named[1] if named and found[1] == "id" else found[1]
            return key, number
        number += line.startswith("  - ")
    return "", -1


QUESTION_NAMES = Names(
    frozenset(
        "kind stem topic truth sequence feedback feedback_right feedback_wrong feedback_partial facts title "
        "difficulty sensitive shuffle points tags category id".split()
    ),
    {"options": "text", "numbers": "value", "accepted": "text", "pairs": "left"},
    {"key": "numbers", "tolerance": "numbers", "between": "numbers", "unit": "numbers"},
)
FACT_NAMES = Names(
    frozenset(
        "claim answer topic sort yes_no verdict confidence correct correction evidence place where also_in "
        "attribution sensitive restricted opening in_article entities related derived_from note_editors id".split()
    ),
    {
        "references": "key",
        "asks": "ask",
        "values": "value",
        "correct_values": "value",
        "parts": "text",
    },
    {"kind": "sort", "note": "note_editors"},
)
NAMES: Mapping[Sort, Names] = {Sort.QUESTION: QUESTION_NAMES, Sort.FACT: FACT_NAMES}
