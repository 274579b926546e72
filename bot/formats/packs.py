"""Packs from folders: `pack.yaml` and `facts.yaml`, and where they are there `entities.yaml` and `sources.yaml`.

A bare pack is `pack.yaml` with `id`, `title` and `language`, and `facts.yaml` with a list of `id` and `claim`; it
gets the general caveat. `quiz.yaml`, where it is there, holds quiz questions. `checks.yaml` is read by
`bot.formats.checks`; any other file is left alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bot.core.facts import Entity, Fact, Pack, Part, Reference, Source, Value, Verdict, Wording
from bot.core.fair import ground
from bot.core.words import say
from bot.formats import rules
from bot.formats.files import Aside, Folder
from bot.formats.hashes import pack_with_hash, with_hash
from bot.formats.models import (
    AskEntry,
    EntityEntry,
    FactEntry,
    InlineEntity,
    PackEntry,
    ReferenceEntry,
    UnansweredEntry,
    ValueEntry,
)
from bot.formats.problems import PackError, Problem, Problems, quoted
from bot.formats.quiz_models import QuestionEntry
from bot.formats.quizzes import QUIZ_FILE, QuestionRead, fairness_problems, form_problems, question
from bot.formats.quizzes_imported import KEY, ImportedRead, read_imported, unfair_imported
from bot.formats.reading import Read
from bot.formats.undisturbed import undisturbed

__all__ = ["PackError", "Problem", "read_pack", "read_packs", "read_texts"]

FactReads = Sequence[Read[FactEntry]]


def read_pack(folder: Path) -> Pack:
    """Read one pack; raise PackError with every problem that it has."""
    return _read(Folder(folder))


def read_texts(texts: Mapping[str, str]) -> Pack:
    """Read one pack from the texts of its files, by their names."""
    with undisturbed():
        return _read(Folder(texts=texts))


def read_packs(folder: Path) -> tuple[Pack, ...]:
    """Read the pack in a folder, or the packs in the folders within it, by name."""
    if (folder / "pack.yaml").exists() or (folder / "facts.yaml").exists():
        return (read_pack(folder),)
    problems = Problems()
    packs: dict[str, Pack] = {}
    for path in _folders(folder):
        try:
            pack = _read(Folder(path, prefix=f"{path.name}/"))
        except PackError as error:
            problems.extend(error.problems)
            continue
        if packs.setdefault(pack.id, pack) is not pack:
            cause = f"another pack has the id {quoted(pack.id)} already"
            problems.add(Problem(f"{path.name}/pack.yaml", 0, cause, "give each pack its own id"))
    problems.stop_if_any()
    return tuple(packs.values())


def _folders(folder: Path) -> list[Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError as error:
        cause = f"the folder cannot be read ({error.strerror})"
        raise PackError([Problem(str(folder), 0, cause, "check the path")]) from error
    found = [path for path in paths if any((path / name).exists() for name in _NEEDED)]
    if not found:
        cause = "there is no pack in this folder"
        cure = "name a folder with pack.yaml and facts.yaml, or one that holds such folders"
        raise PackError([Problem(str(folder), 0, cause, cure)])
    return found


_NEEDED = {
    "pack.yaml": "write it, with `id:`, `title:` and `language:`",
    "facts.yaml": "write it, a list of blocks with `id:` and `claim:`",
}


_NO_FACTS_NEEDED = "quiz.yaml"
"""A pack of questions alone has no facts."""


def _read(folder: Folder) -> Pack:
    meta = folder.entry(PackEntry, "pack.yaml", _NEEDED["pack.yaml"], "the pack")
    sources = folder.keyed(ReferenceEntry, "sources.yaml")
    named = folder.keyed(EntityEntry, "entities.yaml")
    unanswered = folder.keyed(UnansweredEntry, "unanswered.yaml") or {}
    needed = "" if folder.has(_NO_FACTS_NEEDED) else _NEEDED["facts.yaml"]
    facts = folder.listed(FactEntry, "facts.yaml", needed, "fact")
    brought = Aside(KEY)
    asked = folder.listed(QuestionEntry, QUIZ_FILE, "", "question", brought)
    reads = [read for read in facts.values() if read]
    pages = {key: read.entry for key, read in (sources or {}).items() if read}
    entities = {key: read for key, read in (named or {}).items() if read}
    written_out = list(_inline(reads))
    known = rules.Known(
        facts={key: read.entry if read else None for key, read in facts.items()},
        sources=None if sources is None else {key: pages.get(key) for key in sources},
        entities=None if named is None else {*named, *(key for key, _ in written_out)},
        places=meta.entry.places if meta else None,
        topics=meta.entry.topics if meta else None,
    )
    folder.problems.extend(_differing(written_out, entities))
    everything = {**dict(written_out), **entities}
    folder.problems.extend(_problems(meta, reads, everything.values(), known))
    quiz = [read for read in asked.values() if read]
    folder.problems.extend(_form_of_quiz(quiz, known))
    imported = read_imported(brought, folder.prefix + QUIZ_FILE, known.facts, folder.problems)
    if meta is None:
        raise folder.problems.error()
    folder.problems.stop_if_any()
    things = {key: _entity(key, read.entry) for key, read in everything.items()}
    silent = tuple(ask for read in unanswered.values() if read for ask in read.entry.asks)
    pack = _pack(meta.entry, [_fact(read.entry, pages) for read in reads], things, silent)
    return _with_quiz(pack, quiz, imported, folder)


def _form_of_quiz(quiz: Sequence[QuestionRead], known: rules.Known) -> Iterator[Problem]:
    for read in quiz:
        yield from form_problems(read, known.facts, known.topics)


def _with_quiz(
    pack: Pack, quiz: Sequence[QuestionRead], imported: Sequence[ImportedRead], folder: Folder
) -> Pack:
    """Return a pack with its quiz questions, which must be fair."""
    if not (quiz or imported):
        return pack
    stands_on = ground(pack.facts, pack.entities, pack.source.name)
    for read in quiz:
        folder.problems.extend(fairness_problems(read, stands_on))
    folder.problems.extend(unfair_imported(imported, stands_on))
    folder.problems.stop_if_any()
    questions = [*map(question, quiz), *(read.question for read in imported)]
    in_order = sorted(questions, key=lambda found: found.source[1])
    return pack_with_hash(replace(pack, questions=tuple(in_order)))


def _problems(
    meta: Read[PackEntry] | None,
    reads: FactReads,
    entities: Iterable[Read[EntityEntry]],
    known: rules.Known,
) -> Iterator[Problem]:
    if meta:
        yield from rules.pack_problems(meta)
    yield from chain.from_iterable(rules.fact_problems(read, known) for read in reads)
    entities = tuple(entities)
    yield from chain.from_iterable(rules.entity_problems(read, known) for read in entities)
    yield from rules.shared_asks(reads)
    yield from rules.shared_spellings(entities)
    yield from rules.circles(reads)


def _inline(reads: FactReads) -> Iterator[tuple[str, Read[EntityEntry]]]:
    """Yield the entities that stand written out at facts."""
    for read in reads:
        for number, named in enumerate(read.entry.entities):
            if isinstance(named, InlineEntity):
                yield named.id, read.within(named, quoted(named.id), "entities", number)


def _differing(
    inline: Iterable[tuple[str, Read[EntityEntry]]], listed: Mapping[str, Read[EntityEntry]]
) -> Iterator[Problem]:
    """Yield the entities that are written out again, in another way."""
    first = {key: _entity(key, read.entry) for key, read in listed.items()}
    for key, read in inline:
        entity = _entity(key, read.entry)
        if first.setdefault(key, entity) != entity:
            cure = "write it out once, and give only its id elsewhere"
            yield read.problem("is written out twice, in different ways", cure)


def _entity(key: str, entry: EntityEntry) -> Entity:
    where = (entry.lat, entry.lon, entry.country, entry.part_of)
    return Entity(key, entry.name, entry.kind, entry.spellings, *where)


def _reference(entry: ReferenceEntry) -> Reference:
    return Reference(**entry.model_dump())


def _value(entry: ValueEntry) -> Value:
    return Value(entry.type, entry.value or entry.entity, entry.unit)


def _wording(ask: str | AskEntry) -> Wording:
    return Wording(ask) if isinstance(ask, str) else Wording(ask.ask, ask.answer)


# Fields that stand in a file as they do in a Fact.
_ALIKE = (
    *("id", "claim", "place", "where", "topic", "answer", "kind", "confidence", "correct"),
    *("correction", "evidence", "attribution", "sensitive", "restricted", "opening"),
    *("also_in", "in_article", "related", "derived_from", "note"),
)


def _fact(entry: FactEntry, pages: Mapping[str, ReferenceEntry]) -> Fact:
    cited = (pages[item] if isinstance(item, str) else item for item in entry.references)
    fact = Fact(
        **{name: getattr(entry, name) for name in _ALIKE},
        positive=entry.yes_no,
        verdict=entry.verdict or Verdict.UNCHECKED,
        references=tuple(_reference(item) for item in cited),
        entities=tuple(item if isinstance(item, str) else item.id for item in entry.entities),
        values=tuple(_value(item) for item in entry.values),
        correct_values=tuple(_value(item) for item in entry.correct_values),
        asks=tuple(_wording(item) for item in entry.asks),
        parts=tuple(Part(item.text, item.fact) for item in entry.parts),
    )
    return with_hash(fact)


def _pack(
    entry: PackEntry, facts: Sequence[Fact], entities: dict[str, Entity], silent: tuple[str, ...]
) -> Pack:
    source, check, caveat = entry.source, entry.check, entry.caveat
    pack = Pack(
        id=entry.id,
        title=entry.title,
        language=entry.language,
        facts=tuple(facts),
        source=Source(**source.model_dump()) if source else Source(),
        checked_on=check.date if check else "",
        checked_how=check.how if check else "",
        caveat_long=caveat.long if caveat else say("caveat.long", entry.language),
        caveat_short=caveat.short if caveat else say("caveat.short", entry.language),
        content_note=entry.content_note,
        places=dict(entry.places),
        topics=dict(entry.topics),
        entities=entities,
        synonyms=entry.synonyms,
        unanswered=silent,
    )
    return pack_with_hash(pack)
