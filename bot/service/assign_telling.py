"""What people are told of assignments without asking: it opens, it is nearly due, it was due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.answer import Answer
from bot.core.assignment_cards import handed, invited
from bot.core.assignment_form import was_due
from bot.core.assignment_types import Assignment, Member, Reveal, Run
from bot.core.effects import Post
from bot.core.events import Place
from bot.core.moments import span
from bot.core.words import notice, say
from bot.service.assignments import (
    DUE,
    LINK,
    OPENS,
    REMIND,
    RUN,
    Book,
    by_number,
    change,
    hand_in,
    learners,
    managed_by,
    person_of,
    prolong,
    seen_by,
)
from bot.service.deadlines import Back, Ringing
from bot.service.granting import private_place
from bot.service.learners import Nowhere, links_to, reachable

ALONE = frozenset({"discord"})
"""The platforms on which a button in a room leads each to what is theirs alone."""
_SHORT = timedelta(minutes=2)
"""An absence that is told in seconds."""
REMINDERS = "reminders"
"""The wish to be told before work is due."""

Posts = Sequence[Post]


async def announce(book: Book, assignment: Assignment) -> Posts:
    """Tell the learners of a class, and the rooms where it was begun, that there is work to do."""
    if assignment.setup.announced:
        return ()
    setup = replace(assignment.setup, announced=True)
    told = await change(book.work, assignment, setup, book.now)
    group, members = await learners(book.work, told)
    head = say("assign.new", name=group.name) if group else say("assign.new.open")
    rooms = [room.place for room in await book.work.sessions.rooms(told.number)]
    code = told.code
    links = links_to(LINK + code, f"/a/{code}", book.telegram, book.page)
    # In a room it stands as nobody in particular sees it.
    posts = [
        _post(
            book,
            place,
            invited(await seen_by(book, told, ""), head, () if place.platform in ALONE else links),
        )
        for place in rooms
    ]
    for member in members:
        posts += await _to(book, told, member, head)
    return posts


async def _invitation(book: Book, assignment: Assignment, person: str, head: str) -> Answer:
    return invited(await seen_by(book, assignment, person), head)


async def _to(book: Book, assignment: Assignment, member: Member, head: str) -> Posts:
    if member.place is None or not reachable(member.place):
        return ()
    return (_post(book, member.place, await _invitation(book, assignment, member.person, head)),)


def _post(book: Book, place: Place, what: Answer) -> Post:
    return Post(place, what, book.token())


@dataclass(frozen=True, slots=True)
class AssignmentTimes:
    """Does what was set for later, in the transaction that strikes it off: so each thing once."""

    page_address: Nowhere = str
    """Returns where other people's browsers find the page; "" where there is none."""
    telegram: Nowhere = str
    """Returns the bot's name on Telegram; "" where it has none."""

    async def ring(self, ringing: Ringing) -> Posts:
        """Return what is to be told once a deadline has come."""
        book = Book(
            ringing.work,
            ringing.library,
            ringing.now,
            ringing.token,
            self.telegram,
            self.page_address,
        )
        what, *numbers = ringing.deadline.subject.split("/")
        if what == RUN:
            return await _time_up(book, int(numbers[0]))
        assignment = await by_number(ringing.work, int(numbers[0]))
        if assignment is None or assignment.deleted or assignment.setup.closed:
            return ()
        only = int(numbers[1]) if len(numbers) > 1 else 0
        return await _RINGING[what](book, assignment, only)


async def give_back(back: Back) -> Posts:
    """Give every timed attempt the time back in which nobody was there."""
    running = await back.work.assignments.timed(back.since)
    return [post for run in running for post in await _given_back(back, run)]


async def _opens(book: Book, assignment: Assignment, _: int) -> Posts:
    return await announce(book, assignment)


async def _concerned(book: Book, assignment: Assignment, only: int) -> list[Member]:
    """Return who wished to be told, and whose day it is: everybody's, or that of one alone."""
    group, members = await learners(book.work, assignment)
    if group is None:
        members = await _taking(book, assignment)
    own = await book.work.assignments.extensions(assignment.number)
    theirs = [
        member
        for member in members
        if (member.number == only if only else member.person not in own)
    ]
    wishing = await book.work.wishes.wishing(REMINDERS)
    return [member for member in theirs if member.person in wishing]


async def _taking(book: Book, assignment: Assignment) -> list[Member]:
    """Return who has begun an assignment that belongs to no class."""
    there = await book.work.sessions.participants(assignment.number)
    return [Member(0, 0, one.person, one.name, place=private_place(one.person)) for one in there]


async def _remind(book: Book, assignment: Assignment, only: int) -> Posts:
    """Remind those who wished it and have not handed anything in."""
    posts: list[Post] = []
    for member in await _concerned(book, assignment, only):
        seen = await seen_by(book, assignment, member.person)
        if not any(run.handed for run in seen.runs):
            head = say("assign.remind", distance=seen.distance, title=assignment.title)
            posts += await _to(book, assignment, member, head)
    return posts


async def _was_due(book: Book, assignment: Assignment, only: int) -> Posts:
    """Tell the teacher how many took part, and learners that they can see what was right."""
    posts: list[Post] = []
    home = private_place(assignment.host)
    if home and not only:
        posts.append(_post(book, home, was_due(await managed_by(book, assignment))))
    if assignment.setup.reveal is not Reveal.DUE:
        return posts
    for member in await _concerned(book, assignment, only):
        seen = await seen_by(book, assignment, member.person)
        if any(run.handed for run in seen.runs):
            head = say("assign.open.results", title=assignment.title)
            posts += await _to(book, assignment, member, head)
    return posts


async def _time_up(book: Book, number: int) -> Posts:
    """Hand an attempt in whose time is up, and tell its learner."""
    run = await book.work.assignments.run(number)
    if run is None or run.handed or run.ends is None or run.ends > book.now:
        return ()
    _, late = await hand_in(book.work, run, book.now)
    assignment = await by_number(book.work, run.assignment)
    person = await person_of(book.work, run)
    place = private_place(person)
    if assignment is None or place is None:
        return ()
    seen = await seen_by(book, assignment, person)
    return (_post(book, place, handed(seen, run.solo, late=late, up=True)),)


async def _given_back(back: Back, run: Run) -> Posts:
    """Give one attempt its lost time back, and tell its learner."""
    assignment = await by_number(back.work, run.assignment)
    if assignment is None or not assignment.setup.minutes:
        return ()  # it ends when the work is due, which is the same moment for all
    lost = back.now - max(back.since, run.begun)
    await prolong(back.work, run, lost)
    place = private_place(await person_of(back.work, run))
    if place is None:
        return ()
    away = f"{round(lost.total_seconds())} s" if lost < _SHORT else span(lost)
    told = notice("assign.away", lost=away, title=assignment.title)
    return (Post(place, told, back.token()),)


_RINGING = {OPENS: _opens, REMIND: _remind, DUE: _was_due}
