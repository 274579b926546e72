"""Taking an assignment: what a learner presses and writes, from the link to what was right."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import assignment_cards as cards
from bot.core.answer import Choice
from bot.core.assigned import VERB, points, revisit
from bot.core.assigned import run as move_run
from bot.core.assignment import counting, in_time, may_try
from bot.core.assignment_cards import Seen
from bot.core.assignment_types import Assignment, Attempt, Group, Ran, Reveal, Run, Stand
from bot.core.cards import Action
from bot.core.classes import free_name
from bot.core.effects import Effect, Tell
from bot.core.events import Said
from bot.core.library import Library
from bot.core.manners import Manner, manner
from bot.core.numerals import is_number
from bot.core.solo import stale
from bot.core.solo_types import Asked, Move, Pick, Press, Remark, Write
from bot.core.words import notice, say
from bot.service import assignments as kept
from bot.service.assignments import Book
from bot.service.class_joining import join
from bot.service.learners import Me, shown_at

Done = Sequence[Effect]
HAND_IN, REVISIT = "h", "k"
_WORKING = frozenset({Stand.OPEN, Stand.LATE})


@dataclass(frozen=True, slots=True)
class At:
    """An attempt underway, and who is at it."""

    me: Me
    book: Book
    seen: Seen
    run: Run
    library: Library
    """With the questions as they were when the assignment was published."""

    @property
    def later(self) -> bool:
        """Whether what an answer was worth is told later."""
        return self.seen.assignment.setup.reveal is not Reveal.NOW


def _at(me: Me, book: Book, seen: Seen, run: Run) -> At:
    return At(me, book, seen, run, kept.books(seen.assignment, book.library))


async def look(me: Me, book: Book, code: str) -> Done:
    """Show what an assignment is; who is not in its class is asked to join first."""
    assignment = await kept.by_code(book.work, code)
    if assignment is None:
        return me.toast("assign.gone")
    seen = await kept.seen_by(book, assignment, me.key)
    if await _outside(me, assignment):
        return (me.card(cards.asked_to_join(seen)),)
    return (me.card(cards.intro(seen)),)


async def _outside(me: Me, assignment: Assignment) -> bool:
    """Say whether an assignment belongs to a class in which somebody is not (yet)."""
    if not assignment.group or assignment.host == me.key:
        return False
    group = await me.visit.work.classes.group(assignment.group)
    if group is None or group.closed:
        return False
    return await me.visit.work.classes.member_of(group.number, me.key) is None


async def enter(me: Me, book: Book, code: str) -> Done:
    """Join the class of an assignment, and go on to it."""
    assignment = await kept.by_code(book.work, code)
    group = await book.work.classes.group(assignment.group) if assignment else None
    if assignment is None or group is None or group.closed:
        return me.toast("assign.gone")
    joined = await _joined(me, group)
    return (*joined, *await look(me, book, code))


async def _joined(me: Me, group: Group) -> Done:
    if group.owner == me.key:
        return ()
    member, _ = await join(me, group)
    return (me.say("class.joined", name=group.name, own=member.name),)


async def begin(me: Me, book: Book, code: str) -> Done:
    """Begin an attempt, or go on with the one that is underway."""
    # Held, so that the same person on two devices does not begin the same attempt twice.
    await book.work.sessions.by_code(code, lock=True)
    assignment = await kept.by_code(book.work, code)
    if assignment is None or await _outside(me, assignment):
        return await look(me, book, code)
    seen = await kept.seen_by(book, assignment, me.key)
    if seen.underway:
        return await _go_on(me, book, seen, seen.underway)
    if seen.stand not in _WORKING:
        return me.toast("assign.not-open" if seen.stand is Stand.EARLY else "assign.not-now")
    if not may_try(assignment.setup, len(seen.runs)):
        return me.toast("assign.no-more")
    run, ran = await kept.begin(book, seen, me.key, await _name(me, book, assignment))
    return await _keep(_at(me, book, seen, run), ran)


async def _name(me: Me, book: Book, assignment: Assignment) -> str:
    """Return under which name somebody takes part: that of their class, or a made-up one."""
    member = await book.work.classes.member_of(assignment.group, me.key)
    if member:
        return member.name
    there = await book.work.sessions.participants(assignment.number)
    return free_name(book.token(), [one.name for one in there])


async def _go_on(me: Me, book: Book, seen: Seen, run: Run) -> Done:
    locked = await book.work.assignments.run(run.number)
    if locked is None or locked.handed:
        return me.toast("assign.done")
    at = _at(me, book, seen, locked)
    over = await _over(at)
    if over:
        return over
    return await _keep(at, move_run(locked.solo, Press.RESUME, at.library, later=at.later))


async def _over(at: At) -> Done:
    """Hand an attempt in whose time is up, or whose assignment is closed; nothing where it goes on."""
    up = not in_time(at.book.now, at.run.ends)
    # An attempt may last longer than the day allows: after an outage it gets its time back.
    running = at.run.ends and not at.seen.assignment.setup.closed
    if not up and (running or at.seen.stand is not Stand.CLOSED):
        return ()
    remark = at.me.say("assign.time-up" if up else "assign.closed")
    return remark, await _handed(at, up=up)


async def _handed(at: At, *, up: bool = False) -> Tell:
    _, late = await kept.hand_in(at.book.work, at.run, at.book.now)
    after = await kept.seen_by(at.book, at.seen.assignment, at.me.key)
    return at.me.card(cards.handed(after, at.run.solo, late=late, up=up))


# The moves of an attempt.


async def pressed(me: Me, book: Book, action: Action) -> Done:
    """Do what a button of an attempt stands for."""
    number, _, rest = action.verb.removeprefix(VERB).partition(".")
    what, _, step = rest.partition(".")
    if not (is_number(number) and is_number(step)):
        return me.toast("closed")
    at = await _mine(me, book, int(number))
    if at is None:
        return me.toast("assign.gone")
    if at.run.handed:
        return me.toast("assign.done")
    if what in {HAND_IN, REVISIT}:
        return await _ending(at, what, int(step))
    return await _move(at, what, int(step), action.number)


async def _move(at: At, what: str, step: int, number: int) -> Done:
    if late := stale(at.run.solo, step):
        return at.me.toast(_remark(late))
    if what == "o":
        return await _moved(at, Pick(number))
    return await _moved(at, Press(what)) if what in list(Press) else at.me.toast("closed")


def _remark(remark: Remark) -> str:
    return "assign.old" if remark is Remark.OLD else remark


async def _ending(at: At, what: str, step: int) -> Done:
    """Hand in, or go back to what was left out."""
    if step != at.run.solo.step:
        return at.me.toast("assign.old")
    over = await _over(at)
    if over:
        return over
    if what == HAND_IN:
        return (await _handed(at),)
    return await _keep(at, revisit(at.run.solo, at.library))


async def written(me: Me, book: Book, run: int) -> Done:
    """Take words as the answer to the question that waits for them."""
    event = me.visit.event
    assert isinstance(event, Said)  # noqa: S101 - only words are awaited
    # Who is in distress needs a person, not a mark; the question goes on waiting.
    if manner(event.text) is Manner.DISTRESS:
        return (me.say("kind"),)
    at = await _mine(me, book, run)
    if at is None or at.run.handed:
        return me.toast("assign.done")
    return await _moved(at, Write(event.text))


async def _moved(at: At, made: Move) -> Done:
    over = await _over(at)
    if over:
        return over
    ran = move_run(at.run.solo, made, at.library, later=at.later)
    if ran.answered:
        await kept.answer(at.book.work, at.seen, at.run, ran.answered, at.book.now)
    return await _keep(at, ran)


async def _keep(at: At, ran: Ran) -> Done:
    """Keep how far an attempt has come, and show what came of it."""
    me, run = at.me, at.run
    await kept.keep(at.book, run, ran.solo, me.visit.event.place)
    if me.pressing and ran.shown and isinstance(ran.shown[0], Remark):
        return me.toast(_remark(ran.shown[0]))
    ends = shown_at(run.ends, at.seen.assignment.setup.zone) if run.ends else ""
    changed = any(isinstance(shown, Asked) and shown.changed for shown in ran.shown)
    written = cards.write(ran, at.library, ends)
    return [Tell(what, instead=changed and me.pressing, once=True) for what in written]


async def _mine(me: Me, book: Book, number: int) -> At | None:
    """Return an attempt to the person whose it is."""
    run = await book.work.assignments.run(number)
    if run is None:
        return None
    participant = await book.work.sessions.participant(run.assignment, me.key)
    if participant is None or participant.id != run.participant:
        return None
    assignment = await kept.by_number(book.work, run.assignment)
    if assignment is None or assignment.deleted:
        return None
    return _at(me, book, await kept.seen_by(book, assignment, me.key), run)


async def review(me: Me, book: Book, code: str) -> Done:
    """Show what was right in the attempt that counts."""
    assignment = await kept.by_code(book.work, code)
    if assignment is None:
        return me.toast("assign.gone")
    seen = await kept.seen_by(book, assignment, me.key)
    done = [run for run in seen.runs if run.handed]
    if not seen.revealed or not done:
        return me.toast("assign.not-yet")
    run = _counting(done, assignment)
    given = await kept.responses(book.work, run, assignment.questions)
    library = kept.books(assignment, book.library)
    return (Tell(cards.review(seen, run.attempt, given, library)),)


def _counting(done: Sequence[Run], assignment: Assignment) -> Run:
    """Return the attempt that counts among those that were handed in."""
    came_to = [Attempt(run.attempt, points(run.solo)) for run in done]
    counts = counting(came_to, assignment.setup.counts)
    return next((run for run in done if counts and run.attempt == counts.number), done[-1])


async def to_do(me: Me, book: Book) -> Tell:
    """List the assignments of somebody's classes."""
    listed: list[Choice] = []
    for assignment in await kept.to_do(book.work, me.key):
        seen = await kept.seen_by(book, assignment, me.key)
        label = say("assign.button.work", title=assignment.title, state=cards.state_of(seen))
        listed.append(Choice(label, f"a.t.{assignment.code}"))
    key = "assign.work" if listed else "assign.work.none"
    return me.card(notice(key, me.language, tuple(listed)))
