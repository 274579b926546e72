"""What everybody on the stage can do, whatever they hold in their hands."""

import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from tests.journeys.stage import Stage

PATIENCE = 15
"""Seconds, by the clock of the stage, for which somebody looks before they give up."""

Press = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Standing:
    """A message that somebody sees."""

    key: str
    text: str
    buttons: dict[str, Press] = field(default_factory=dict)
    """What each button under it does, by what stands on it."""
    files: Sequence[tuple[str, bytes]] = ()


class Person(ABC):
    """Somebody who talks with the bot."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage = stage
        self.name = name
        self.toasts: list[str] = []
        """What presses were confirmed with, since the last act."""
        self._known: set[tuple[str, str]] = set()

    @property
    @abstractmethod
    def key(self) -> str:
        """Return how the bot knows them."""

    @abstractmethod
    async def screen(self) -> Sequence[Standing]:
        """Return what stands before them, oldest first."""

    @abstractmethod
    async def _say(self, words: str) -> None: ...

    @abstractmethod
    async def _command(self, name: str, words: str, *, in_class: bool) -> None: ...

    # What they do.

    async def says(self, words: str) -> None:
        """Write something to the bot in private."""
        await self._act(lambda: self._say(words))

    async def commands(self, name: str, words: str = "", *, in_class: bool = False) -> None:
        """Give a command, in private or before the class."""
        await self._act(lambda: self._command(name, words, in_class=in_class))

    async def presses(self, label: str) -> None:
        """Press the newest button that begins so, as soon as it is there."""
        await self._act(await self._finds(label))

    async def answers(self, text: str) -> None:
        """Press the button of the option with that text."""
        await self._act(await self._finds(text, after_letter=True))

    async def answers_right(self) -> None:
        """Answer the newest question as its key says."""
        await self.answers(self.stage.key(await self.reads("leaflet.*\\?")).right)

    async def answers_wrong(self) -> None:
        """Answer the newest question otherwise."""
        await self.answers(self.stage.key(await self.reads("leaflet.*\\?")).wrong)

    async def is_about_to_answer(self, text: str) -> Press:
        """Return the press of an option, to be made later, whatever stands there by then."""
        return await self._finds(text, after_letter=True)

    async def acts(self, press: Press) -> None:
        """Do what they were about to do."""
        await self._act(press)

    # What they see.

    async def sees(self, *words: str) -> str:
        """Look until something with these words is there that came since the last act; return it."""
        for _ in range(PATIENCE):
            for text in reversed(await self._news()):
                if all(word in text for word in words):
                    return text
            await self.stage.clock.passes(seconds=1)
        news = "\n--\n".join(await self._news())
        raise AssertionError(f"{self.name} does not see {words}, but:\n{news}")

    async def sees_nothing_of(self, words: str) -> None:
        """Make sure that nothing that came since the last act has these words."""
        for text in await self._news():
            assert words not in text, text

    async def is_told(self, words: str) -> None:
        """Make sure that the last press was confirmed with these words."""
        news = [*self.toasts, *await self._news()]
        assert any(words in text for text in news), news

    async def reads(self, pattern: str) -> str:
        """Return what a pattern finds in the newest message that has it: its first group, or all."""
        for _ in range(PATIENCE):
            for standing in reversed(await self.screen()):
                if found := re.search(pattern, standing.text):
                    return found[1] if found.re.groups else found[0]
            await self.stage.clock.passes(seconds=1)
        raise AssertionError((pattern, [s.text for s in await self.screen()]))

    async def has(self, label: str) -> bool:
        """Tell whether there is a button that begins so."""
        shown = await self.screen()
        return any(found.startswith(label) for standing in shown for found in standing.buttons)

    async def gets(self, called: str) -> bytes:
        """Wait for a file that is called so; return the newest."""
        for _ in range(PATIENCE):
            for standing in reversed(await self.screen()):
                for name, content in standing.files:
                    if called in name:
                        return content
            await self.stage.clock.passes(seconds=1)
        raise AssertionError(f"{self.name} gets no file {called}")

    # How.

    async def _act(self, act: Press) -> None:
        self._known = {(s.key, s.text) for s in await self.screen()}
        self.toasts.clear()
        await act()
        await self.stage.clock.passes(seconds=1)

    async def _news(self) -> list[str]:
        shown = await self.screen()
        fresh = [s.text for s in shown if (s.key, s.text) not in self._known]
        return [*fresh, *self.toasts]

    async def _finds(self, label: str, *, after_letter: bool = False) -> Press:
        for _ in range(PATIENCE):
            for standing in reversed(await self.screen()):
                for found, press in standing.buttons.items():
                    words = found.partition(" ")[2] if after_letter else found
                    if words.startswith(label):
                        return press
            await self.stage.clock.passes(seconds=1)
        shown = await self.screen()
        buttons = [list(s.buttons) for s in shown if s.buttons]
        raise AssertionError(
            f"{self.name} finds no button {label!r}: {buttons}\n{[s.text for s in shown][-3:]}"
        )
