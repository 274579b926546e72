"""What a front end is given: pages that are already written, and the buttons under them."""

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.core.answer import Answer, Choice, Notice
from bot.core.facts import Verdict
from bot.core.numerals import is_number
from bot.core.page import Markup, Page, notice_pages, pages
from bot.core.polls import Poll

TOAST_LIMIT = 200
ACTION_VERSION = "1"


@dataclass(frozen=True, slots=True)
class File:
    """A document or a picture that goes with a card."""

    name: str
    kind: str
    """Its media type, such as `text/csv` or `image/png`."""
    base64: str
    """Its content; text, so that it can wait in the outbox."""
    alt: str = ""
    """What a picture shows, in words."""

    @classmethod
    def of(cls, name: str, kind: str, content: bytes, alt: str = "") -> "File":
        """Pack content up."""
        return cls(name, kind, b64encode(content).decode("ascii"), alt)

    @property
    def content(self) -> bytes:
        """Unpack it."""
        return b64decode(self.base64)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to show: its pages in order, and the buttons that stand under the last."""

    pages: tuple[Page, ...]
    choices: tuple[Choice, ...] = ()
    title: str = ""
    short: str = ""
    """One line of plain text with the short caveat, for inline descriptions."""
    notice: str = ""
    """The key of the notice, or empty for an answer; the contract tests read it."""
    file: File | None = None
    """What is handed over with it; a picture stands above its text."""
    verdicts: tuple[Verdict, ...] = ()
    """The verdicts on what an answer states; their words stand in its text."""
    poll: Poll | None = None
    """The same as a poll, for platforms that have polls of their own."""
    closes: bool = False
    """Whether it ends the poll whose place it takes: that stays, and this one stands below it."""
    passing: bool = False
    """Whether it may be left out where a later one takes its place anyway."""


def card(answer: Answer, markup: Markup, receipt: str = "") -> Card:
    """Write an answer for a platform; buttons carry the receipt, by which presses find it again."""
    choices = tuple(replace(c, action=_action(c, receipt)) for c in answer.choices)
    long = pages(answer, markup)
    return Card(long, choices, answer.title, answer.caveat.short, verdicts=answer.verdicts)


def notice_card(notice: Notice, markup: Markup, receipt: str = "") -> Card:
    """Write a notice for a platform."""
    choices = tuple(replace(c, action=_action(c, receipt)) for c in notice.choices)
    return Card(notice_pages(notice, markup), choices, notice=notice.key)


def _action(choice: Choice, receipt: str) -> str:
    if choice.url:
        return ""
    verb, _, number = choice.action.partition("|")
    return "|".join([ACTION_VERSION, verb, receipt, *([number] if number else [])])


@dataclass(frozen=True, slots=True)
class Action:
    """A press, taken apart: what to do, with which answer, which of its choices."""

    verb: str
    receipt: str
    number: int = -1


@lru_cache(1_024)  # a class presses the same few buttons by the hundred
def read_action(text: str) -> Action | None:
    """Take a button's action apart, or return None where it is not (or no longer) ours."""
    version, *rest = text.split("|")
    if version != ACTION_VERSION or not 1 <= len(rest) <= 3:  # noqa: PLR2004 - verb, receipt, number
        return None
    verb, receipt, number = (*rest, "", "")[:3]
    if number and not is_number(number, most=3):
        return None
    return Action(verb, receipt, int(number) if number else -1)
