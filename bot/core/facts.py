"""What a pack holds: facts, the verdicts of their cross-check, sources and named things."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.quiz import Question


class Verdict(StrEnum):
    """What the cross-check with other sources found about one claim."""

    CORROBORATED = "corroborated"
    PARTLY = "partly"
    CONTRADICTED = "contradicted"
    UNVERIFIED = "unverified"
    OPINION = "opinion-or-forecast"
    UNCHECKED = "unchecked"


# From best to worst: a derived fact may stand no better than its weakest part.
STRENGTH: tuple[Verdict, ...] = (
    Verdict.CORROBORATED,
    Verdict.PARTLY,
    Verdict.OPINION,
    Verdict.UNVERIFIED,
    Verdict.UNCHECKED,
    Verdict.CONTRADICTED,
)


class Kind(StrEnum):
    """What sort of thing a fact states; the last group adds up or sets beside other facts."""

    NUMBER = "number"
    DATE = "date"
    AGE = "age"
    PLACE = "place"
    PERSON = "person"
    ORGANISATION = "organisation"
    EQUIPMENT = "equipment"
    STATEMENT = "statement"
    BACKGROUND = "background"
    FORECAST = "forecast"
    LIST = "list"
    TOTAL = "total"
    SUPERLATIVE = "superlative"
    TIMELINE = "timeline"
    SUMMARY = "summary"
    CONTRADICTION = "contradiction"
    OMISSION = "omission"


@dataclass(frozen=True, slots=True)
class Reference:
    """One page of another source."""

    publisher: str
    title: str = ""
    date: str = ""
    """ISO date of publication, or empty where it is not known."""
    url: str = ""
    type: str = "news"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One typed value of a claim: a number with its unit, an ISO date, an age, a place."""

    type: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing and the ways people spell it."""

    id: str
    name: str
    kind: str
    spellings: tuple[str, ...] = ()
    lat: float | None = None
    lon: float | None = None
    country: str = ""
    part_of: str = ""
    """The entity that this one belongs to: a ministry to its country, an outpost to its army."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One way people ask for a fact, with its own direct answer where the fact's does not fit."""

    text: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a derived fact, resting on another fact."""

    text: str
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """One claim, where the source makes it, and what other sources say."""

    id: str
    claim: str
    place: str = ""
    where: str = ""
    also_in: tuple[str, ...] = ()
    topic: str = ""
    answer: str = ""
    positive: bool = True
    """Whether a plain yes/no question about the claim is answered with yes."""
    kind: Kind | None = None
    verdict: Verdict = Verdict.UNCHECKED
    confidence: str = ""
    correct: str = ""
    correction: str = ""
    evidence: str = ""
    references: tuple[Reference, ...] = ()
    attribution: str = ""
    entities: tuple[str, ...] = ()
    values: tuple[Value, ...] = ()
    correct_values: tuple[Value, ...] = ()
    asks: tuple[Wording, ...] = ()
    sensitive: bool = False
    restricted: bool = False
    """Shown only to who asks for it: never suggested, listed or offered."""
    opening: str = ""
    related: tuple[str, ...] = ()
    in_article: bool = True
    derived_from: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    note: str = ""
    hash: str = ""
    """The first 16 hexadecimal digits of the SHA-256 of the fact's content."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a pack's claims come from, and who wrote it."""

    name: str = ""
    description: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A curated set of facts about one source, with the caveat it puts on all of them."""

    id: str
    title: str
    language: str
    facts: tuple[Fact, ...]
    source: Source = Source()
    checked_on: str = ""
    checked_how: str = ""
    caveat_long: str = ""
    caveat_short: str = ""
    content_note: str = ""
    places: dict[str, str] = field(default_factory=dict[str, str])
    topics: dict[str, str] = field(default_factory=dict[str, str])
    entities: dict[str, Entity] = field(default_factory=dict[str, Entity])
    synonyms: tuple[tuple[str, ...], ...] = ()
    unanswered: tuple[str, ...] = ()
    """Questions about the subject that the pack must decline: it learns from them what it lacks."""
    questions: tuple[Question, ...] = ()
    """The quiz questions of the pack."""
    hash: str = ""

    def fact(self, fact_id: str) -> Fact | None:
        """Return the fact of that id, or None."""
        return next((fact for fact in self.facts if fact.id == fact_id), None)

    def question(self, question_id: str) -> Question | None:
        """Return the quiz question of that id, or None."""
        return next((item for item in self.questions if item.id == question_id), None)
