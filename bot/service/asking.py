"""One question, answered at once and outside any chat: for the command line and for checks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.answer import Answer, Block, FactKey, Notice, Outcome, Role, Text
from bot.core.ask import ask
from bot.core.cards import Card, card, notice_card
from bot.core.library import Library
from bot.core.page import Markup


@dataclass(frozen=True, slots=True)
class Spoken:
    """What is said to a question: the card, and what a program wants to know about it."""

    card: Card
    outcome: str
    facts: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    confidence: float = 0.0

    @property
    def answered(self) -> bool:
        """Whether the question got an answer, not a question back and not a refusal."""
        return self.outcome == Outcome.ANSWERED


def answer(question: str, after: Sequence[str], library: Library) -> Answer | Notice:
    """Answer a question as the last of a conversation, whose earlier questions are asked first."""
    previous: tuple[FactKey, ...] = ()
    for earlier in after:
        said = ask(earlier, previous, library)
        previous = (said.facts if isinstance(said, Answer) else ()) + previous
    return ask(question, previous, library)


def speak(question: str, after: Sequence[str], library: Library, markup: Markup) -> Spoken:
    """Answer a question in words for a place that has no buttons."""
    said = answer(question, after, library)
    if isinstance(said, Notice):
        return Spoken(notice_card(said, markup), Outcome.DECLINED)
    return Spoken(
        card(_without_buttons(said), markup),
        said.outcome,
        tuple(key.fact for key in said.facts),
        tuple(said.verdicts),
        said.ranked,
        said.confidence,
    )


def _without_buttons(said: Answer) -> Answer:
    """Write the choices between facts as lines, above the caveat; other buttons have no use here."""
    lines = tuple(
        Block((Text(choice.label),), Role.ITEM) for choice in said.choices if "|" in choice.action
    )
    return replace(said, blocks=said.blocks + lines, choices=())
