"""What is said to a person: an answer, which cannot be written without its caveat, or a notice."""

from dataclasses import dataclass
from enum import StrEnum
from typing import final

from bot.core.facts import Verdict


@final
@dataclass(frozen=True, slots=True)
class Caveat:
    """The warning that a pack puts on everything it claims."""

    long: str
    short: str
    """For places where a platform's limit leaves no room for the long form."""

    def __post_init__(self) -> None:
        if not self.long.strip() or not self.short.strip():
            raise ValueError("a caveat cannot be empty")


class Style(StrEnum):
    """How a stretch of text stands out."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text, not yet escaped."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of another source."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict as a sign beside words; `label` is always shown with it."""

    verdict: Verdict
    label: str


Span = Text | Link | Mark


class Role(StrEnum):
    """What a block is for; a front end may draw each kind in its own way."""

    HEADLINE = "headline"
    BODY = "body"
    ITEM = "item"
    WHERE = "where"
    CAVEAT = "caveat"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list item."""

    spans: tuple[Span, ...]
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True)
class FactKey:
    """One version of one fact: what was shown, to hold a person's report or a correction against."""

    pack: str
    fact: str
    hash: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what stands on it and what it does; see `bot.core.actions`."""

    label: str
    action: str
    url: str = ""


class Outcome(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    ASKED = "asked"
    DECLINED = "declined"


@final
@dataclass(frozen=True, slots=True)
class Answer:
    """What a pack has to say to a question, which may be nothing, and its caveat."""

    blocks: tuple[Block, ...]
    caveat: Caveat  # no default: an Answer without one cannot be written
    outcome: Outcome
    facts: tuple[FactKey, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    choices: tuple[Choice, ...] = ()
    offers: tuple[FactKey, ...] = ()
    """The facts behind numbered choices ("did you mean", "it does say"), in their order."""
    ranked: tuple[str, ...] = ()
    confidence: float = 0.0
    title: str = ""
    """A few words for an inline result; never a name of the dead."""

    def __post_init__(self) -> None:
        if not self.blocks:
            raise ValueError("an answer says something")


@final
@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence of ours that states no claim: help, an error, "saved". See `words.EXEMPT`."""

    key: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
