"""Deciding about reports: what an editor sees, what becomes of a report, and who is told of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.core.answer import Answer, FactKey
from bot.core.effects import Post
from bot.core.events import Place
from bot.core.facts import Pack
from bot.core.flag_cards import Seen, named, state_in_words, told
from bot.core.flags import (
    LONGEST_REASON,
    WAITING,
    Content,
    Flag,
    State,
    followers,
    item_of,
    may_become,
    may_join,
    mended_by,
    outcome,
    same,
)
from bot.core.quiz_cards import QUESTION
from bot.core.words import say
from bot.service.auditing import labels
from bot.service.bank_reading import opened
from bot.service.desk import Desk
from bot.service.flag_ports import Decision
from bot.service.granting import called
from bot.service.learners import PAGES
from bot.service.ports import Exchange, Work
from bot.service.regrading import reachable

_MOST_VERSIONS = 40
"""So far back it is looked for what a report was shown."""


@dataclass(frozen=True, slots=True)
class Acted:
    """What came of an editor's decision."""

    flag: Flag | None
    """As it is now; None where it is gone."""
    done: bool
    posts: tuple[Post, ...] = ()
    """What reporters are told."""
    reach: str = ""
    """How the reporter hears of it: now, on the page, later, or not at all."""


@dataclass(frozen=True, slots=True)
class Triage:
    """Decides about reports, in an open transaction, for who may."""

    desk: Desk
    work: Work
    _packs: dict[tuple[str, int], Pack] = field(default_factory=dict[tuple[str, int], Pack])
    """Versions that were opened already."""

    async def all(self) -> Mapping[int, Flag]:
        """Return every report by its number."""
        return {flag.number: flag for flag in await self.work.flags.reports()}

    async def waiting(self) -> Sequence[Flag]:
        """Return those that wait for an editor."""
        return [flag for flag in (await self.all()).values() if flag.state in WAITING]

    async def seen(self, flag: Flag, flags: Mapping[int, Flag] | None = None) -> Seen:
        """Return a report with what it is about, then and now."""
        flags = await self.all() if flags is None else flags
        waiting = [one for one in flags.values() if one.state in WAITING]
        item = flag.item
        pack = self._pack(item.pack) if item else None
        now = item_of(pack, item.fact) if item and pack else None
        then = await self._then(item, now) if item else None
        who = called(flag.by, (await labels(self.work)).get(flag.by, "")) if flag.by else ""
        others, many = same(flag, waiting), len(followers(flag.number, flags))
        return Seen(flag, then, now, pack, who, others, many)

    def _pack(self, name: str) -> Pack | None:
        packs = (shelf.pack for shelf in self.desk.library.shelves)
        return next((pack for pack in packs if pack.id == name), None)

    async def _then(self, item: FactKey, now: Content | None) -> Content | None:
        """Return the version that was shown: from what is published, quizzes, or older versions."""
        if now is not None and now.hash == item.hash:
            return now
        if item.fact.startswith(QUESTION) and (kept := await self.work.flags.question(item.hash)):
            return kept
        for version in (await self.work.banks.versions(item.pack))[:_MOST_VERSIONS]:
            pack = await self._version(item.pack, version.number)
            found = item_of(pack, item.fact) if pack else None
            if found is not None and found.hash == item.hash:
                return found
        return None

    async def _version(self, name: str, number: int) -> Pack | None:
        if (name, number) not in self._packs:
            content = await self.work.banks.content(name, number)
            if content is None:
                return None
            self._packs[name, number] = (await opened(content)).pack
        return self._packs[name, number]

    async def mend(self, number: int, by: str) -> Acted:
        """Mark a report to be mended."""
        return await self._decide(number, Decision(State.MENDING, by))

    async def reopen(self, number: int, by: str) -> Acted:
        """Let a report wait again that was to be mended."""
        return await self._decide(number, Decision(State.OPEN, by))

    async def decline(self, number: int, by: str, reason: str) -> Acted:
        """Decline a report, with the reason that its reporter reads."""
        words = " ".join(reason.split())[:LONGEST_REASON]
        return await self._decide(number, Decision(State.DECLINED, by, words))

    async def join(self, number: int, of: int, by: str) -> Acted | None:
        """Count a report as the same as another one; None where it cannot be."""
        flags = await self.all()
        flag = flags.get(number)
        other = may_join(flag, of, flags) if flag else None
        if flag is not None and other is None:
            return None
        return await self._decide(
            number, Decision(State.DUPLICATE, by, of=other.number if other else 0)
        )

    async def mended(
        self, names: Collection[str], pack: str, version: int, by: str
    ) -> Sequence[Post]:
        """Settle the reports that were to be mended, and about which something was published."""
        posts: list[Post] = []
        for flag in mended_by(names, pack, list((await self.all()).values())):
            decision = Decision(State.MENDED, by or flag.by, version=version)
            posts += (await self._decide(flag.number, decision)).posts
        return posts

    async def _decide(self, number: int, decision: Decision) -> Acted:
        flags = await self.all()
        flag = flags.get(number)
        if flag is None or not may_become(flag.state, decision.state):
            return Acted(flag, done=False)
        if not await self.work.flags.settle(number, flag.state, decision):
            return Acted((await self.all()).get(number), done=False)
        await self._record(flag, decision)
        now = replace(
            flag,
            state=decision.state,
            by=decision.by,
            reason=decision.reason,
            of=decision.of,
            version=decision.version,
        )
        posts, reach = await self._tell(now, {**flags, number: now})
        return Acted(now, done=True, posts=posts, reach=reach)

    async def _record(self, flag: Flag, decision: Decision) -> None:
        about = f" about {named(flag.item)}" if flag.item else ""
        after = {
            State.DECLINED: f"declined: {decision.reason}",
            State.DUPLICATE: f"duplicate of {decision.of}",
            State.MENDED: f"mended in version {decision.version}",
        }.get(decision.state, str(decision.state))
        subject = f"report {flag.number}{about}"
        act = f"flag.{decision.state}"
        await self.work.roles.record(decision.by, act, subject, str(flag.state), after)

    async def _tell(self, flag: Flag, flags: Mapping[int, Flag]) -> tuple[tuple[Post, ...], str]:
        """Tell the reporter, and those who said the same, once it is decided."""
        concerned = [flag, *followers(flag.number, flags)]
        ended = {
            one.number: (one, end)
            for one in concerned
            if not one.told and (end := outcome(one, flags))
        }
        people = {number: one.person for number, (one, _) in ended.items() if one.person}
        places = await reachable(self.work, people, self.desk)
        posts: list[Post] = []
        for number, place in places.items():
            await self.work.flags.told(number)
            posts.append(Post(place, self.told(*ended[number]), self.desk.token()))
        reach = "" if flag.number in places else _otherwise(flag)
        return tuple(posts), reach if flag.number in ended else "later"

    def told(self, flag: Flag, end: Flag) -> Answer:
        """Return what a reporter is told."""
        item = flag.item
        pack = self._pack(item.pack) if item else None
        now = item_of(pack, item.fact) if item and pack else None
        return told(flag, end, pack, now)

    async def late(self, flag: Flag) -> Mapping[str, object]:
        """Return what is said to an editor who comes second."""
        known = await labels(self.work)
        who = called(flag.by, known.get(flag.by, ""))
        return {"number": flag.number, "who": who, "state": state_in_words(flag)}


def _otherwise(flag: Flag) -> str:
    """Return how somebody hears of it to whom nothing can be sent."""
    return "page" if flag.person.partition(":")[0] in PAGES else "nobody"


async def deliver_on_page(desk: Desk, work: Work, place: Place, person: str) -> None:
    """Put what came of somebody's reports into what the page shows them, once."""
    numbers = await work.flags.news(person)
    if not numbers:
        return
    triage = Triage(desk, work)
    flags = await triage.all()
    for number in numbers:
        flag = flags.get(number)
        end = outcome(flag, flags) if flag else None
        if flag is None or end is None:
            continue
        card = desk.write(triage.told(flag, end), place.platform)
        said = say("flag.outcome.said", flag.language)
        await work.note(place, Exchange(said, (card,), desk.clock()))
        await work.flags.told(number)
