"""Results as a teacher gets them: cards at once, files and pictures a moment later."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from bot.core.answer import Answer, Choice, Notice, Outcome
from bot.core.cards import File
from bot.core.effects import Post
from bot.core.events import Place
from bot.core.picture_words import alt, pictured
from bot.core.result_cards import packs_of
from bot.core.result_summary import Summary, summary
from bot.core.results import Taken, Which
from bot.core.show import caveat, plain
from bot.core.words import notice, say
from bot.formats.gradebook import gradebook_csv
from bot.formats.results_csv import answers, csv_of, learners
from bot.service.desk import Desk
from bot.service.drawing import Artist, NoPictures

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
WHICH = (Which.FIRST, Which.BEST, Which.LAST)
"""In the order of the buttons."""


def back(session: int) -> tuple[Choice, ...]:
    """Return the button that leads back to a session's summary."""
    return (Choice(say("results.button.back"), f"res.o.{session}"),)


def tools(session: int, *, page: bool) -> tuple[Choice, ...]:
    """Return the buttons under a summary; on the page they are links."""
    if page:
        return (
            Choice(say("results.button.items"), f"res.i.{session}"),
            Choice(say("results.button.page"), "", f"/results/{session}"),
            Choice(say("results.button.all"), "res.l"),
        )
    named = (("picture", "p"), ("csv", "c"), ("xlsx", "x"), ("gradebook", "g"), ("items", "i"))
    buttons = (Choice(say(f"results.button.{n}"), f"res.{verb}.{session}") for n, verb in named)
    return (*buttons, Choice(say("results.button.all"), "res.l"))


def several_attempts(taken: Taken) -> bool:
    """Tell whether it matters which attempt counts."""
    return any(reply.attempt > 1 for reply in taken.replies)


def which_attempt(session: int) -> Notice:
    """Ask which attempt counts in the gradebook."""
    choices = tuple(
        Choice(say(f"file.which.{which}"), f"res.g.{session}|{n}") for n, which in enumerate(WHICH)
    )
    return notice("file.which", choices=choices)


@dataclass
class Making:
    """Makes files and pictures of sessions; each call reads in a transaction and works outside of it."""

    desk: Desk
    artist: Artist

    async def picture(self, session: int, place: Place) -> Sequence[Post]:
        """Draw a session; where nothing can draw, the words of the picture stand alone."""
        found = await self._summary(session)
        if found is None or not found.scored:
            return self._nothing(place, "picture.none")
        library, file = self.desk.library, None
        try:
            content = await self.artist.picture(found)
            file = File.of("results.png", PNG, content, alt(found))
        except NoPictures:
            pass  # said in the words below
        words = pictured(found, library, missing=file is None, buttons=back(session))
        return (Post(place, words, self.desk.token(), file=file),)

    async def csv(self, session: int, place: Place) -> Sequence[Post]:
        """Write the answers and the learners of a session, a file each."""
        found = await self._summary(session)
        if found is None or not found.took:
            return self._nothing(place, "file.nothing")
        taken = found.taken
        made = await asyncio.to_thread(_both, taken)
        names = ("answers", "learners")
        return tuple(
            self._file(place, taken, name, File.of(f"{name}-{session}.csv", CSV, content))
            for name, content in zip(names, made, strict=True)
        )

    async def xlsx(self, session: int, place: Place) -> Sequence[Post]:
        """Write everything about a session as a workbook."""
        found = await self._summary(session)
        if found is None or not found.took:
            return self._nothing(place, "file.nothing")
        content = await asyncio.to_thread(workbook, found)
        file = File.of(f"results-{session}.xlsx", XLSX, content)
        return (self._file(place, found.taken, "book", file),)

    async def gradebook(self, session: int, which: Which, place: Place) -> Sequence[Post]:
        """Write the grades of a session for Moodle."""
        found = await self._summary(session)
        if found is None or not found.took:
            return self._nothing(place, "file.nothing")
        content = await asyncio.to_thread(lambda: b"".join(gradebook_csv(found.taken, which)))
        file = File.of(f"gradebook-{session}.csv", CSV, content)
        return (self._file(place, found.taken, "gradebook", file, which),)

    async def _summary(self, session: int) -> Summary | None:
        async with self.desk.store.work(self.desk.clock()) as work:
            held = await work.results.held(session)
        return await asyncio.to_thread(summary, held.taken) if held else None

    def _nothing(self, place: Place, key: str) -> Sequence[Post]:
        return (Post(place, notice(key), self.desk.token()),)

    def _file(
        self, place: Place, taken: Taken, name: str, file: File, which: Which = Which.FIRST
    ) -> Post:
        words = say(f"file.{name}", title=taken.title, which=say(f"file.which.{which}"))
        packs = packs_of([taken], self.desk.library)
        what = Answer((plain(words),), caveat(packs), Outcome.ANSWERED)
        return Post(place, what, self.desk.token(), file=file)


def workbook(found: Summary) -> bytes:
    """Write everything about a session as a workbook."""
    # Loaded here: it takes a fifth of a second and 25 MB, which most never need.
    write: Callable[[Summary], bytes] = import_module("bot.formats.results_xlsx").workbook
    return write(found)


def _both(taken: Taken) -> tuple[bytes, bytes]:
    return b"".join(csv_of(answers(taken))), b"".join(csv_of(learners(taken)))
