"""Takes the answers that arrive together: who, to which question, in time or not, once.

That a question is open, that an update is new and that an answer is the first one are looked up
in the transaction that keeps the answers: the question cannot close between the two.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.core.live import judge
from bot.core.live_scoring import worth
from bot.core.live_types import LIVE, Already, Asking, Counted, Given, Judged, Missed, State
from bot.core.live_written import fitting
from bot.core.quiz import mark, readable
from bot.service.live_kept import state_of
from bot.service.live_ports import AnswerPlace, Asked, Participant, Sent, Session
from bot.service.ports import Work

_REMEMBERED = 256


@dataclass(frozen=True, slots=True)
class Arrived:
    """An answer, and when it came."""

    sent: Sent
    at: datetime


@dataclass
class Answering:
    """Takes answers; it remembers the questions of sessions, which never change."""

    awaited: set[str] = field(default_factory=set[str], init=False)
    """The quizzes whose question may close with the answers that were just taken."""
    _questions: OrderedDict[int, Sequence[Asked]] = field(
        default_factory=OrderedDict[int, Sequence[Asked]], init=False
    )

    async def take(self, work: Work, arrived: Sequence[Arrived]) -> Sequence[Judged]:
        """Take answers in one transaction; return what becomes of each."""
        batch = await self._gathered(work, arrived)
        judged = [batch.judged(one) for one in arrived]
        kept = await batch.keep(work)
        self.awaited.update(batch.awaited())
        if lost := batch.places - kept:
            # Another worker was faster by a moment: theirs is the first one.
            first = await work.sessions.given(lost)
            judged = [
                batch.after_all(one, how, first) for one, how in zip(arrived, judged, strict=True)
            ]
        return judged

    async def questions(self, work: Work, session: int) -> Sequence[Asked]:
        """Return the questions of a session."""
        if session not in self._questions:
            self._questions[session] = await work.sessions.questions(session)
            while len(self._questions) > _REMEMBERED:
                self._questions.popitem(last=False)
        self._questions.move_to_end(session)
        return self._questions[session]

    async def _gathered(self, work: Work, arrived: Sequence[Arrived]) -> "Batch":
        numbered = {(one.sent.platform, one.sent.update) for one in arrived if one.sent.update}
        fresh = set(await work.first_times(numbered))
        found = await work.sessions.by_codes({one.sent.code for one in arrived})
        sessions = {code: session for code, session in found.items() if session.kind == LIVE}
        takers = await _takers(work, arrived, sessions)
        questions = {
            session.id: await self.questions(work, session.id) for session in sessions.values()
        }
        batch = Batch(sessions, questions, takers, numbered - fresh)
        batch.given.update(await work.sessions.given(batch.all_places(arrived)))
        return batch


async def _takers(
    work: Work, arrived: Sequence[Arrived], sessions: Mapping[str, Session]
) -> dict[tuple[int, str], Participant]:
    """Return who takes part; who presses a button has joined by that."""
    wanted = {
        (sessions[one.sent.code].id, one.sent.person): one
        for one in arrived
        if one.sent.code in sessions
    }
    takers = dict(await work.sessions.takers(wanted))
    joining = {
        place: one.sent.name
        for place, one in wanted.items()
        if one.sent.name and not sessions[one.sent.code].ended
    }
    new = {place: name for place, name in joining.items() if place not in takers}
    back = [place for place in sorted(joining) if place in takers and takers[place].gone]
    await work.sessions.join_all(new, arrived[0].at)
    for session, person in back:
        await work.sessions.join(session, person, joining[session, person], arrived[0].at)
    if new or back:
        takers.update(await work.sessions.takers([*new, *back]))
    return takers


@dataclass
class Batch:
    """The answers of one transaction, and what they are held against."""

    sessions: Mapping[str, Session]
    questions: Mapping[int, Sequence[Asked]]
    takers: Mapping[tuple[int, str], Participant]
    repeated: set[tuple[str, str]]
    given: dict[AnswerPlace, Given] = field(default_factory=dict[AnswerPlace, Given])
    """What stands already, with what this batch adds."""
    _states: dict[int, State] = field(default_factory=dict[int, State])
    _first: dict[AnswerPlace, Given] = field(default_factory=dict[AnswerPlace, Given])
    _changed: dict[AnswerPlace, Given] = field(default_factory=dict[AnswerPlace, Given])

    @property
    def places(self) -> set[AnswerPlace]:
        """Where this batch puts first answers."""
        return {*self._first}

    def all_places(self, arrived: Sequence[Arrived]) -> set[AnswerPlace]:
        """Return where answers may stand already."""
        return {place for one in arrived if (place := self._place(one.sent))}

    def judged(self, one: Arrived) -> Judged:
        """Decide what becomes of one answer, after those before it."""
        place, sent = self._place(one.sent), one.sent
        if place is None:
            return Missed.STRANGER if sent.code in self.sessions else Missed.UNKNOWN
        before = self.given.get(place)
        if (sent.platform, sent.update) in self.repeated and before:
            return Already(before.response)
        taker = self.takers[place[0], sent.person]
        response = before.response if before else None
        judged = judge(self._state(sent.code), sent.position, one.at, taker.factor, response)
        return self._noted(place, one, judged) if isinstance(judged, Counted) else judged

    def after_all(
        self, one: Arrived, judged: Judged, first: Mapping[AnswerPlace, Given]
    ) -> Judged:
        """Return what became of an answer where another worker kept one meanwhile."""
        place = self._place(one.sent)
        if place and isinstance(judged, Counted) and place in first:
            return Already(first[place].response)
        return judged

    async def keep(self, work: Work) -> set[AnswerPlace]:
        """Keep the answers that count; return where first ones were kept."""
        kept: set[AnswerPlace] = set()
        if self._first:
            rows = [(place[0], given) for place, given in self._first.items()]
            kept = set(await work.sessions.take_answers(rows))
        if self._changed:
            rows = [(place[0], given) for place, given in self._changed.items()]
            await work.sessions.take_answers(rows, change=True)
        return kept

    def awaited(self) -> set[str]:
        """Return the quizzes whose question may close with these answers."""
        answered = {place[0] for place in (*self._first, *self._changed)}
        return {
            session.code
            for session in self.sessions.values()
            if session.id in answered and _may_close(self._state(session.code))
        }

    def _place(self, sent: Sent) -> AnswerPlace | None:
        session = self.sessions.get(sent.code)
        taker = self.takers.get((session.id, sent.person)) if session else None
        return (session.id, sent.position, taker.id) if session and taker else None

    def _state(self, code: str) -> State:
        session = self.sessions[code]
        if session.id not in self._states:
            self._states[session.id] = state_of(session)
        return self._states[session.id]

    def _noted(self, place: AnswerPlace, one: Arrived, counted: Counted) -> Judged:
        session, position, participant = place
        asked = self.questions[session][position]
        response = fitting(asked.question, one.sent.response)
        if not readable(asked.question, response):
            return Missed.UNREADABLE
        marked = mark(asked.question, response)
        scoring = self._state(one.sent.code).course.setup.scoring
        points = worth(asked.question, marked.fraction, counted, scoring, asked.points)
        given = Given(
            participant,
            position,
            response,
            marked.fraction,
            marked.right,
            points,
            counted.took,
            one.at,
        )
        rows = self._changed if place in self.given and place not in self._first else self._first
        rows[place] = self.given[place] = given
        return counted


def _may_close(state: State) -> bool:
    return isinstance(state, Asking) and (state.closing or state.course.setup.early)
