"""Puts sessions that were held (`tests.held`) into a store, as if they had been played."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.core.events import Person, Place
from bot.core.live_types import Given
from bot.core.results import Taken
from bot.service.live_ports import NewSession, Room
from bot.service.ports import Store
from tests.cast import GROUP, NOON, TEACHER


@dataclass(frozen=True)
class How:
    """How a session was held."""

    host: Person = TEACHER
    kind: str = "live"
    phase: str = "over"
    setup: Mapping[str, object] = field(default_factory=dict[str, object])
    place: Place | None = GROUP
    code: str = "ABC234"


OVER = How()


async def hold(store: Store, taken: Taken, people: Sequence[Person] = (), how: How = OVER) -> int:
    """Keep a session with its answers; return its number."""
    new = NewSession(
        how.code, taken.pack, taken.title, how.host.key, how.setup, {}, how.phase,
        [item.question for item in taken.items], taken.at, kind=how.kind,
    )  # fmt: skip
    async with store.work(NOON) as work:
        session = await work.sessions.open(new)
        numbers: dict[int, int] = {}
        for n, learner in enumerate(taken.learners):
            key = people[n].key if n < len(people) else f"telegram:{5000 + n}"
            joined = await work.sessions.join(session.id, key, learner.pseudonym, taken.at)
            numbers[learner.number] = joined.id
        given = [
            Given(
                numbers[r.learner],
                r.position,
                r.response,
                r.fraction,
                r.right,
                r.points,
                r.took,
                r.at,
                attempt=r.attempt,
                late=r.late,
            )
            for r in taken.replies
        ]
        await work.sessions.take_answers([(session.id, one) for one in given])
        await work.sessions.keep(replace(session, ended=NOON + timedelta(minutes=5)))
        if how.place:
            await work.sessions.put_room(session.id, Room(how.place, at=NOON))
    return session.id
