"""Everything the core may want done, as values; the shell does it."""

from dataclasses import dataclass

from bot.core.answer import Answer, FactKey, Notice
from bot.core.cards import File
from bot.core.events import Place
from bot.core.polls import PollDraft
from bot.core.solo_types import Recalled, Solo


@dataclass(frozen=True, slots=True)
class Tell:
    """Say something in the place of the event, as a reply to its message where it has one.

    When the event was an edited question, the earlier answer is edited instead.
    """

    what: Answer | Notice
    instead: bool = False
    """Whether it takes the place of the message whose button was pressed, where that can be."""
    once: bool = False
    """Whether the words that led to it are taken once: to edit them later changes nothing."""
    file: File | None = None
    """What is handed over with it."""


@dataclass(frozen=True, slots=True)
class Post:
    """Say something in a place of one's own choosing, such as a group, or somebody's private chat."""

    place: Place
    what: Answer | Notice
    receipt: str
    """A fresh token, under which the post is found again; its buttons carry it."""
    instead_of: str = ""
    """The receipt of an earlier post that it takes the place of, where that can be."""
    file: File | None = None
    """What is handed over with it."""
    poll: PollDraft | None = None
    """The same as a poll, for platforms that have polls of their own."""
    closes: bool = False
    """Whether it ends the poll whose place it takes: that stays, and this one stands below it."""
    passing: bool = False
    """Whether it may be left out where a later one takes its place anyway."""


@dataclass(frozen=True, slots=True)
class Toast:
    """Confirm a press privately with a notice of at most 200 characters."""

    what: Notice


@dataclass(frozen=True, slots=True)
class Offer:
    """Show inline results, each an answer that can be sent into any chat."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Expect:
    """Take the person's next message here as words of this sort, not as a question; "" ends it."""

    what: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """Keep a problem report: which facts (and versions) it is about and the person's words."""

    facts: tuple[FactKey, ...]
    words: str


@dataclass(frozen=True, slots=True)
class AlertAdmins:
    """Tell every admin."""

    what: Notice


@dataclass(frozen=True, slots=True)
class KeepSolo:
    """Keep where the person is in their quiz alone."""

    state: Solo


@dataclass(frozen=True, slots=True)
class Recall:
    """Note that the person knew, or did not know, the answer to a question: for practice."""

    what: Recalled


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The person was erased: nothing more is kept of this event, and a page gives up its cookie."""


Effect = (
    Forgotten | Tell | Post | Toast | Offer | Expect | FileReport | AlertAdmins | KeepSolo | Recall
)
