"""Assignments as they are kept: reads them, publishes them, takes attempts, sets what happens later."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from bot.core.assigned import begin as begin_run
from bot.core.assigned import pinned
from bot.core.assignment import due_of, ends, is_late, reminder, revealed, stand
from bot.core.assignment_cards import Seen
from bot.core.assignment_form import Managed
from bot.core.assignment_types import Answered, Assignment, Group, Member, Ran, Run, Setup, Stand
from bot.core.events import Place
from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.live_types import Given
from bot.core.moments import distance, span
from bot.core.quiz import Question, Response
from bot.core.solo_types import Solo
from bot.service.learners import Nowhere, links_to, reachable, shown_at
from bot.service.live_ports import NewSession, Session
from bot.service.ports import Token, Work

KIND = "assignment"
"""The kind of the sessions and deadlines of assignments."""
LINK = "a_"
OPENS, REMIND, DUE, RUN = "open", "remind", "due", "run"
"""What happens later: subjects of deadlines begin so, the number follows."""
MOST = 20
"""Assignments in a list."""
_setup = TypeAdapter(Setup)


@dataclass(frozen=True, slots=True)
class Book:
    """What it takes to read and to change assignments at one moment."""

    work: Work
    library: Library
    now: datetime
    token: Token
    telegram: Nowhere = str
    page: Nowhere = str


async def found(work: Work, session: Session | None) -> Assignment | None:
    """Return the assignment that a session is."""
    if session is None or session.kind != KIND:
        return None
    about = await work.assignments.about(session.id)
    asked = await work.sessions.questions(session.id)
    return Assignment(
        session.id,
        session.code,
        session.title,
        session.host,
        session.pack,
        about.group,
        _setup.validate_python(session.setup),
        tuple(one.question for one in asked),
        about.deleted,
    )


async def by_number(work: Work, number: int) -> Assignment | None:
    """Return an assignment."""
    return await found(work, await work.sessions.by_id(number))


async def by_code(work: Work, code: str) -> Assignment | None:
    """Return the assignment of a code, unless it was taken away."""
    assignment = await found(work, await work.sessions.by_code(code))
    return assignment if assignment and not assignment.deleted else None


async def all_of(work: Work, numbers: Sequence[int]) -> list[Assignment]:
    """Return assignments, those that are there."""
    read = [await by_number(work, number) for number in numbers]
    return [assignment for assignment in read if assignment]


def pack_of(assignment: Assignment, library: Library) -> Pack | None:
    """Return the pack as it is today: its caveat, its title, its facts."""
    packs = (shelf.pack for shelf in library.shelves)
    return next((pack for pack in packs if pack.id == assignment.pack), None)


def books(assignment: Assignment, library: Library) -> Library:
    """Return a library with the questions as they were when the assignment was published."""
    return pinned(assignment.questions, assignment.pack, assignment.title, library)


# Setting and changing.


async def publish(book: Book, assignment: Assignment, version: int) -> Assignment:
    """Keep an assignment, and set what happens later."""
    work, now = book.work, book.now
    new = NewSession(
        assignment.code,
        assignment.pack,
        assignment.title,
        assignment.host,
        _setup.dump_python(assignment.setup, mode="json"),
        {"seed": book.token()},
        "open",
        assignment.questions,
        now,
        version=version,
        kind=KIND,
    )
    session = await work.sessions.open(new)
    await work.assignments.put(session.id, assignment.group)
    kept = replace(assignment, number=session.id)
    await set_deadlines(work, kept, now)
    return kept


async def change(work: Work, assignment: Assignment, setup: Setup, now: datetime) -> Assignment:
    """Keep what the teacher decided anew."""
    session = await work.sessions.by_id(assignment.number, lock=True)
    changed = replace(assignment, setup=setup)
    if session is not None:
        kept = _setup.dump_python(setup, mode="json")
        ended = now if setup.closed else None
        phase = "over" if setup.closed else "open"
        await work.sessions.keep(replace(session, setup=kept, phase=phase, ended=ended))
        await set_deadlines(work, changed, now)
    return changed


async def set_deadlines(work: Work, assignment: Assignment, now: datetime) -> None:
    """Set, or set anew, what happens later: it opens, it is nearly due, it is due."""
    number, setup = assignment.number, assignment.setup
    for what in (OPENS, REMIND, DUE):
        await work.deadlines.drop(KIND, f"{what}/{number}")
    if assignment.deleted or setup.closed:
        return
    if not setup.announced:
        await work.deadlines.put(KIND, f"{OPENS}/{number}", 0, setup.opens)
    if setup.due and setup.due > now:
        await work.deadlines.put(KIND, f"{DUE}/{number}", 0, setup.due)
        await _remind(work, f"{REMIND}/{number}", setup.opens, setup.due, now)


async def grant(
    work: Work, assignment: Assignment, member: Member, due: datetime | None, now: datetime
) -> None:
    """Give a learner a day of their own, with a reminder and an end of its own."""
    number, subject = assignment.number, f"{assignment.number}/{member.number}"
    await work.assignments.extend(number, member.person, due)
    for what in (REMIND, DUE):
        await work.deadlines.drop(KIND, f"{what}/{subject}")
    if due and due > now:
        await work.deadlines.put(KIND, f"{DUE}/{subject}", 0, due)
        await _remind(work, f"{REMIND}/{subject}", now, due, now)
    await _move_ends(work, assignment, member.person, due)


async def _move_ends(
    work: Work, assignment: Assignment, person: str, due: datetime | None
) -> None:
    """Let the attempt that a learner is at last as long as the new day allows."""
    participant = await work.sessions.participant(assignment.number, person)
    runs = await work.assignments.runs(assignment.number, participant.id) if participant else ()
    factor = (await work.sessions.factors(assignment.host)).get(person, 1.0)
    for run in runs:
        if run.handed is None:
            end = ends(assignment.setup, run.begun, factor, due)
            await work.assignments.keep_run(replace(run, ends=end), run.touched)
            await _set_end(work, run.number, end)


async def _remind(work: Work, subject: str, opens: datetime, due: datetime, now: datetime) -> None:
    at = reminder(max(opens, now), due)
    if at > now:
        await work.deadlines.put(KIND, subject, 0, at)


async def _set_end(work: Work, run: int, end: datetime | None) -> None:
    await work.deadlines.drop(KIND, f"{RUN}/{run}")
    if end:
        await work.deadlines.put(KIND, f"{RUN}/{run}", 0, end)


async def prolong(work: Work, run: Run, more: timedelta) -> None:
    """Let an attempt last longer."""
    if run.ends:
        longer = replace(run, ends=run.ends + more)
        await work.assignments.keep_run(longer, run.touched)
        await _set_end(work, run.number, longer.ends)


# As a learner sees one.


async def seen_by(book: Book, assignment: Assignment, person: str) -> Seen:
    """Return an assignment as one learner sees it."""
    work, now = book.work, book.now
    own = await work.assignments.own_due(assignment.number, person)
    setup, due = assignment.setup, due_of(assignment.setup, own)
    zone = await work.wishes.get(person, "zone") or setup.zone
    standing = stand(assignment, now, own)
    participant = await work.sessions.participant(assignment.number, person)
    runs = await work.assignments.runs(assignment.number, participant.id) if participant else ()
    group = await work.classes.group(assignment.group) if assignment.group else None
    far = setup.opens if standing is Stand.EARLY else due
    return Seen(
        assignment,
        standing,
        pack_of(assignment, book.library),
        group.name if group else "",
        shown_at(due, zone) if due else "",
        distance(far, now) if far else "",
        shown_at(setup.opens, zone),
        await _span(work, assignment, person),
        tuple(runs),
        revealed(assignment, now, own),
        due,
    )


async def _span(work: Work, assignment: Assignment, person: str) -> str:
    """Say how long somebody has for an attempt; empty for as long as they like."""
    factor = (await work.sessions.factors(assignment.host)).get(person, 1.0)
    at = assignment.setup.opens
    limit = ends(replace(assignment.setup, late=True), at, factor, None)
    return span(limit - at, exact=True) if limit else ""


async def to_do(work: Work, person: str) -> list[Assignment]:
    """Return the assignments of a learner's classes, newest first."""
    groups = [group.number for group, _ in await work.classes.groups_of(person)]
    return await all_of(work, await work.assignments.of_groups(groups, MOST) if groups else ())


# An attempt.


async def begin(book: Book, seen: Seen, person: str, name: str) -> tuple[Run, Ran]:
    """Begin an attempt; its time runs from now on."""
    work, now, assignment = book.work, book.now, seen.assignment
    own = await work.assignments.own_due(assignment.number, person)
    factor = (await work.sessions.factors(assignment.host)).get(person, 1.0)
    participant = await work.sessions.join(assignment.number, person, name, now)
    end = ends(assignment.setup, now, factor, own)
    number = len(seen.runs) + 1
    bare = Run(0, assignment.number, participant.id, number, Solo(), now, end, touched=now)
    run = await work.assignments.begin(bare, now)
    library = books(assignment, book.library)
    asked = begin_run(run.number, assignment.pack, assignment.questions, book.token(), library)
    await _set_end(work, run.number, end)
    return replace(run, solo=asked.solo), asked


async def keep(book: Book, run: Run, solo: Solo, place: Place) -> None:
    """Keep how far an attempt has come, and where."""
    await book.work.assignments.keep_run(replace(run, solo=solo), book.now, place)


async def answer(work: Work, seen: Seen, run: Run, answered: Answered, now: datetime) -> None:
    """Keep an answer; the first one to a question counts in its attempt."""
    question = answered.question
    scored = not question.sensitive
    given = Given(
        run.participant,
        answered.position,
        answered.response,
        answered.marked.fraction if scored else 0.0,
        answered.marked.right and scored,
        answered.marked.fraction if scored else 0.0,
        max(0.0, (now - run.touched).total_seconds()),
        now,
        run.attempt,
        is_late(now, seen.due_at),
    )
    await work.sessions.take_answers([(run.assignment, given)], change=False)


async def person_of(work: Work, run: Run) -> str:
    """Return whose attempt it is; empty where their data were deleted."""
    there = await work.sessions.participants(run.assignment)
    return next((one.person for one in there if one.id == run.participant), "")


async def hand_in(work: Work, run: Run, now: datetime) -> tuple[Run, bool]:
    """Close an attempt; say whether anything in it is late."""
    handed = replace(run, handed=now)
    await work.assignments.keep_run(handed, now)
    await work.deadlines.drop(KIND, f"{RUN}/{run.number}")
    given = await work.sessions.answers(run.assignment, participant=run.participant)
    return handed, any(one.late for one in given if one.attempt == run.attempt)


async def responses(work: Work, run: Run, questions: Sequence[Question]) -> list[Response | None]:
    """Return what was answered in an attempt, a place for each question."""
    given = await work.sessions.answers(run.assignment, participant=run.participant)
    known = {one.position: one.response for one in given if one.attempt == run.attempt}
    return [known.get(place) for place in range(len(questions))]


# As its teacher sees one.


async def managed_by(book: Book, assignment: Assignment) -> Managed:
    """Return an assignment as its teacher sees it."""
    work = book.work
    group = await work.classes.group(assignment.group) if assignment.group else None
    members = await work.classes.members(group.number) if group else ()
    handed = await work.assignments.handed(assignment.number)
    code, due = assignment.code, assignment.setup.due
    return Managed(
        assignment,
        stand(assignment, book.now),
        pack_of(assignment, book.library),
        sum(many > 0 for many in handed.values()),
        sum(many == 0 for many in handed.values()),
        group,
        shown_at(due, assignment.setup.zone) if due else "",
        tuple(links_to(LINK + code, f"/a/{code}", book.telegram, book.page)),
        sum(not reachable(member.place) for member in members),
    )


async def learners(work: Work, assignment: Assignment) -> tuple[Group | None, Sequence[Member]]:
    """Return the class of an assignment, and who is in it."""
    group = await work.classes.group(assignment.group) if assignment.group else None
    members = await work.classes.members(group.number) if group and not group.closed else ()
    return group, members


def fresh(token: Token) -> str:
    """Return the code of a new assignment, by which its link is found."""
    return token()[:22]
