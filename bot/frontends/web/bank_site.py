"""What all pages of banks share: the banks, what is looked at, and how a refusal is shown."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.core.facts import Pack
from bot.core.roles import Act, needs
from bot.core.words import say
from bot.formats.banks.draft import Finding
from bot.formats.problems import Problem
from bot.frontends.web.signed import NeedsRole, Signed
from bot.frontends.web.view import View
from bot.service.auditing import labels
from bot.service.bank_ports import Draft, State
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import Opened, Texts
from bot.service.bank_telling import lines
from bot.service.banks import Banks
from bot.service.desk import Desk
from bot.service.granting import called
from bot.service.ports import Token

PATH = "/bank"
MOST_PROBLEMS = 100
_MOST_LINES = 60
_KEPT = 6
"""So many banks are held open between requests."""
_MISSING = frozenset({"bank.pack.none", "bank.version.none", "bank.draft.none"})


@dataclass(frozen=True, slots=True)
class Looked:
    """A bank as somebody works on it: in their own draft, or else as it is published."""

    pack: str
    published: int
    """0 where nothing is."""
    texts: Texts
    content: Pack
    draft: Draft | None = None

    @property
    def number(self) -> int:
        """The number of the draft; 0 where there is none yet."""
        return self.draft.id if self.draft else 0

    @property
    def revision(self) -> int:
        """Which state of the draft it is."""
        return self.draft.revision if self.draft else 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something was not done: a sentence, and what is wrong in detail."""

    why: str
    problems: Sequence[tuple[str, str, str]] = ()
    """Where, what, and what to do about it."""
    changes: Sequence[str] = ()
    """What is different by now, where somebody else was faster."""
    more: int = 0


@dataclass
class BankSite:
    """The banks, for their pages."""

    desk: Desk
    view: View
    token: Token
    banks: Banks
    _open: OrderedDict[tuple[str, int, int], Opened] = field(
        default_factory=OrderedDict[tuple[str, int, int], Opened]
    )

    async def published(self, pack: str) -> int:
        """Return which version of a bank is published."""
        async with self.banks.work() as work:
            return (await work.banks.published()).get(pack, 0)

    async def version(self, pack: str, number: int) -> Opened:
        """Open a version; the last ones stay open."""
        key = (pack, 0, number)
        if key not in self._open:
            self._keep(key, await self.banks.version(pack, number))
        return self._open[key]

    async def opened(self, draft: Draft) -> Opened:
        """Open a draft as it is in that revision."""
        key = (draft.pack, draft.id, draft.revision)
        if key not in self._open:
            found = await self.banks.draft(draft.id)
            content = Opened(found.texts, found.pack)
            # Somebody may have changed it since it was looked up.
            self._keep((draft.pack, draft.id, found.draft.revision), content)
            return content
        return self._open[key]

    def _keep(self, key: tuple[str, int, int], opened: Opened) -> None:
        self._open[key] = opened
        while len(self._open) > _KEPT:
            self._open.popitem(last=False)

    async def own(self, signed: Signed, pack: str) -> Draft | None:
        """Return somebody's newest open draft of a bank."""
        drafts = await self.banks.drafts(pack)
        return next((one for one in drafts if signed.person in one.editors), None)

    async def draft(self, pack: str, number: int) -> Draft:
        """Return a draft of a bank, whatever became of it."""
        async with self.banks.work() as work:
            found = await work.banks.draft(number)
        if found is None or found.pack != pack:
            raise HTTPException(404)
        return found

    async def look(self, signed: Signed, pack: str, number: int = 0) -> Looked:
        """Open a bank in a draft: the one that was named, or one's own; else what is published."""
        draft = await (self.draft(pack, number) if number else self.own(signed, pack))
        published = await self.published(pack)
        if draft is not None and draft.state is State.OPEN:
            found = await self.opened(draft)
            return Looked(pack, published, found.texts, found.pack, draft)
        if not published:
            raise HTTPException(404)
        found = await self.version(pack, published)
        return Looked(pack, published, found.texts, found.pack)

    async def names(self, people: Iterable[str]) -> dict[str, str]:
        """Return what people are called."""
        async with self.banks.work() as work:
            known = await labels(work)
        return {key: called(key, known.get(key, "")) for key in people}

    def refused(self, refusal: Refusal) -> Response:
        """Show why something cannot be done, where there is no page of its own to go back to."""
        trouble = trouble_of(refusal)
        return self.view.page("bank_refused.html", 409, current=PATH, found=trouble)


def trouble_of(refusal: Refusal) -> Trouble:
    """Say why something was not done; raise where it is the role, or where there is no such thing."""
    if refusal.key == "bank.not-allowed":
        raise NeedsRole(needs(Act.BANK_EDIT))
    if refusal.key in _MISSING:
        raise HTTPException(404)
    found = [told(problem) for problem in refusal.problems[:MOST_PROBLEMS]]
    changes = tuple(lines(refusal.diff.items, _MOST_LINES)) if refusal.diff else ()
    return Trouble(str(refusal), found, changes, max(0, len(refusal.problems) - MOST_PROBLEMS))


def told(problem: Problem | Finding) -> tuple[str, str, str]:
    """Return where something is wrong, what it is, and what to do about it."""
    if isinstance(problem, Finding):
        return problem.place, problem.cause, problem.cure
    place = say("web.bank.place", file=problem.file, line=problem.line)
    return (place if problem.line else problem.file), problem.cause, problem.cure
