"""Answers to live quizzes from chats, past the desk's lanes: one press must not wait for another."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from weakref import WeakValueDictionary

from bot.core.answer import Notice
from bot.core.cards import Action, read_action
from bot.core.events import Pressed, Voted
from bot.core.live import judge
from bot.core.live_cards import chosen_words, outcome, told
from bot.core.live_scoring import arranged
from bot.core.live_types import LIVE, Already, Counted, Judged, Missed, Setup
from bot.core.live_written import in_words
from bot.core.manners import Manner, manner
from bot.core.numerals import is_number
from bot.core.quiz import TYPED, Question, Response
from bot.core.words import notice, say
from bot.service.desk import Desk, Handled
from bot.service.live import Live
from bot.service.live_codes import pseudonym
from bot.service.live_kept import state_of
from bot.service.live_ports import Participant, Sent, Session
from bot.service.parts import Given
from bot.service.ports import Work

_ANSWERS = ("l.a.", "l.t.", "l.d.", "l.w.")
_REMEMBERED = 512
_LONGEST = 3
"""Digits that the number of a question can have."""


class LiveExpress:
    """Takes presses and votes; see `bot.service.desk.Express`."""

    def __init__(self, desk: Desk, live: Live) -> None:
        self._desk = desk
        self._live = live
        self._asked: OrderedDict[tuple[str, int], tuple[Question, Setup]] = OrderedDict()
        self._reading: WeakValueDictionary[tuple[str, int], asyncio.Lock] = WeakValueDictionary()

    def takes(self, event: Given) -> bool:
        """Say whether an event is an answer to a live quiz."""
        if isinstance(event, Voted):
            return _place(event.subject) is not None
        action = read_action(event.action)
        return action is not None and action.verb.startswith(_ANSWERS)

    async def take(self, event: Given, update: str) -> Handled:
        """Keep an answer; when this returns, it is committed. Each update counts once."""
        if isinstance(event, Voted):
            return await self._voted(event, update)
        action = read_action(event.action)
        place = _place(action.verb) if action else None
        found = await self._question(*place) if place else None
        if not action or not place or not found:
            return self._toast(event, notice(Missed.UNKNOWN, event.by.language))
        return self._toast(event, await self._pressed(event, update, action, found))

    async def _pressed(
        self, event: Pressed, update: str, action: Action, found: tuple[Question, Setup]
    ) -> Notice:
        if action.verb.startswith("l.w."):
            return await self._written(event, update, found)
        options = arranged(*found)
        if not action.verb.startswith("l.d.") and not 0 <= action.number < len(options):
            return notice(Missed.UNREADABLE, event.by.language)
        if action.verb.startswith("l.a."):
            response = Response((options[action.number].id,))
            return await self._answered(event, update, found, response)
        toggled = options[action.number].id if action.verb.startswith("l.t.") else ""
        return await self._chosen(event, update, found, toggled)

    async def _voted(self, event: Voted, update: str) -> Handled:
        place = _place(event.subject)
        found = await self._question(*place) if place else None
        if place and found and event.chosen:
            # A poll shows who voted what it made of it; nothing more is said.
            await self._sent(event, update, place, Response(event.chosen))
        return Handled()

    async def _written(self, event: Pressed, update: str, found: tuple[Question, Setup]) -> Notice:
        """Take what was written into the field that a button has opened."""
        if not event.text or found[0].kind not in TYPED:
            # A platform without such fields, where the address of a private chat was not known.
            code = _place_of(event)[0]
            return notice("live.write.private", event.by.language, code=code)
        if manner(event.text) is Manner.DISTRESS:
            return notice("kind", event.by.language)
        return await self._answered(event, update, found, in_words(event.text))

    async def _answered(
        self, event: Pressed, update: str, found: tuple[Question, Setup], response: Response
    ) -> Notice:
        judged = await self._sent(event, update, _place_of(event), response)
        return told(judged, *found, response, event.by.language)

    async def _sent(
        self, event: Given, update: str, place: tuple[str, int], response: Response
    ) -> Judged:
        code, position = place
        name, platform = pseudonym(event.by.name), event.place.platform
        return await self._live.answer(
            Sent(code, position, event.by.key, response, platform, update, name)
        )

    async def _chosen(
        self, event: Pressed, update: str, found: tuple[Question, Setup], toggled: str
    ) -> Notice:
        """Choose one more of several, or one less; or take what was chosen as the answer."""
        now = self._desk.clock()
        async with self._desk.store.work(now) as work:
            chosen, judged = await self._toggled(work, event, update, toggled, now)
        if not toggled and chosen:
            return await self._answered(event, update, found, Response(chosen))
        if not isinstance(judged, Counted):
            given = judged.response if isinstance(judged, Already) else Response()
            words = chosen_words(*found, given)
            return outcome(judged, words, changes=found[1].changes, language=event.by.language)
        return _so_far(chosen, found, event.by.language)

    async def _toggled(
        self, work: Work, event: Pressed, update: str, toggled: str, now: datetime
    ) -> tuple[tuple[str, ...], Judged]:
        """Return what is chosen now, and whether it could be answered."""
        code, position = _place_of(event)
        session = await work.sessions.by_code(code)
        if session is None:
            return (), Missed.UNKNOWN
        me = await self._participant(work, session, event, now)
        if me is None:
            return (), Missed.STRANGER
        before = await work.sessions.answers(session.id, position, me.id)
        given = before[0].response if before else None
        judged = judge(state_of(session), position, now, me.factor, given)
        chosen = tuple(me.choosing["chosen"]) if me.choosing.get("at") == position else ()
        if not toggled or not isinstance(judged, Counted):
            return chosen, judged
        if not update or await work.first_time(event.place.platform, update):
            rest = tuple(one for one in chosen if one != toggled)
            chosen = (*chosen, toggled) if len(rest) == len(chosen) else rest
            await work.sessions.choose(me.id, {"at": position, "chosen": list(chosen)})
        return chosen, judged

    async def _participant(
        self, work: Work, session: Session, event: Pressed, now: datetime
    ) -> Participant | None:
        """Return who presses; who presses a button of a quiz has joined by that."""
        known = await work.sessions.participant(session.id, event.by.key)
        if known or session.ended:
            return known
        name = pseudonym(event.by.name)
        await work.sessions.join(session.id, event.by.key, name, now)
        return await work.sessions.participant(session.id, event.by.key)

    async def _question(self, code: str, position: int) -> tuple[Question, Setup] | None:
        """Return a question of a quiz; it never changes, so it is read once."""
        place = code, position
        if place not in self._asked:
            # Who comes while somebody reads it takes what they have read.
            async with self._reading.setdefault(place, asyncio.Lock()):
                if place not in self._asked and (found := await self._read(code, position)):
                    self._asked[place] = found
        if place in self._asked:
            self._asked.move_to_end(place)
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        return self._asked.get(place)

    async def _read(self, code: str, position: int) -> tuple[Question, Setup] | None:
        async with self._desk.store.work(self._desk.clock()) as work:
            session = await work.sessions.by_code(code)
            if session is None or session.kind != LIVE:
                return None
            asked = await work.sessions.questions(session.id)
        if position >= len(asked):
            return None
        return asked[position].question, state_of(session).course.setup

    def _toast(self, event: Pressed, what: Notice) -> Handled:
        return Handled(toast=self._desk.write(what, event.place.platform))


def _so_far(chosen: Sequence[str], found: tuple[Question, Setup], language: str) -> Notice:
    if not chosen:
        return notice("live.chosen.none", language)
    words = chosen_words(*found, Response(tuple(chosen)))
    return notice("live.chosen", language, chosen=words, done=say("live.button.done"))


def _place(verb: str) -> tuple[str, int] | None:
    """Return which question of which quiz a verb, or the subject of a poll, is about."""
    *kind, code, position = ["", "", *verb.split(".")][-4:]
    ours = verb.startswith("l.") and is_number(position, most=_LONGEST)
    if not ours or not code or not any(kind):
        return None
    return code, int(position)


def _place_of(event: Pressed) -> tuple[str, int]:
    action = read_action(event.action)
    return (_place(action.verb) if action else None) or ("", 0)
