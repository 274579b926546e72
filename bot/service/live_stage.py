"""A live quiz in a transaction: applies events to it, and keeps what follows from them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.library import Library
from bot.core.live import everybody, step, waiting_for
from bot.core.live_cards import LETTERS, Scene, key_words, said
from bot.core.live_scoring import arranged, most_points, standing
from bot.core.live_types import (
    LIVE,
    Asking,
    Board,
    Closed,
    Control,
    Effect,
    Event,
    Given,
    Opened,
    OptionShown,
    Over,
    Paused,
    QuestionShown,
    Refused,
    Reveal,
    Setup,
    Shown,
    Skipped,
    State,
    TimeUp,
    Wake,
)
from bot.core.live_why import why
from bot.core.live_written import CHOSEN
from bot.core.quiz import Question, QuestionKind, lefts, right_options
from bot.core.roles import Act as Right
from bot.core.show import caveat
from bot.service.granting import allowed
from bot.service.live_kept import state_of, with_state
from bot.service.live_ports import Asked, Participant, Session
from bot.service.ports import Work


@dataclass
class Stage:
    """A live quiz that is held until the transaction ends."""

    work: Work
    session: Session
    state: State
    library: Library
    now: datetime

    async def apply(self, event: Event) -> Sequence[Effect]:
        """Let something happen; return what has to be shown of it."""
        before = self.state
        self.state, effects = step(before, event, self.now)
        if self.state != before:
            self.session = with_state(self.session, self.state, self.now)
            await self.work.sessions.keep(self.session)
        for effect in effects:
            await self._note(effect)
        return [effect for effect in effects if not isinstance(effect, Wake)]

    async def control(self, event: Control, person: str) -> Sequence[Effect]:
        """Let somebody act, and write it down where it changed anything."""
        effects = await self.apply(event)
        if not any(isinstance(effect, Refused) for effect in effects):
            await self.work.roles.record(person, f"live.{event.act}", self.session.code)
        return effects

    async def _note(self, effect: Effect) -> None:
        sessions, number = self.work.sessions, self.session.id
        match effect:
            case Opened(at):
                await sessions.mark_question(number, at, opened=self.now)
            case Closed(at):
                await sessions.mark_question(number, at, closed=self.now)
            case Skipped(at):
                await sessions.mark_question(number, at, closed=self.now, skipped=True)
            case Wake(due):
                await self._wake(due)
            case _:
                pass

    async def _wake(self, due: datetime | None) -> None:
        """Set the one deadline of the quiz; what was set before it means nothing any more."""
        subject = str(self.session.id)
        await self.work.deadlines.drop(LIVE, subject)
        if due:
            await self.work.deadlines.put(LIVE, subject, self.state.course.epoch, due)

    async def time_up(self, epoch: int) -> Sequence[Effect]:
        """Let a deadline ring; who has more time of their own is waited for."""
        if not isinstance(self.state, Asking) or epoch != self.state.course.epoch:
            return await self.apply(TimeUp(epoch))
        waits, ends = waiting_for(
            self.state, [one.factor for one in await self.unanswered()], self.now
        )
        return await self.apply(TimeUp(epoch, waits, ends))

    async def unanswered(self) -> Sequence[Participant]:
        """Return who could answer the open question and has not."""
        running = self.state
        if not isinstance(running, Asking):
            return ()
        given = await self.work.sessions.answers(self.session.id, running.at)
        answered = {one.participant for one in given}
        present = [one for one in await self.taking_part() if not one.gone]
        return [one for one in present if one.id not in answered]

    async def all_answered(self) -> bool:
        """Say whether nobody is left for whom the open question would have to stay open."""
        running = self.state
        if not isinstance(running, Asking):
            return False
        left = await self.unanswered()
        if running.closing:
            return not waiting_for(running, [one.factor for one in left], self.now)[0]
        present = [one.id for one in await self.taking_part() if not one.gone]
        return everybody(present, set(present) - {one.id for one in left})

    async def taking_part(self) -> Sequence[Participant]:
        """Return who takes part."""
        return await self.work.sessions.participants(self.session.id)

    async def questions(self) -> Sequence[Asked]:
        """Return its questions."""
        return await self.work.sessions.questions(self.session.id)

    async def scene(self, page: str = "") -> Scene:
        """Return the board as it is now, with what it takes to put it into words."""
        asked, people = await self.questions(), await self.taking_part()
        at = position(self.state)
        over = isinstance(self.state, Over)
        given = await self.work.sessions.answers(self.session.id, None if over else at)
        board = self._board(asked, people, given)
        question = asked[at].question if at is not None else None
        counting = tuple(asked[n].question for n in self.state.course.closed) if over else ()
        scene = Scene(board, self.library, question, counting, page)
        return replace(scene, board=replace(board, said=said(scene), why=why(scene)))

    def _board(
        self, asked: Sequence[Asked], people: Sequence[Participant], given: Sequence[Given]
    ) -> Board:
        state, course = self.state, self.state.course
        running = state.was if isinstance(state, Paused) else state
        open_ = running if isinstance(running, Asking) else None
        at, over = position(state), isinstance(state, Over)
        shown = _is_revealed(state)
        points = {one.position: one.points for one in asked}
        names = {one.id: one.name for one in people}
        pack = next((s.pack for s in self.library.shelves if s.pack.id == course.setup.pack), None)
        return Board(
            code=self.session.code,
            title=self.session.title,
            phase=state.kind,
            epoch=course.epoch,
            setup=course.setup,
            host=self.session.host,
            count=len(asked),
            question=question_shown(asked[at], len(asked), given, course.setup, revealed=shown)
            if at is not None
            else None,
            opened=open_.opened if open_ else None,
            closes=open_.closes if open_ else None,
            closing=bool(open_ and open_.closing),
            revealed=shown,
            onward=running.onward if isinstance(running, Shown) else None,
            names=tuple(one.name for one in people if not one.gone),
            answered=sum(one.position == at for one in given),
            standing=standing(names, given, course) if over else (),
            most=most_points(course, points) if over else 0.0,
            said=None,
            caveat=caveat([pack] if pack else []).long,
            note=pack.content_note if pack and course.setup.note else "",
            asked=_asked(course.closed, given) if over else {},
        )


async def staged(
    work: Work, code: str | int, library: Library, now: datetime, *, lock: bool = True
) -> Stage | None:
    """Return a live quiz by its code or number; with `lock` nobody else changes it meanwhile."""
    sessions = work.sessions
    found = (
        await sessions.by_id(code, lock=lock)
        if isinstance(code, int)
        else await sessions.by_code(code, lock=lock)
    )
    if found is None or found.kind != LIVE:
        return None
    return Stage(work, found, state_of(found), library, now)


async def may_lead(work: Work, session: Session, person: str) -> bool:
    """Say whether somebody may act on a live quiz: its host, and granted teachers."""
    host = bool(session.host) and await work.roles.acting(person) == session.host
    return host or await allowed(work, person, Right.QUIZ_LIVE)


def position(state: State) -> int | None:
    """Return the question on the board: the open one, or the last one that was closed."""
    running = state.was if isinstance(state, Paused) else state
    return running.at if isinstance(running, Asking | Shown) else None


def _is_revealed(state: State) -> bool:
    running = state.was if isinstance(state, Paused) else state
    return isinstance(running, Shown) and running.course.setup.reveal is Reveal.EACH


def _asked(closed: Sequence[int], given: Sequence[Given]) -> dict[int, int]:
    return {at: sum(one.position == at for one in given) for at in closed}


def question_shown(
    asked: Asked, count: int, given: Sequence[Given], setup: Setup, *, revealed: bool
) -> QuestionShown:
    """Return a question as it stands on a board: no key in it before it is revealed."""
    question = asked.question
    key, why = (key_words(question, setup), question.feedback) if revealed else ("", "")
    rights = (
        sum(one.correct for one in given) if revealed and question.kind not in CHOSEN else None
    )
    return QuestionShown(
        asked.position,
        count,
        question.kind,
        question.stem,
        _options(question, given, setup, revealed=revealed),
        question.topic,
        key,
        why,
        tuple(pair.left for pair in lefts(question)),
        rights=rights,
    )


def _options(
    question: Question, given: Sequence[Given], setup: Setup, *, revealed: bool
) -> tuple[OptionShown, ...]:
    """Return the options as they stand on a board; who chose them where that means something."""
    if question.kind not in CHOSEN:
        return tuple(OptionShown(one.id, "", one.text) for one in arranged(question, setup))
    lettered = question.kind is not QuestionKind.TRUE_FALSE
    chosen = Counter(option for one in given for option in one.response.chosen)
    right = {option.id for option in right_options(question)}
    return tuple(
        OptionShown(
            option.id,
            letter if lettered else "",
            option.text,
            chosen[option.id] if revealed else None,
            option.id in right if revealed else None,
        )
        for letter, option in zip(LETTERS, arranged(question, setup), strict=False)
    )
