"""The part of the conversation that is about results: /results, /items, and mended keys."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.core.cards import Action, read_action
from bot.core.effects import Effect, Post, Tell, Toast
from bot.core.events import Commanded, Pressed
from bot.core.library import Library
from bot.core.numerals import number_or
from bot.core.question_looks import pool
from bot.core.regrade_cards import VERBS, applied, previewed, undone
from bot.core.result_cards import (
    MOST_SESSIONS,
    all_items,
    listing,
    looked,
    pooled_items,
    summarised,
)
from bot.core.result_summary import summary, unquoted
from bot.core.results import Which
from bot.core.words import notice
from bot.service import regrading
from bot.service.desk import Desk
from bot.service.drawing import Artist
from bot.service.errands import Errands
from bot.service.errands import Making as Errand
from bot.service.parts import Visit
from bot.service.regrading import Case
from bot.service.result_ports import Held, Stage
from bot.service.results import (
    WHICH,
    Making,
    back,
    several_attempts,
    tools,
    which_attempt,
)

_WEB = "web"
_MOST_POOLED = 50
"""Sessions of which `/items` speaks."""
_SHOW, _APPLY, _LEAVE, _UNDO = (VERBS[name] for name in ("show", "apply", "leave", "undo"))


@dataclass(frozen=True, slots=True)
class Pressing:
    """A press by who held the session."""

    visit: Visit
    held: Held
    number: int

    @property
    def session(self) -> int:
        """Return the session that it is about."""
        return self.held.taken.session

    @property
    def page(self) -> bool:
        """Tell whether it stands on the page, where files are links."""
        return self.visit.event.place.platform == _WEB


class ResultsPart:
    """Tells teachers how their quizzes went; never anything that names learners in a group."""

    commands: Collection[str] = frozenset({"results", "items"})
    verbs = "res."
    awaits = ""
    links: Collection[str] = frozenset()

    def __init__(self, desk: Desk, artist: Artist | None = None) -> None:
        self.errands = Errands(desk)
        self._desk = desk
        self._making = Making(desk, artist or Artist())
        self._shows: Mapping[str, Callable[[Pressing], Effect]] = {
            "o": self._summary,
            "q": self._look,
            "i": self._items,
        }
        self._makes: Mapping[str, Callable[[Pressing], Effect]] = {
            "p": self._picture,
            "c": self._csv,
            "x": self._xlsx,
            "g": self._gradebook,
        }
        self._decisions: Mapping[str, Callable[[Visit, Case], Awaitable[Sequence[Effect]]]] = {
            _SHOW: self._preview,
            _APPLY: self._apply,
            _LEAVE: self._leave,
            _UNDO: self._undo,
        }

    def swap(self, library: Library) -> None:
        """Let the desk answer from another library, and offer regrades for the keys mended in it."""
        self._desk.library = library
        self.offer()

    def offer(self) -> None:
        """Look for mended keys aside; call it once everything is set up."""
        self.errands.begin(self._offer)

    async def _offer(self) -> Sequence[Post]:
        await regrading.offer_regrades(self._desk)
        return ()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event."""
        match visit.event:
            case Commanded(edited=True):
                return ()  # who edits a command has had its answer
            case Commanded(name="items", argument=words):
                return (await self._all_items(visit, words.strip()),)
            case Commanded():
                return (await self._begin(visit),)
            case Pressed(action=text) if action := read_action(text):
                return await self._pressed(visit, action)
            case _:
                return ()

    async def _begin(self, visit: Visit) -> Effect:
        host = await _host(visit)
        if not visit.event.place.private:
            return await self._in_group(visit, host)
        entries = await visit.work.results.sessions(host, MOST_SESSIONS)
        return Tell(listing(entries) if entries else notice("results.none"))

    async def _in_group(self, visit: Visit, host: str) -> Effect:
        """Show the newest session of this group, without names, once everybody may know the key."""
        found = await visit.work.results.sessions(host, 1, visit.event.place)
        held = await visit.work.results.held(found[0].session) if found else None
        if held is None:
            return Tell(notice("results.none.group"))
        if not held.shown:
            return Tell(notice("results.not-yet"))
        return Tell(summarised(unquoted(summary(held.taken)), visit.library))

    async def _all_items(self, visit: Visit, words: str) -> Effect:
        """Show versions of questions over several sessions: all, or those of a pack, or of a group."""
        packs = {shelf.pack.id for shelf in visit.library.shelves}
        place = visit.event.place
        if words and words not in packs:
            return Tell(notice("items.unknown", name=words[:60]))
        if not place.private:
            return Tell(notice("items.private"))
        takens = await visit.work.results.all_held(await _host(visit), _MOST_POOLED, words)
        looks = pool(takens)
        return Tell(pooled_items(looks, takens, visit.library) if looks else notice("items.none"))

    async def _pressed(self, visit: Visit, action: Action) -> Sequence[Effect]:
        verb, _, subject = action.verb.removeprefix(self.verbs).partition(".")
        host = await _host(visit)
        if not visit.event.place.private:
            return (Toast(notice("results.not-yours")),)
        if verb == "l":
            return (await self._begin(visit),)
        number = number_or(subject, 0)
        if verb in self._decisions:
            return await self._decide(visit, verb, number, host)
        held = await visit.work.results.held(number)
        if held is None or held.host != host:
            return (Toast(notice("results.gone")),)
        return (self._show(verb, Pressing(visit, held, action.number)),)

    def _show(self, verb: str, pressing: Pressing) -> Effect:
        do = self._shows.get(verb) or self._makes.get(verb)
        return do(pressing) if do else Toast(notice("closed"))

    def _summary(self, pressing: Pressing) -> Effect:
        buttons = tools(pressing.session, page=pressing.page)
        found = summary(pressing.held.taken)
        return Tell(summarised(found, pressing.visit.library, buttons), instead=True)

    def _look(self, pressing: Pressing) -> Effect:
        taken = pressing.held.taken
        looks = {look.item.position: look for look in summary(taken).looks}
        look = looks.get(pressing.number)
        if look is None:
            return Toast(notice("results.gone"))
        return Tell(
            looked(look, taken, pressing.visit.library, back(pressing.session)), instead=True
        )

    def _items(self, pressing: Pressing) -> Effect:
        found = summary(pressing.held.taken)
        return Tell(all_items(found, pressing.visit.library, back(pressing.session)), instead=True)

    def _picture(self, pressing: Pressing) -> Effect:
        return self._aside(pressing, self._making.picture, "file.drawing")

    def _csv(self, pressing: Pressing) -> Effect:
        return self._aside(pressing, self._making.csv)

    def _xlsx(self, pressing: Pressing) -> Effect:
        return self._aside(pressing, self._making.xlsx)

    def _gradebook(self, pressing: Pressing) -> Effect:
        taken, number = pressing.held.taken, pressing.number
        if number < 0 and several_attempts(taken):
            return Tell(which_attempt(pressing.session))
        which = WHICH[number] if 0 <= number < len(WHICH) else Which.FIRST
        place = pressing.visit.event.place
        making: Errand = partial(self._making.gradebook, pressing.session, which, place)
        return self._begun(pressing, making, "file.making")

    def _aside(
        self, pressing: Pressing, make: Callable[..., Awaitable[Sequence[Post]]], said: str = ""
    ) -> Effect:
        """Let something be made while the press is confirmed at once."""
        making: Errand = partial(make, pressing.session, pressing.visit.event.place)
        return self._begun(pressing, making, said or "file.making")

    def _begun(self, pressing: Pressing, making: Errand, said: str) -> Effect:
        event = pressing.visit.event
        self.errands.begin(making, event.place, event.by.key)
        return Toast(notice(said))

    async def _decide(self, visit: Visit, verb: str, number: int, host: str) -> Sequence[Effect]:
        case = await regrading.case_of(visit.work, number, host)
        if case is None:
            return (Toast(notice("regrade.gone")),)
        wanted = Stage.APPLIED if verb == _UNDO else Stage.OFFERED
        if case.mended.stage is not wanted:
            return (Toast(notice("regrade.closed")),)
        return await self._decisions[verb](visit, case)

    async def _preview(self, visit: Visit, case: Case) -> Sequence[Effect]:
        return (Tell(previewed(case.mended.number, case.found, visit.library), instead=True),)

    async def _apply(self, visit: Visit, case: Case) -> Sequence[Effect]:
        told = await regrading.apply(visit.work, case, await _host(visit), self._desk)
        said = applied(case.mended.number, case.found, told.count, visit.library)
        return Tell(said, instead=True), *told.posts

    async def _leave(self, visit: Visit, case: Case) -> Sequence[Effect]:
        await regrading.leave(visit.work, case, await _host(visit))
        return (Tell(notice("regrade.left", title=case.held.taken.title), instead=True),)

    async def _undo(self, visit: Visit, case: Case) -> Sequence[Effect]:
        told = await regrading.undo(visit.work, case, await _host(visit), self._desk)
        return Tell(undone(case.held.taken, told.count, visit.library), instead=True), *told.posts


async def _host(visit: Visit) -> str:
    """Return who asks; on the page, whom the browser acts for."""
    return await visit.work.roles.acting(visit.event.by.key)
