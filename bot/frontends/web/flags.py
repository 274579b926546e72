"""The page on which editors look through what people reported, and decide about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.cards import Card
from bot.core.flag_cards import Seen, listed, named, state_in_words
from bot.core.flags import LONGEST_REASON, WAITING, Flag, State, in_order
from bot.core.numerals import is_number
from bot.core.roles import Act
from bot.core.words import say
from bot.frontends.web.signed import require, sent_by
from bot.frontends.web.view import View
from bot.service.desk import Desk
from bot.service.flag_part import edit_path
from bot.service.flagging import Acted, Triage
from bot.service.keeping import Posting
from bot.service.ports import Work

PATH = "/flags"
_MOST = 50


@dataclass(frozen=True, slots=True)
class Entry:
    """A report in the list."""

    number: int
    state: str
    waits: bool
    mending: bool
    card: Card
    at: str
    who: str
    item: str
    edit: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is narrowed to."""

    state: str = "waiting"
    pack: str = ""

    def takes(self, flag: Flag) -> bool:
        """Say whether a report is shown."""
        waiting = self.state == "waiting" and flag.state in WAITING
        if self.state and not waiting and flag.state != self.state:
            return False
        return not self.pack or any(key.pack == self.pack for key in flag.facts)

    @property
    def path(self) -> str:
        """Return where this list stands."""
        return f"{PATH}?state={self.state}&pack={self.pack}"


@dataclass(frozen=True, slots=True)
class FlagPage:
    """Shows reports to editors, and takes what they decide."""

    desk: Desk
    view: View

    def routes(self) -> list[Route]:
        """Return where the page stands."""
        return [
            Route(PATH, self.show, methods=["GET"]),
            Route(PATH, self.take, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the reports."""
        require(request, Act.FLAGS)
        async with self.desk.store.work(self.desk.clock()) as work:
            return await self._page(work, self._chosen(request.query_params))

    async def take(self, request: Request) -> Response:
        """Decide about one report; who comes second is told, and shown how it stands."""
        signed, fields = await sent_by(request, Act.FLAGS)
        chosen = self._chosen(fields)
        async with self.desk.store.work(self.desk.clock()) as work:
            triage = Triage(self.desk, work)
            acted = await self._decide(triage, fields, signed.person)
            if acted is None or not acted.done:
                problem = await _problem(triage, acted, fields)
                return await self._page(work, chosen, problem)
            posting = Posting(self.desk, work, self.desk.clock(), signed.person)
            await posting.keep(acted.posts)
        for platform in posting.queued:
            self.desk.wake(platform)
        return RedirectResponse(chosen.path, 303)

    async def _decide(self, triage: Triage, fields: Mapping[str, str], by: str) -> Acted | None:
        """Do what was asked for; None where it cannot be done at all."""
        number = _number(fields.get("report", ""))
        match fields.get("do"):
            case "mend":
                return await triage.mend(number, by)
            case "reopen":
                return await triage.reopen(number, by)
            case "decline" if fields.get("reason", "").strip():
                return await triage.decline(number, by, fields["reason"])
            case "decline":
                return None
            case "join":
                other = fields.get("of", "").strip().lstrip("#")
                return await triage.join(number, _number(other, 0), by)
            case _:
                raise HTTPException(400)

    def _chosen(self, given: Mapping[str, str]) -> Chosen:
        packs = {shelf.pack.id for shelf in self.desk.library.shelves}
        state, pack = given.get("state", "waiting"), given.get("pack", "")
        known = state in {"", "waiting", *State}
        return Chosen(state if known else "waiting", pack if pack in packs else "")

    async def _page(self, work: Work, chosen: Chosen, problem: str = "") -> Response:
        triage = Triage(self.desk, work)
        flags = await triage.all()
        found = in_order([flag for flag in flags.values() if chosen.takes(flag)])[:_MOST]
        entries = [self._entry(await triage.seen(flag, flags)) for flag in found]
        return self.view.page(
            "flags.html",
            409 if problem else 200,
            current=PATH,
            entries=entries,
            chosen=chosen,
            problem=problem,
            states=_states(),
            packs=[(shelf.pack.id, shelf.pack.title) for shelf in self.desk.library.shelves],
            longest=LONGEST_REASON,
        )

    def _entry(self, seen: Seen) -> Entry:
        flag = seen.flag
        item = flag.item
        return Entry(
            flag.number,
            state_in_words(flag),
            flag.state in WAITING,
            flag.state is State.MENDING,
            self.desk.write(listed(seen), "web"),
            f"{flag.at:%Y-%m-%d %H:%M}",
            seen.who,
            named(item) if item else "",
            edit_path(item.pack, item.fact) if item and seen.pack else "",
        )


def _states() -> Sequence[tuple[str, str]]:
    """Return what the list can be narrowed to, with its name."""
    listed_states = [(state.value, say(f"web.flags.state.{state}")) for state in State]
    return [("waiting", say("web.flags.waiting")), *listed_states, ("", say("web.flags.all"))]


async def _problem(triage: Triage, acted: Acted | None, fields: Mapping[str, str]) -> str:
    """Say why nothing was decided."""
    if acted is None:
        key = "flag.decline.empty" if fields.get("do") == "decline" else "flag.join.bad"
        return say(key, number=fields.get("report", ""))
    if acted.flag is None:
        return say("flag.gone")
    return say("flag.late", "en", **await triage.late(acted.flag))


def _number(text: str, otherwise: int = -1) -> int:
    if is_number(text):
        return int(text)
    if otherwise < 0:
        raise HTTPException(400)
    return otherwise
