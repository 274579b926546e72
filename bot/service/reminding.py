"""Reminds people who wish it that quiz questions which they missed are due again, once a day.

One deadline rings for everybody, at every full and half hour: somewhere it is then the hour that
somebody has chosen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.answer import Notice
from bot.core.effects import Effect, Post
from bot.core.events import Place
from bot.core.words import notice
from bot.service.deadlines import Ringing
from bot.service.learners import PAGES, ZONE, local
from bot.service.ports import Work
from bot.service.practice import practice
from bot.service.wish_part import PRACTICE

KIND = "practice"
_EVERYBODY = "all"
_HALF = timedelta(minutes=30)
_BEGINNING = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
_TOO_LATE = timedelta(hours=2)
"""After an outage: nobody wants the morning's reminder at night."""


async def set_reminder(work: Work, now: datetime) -> None:
    """Let the next full or half hour ring; to set it again changes nothing."""
    number = (now - _BEGINNING) // _HALF + 1
    await work.deadlines.put(KIND, _EVERYBODY, number, _BEGINNING + number * _HALF)


async def remind(ringing: Ringing) -> Sequence[Effect]:
    """Remind whose hour it is, and set the next deadline."""
    work, due = ringing.work, ringing.deadline.due
    # The next one of all, not of now: after an outage each hour that is not too old gets its turn.
    await set_reminder(work, max(due, ringing.now - _TOO_LATE))
    if ringing.now - due > _TOO_LATE:
        return ()
    posts: list[Effect] = []
    for person, hour in (await work.wishes.wishing(PRACTICE)).items():
        platform = person.partition(":")[0]
        if platform in PAGES or not await _is_hour(work, person, hour, due):
            continue
        missed = len((await practice(work.quizzes, person, ringing.now)).due)
        if missed:
            posts.append(Post(Place(platform, person), _words(missed), ringing.token()))
    return posts


async def _is_hour(work: Work, person: str, hour: str, at: datetime) -> bool:
    """Tell whether it is a person's hour, by their own clocks."""
    here = local(at, await work.wishes.get(person, ZONE) or "UTC")
    return here.hour == int(hour) and here.minute < _HALF.total_seconds() // 60


def _words(missed: int) -> Notice:
    return notice("wish.practice.one") if missed == 1 else notice("wish.practice", count=missed)
