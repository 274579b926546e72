"""Mended keys: found, offered to each teacher concerned, applied, undone, and told to the learners."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.effects import Post
from bot.core.events import Place
from bot.core.facts import Pack
from bot.core.quiz import Question
from bot.core.regrade import Regrade, key_changed, regrade
from bot.core.regrade_cards import offered, to_learner
from bot.core.result_cards import packs_of
from bot.service.desk import Desk
from bot.service.keeping import Posting
from bot.service.ports import Work
from bot.service.result_ports import Held, Mended, Stage

_DECIDED = "regrade"


async def offer_regrades(desk: Desk, packs: Iterable[Pack] | None = None) -> int:
    """Offer to regrade every session in which a question was answered whose key is another one now.

    Call it when packs were loaded, and after one was published; without packs it takes those of the
    library. What was offered once is not offered again. Returns how many offers were made.
    """
    now = desk.clock()
    known = tuple(shelf.pack for shelf in desk.library.shelves) if packs is None else tuple(packs)
    async with desk.store.work(now) as work:
        posts, made = await _offers(work, known, desk)
        posting = Posting(desk, work, now)
        await posting.keep(posts)
    for platform in posting.queued:
        desk.wake(platform)
    return made


async def _offers(work: Work, packs: Sequence[Pack], desk: Desk) -> tuple[list[Post], int]:
    present = {(pack.id, q.id): q for pack in packs for q in pack.questions}
    hashes = {key: question.hash for key, question in present.items()}
    await work.results.pass_over([key[0] for key in hashes], set(hashes.values()))
    posts: list[Post] = []
    made = 0
    for stale in await work.results.stale(hashes):
        new = present[stale.pack, stale.old.id]
        if not key_changed(stale.old, new):
            continue
        number = await work.results.offer(stale.session, stale.old, new, stale.pack)
        held = await work.results.held(stale.session)
        if number is None or held is None:
            continue
        made += 1
        posts += await _offer(work, number, held, (stale.old, new), desk)
    return posts, made


async def _offer(
    work: Work, number: int, held: Held, versions: tuple[Question, Question], desk: Desk
) -> list[Post]:
    """Return the card for the teacher, where a message reaches them; the page shows it anyway."""
    old, new = versions
    place = (await reachable(work, {0: held.host}, desk)).get(0)
    if place is None:
        return []
    found = regrade(held.taken, {old.hash: new})
    return [Post(place, offered(number, old, new, found, desk.library), desk.token())]


async def reachable(work: Work, people: Mapping[int, str], desk: Desk) -> Mapping[int, Place]:
    """Return the private chats into which a message can be sent now."""
    found = await work.results.private(people)
    return {n: p for n, p in found.items() if p.platform in desk.outbox & desk.markups.keys()}


@dataclass(frozen=True, slots=True)
class Case:
    """A mended key with the session that it concerns."""

    mended: Mended
    held: Held
    found: Regrade
    """What applying it comes to; once it is applied, what undoing it comes to."""


async def case_of(work: Work, number: int, host: str) -> Case | None:
    """Return a mended key of a host's session, or None where there is none of that number."""
    mended = await work.results.mended(number)
    held = await work.results.held(mended.session) if mended else None
    if mended is None or held is None or not host or host != held.host:
        return None
    old, new = mended.old, mended.new
    if mended.stage is Stage.APPLIED:
        old, new = new, old
    return Case(mended, held, regrade(held.taken, {old.hash: new}))


@dataclass(frozen=True, slots=True)
class Told:
    """What was decided, and what learners are told of it."""

    posts: tuple[Post, ...]
    count: int


async def apply(work: Work, case: Case, by: str, desk: Desk) -> Told:
    """Mark the session anew and write it into the audit log."""
    await work.results.remark(case.mended, case.found.changes)
    await _settled(work, case, by, Stage.APPLIED)
    return await _tell(work, case, (case.mended.old, case.mended.new), desk)


async def undo(work: Work, case: Case, by: str, desk: Desk) -> Told:
    """Give the session its old marks back."""
    await work.results.restore(case.mended)
    await _settled(work, case, by, Stage.UNDONE)
    return await _tell(work, case, (case.mended.new, case.mended.old), desk)


async def leave(work: Work, case: Case, by: str) -> None:
    """Leave the session as it is."""
    await _settled(work, case, by, Stage.LEFT)


async def _settled(work: Work, case: Case, by: str, stage: Stage) -> None:
    mended = case.mended
    await work.results.settle(mended.number, stage)
    subject = f"session {mended.session}, question {mended.old.id}"
    before = f"{mended.stage}: {mended.old.hash}"
    after = f"{stage}: {mended.new.hash}, {len(case.found.changes)} marks"
    await work.roles.record(by, f"{_DECIDED}.{stage}", subject, before, after)


async def _tell(work: Work, case: Case, versions: tuple[Question, Question], desk: Desk) -> Told:
    """Tell those who had seen the old feedback: each once, in private."""
    if not case.held.shown:
        return Told((), 0)
    people = await work.results.people_of(case.mended.session)
    concerned = {n: key for n, key in people.items() if n in case.found.concerned}
    places = await reachable(work, concerned, desk)
    shifts = {shift.learner.number: shift for shift in case.found.shifts}
    packs = packs_of([case.held.taken], desk.library)
    told = (
        (place, to_learner(*versions, shifts.get(number), case.held.taken, packs))
        for number, place in places.items()
    )
    posts = tuple(Post(place, answer, desk.token()) for place, answer in told)
    return Told(posts, len(posts))


async def send(desk: Desk, work: Work, told: Told, by: str) -> set[str]:
    """Put what learners are told into the outbox; return the platforms to wake afterwards."""
    posting = Posting(desk, work, desk.clock(), by)
    await posting.keep(told.posts)
    return posting.queued
