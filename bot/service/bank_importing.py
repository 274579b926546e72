"""A file of questions becomes part of a draft: all of it, or nothing, with everything that is wrong named."""

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from bot.core.facts import Pack
from bot.core.quiz import Question
from bot.core.roles import Act as May
from bot.formats.banks import detect
from bot.formats.banks.draft import Draft as Found
from bot.formats.banks.draft import Finding, progress
from bot.formats.banks.own import block_text
from bot.formats.banks.refusing import Severity
from bot.formats.items import Chunk, cut, plain_block
from bot.formats.models import PACK_ID
from bot.formats.problems import PackError
from bot.formats.quiz_writing import quiz_text
from bot.formats.quizzes_imported import KEY, imported_text
from bot.service.bank_comparing import Compared
from bot.service.bank_editing import FACTS, PACK, QUIZ, as_meant, bare
from bot.service.bank_ports import Content, Draft
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import OpenDraft, Texts, read_now
from bot.service.banks import Banks, allow

_LONGEST_ID = 62
_LONGEST_NAME = 80
_NOT_ID = re.compile("[^A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class About:
    """What a new bank is called, where the file goes into one that is not there yet."""

    title: str = ""
    language: str = "en"
    source: str = ""
    """What its questions are about: "the textbook", "the lesson"."""
    caveat_long: str = ""
    caveat_short: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import."""

    file: str
    pack: str
    done: bool
    """Whether the file was imported, or, where that was only tried, would be."""
    questions: tuple[Question, ...]
    """Those that could be read."""
    problems: tuple[Finding, ...]
    seen: int
    """How many questions the file holds, with those that cannot be imported."""
    draft: Draft | None = None
    added: int = 0
    replaced: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Brought:
    """A file that somebody brings."""

    name: str
    content: bytes
    read_as: str = ""
    """Its format, where that is not to be looked for."""
    leave_out: bool = False
    """Whether to go on without the questions that cannot be imported, after they were listed."""
    about: About = About()

    @property
    def source(self) -> str:
        """The name that its questions keep: without folders, and not too long."""
        return self.name.replace("\\", "/").rpartition("/")[2][-_LONGEST_NAME:] or "a file"


def look_through(brought: Brought) -> Found:
    """Read a file, on the spot; nothing is kept."""
    reader = detect.READERS[brought.read_as] if brought.read_as else detect.read
    return reader(brought.content, brought.source)


def fine(found: Found, brought: Brought) -> bool:
    """Say whether a file can be imported as it was asked."""
    return found.usable if brought.leave_out else found.whole


def pack_named(name: str) -> str:
    """Return the id of a bank for a file of that name."""
    stem = name.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    return _NOT_ID.sub("-", stem).strip("-").lower()[:_LONGEST_ID] or "bank"


@dataclass(frozen=True, slots=True)
class Importer:
    """Imports files into drafts."""

    banks: Banks

    async def import_bank(
        self,
        brought: Brought,
        pack: str,
        by: str,
        *,
        dry: bool = False,
        told: Callable[[int], None] | None = None,
    ) -> Imported:
        """Import a file into a draft of a bank; `told` hears how many questions were read so far.

        It goes on with the person's own newest draft of that bank, or begins one. `dry` keeps nothing.
        """
        if not re.fullmatch(PACK_ID, pack):
            raise Refusal("bank.import.id", pack=pack)
        async with self.banks.work() as work:
            await allow(work, by, May.BANK_EDIT)
        progress.set(told)
        found = await asyncio.to_thread(look_through, brought)
        result = Imported(
            brought.name, pack, fine(found, brought), found.questions, found.problems, found.seen
        )
        if not result.done:
            return result
        own, texts = await self._base(pack, by)
        merged = await asyncio.to_thread(merge, texts, pack, found, brought)
        result = replace(result, added=merged.added, replaced=merged.replaced, same=merged.same)
        if dry or not (merged.added or merged.replaced):
            return result
        return replace(result, draft=await self._keep(own, result, merged, by))

    async def compare(self, brought: Brought, pack: str) -> Compared:
        """Return what a file would change of what is published, without what cannot be imported."""
        found = await asyncio.to_thread(look_through, brought)
        if not found.usable:
            first = next(p for p in found.problems if p.severity is not Severity.WARNING)
            raise Refusal("bank.import.none", file=brought.name, why=first.cause)
        published = await self._published(pack)
        merged = await asyncio.to_thread(merge, published, pack, found, brought)
        return await self.banks.diff_texts(pack, merged.texts)

    async def _published(self, pack: str) -> Texts:
        async with self.banks.work() as work:
            published = (await work.banks.published()).get(pack, 0)
        return (await self.banks.version(pack)).texts if published else {}

    async def _base(self, pack: str, by: str) -> tuple[OpenDraft | None, Texts]:
        if mine := await self.banks.own_draft(pack, by):
            own = await self.banks.draft(mine.id)
            return own, own.texts
        return None, await self._published(pack)

    async def _keep(
        self, own: OpenDraft | None, result: Imported, merged: "Merged", by: str
    ) -> Draft:
        if own is not None:
            draft = own.draft
            return await self.banks.put_files(draft.id, draft.revision, by, merged.content)
        origin = f"import: {result.file}"[:200]
        return await self.banks.open_draft(result.pack, by, merged.content, origin=origin)


@dataclass(frozen=True, slots=True)
class Merged:
    """The files of a bank with the questions of another file."""

    texts: Texts
    content: Content
    added: int
    replaced: int
    same: int


def merge(texts: Texts, pack: str, found: Found, brought: Brought) -> Merged:
    """Put questions into the files of a bank: those of the same id are replaced, new ones come last."""
    base = {**texts} if texts else {PACK: _new_pack(pack, brought)}
    listed = cut(base.get(QUIZ, ""))
    there = listed.by_id()
    questions = _with_ids(found, there, brought.source)
    blocks = {q.id: _block(q, there.get(q.id), brought.source) for q in questions}
    base[QUIZ] = listed.with_items(blocks).text
    content = _held_to_meaning(base, questions)
    same = sum(there[i].body.strip() == text.strip() for i, text in blocks.items() if i in there)
    replaced = len(blocks.keys() & there.keys()) - same
    return Merged(base, content, len(blocks) - replaced - same, replaced, same)


def _held_to_meaning(texts: Texts, questions: tuple[Question, ...]) -> Content:
    try:
        pack, content = read_now(texts)
    except PackError as error:
        raise Refusal("bank.files.wrong", error.problems, count=len(error.problems)) from error
    differing = _differing(pack, questions)
    if differing:
        raise Refusal("bank.import.differs", count=len(differing), first=differing[0])
    return content


def _differing(pack: Pack, questions: tuple[Question, ...]) -> list[str]:
    known = {question.id: question for question in pack.questions}
    return [q.id for q in questions if not as_meant(known.get(q.id), q)]


def _with_ids(found: Found, there: Mapping[str, Chunk], source: str) -> tuple[Question, ...]:
    """Give another id to a question that got its own from its title, and another file has the same.

    An id that stands in the file itself means that question, wherever it came from.
    """
    taken = {*there, *(question.id for question in found.questions)}
    questions: list[Question] = []
    for question in found.questions:
        name = question.id
        if name in there and name not in found.named and _origin(there[name]) != source:
            name = _free(name, taken)
            taken.add(name)
        questions.append(replace(question, id=name))
    return tuple(questions)


def _origin(chunk: Chunk) -> object:
    return plain_block(chunk.body).get(KEY, "")


def _free(name: str, taken: set[str]) -> str:
    number = 2
    while (numbered := f"{name[: _LONGEST_ID - 7].rstrip('-')}-{number}") in taken:
        number += 1
    return numbered


def _block(question: Question, old: Chunk | None, source: str) -> str:
    """Return a question as a block; one that rests on facts is written like the bank's own."""
    own = question.facts and (old is None or not _origin(old))
    if own and _holds(question):
        return quiz_text([question]).rstrip("\n")
    return imported_text(question, source)


def _holds(question: Question) -> bool:
    """Say whether a question is the same when it is written like the bank's own."""
    facts = "".join(f"- {{id: {name}, claim: c}}\n" for name in question.facts)
    topics = f"topics: {{{question.topic}: t}}\n" if question.topic else ""
    texts = {
        PACK: f"id: p\ntitle: t\nlanguage: en\n{topics}",
        FACTS: facts,
        QUIZ: quiz_text([question]),
    }
    try:
        pack, _ = read_now(texts)
    except PackError:
        return False
    return bool(pack.questions) and bare(pack.questions[0]) == bare(question)


def _new_pack(pack: str, brought: Brought) -> str:
    about = brought.about
    plain: dict[str, object] = {
        "id": pack,
        "title": about.title or pack,
        "language": about.language or "en",
    }
    lines = block_text(plain).replace("- ", "  ", 1).split("\n")
    text = "\n".join(line[2:] for line in lines) + "\n"
    for key, inner in (
        ("source", {"name": about.source}),
        ("caveat", {"long": about.caveat_long, "short": about.caveat_short}),
    ):
        if all(inner.values()):
            block = block_text(dict(inner)).replace("- ", "  ", 1)
            text += f"{key}:\n{block}\n"
    return text
