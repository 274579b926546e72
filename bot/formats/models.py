"""The files of a pack as they are written: their fields, and what may stand in each.

`bot.formats.schema` turns these models into `questions/schema.json`; the descriptions are what an editor shows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.core.facts import Kind, Verdict

LONGEST_CLAIM = 600
LONGEST_BARE_CLAIM = 2000
"""A bare claim may be a long sentence of somebody else's; one that was curated should be short."""

FACT_ID = "^[A-Za-z0-9-]{1,62}$"
PACK_ID = "^[A-Za-z0-9][A-Za-z0-9._-]{0,61}$"
LANGUAGE = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
URL = r"""^https?://[^\s/?#<>"'\\@]+(/|\?|#|$)[^\s<>"\\]*$"""

_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
NUMBER = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


@dataclass(frozen=True, slots=True)
class Bare:
    """A word without quotes which readers of YAML take for true, false or nothing."""

    text: str


def wrong(cause: str, cure: str) -> PydanticCustomError:
    """Return an error for a validator to raise; `{subject}` in the cause stands for what is wrong."""
    return PydanticCustomError("told", "{cause}; {cure}", {"cause": cause, "cure": cure})


def _flag(value: object) -> object:
    word = value.text if isinstance(value, Bare) else value
    return _FLAGS.get(word.lower(), value) if isinstance(word, str) else word


def _in_calendar(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _iso_date(text: str) -> str:
    if _DATE.fullmatch(text) and _in_calendar((text + "-01-01")[:10]):
        return text
    raise wrong("{subject} is not a date", "write it like 2024-01-28, 2024-01 or 2024")


def _number(value: object) -> object:
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return float(value)
    raise wrong("{subject} is not a number", "write digits with a point, without spaces or units")


def _line_id(value: object) -> object:
    if isinstance(value, str | int):
        return value
    raise wrong("{subject} must be a text or a whole number", 'write it like "q-1" or 1')


def _form(value: object) -> str:
    return _BLOCK if isinstance(value, dict) else _TEXT


# Names of the two forms of an item; no field of a file may be called so.
_TEXT, _BLOCK = "(text)", "(block)"
AS_TEXT, AS_BLOCK, EITHER = Tag(_TEXT), Tag(_BLOCK), Discriminator(_form)
"""An item that is a text or a block: `Annotated[Annotated[A, AS_TEXT] | Annotated[B, AS_BLOCK], EITHER]`."""

Id = Annotated[str, Field(pattern=FACT_ID)]
Word = Annotated[str, Field(min_length=1, max_length=100)]
Short = Annotated[str, Field(min_length=1, max_length=200)]
Middle = Annotated[str, Field(min_length=1, max_length=300)]
Either = Annotated[str, Field(min_length=1, max_length=20_000)]
"""Ids joined by "|"; in a pack of bare claims hundreds of sentences may hold the same answer."""
Long = Annotated[str, Field(min_length=1, max_length=600)]
Paragraph = Annotated[str, Field(min_length=1, max_length=1000)]
IsoDate = Annotated[
    str, AfterValidator(_iso_date), Field(json_schema_extra={"pattern": f"^{_DATE.pattern}$"})
]
Url = Annotated[str, Field(max_length=1000, pattern=URL)]
Latitude = Annotated[
    float,
    BeforeValidator(_number),
    Field(ge=-90, le=90),
    WithJsonSchema({"type": "number", "minimum": -90, "maximum": 90}),
]
Longitude = Annotated[
    float,
    BeforeValidator(_number),
    Field(ge=-180, le=180),
    WithJsonSchema({"type": "number", "minimum": -180, "maximum": 180}),
]
Flag = Annotated[
    bool,
    Field(strict=True),
    BeforeValidator(_flag),
    WithJsonSchema({"enum": [True, False, "true", "false", "yes", "no"]}),
]


class Written(BaseModel):
    """Anything that stands in a file of ours: no unknown keys, no changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    blocks: ClassVar[Mapping[str, type[BaseModel]]] = {}
    """The blocks that may stand under its keys, where other entries have the same keys for others."""


class ReferenceEntry(Written):
    """A page of another source."""

    publisher: Short = Field(description="Who published the page.")
    title: Middle = Field("", description="Its headline.")
    date: IsoDate = Field("", description="When it was published, such as 2024-01-28.")
    url: Url = Field("", description="Its address, beginning with http:// or https://.")
    type: Literal[
        "official",
        "news",
        "monitor",
        "reference",
        "state-media",
        "advocacy",
        "opinion",
        "mirror",
    ] = Field("news", description="What sort of source it is.")
    note: Long = Field("", description="A note on the page, such as what could not be seen of it.")


class EntityEntry(Written):
    """A named thing and the ways people write it."""

    name: Short = Field(description="The name as replies show it.")
    kind: Literal[
        "person",
        "organisation",
        "country",
        "place",
        "region",
        "base",
        "group",
        "equipment",
        "event",
        "publication",
        "unit",
    ] = Field(description="What it is.")
    spellings: tuple[Word, ...] = Field(
        (),
        description="Other names, abbreviations and spellings; each belongs to one entity only.",
    )
    lat: Latitude | None = Field(None, description="Latitude in degrees, north positive.")
    lon: Longitude | None = Field(None, description="Longitude in degrees, east positive.")
    country: Word = Field("", description="The country it lies in: its key, or its name.")
    part_of: Id = Field("", description="The entity it belongs to: a ministry to its country.")

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.lat is None) != (self.lon is None):
            raise wrong("{subject} has only one of `lat` and `lon`", "give both or neither")
        return self


class InlineEntity(EntityEntry):
    """An entity written out at the fact that names it."""

    id: Id = Field(description="Its key, with which other facts can name it.")


class ValueEntry(Written):
    """A typed value: a number with its unit, a date, an age, a duration or a place."""

    type: Literal["number", "date", "age", "duration", "place"] = Field(
        description="What sort of value it is."
    )
    value: Short = Field("", description="The number in digits, or the date such as 2024-01-28.")
    unit: Word = Field("", description="What is counted or measured.")
    entity: Id = Field("", description="For a place: its key in entities.yaml.")

    @model_validator(mode="after")
    def _of_its_type(self) -> Self:
        if self.type == "place":
            if not self.entity or self.value:
                raise wrong(
                    "{subject} of type place needs an entity",
                    "write its key as `entity:`, and no `value:`",
                )
        elif not self.value or self.entity:
            raise wrong(
                f"{{subject}} of type {self.type} needs a value",
                "write `value:`, and no `entity:`",
            )
        elif self.type == "date":
            _iso_date(self.value)
        else:
            _number(self.value)
        return self


class AskEntry(Written):
    """A wording that needs another direct answer than the fact's own."""

    ask: Short = Field(description="What people type.")
    answer: Short = Field(description="The direct answer to exactly this wording.")


class PartEntry(Written):
    """One line of a derived fact."""

    text: Middle = Field(description="The line as it is shown.")
    fact: Id = Field("", description="The fact that it rests on.")


Cited = Annotated[Annotated[Id, AS_TEXT] | Annotated[ReferenceEntry, AS_BLOCK], EITHER]
Named = Annotated[Annotated[Id, AS_TEXT] | Annotated[InlineEntity, AS_BLOCK], EITHER]
Asked = Annotated[Annotated[Short, AS_TEXT] | Annotated[AskEntry, AS_BLOCK], EITHER]


class FactEntry(Written):
    """One claim, where the source makes it, and what other sources say."""

    id: Id = Field(description="Unique and lasting: letters, digits and hyphens, at most 62.")
    claim: Annotated[str, Field(min_length=1, max_length=LONGEST_BARE_CLAIM)] = Field(
        description="One plain sentence that can be understood alone; at most 600 characters."
    )
    place: Id = Field("", description="The section of the source: a key of `places` in pack.yaml.")
    where: Short = Field("", description="Where in that section, such as: second sentence.")
    also_in: tuple[Id, ...] = Field((), description="Other sections that say the same.")
    topic: Id = Field("", description="A key of `topics` in pack.yaml.")
    answer: Short = Field("", description="The direct answer, as a person wants it first.")
    yes_no: Flag = Field(
        True, description="no where a plain yes/no question about it is answered with no."
    )
    kind: Kind | None = Field(None, description="What sort of thing the claim states.")
    verdict: Verdict | None = Field(None, description="What the cross-check found.")
    confidence: Literal["", "high", "medium", "low"] = Field(
        "", description="How sure the cross-check is."
    )
    correct: Short = Field("", description="The correction in a few words.")
    correction: Long = Field("", description="What other sources say instead, in full sentences.")
    evidence: Long = Field("", description="What the cross-check found, and who says so.")
    references: tuple[Cited, ...] = Field(
        (), description="Keys of sources.yaml or pages written out, best first."
    )
    attribution: Short = Field("", description="Who says it within the source.")
    entities: tuple[Named, ...] = Field(
        (), description="Named things it is about: keys of entities.yaml, or written out."
    )
    values: tuple[ValueEntry, ...] = Field((), description="The typed values of the claim.")
    correct_values: tuple[ValueEntry, ...] = Field(
        (), description="The typed values of the correction."
    )
    asks: tuple[Asked, ...] = Field((), description="Ways people ask for exactly this fact.")
    sensitive: Flag = Field(False, description="Whether it concerns real deaths or injuries.")
    restricted: Flag = Field(
        False, description="Whether it is shown only to who asks for it; needs an `opening`."
    )
    opening: Paragraph = Field("", description="Text that a reply with this fact must begin with.")
    related: tuple[Id, ...] = Field((), description="Facts one step away.")
    in_article: Flag = Field(
        True, description="no where the record has it but the source does not."
    )
    derived_from: tuple[Id, ...] = Field((), description="The facts that this one adds up.")
    parts: tuple[PartEntry, ...] = Field((), description="The lines of a derived fact, in order.")
    note: Paragraph = Field("", description="A note for editors.")


class SourceEntry(Written):
    """What the pack's claims come from."""

    name: Short = Field(description='What replies call it, such as "the article".')
    description: Paragraph = Field("", description="What it is.")
    author: Middle = Field("", description="Who wrote it.")
    published: IsoDate = Field("", description="When it was published, where that is known.")


class CheckedEntry(Written):
    """When and how the claims were checked."""

    date: IsoDate = Field(description="When the check was made, such as 2026-11.")
    how: Paragraph = Field(description="How it was made, and what was not done.")


class CaveatEntry(Written):
    """The warning that stands on every answer."""

    long: Middle = Field(
        description='In full; in English it says "double-check" and "another source".'
    )
    short: Word = Field(description="For places where the long form does not fit.")


class PackEntry(Written):
    """A pack: what it is about and how it was checked."""

    id: Annotated[str, Field(pattern=PACK_ID)] = Field(description="Unique among the packs.")
    title: Short = Field(description="What people see.")
    language: Annotated[str, Field(pattern=LANGUAGE)] = Field(
        description="The language of its texts, such as en."
    )
    source: SourceEntry | None = Field(None, description="What the claims come from.")
    check: CheckedEntry | None = Field(None, description="When and how they were checked.")
    caveat: CaveatEntry | None = Field(
        None, description="The warning on every answer; without it the general one is used."
    )
    content_note: Paragraph = Field("", description="What a teacher should know beforehand.")
    places: dict[Id, Short] = Field({}, description="The sections of the source: key and title.")
    topics: dict[Id, Short] = Field({}, description="Topics to browse: key and title.")
    synonyms: tuple[Annotated[tuple[Word, ...], Field(min_length=2)], ...] = Field(
        (), description="Groups of words that mean the same in this pack."
    )


class ExpectEntry(Written):
    """What must come of a question: exactly one of these."""

    facts: tuple[Either, ...] = Field(
        (), description='Facts that must be in the answer; "a|b" where either will do.'
    )
    decline: Flag = Field(False, description="true where the pack must say that it has no answer.")
    ask: tuple[Either, ...] = Field(
        (), description="Facts that must be among the choices of a question back."
    )

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum((bool(self.facts), self.decline, bool(self.ask))) != 1:
            raise wrong(
                "{subject} must be exactly one thing", "write one of facts, decline: true, ask"
            )
        return self


class UnansweredEntry(Written):
    """Questions of one sort that the pack has no answer to."""

    asks: tuple[Middle, ...] = Field(
        description="What people ask that must be declined; questions like these are declined too."
    )


class CheckEntry(Written):
    """A question and what must come of it."""

    id: Id = Field(description="Unique in this file.")
    question: Paragraph = Field(description="What a person types.")
    after: tuple[Paragraph, ...] = Field(
        (), description="Earlier questions of the same chat, oldest first."
    )
    expect: ExpectEntry = Field(description="What must come of it.")


class QuestionLine(BaseModel):
    """A line of a file of questions; other keys are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: Annotated[str | int, BeforeValidator(_line_id)] = ""
    question: str
    after: Annotated[
        tuple[str, ...], BeforeValidator(lambda value: () if value is None else value)
    ] = ()
    expect: ExpectEntry | None = None
    kind: Annotated[
        str, BeforeValidator(lambda value: value if isinstance(value, str) else "")
    ] = ""


_BLOCKS: dict[str, type[BaseModel]] = {
    "references": ReferenceEntry,
    "entities": InlineEntity,
    "values": ValueEntry,
    "correct_values": ValueEntry,
    "asks": AskEntry,
    "parts": PartEntry,
    "source": SourceEntry,
    "check": CheckedEntry,
    "caveat": CaveatEntry,
    "expect": ExpectEntry,
}


def known_keys(model: type[BaseModel], inside: str = "") -> tuple[str, ...]:
    """Return the keys that may stand in an entry, or in a block under one of its keys."""
    if issubclass(model, Written) and inside in model.blocks:
        return tuple(model.blocks[inside].model_fields)
    return tuple(_BLOCKS.get(inside, model).model_fields)
