"""One turn of a conversation: an event with what is known about it, and what all turns may say."""

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Generic, TypeVar

from bot.core.answer import Answer, FactKey, Outcome
from bot.core.ask import ask
from bot.core.browse import show_sources
from bot.core.effects import Effect, Expect, FileReport, Tell
from bot.core.events import Commanded, Pressed, Said
from bot.core.library import Library
from bot.core.manners import Manner, manner
from bot.core.retention import Retention
from bot.core.roles import Role
from bot.core.show import caveat, plain
from bot.core.solo_types import Practice, Solo
from bot.core.words import notice, on, say

REPORT = "report"
"""What a person's next words are for, once they have begun a report."""
QUIZ = "quiz"
"""What they are for while a quiz question waits to be answered in writing."""
RUN = "assign.run/"
"""What they are for while one of an assignment does; the number of the attempt follows."""
LONGEST_REPORT = 4000

Effects = tuple[Effect, ...]
E = TypeVar("E", Said, Commanded, Pressed)


@dataclass(frozen=True, slots=True)
class Context:
    """What the shell knows about the conversation before an event is decided."""

    previous: tuple[FactKey, ...] = ()
    """The facts of the person's last answers here, newest first, at most 30 minutes old."""
    shown: tuple[FactKey, ...] | None = None
    """The facts of the answer that an event is about; None where there is none, or it is gone.

    That is the answer under which a button was pressed, to which a message replies, which the
    awaited words are to report, or, for `/report` alone, the last one here.
    """
    offers: tuple[FactKey, ...] = ()
    """What the numbered choices of that answer stood for."""
    receipt: str = ""
    """The receipt of that answer."""
    expected: str = ""
    """What the person's next words are for, such as `report`; empty for a question."""
    waiting: float = 0.0
    """Seconds that the person must wait, having asked too much; 0 where they may ask."""
    crowded: bool = False
    """Whether it is the group that asked too much, all together."""
    limit: int = 0
    """How many questions they, or the group, may ask within a minute."""
    bot: str = ""
    """The bot's own name on the platform, which commands in groups need."""
    answered: bool = True
    """For an edited message: whether its earlier wording was answered."""
    retention: Retention = field(default_factory=Retention)
    """How long things are kept."""
    solo: Solo = field(default_factory=Solo)
    """Where the person is in their quiz alone, here."""
    practice: Practice = field(default_factory=Practice)
    """The quiz questions that the person missed."""
    seed: str = ""
    """The chance of a new quiz."""
    role: Role | None = None
    """The person's role, where they ask for help in private."""


@dataclass(frozen=True, slots=True)
class Turn(Generic[E]):
    """An event, what is known about it, and the packs."""

    event: E
    context: Context
    library: Library

    def notice(self, key: str, **values: object) -> Tell:
        """Say one of the sentences that state no claim."""
        here = on(self.event.place.platform, key)
        return Tell(notice(here, self.event.by.language, (), **values))

    def decline(self, key: str) -> Tell:
        """Say that there is no answer, with the caveat that every answer and refusal has."""
        packs = [shelf.pack for shelf in self.library.shelves]
        return Tell(Answer((plain(say(key)),), caveat(packs), Outcome.DECLINED))

    def question(self, text: str) -> Effects:
        """Answer a question."""
        if self.context.waiting and manner(text) is not Manner.DISTRESS:
            seconds = ceil(self.context.waiting)
            key = "busy.group" if self.context.crowded else "busy"
            return (self.notice(key, limit=self.context.limit, seconds=seconds),)
        # A reply goes on from the answer that it quotes, whoever had asked for that one.
        before = dict.fromkeys((*(self.context.shown or ()), *self.context.previous))
        return (Tell(ask(text, tuple(before), self.library)),)

    def file(self, words: str) -> Effects:
        """Take words as the report that was begun."""
        if not words.strip():
            return (self.notice("report.ask"),)
        if manner(words) is Manner.DISTRESS:
            return Expect(""), self.notice("kind")
        return Expect(""), FileReport(self.context.shown or (), words.strip()[:LONGEST_REPORT])

    def sources(self) -> Effects:
        """Show the sources of the answer that the event is about; nothing where it is gone."""
        shown = self.context.shown or ()
        present = any(self.library.find(key) for key in shown)
        return (Tell(show_sources(shown, self.library)),) if present else ()


Command = Callable[[Turn[Commanded]], Effects]
