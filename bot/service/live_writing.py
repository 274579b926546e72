"""Answers to live quizzes that people write in their private chat, where a platform has no fields.

Which words are an answer is looked up, not remembered: whoever has the open question there as a
copy of their own answers it with their next words, also after a restart.
"""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from bot.core.effects import Effect, Post, Tell
from bot.core.events import Person, Place, Said
from bot.core.live_cards import told
from bot.core.live_types import LIVE, Asking, Judged, Missed, Paused, Shown, State
from bot.core.live_written import in_words
from bot.core.manners import Manner, manner
from bot.core.quiz import TYPED, Question, QuestionKind, readable
from bot.core.words import notice
from bot.service.live_kept import state_of
from bot.service.live_ports import OWN, Sent
from bot.service.parts import Visit
from bot.service.ports import Work

ANSWER = "live.answer/"
"""How the sort of words begins that answer a live quiz; its code and the position follow."""
LATELY = timedelta(seconds=20)
"""For so long after a question was closed, words are still meant as an answer to it."""

Take = Callable[[Work, Sent], Awaitable[tuple[Judged, Sequence[Post]]]]
"""Takes an answer in a transaction; see `bot.service.live.Live.written`."""


async def awaited(work: Work, place: Place, by: Person, text: str, now: datetime) -> str:
    """Return which question of a live quiz somebody's words answer; "" where they answer none."""
    session = await work.sessions.in_room(place, OWN)
    if session is None or session.kind != LIVE:
        return ""
    state = state_of(session)
    at = _answerable(state, now)
    asked = (await work.sessions.questions(session.id))[at] if at is not None else None
    if asked is None or asked.question.kind not in TYPED:
        return ""
    me = await work.sessions.participant(session.id, by.key)
    if me is None or me.gone:
        return ""
    again = await work.sessions.answers(session.id, asked.position, me.id)
    fits = not again or _once_more(state, asked.question, text)
    return f"{ANSWER}{session.code}/{asked.position}" if fits else ""


def _answerable(state: State, now: datetime) -> int | None:
    """Return the position of the question that words may be an answer to."""
    match state:
        case Asking(at=at) | Paused(was=Asking(at=at)):
            return at
        case Shown(at=at, since=since) if now <= since + LATELY:
            return at
        case _:
            return None


def _once_more(state: State, asked: Question, text: str) -> bool:
    """Say whether words of somebody who has answered are meant for the same question again.

    Who has answered goes on to other things, but for a change, and what looks like another try.
    """
    if isinstance(state, Shown):
        return False
    tries = asked.kind is QuestionKind.NUMBER and readable(asked, in_words(text))
    return state.course.setup.changes or tries


async def written(take: Take, visit: Visit, event: Said) -> Sequence[Effect]:
    """Take words as the answer to the question that waits for them."""
    # Who is in distress needs a person, not a mark; the question goes on waiting.
    if manner(event.text) is Manner.DISTRESS:
        return (Tell(notice("kind", event.by.language)),)
    code, _, position = visit.expected.removeprefix(ANSWER).partition("/")
    session = await visit.work.sessions.by_code(code)
    if session is None:
        return (Tell(notice(Missed.UNKNOWN, event.by.language)),)
    asked = (await visit.work.sessions.questions(session.id))[int(position)]
    response = in_words(event.text)
    sent = Sent(code, asked.position, event.by.key, response, event.place.platform)
    judged, posts = await take(visit.work, sent)
    setup = state_of(session).course.setup
    said = told(judged, asked.question, setup, response, event.by.language)
    # Words count once: to edit them later changes nothing.
    return (Tell(said, once=True), *posts)
