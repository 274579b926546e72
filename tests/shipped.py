"""The pack that the bot comes with, asked and read as a person would."""

from dataclasses import dataclass
from pathlib import Path

from bot.core.answer import Answer, Notice, Outcome
from bot.core.ask import ask
from bot.core.cards import card, notice_card
from bot.core.facts import Fact, Pack
from bot.core.library import Library
from bot.core.page import Markup
from bot.frontends.cli.markup import markup
from bot.service.asking import answer
from bot.service.shelves import open_library

FOLDER = Path(__file__).parent.parent / "questions" / "us-strikes-2024"
TERMINAL = markup()


@dataclass(frozen=True)
class Reply:
    """What came of a question."""

    said: Answer | Notice

    @property
    def text(self) -> str:
        """Everything a person reads, without the buttons."""
        return "\n".join(written(self.said, TERMINAL))

    @property
    def first(self) -> str:
        """The first line, where the direct answer stands."""
        return self.text.partition("\n")[0]

    @property
    def outcome(self) -> Outcome | str:
        return self.said.outcome if isinstance(self.said, Answer) else self.said.key

    @property
    def facts(self) -> list[str]:
        return [key.fact for key in getattr(self.said, "facts", ())]

    @property
    def fact(self) -> str:
        [one] = self.facts
        return one

    @property
    def offers(self) -> list[str]:
        return [key.fact for key in getattr(self.said, "offers", ())]

    @property
    def buttons(self) -> list[str]:
        return [choice.label for choice in self.said.choices]


@dataclass(frozen=True)
class Desk:
    """Somebody who answers from a library."""

    library: Library

    @property
    def pack(self) -> Pack:
        return self.library.shelves[0].pack

    def fact(self, fact_id: str) -> Fact:
        found = self.pack.fact(fact_id)
        assert found, fact_id
        return found

    def ask(self, question: str, *, after: tuple[str, ...] = ()) -> Reply:
        if after:
            return Reply(answer(question, after, self.library))
        return Reply(ask(question, (), self.library))


def written(said: Answer | Notice, platform: Markup) -> list[str]:
    """Return the messages of a platform."""
    done = card(said, platform) if isinstance(said, Answer) else notice_card(said, platform)
    return [page.text for page in done.pages]


def shipped() -> Desk:
    """Open the pack."""
    return Desk(open_library([FOLDER]))
