"""What must hold between the fields of a fact, and between facts: each rule yields the problems that it sees."""

import graphlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.facts import STRENGTH, Kind, Verdict
from bot.formats.models import (
    LONGEST_CLAIM,
    AskEntry,
    EntityEntry,
    FactEntry,
    PackEntry,
    ReferenceEntry,
)
from bot.formats.problems import Problem, meant, quoted
from bot.formats.reading import Read

DERIVED = frozenset({Kind.LIST, Kind.TOTAL, Kind.SUPERLATIVE, Kind.TIMELINE, Kind.SUMMARY})

# Looking for a circle takes as long as the pack is large; the first ones are enough to go on with.
_MOST_CIRCLES = 10
_LONGEST_CIRCLE = 6

FactRead = Read[FactEntry]


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts of a pack may refer to."""

    facts: Mapping[str, FactEntry | None]
    """All facts by id; None for one whose own form is wrong."""
    sources: Mapping[str, ReferenceEntry | None] | None
    """None, as for the three below, where the file itself cannot be read."""
    entities: Collection[str] | None
    places: Collection[str] | None
    topics: Collection[str] | None


def fact_problems(read: FactRead, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with one fact, given all that it may refer to."""
    for alone in _ALONE:
        yield from alone(read)
    for among in _AMONG_OTHERS:
        yield from among(read, known)


def pack_problems(read: Read[PackEntry]) -> Iterator[Problem]:
    """Yield what is wrong with what a pack says about itself."""
    caveat = read.entry.caveat
    if caveat and read.entry.language.lower().split("-")[0] == "en":
        for words in ("double-check", "another source"):
            if words not in caveat.long.lower():
                cause = f"has a long caveat that does not say {quoted(words)}"
                yield read.problem(cause, "add it", "caveat", "long")


def entity_problems(read: Read[EntityEntry], known: Known) -> Iterator[Problem]:
    """Yield what is wrong with one entity, given the others."""
    name, names = read.entry.part_of, known.entities
    if name and names is not None and name not in names:
        cause = f"is part of the unknown entity {quoted(name)}"
        yield read.problem(cause, meant(name, names, "add it to entities.yaml"), "part_of")
    elif name and quoted(name) == read.subject:
        yield read.problem("is part of itself", "delete `part_of:`, or name another", "part_of")


def shared_asks(reads: Iterable[FactRead]) -> Iterator[Problem]:
    """Yield each wording that stands at two facts, or twice at one."""
    seen: dict[str, tuple[str, int]] = {}
    for read in reads:
        for number, ask in enumerate(read.entry.asks):
            text = ask.ask if isinstance(ask, AskEntry) else ask
            where, line = seen.setdefault(same(text), (read.entry.id, number))
            if (where, line) != (read.entry.id, number):
                cause = f"is asked as {quoted(text)}, as {quoted(where)} is already"
                cure = "a wording must point to one fact: change or delete one of them"
                yield read.problem(cause, cure, "asks", number)


def shared_spellings(reads: Iterable[Read[EntityEntry]]) -> Iterator[Problem]:
    """Yield each name or spelling that belongs to two entities."""
    seen: dict[str, str] = {}
    for read in reads:
        name = read.entry.name
        paths = [("name",), *(("spellings", n) for n in range(len(read.entry.spellings)))]
        for text, path in zip([name, *read.entry.spellings], paths, strict=True):
            owner = seen.setdefault(same(text), read.subject)
            if owner != read.subject:
                cause = f"is also spelt {quoted(text)}, which belongs to {owner}"
                cure = "a spelling belongs to one entity: delete one of them"
                yield read.problem(cause, cure, *path)


def circles(reads: Iterable[FactRead]) -> Iterator[Problem]:
    """Yield circles of facts that are derived from one another."""
    by_id = {read.entry.id: read for read in reads}
    rests = {name: set(rests_on(read.entry)) & by_id.keys() for name, read in by_id.items()}
    for _ in range(_MOST_CIRCLES):
        if not (circle := _circle(rests)):
            return
        shown = circle if len(circle) <= _LONGEST_CIRCLE else [*circle[:3], "…", circle[-1]]
        cause = f"is derived from itself: {' → '.join(map(quoted, shown))}"
        yield by_id[circle[0]].problem(cause, "break the circle", "derived_from")
        for name in circle:
            rests.pop(name, None)


def _circle(rests: Mapping[str, set[str]]) -> list[str]:
    try:
        graphlib.TopologicalSorter(rests).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def rests_on(fact: FactEntry) -> tuple[str, ...]:
    """Return the facts that a derived fact adds up."""
    return (*fact.derived_from, *(part.fact for part in fact.parts if part.fact))


def same(text: str) -> str:
    """Return a text without what makes no difference to a reader: case, width, spaces, closing marks."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split()).rstrip(" ?!.")


def _short_claim(read: FactRead) -> Iterator[Problem]:
    bare = read.entry.model_fields_set <= {"id", "claim"}
    if not bare and (length := len(read.entry.claim)) > LONGEST_CLAIM:
        cause = f"has a claim of {length} characters, at most {LONGEST_CLAIM} are allowed"
        yield read.problem(cause, "shorten it, or split it into two facts", "claim")


def _correction(read: FactRead) -> Iterator[Problem]:
    fact = read.entry
    if fact.verdict is not Verdict.CONTRADICTED:
        return
    if not (fact.correction or fact.note):
        cause = "is contradicted but has no correction"
        yield read.problem(cause, "add `correction:` or `note:`", "verdict")
    if not (fact.references or rests_on(fact)):
        cause = "is contradicted but has no reference"
        yield read.problem(cause, "add the source that says otherwise to `references:`", "verdict")


def _corroboration(read: FactRead, known: Known) -> Iterator[Problem]:
    fact = read.entry
    if fact.verdict is not Verdict.CORROBORATED or rests_on(fact):
        return
    if not fact.references:
        cure = "add the source that agrees to `references:`, or change the verdict"
        yield read.problem("is corroborated but has no reference", cure, "verdict")
        return
    pages = known.sources or {}
    cited = [pages.get(ref) if isinstance(ref, str) else ref for ref in fact.references]
    if all(source is not None and source.type == "state-media" for source in cited):
        cause = "is corroborated by state media only"
        yield read.problem(cause, "add another reference, or change the verdict", "references")


def _omission(read: FactRead) -> Iterator[Problem]:
    fact = read.entry
    if not (fact.in_article or fact.references or rests_on(fact)):
        cause = "is not in the article and has no reference"
        yield read.problem(cause, "add its own source to `references:`", "in_article")


def _speaker(read: FactRead) -> Iterator[Problem]:
    # Only what the source itself says at some place has a speaker there.
    fact = read.entry
    if fact.kind is Kind.STATEMENT and fact.place and not fact.attribution:
        yield read.problem("is a statement without a speaker", "add `attribution:`", "kind")


def _derived(read: FactRead, known: Known) -> Iterator[Problem]:
    fact = read.entry
    if fact.kind in DERIVED and not rests_on(fact):
        cause = f"is a {fact.kind} that rests on nothing"
        yield read.problem(cause, "list the facts that it adds up under `derived_from:`", "kind")
        return
    parts = [(name, part) for name in rests_on(fact) if (part := known.facts.get(name))]
    verdicts = {name: part.verdict or Verdict.UNCHECKED for name, part in parts}
    worst = max(verdicts, key=lambda name: STRENGTH.index(verdicts[name]), default=None)
    own = fact.verdict or Verdict.UNCHECKED
    if worst and STRENGTH.index(own) < STRENGTH.index(verdicts[worst]):
        weakest = verdicts[worst]
        cause = f"is {own}, but {quoted(worst)}, which it rests on, is {weakest}"
        yield read.problem(cause, f"write `verdict: {weakest}`", "verdict")


def _restricted(read: FactRead, known: Known) -> Iterator[Problem]:
    fact = read.entry
    if fact.restricted and not fact.opening:
        cure = "add the `opening:` that a reply with it must begin with"
        yield read.problem("is restricted but has no opening", cure, "restricted")
    for number, name in enumerate(fact.related):
        if (other := known.facts.get(name)) and other.restricted:
            cause = f"offers {quoted(name)}, which is restricted, as related"
            yield read.problem(cause, "delete it from `related:`", "related", number)


def _itself(read: FactRead) -> Iterator[Problem]:
    if read.entry.id in read.entry.related:
        yield read.problem("is related to itself", "delete it from `related:`", "related")


def _twice(read: FactRead) -> Iterator[Problem]:
    fact = read.entry
    for key in ("also_in", "references", "entities", "related", "derived_from"):
        counts = Counter(name for name in getattr(fact, key) if isinstance(name, str))
        for name in (name for name, times in counts.items() if times > 1):
            yield read.problem(f"lists {quoted(name)} twice", f"keep it once in `{key}:`", key)


def _names_known(read: FactRead, known: Known) -> Iterator[Problem]:
    for what, name, path in _names(read.entry):
        names, cure = _where(what, known)
        if name and names is not None and name not in names:
            cause = f"names the unknown {what} {quoted(name)}"
            yield read.problem(cause, meant(name, names, cure), *path)


def _names(fact: FactEntry) -> Iterator[tuple[str, str, tuple[int | str, ...]]]:
    """Yield everything that a fact refers to: what it is, its name, and where that stands."""
    yield "place", fact.place, ("place",)
    yield "topic", fact.topic, ("topic",)
    for what, key in _LISTS.items():
        for number, name in enumerate(getattr(fact, key)):
            if isinstance(name, str):
                yield what, name, (key, number)
    for number, part in enumerate(fact.parts):
        yield "part", part.fact, ("parts", number, "fact")
    for key in ("values", "correct_values"):
        for number, value in enumerate(getattr(fact, key)):
            yield "entity", value.entity, (key, number, "entity")


# What is named in a list, and the key of that list.
_LISTS = {
    "place": "also_in",
    "source": "references",
    "entity": "entities",
    "related fact": "related",
    "underlying fact": "derived_from",
}


def _where(what: str, known: Known) -> tuple[Collection[str] | None, str]:
    """Return the names that something may have, and the cure for any other."""
    match what:
        case "place":
            return known.places, "add it to `places:` in pack.yaml"
        case "topic":
            return known.topics, "add it to `topics:` in pack.yaml"
        case "source":
            return known.sources, "add it to sources.yaml"
        case "entity":
            return known.entities, "add it to entities.yaml"
        case _:
            return known.facts, "write the id of a fact of this pack"


_ALONE: tuple[Callable[[FactRead], Iterator[Problem]], ...] = (
    _short_claim,
    _correction,
    _omission,
    _speaker,
    _itself,
    _twice,
)
_AMONG_OTHERS: tuple[Callable[[FactRead, Known], Iterator[Problem]], ...] = (
    _corroboration,
    _derived,
    _restricted,
    _names_known,
)
