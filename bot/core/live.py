"""Live quiz: step(state, event, now) -> (state, effects), and what becomes of an answer.

Pure: who may act was looked up before, the answers are rows of the store, and time comes in.
Every change makes a new epoch, and with it the only deadline that still means something.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.live_types import (
    SETTLE,
    Act,
    Already,
    Asking,
    Away,
    Cancelled,
    Changed,
    Closed,
    Closing,
    Control,
    Counted,
    Course,
    Effect,
    Event,
    EverybodyAnswered,
    Joined,
    Judged,
    Late,
    Left,
    Lobby,
    Missed,
    Opened,
    Outage,
    Over,
    Paused,
    Refused,
    Remark,
    Shown,
    Skipped,
    Standing,
    State,
    TimeUp,
    Wake,
)
from bot.core.quiz import Response

Step = tuple[State, tuple[Effect, ...]]
LONGEST_EXTENSION = 600.0
"""Seconds that one act may add."""


def step(state: State, event: Event, now: datetime) -> Step:
    """Return what the quiz becomes, and what has to be done about it."""
    match event:
        case Control():
            return _controlled(state, event, now)
        case TimeUp():
            return _time_up(state, event, now)
        case Outage(since):
            return _outage(state, since, now)
        case EverybodyAnswered(at):
            return _everybody_answered(state, at, now)
        case Joined() | Left():
            return state, () if isinstance(state, Over) else (Changed(),)
        case _:
            assert_never(event)


def _controlled(state: State, event: Control, now: datetime) -> Step:
    if not event.may:
        return state, (Refused(Remark.NOT_YOURS),)
    if isinstance(state, Over):
        return state, (Refused(Remark.OVER),)
    if event.epoch not in {None, state.course.epoch}:
        # Pressed twice, or on a card of an earlier step: it must not act on what came since.
        return state, (Refused(Remark.OLD),)
    return _acted(state, event, now)


def _acted(state: Lobby | Asking | Shown | Paused, event: Control, now: datetime) -> Step:
    match state, event.act:
        case Lobby(course), Act.START:
            return _open(course, 0, now)
        case Lobby(course), Act.STOP:
            return Over(_later(course)), (Cancelled(), Wake(None))
        case ((Asking() | Shown() | Paused()), Act.STOP):
            return _stop(state)
        case Asking(), (Act.NEXT | Act.SKIP | Act.EXTEND):
            return _ended_or_extended(state, event, now)
        case Shown(), Act.NEXT:
            return _go_on(state.course, state.at, now)
        case ((Asking() | Shown()), Act.PAUSE):
            return Paused(_later(state.course), state, now), (Changed(), Wake(None))
        case Paused(), (Act.RESUME | Act.EXTEND):
            return _while_paused(state, event, now)
        case _:
            return state, (Refused(Remark.NOT_NOW),)


def _ended_or_extended(state: Asking, event: Control, now: datetime) -> Step:
    match event.act:
        case Act.NEXT:
            return _close(state, now)
        case Act.SKIP:
            return _skip(state, now)
        case _:
            return _extended(state, event.seconds, now)


def _while_paused(state: Paused, event: Control, now: datetime) -> Step:
    if event.act is Act.RESUME:
        was = _shifted(state.was, now - state.since)
        back = replace(was, course=_later(state.course))
        return back, (Changed(), Wake(due(back)))
    if isinstance(state.was, Shown):
        return state, (Refused(Remark.NOT_NOW),)
    # As if the clock stood where it was stopped.
    more, effects = _extended(state.was, event.seconds, state.since)
    if not isinstance(more, Asking) or more is state.was:
        return state, effects
    return replace(state, course=_later(state.course), was=more), (Changed(), Wake(None))


def _open(course: Course, at: int, now: datetime) -> Step:
    seconds = course.seconds[at]
    closes = now + timedelta(seconds=seconds) if seconds > 0 else None
    state = Asking(_later(course), at, now, closes)
    return state, (Opened(at), Wake(due(state)))


def _close(state: Asking, now: datetime) -> Step:
    course = _later(state.course)
    course = replace(course, closed=(*course.closed, state.at))
    wait = course.setup.onward
    onward = now + timedelta(seconds=wait) if wait > 0 else None
    since = min(state.closes, now) if state.closes else now
    return Shown(course, state.at, since, onward), (Closed(state.at), Wake(onward))


def _skip(state: Asking, now: datetime) -> Step:
    course = replace(state.course, skipped=(*state.course.skipped, state.at))
    after, effects = _go_on(course, state.at, now)
    return after, (Skipped(state.at), *effects)


def _extended(state: Asking, seconds: float, now: datetime) -> Step:
    if state.closes is None:
        return state, (Refused(Remark.UNTIMED),)
    if not 0 < seconds <= LONGEST_EXTENSION:
        return state, (Refused(Remark.NOT_NOW),)
    closes = max(state.closes, now) + timedelta(seconds=seconds)
    more = replace(state, course=_later(state.course), closes=closes, closing=False, ends=None)
    return more, (Changed(), Wake(due(more)))


def _go_on(course: Course, at: int, now: datetime) -> Step:
    if at + 1 < len(course.seconds):
        return _open(course, at + 1, now)
    return Over(_later(course)), (Standing(), Wake(None))


def _stop(state: Asking | Shown | Paused) -> Step:
    """End it; a question that was still open counts for nobody, since not all had their time."""
    running = state.was if isinstance(state, Paused) else state
    course = _later(state.course)
    if not isinstance(running, Asking):
        return Over(course), (Standing(), Wake(None))
    course = replace(course, skipped=(*course.skipped, running.at))
    return Over(course), (Skipped(running.at), Standing(), Wake(None))


def _time_up(state: State, event: TimeUp, now: datetime) -> Step:
    if event.epoch != state.course.epoch:
        return state, ()
    match state:
        case Asking() if event.waits and not state.closing:
            waiting = replace(state, course=_later(state.course), closing=True, ends=event.ends)
            return waiting, (Closing(state.at), Wake(due(waiting)))
        case Asking():
            return _close(state, now)
        case Shown(onward=onward) if onward:
            return _go_on(state.course, state.at, now)
        case _:
            return state, ()


def _everybody_answered(state: State, at: int, now: datetime) -> Step:
    if not isinstance(state, Asking) or state.at != at:
        return state, ()
    early = state.closing or state.course.setup.early
    return _close(state, now) if early else (state, ())


def _outage(state: State, since: datetime, now: datetime) -> Step:
    """Give what is running its lost time back."""
    match state:
        case Asking():
            lost = now - max(since, state.opened)
            rings = due(state)
            # What was up before we were lost rings by itself.
            if lost <= timedelta() or (rings and rings <= since):
                return state, ()
            back = replace(_shifted(state, lost), course=_later(state.course))
            return back, (Away(lost, lost if rings else None), Changed(), Wake(due(back)))
        case Shown(onward=onward) if onward and onward > since and now > since:
            back = replace(
                _shifted(state, now - max(since, state.since)), course=_later(state.course)
            )
            return back, (Wake(due(back)),)
        case _:
            return state, ()


def _shifted(state: Asking | Shown, lost: timedelta) -> Asking | Shown:
    """Move all moments of what is running by a time that nobody had."""
    lost = max(lost, timedelta())
    if isinstance(state, Shown):
        return replace(state, onward=_plus(state.onward, lost))
    return replace(
        state,
        opened=state.opened + lost,
        closes=_plus(state.closes, lost),
        ends=_plus(state.ends, lost),
    )


def _plus(moment: datetime | None, lost: timedelta) -> datetime | None:
    return moment + lost if moment else None


def _later(course: Course) -> Course:
    return replace(course, epoch=course.epoch + 1)


def due(state: State) -> datetime | None:
    """Return when the one deadline of a state rings; None where it has none."""
    match state:
        case Asking(closing=closing, closes=closes, ends=ends):
            up = ends if closing else closes
            grace = timedelta(seconds=state.course.setup.grace)
            return up + grace + SETTLE if up else None
        case Shown(onward=onward):
            return onward
        case _:
            return None


def closes_for(state: Asking, factor: float) -> datetime | None:
    """Return a learner's own deadline; None for as long as it takes."""
    if state.closes is None or factor <= 0:
        return None
    return state.opened + (state.closes - state.opened) * max(1.0, factor)


def waiting_for(
    state: Asking, factors: Iterable[float], now: datetime
) -> tuple[bool, datetime | None]:
    """Say whether learners who have not answered still have time, and when the last is out of it."""
    own = [closes_for(state, factor) for factor in factors if factor != 1]
    left = [closes for closes in own if closes is None or closes > now]
    if not left or None in left:
        return bool(left), None
    return True, max(closes for closes in left if closes)


def judge(
    state: State, position: int, now: datetime, factor: float, given_before: Response | None
) -> Judged:
    """Decide whether an answer counts that arrived at that moment."""
    if given_before is not None and not state.course.setup.changes:
        return Already(given_before)
    paused = isinstance(state, Paused)
    running = state.was if isinstance(state, Paused) else state
    match running:
        case Asking() if running.at == position:
            if paused:
                return Missed.PAUSED
            return _in_time(running, now, factor, changed=given_before is not None)
        case Shown() if running.at == position:
            return Late(max(0.0, (now - running.since).total_seconds()))
        case _:
            return _elsewhere(running, position)


def _elsewhere(state: State, position: int) -> Missed:
    """Say why there is nothing to answer at a position that is not the one being asked."""
    if not 0 <= position < len(state.course.seconds):
        return Missed.UNKNOWN
    ahead = isinstance(state, Lobby) or (isinstance(state, Asking | Shown) and position > state.at)
    return Missed.NOT_YET if ahead else Missed.CLOSED


def _in_time(state: Asking, now: datetime, factor: float, *, changed: bool) -> Judged:
    took = max(0.0, (now - state.opened).total_seconds())
    closes = closes_for(state, factor)
    if closes is None:
        return Counted(took, changed=changed)
    if now > closes + timedelta(seconds=state.course.setup.grace):
        return Late((now - closes).total_seconds())
    whole = (closes - state.opened).total_seconds()
    left = (closes - now).total_seconds() / whole if whole > 0 else 0.0
    return Counted(took, min(1.0, max(0.0, left)), changed)


def everybody(participants: Collection[int], answered: Collection[int]) -> bool:
    """Say whether all who take part have answered."""
    return bool(participants) and set(participants) <= set(answered)


def handled(state: State) -> Sequence[int]:
    """Return the positions of the questions that were dealt with, in their order."""
    return sorted((*state.course.closed, *state.course.skipped))
