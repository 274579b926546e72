"""Setting an assignment: the teacher's form, publishing, and what can be changed afterwards."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.core import assignment_form as form
from bot.core.assignment_setup import (
    END_OF_DAY,
    Desk,
    Draft,
    Drafted,
    back,
    pack_of,
    press_field,
    press_option,
    problem,
    questions,
    read_line,
    write,
)
from bot.core.assignment_types import Assignment, Setup
from bot.core.cards import Action
from bot.core.classes import UNDO
from bot.core.effects import Effect, Expect, Tell
from bot.core.events import Place
from bot.core.moments import read_moment
from bot.core.numerals import is_number
from bot.core.roles import Act
from bot.core.solo import packs
from bot.service import assignments as kept
from bot.service.assign_telling import announce
from bot.service.assignments import Book
from bot.service.granting import allowed, refused
from bot.service.learners import ZONE, Me, find_zone, local
from bot.service.live_ports import Room

Done = Sequence[Effect]
WORDS = "assign.form"
"""What words are awaited for that fill the open field of the form."""


async def desk_of(me: Me, book: Book) -> Desk:
    """Return what a teacher can choose from, and what time it is for them."""
    groups = [group for group in await book.work.classes.owned(me.key) if not group.closed]
    return Desk(book.library, groups, local(book.now, await me.zone()))


async def begin(
    me: Me, book: Book, line: str = "", group: int = 0, chat: Place | None = None
) -> Done:
    """Begin a new assignment; where it was begun in a group, it is posted there."""
    if not await allowed(book.work, me.key, Act.ASSIGN):
        return (Tell(refused(Act.ASSIGN, me.language)),)
    if not packs(book.library):
        return (me.say("assign.none"),)
    before = await book.work.assignments.draft(me.key)
    where = (chat.chat, chat.thread) if chat else ("", "")
    step = before.step + 1 if before else 0
    fresh = Draft(step, None, group, chat=where[0], thread=where[1], seed=book.token(), line=line)
    drafted = await _read(me, book, fresh)
    await book.work.assignments.keep_draft(me.key, drafted.draft, book.now)
    return () if chat else await _form(me, book, drafted)


async def resume(me: Me, book: Book) -> Done:
    """Show the form of the assignment that was begun, or a new one."""
    draft = await book.work.assignments.draft(me.key)
    if draft is None:
        return await begin(me, book)
    return await _drafted(me, book, await _read(me, book, draft))


async def _read(me: Me, book: Book, draft: Draft) -> Drafted:
    """Read the line that was written at once: as soon as it is known what time it is there."""
    if not draft.line or await book.work.wishes.get(me.key, ZONE) is None:
        return Drafted(draft)
    desk = await desk_of(me, book)
    return read_line(draft.line, draft.seed, desk, replace(draft, line=""))


async def _form(me: Me, book: Book, drafted: Drafted) -> Done:
    """Show the form, or the open field; ask for the time zone first where it is not known."""
    if await book.work.wishes.get(me.key, ZONE) is None:
        return Expect("assign.zone"), me.card(form.asked_zone())
    desk, draft = await desk_of(me, book), drafted.draft
    if draft.field is None:
        shown = form.form(draft, desk, await me.zone(), drafted.problem)
        return Expect(""), me.card(shown)
    return Expect(WORDS), me.card(form.choosing(draft, desk, drafted.problem))


async def zone_pressed(me: Me, book: Book, number: int) -> Done:
    """Keep a time zone that was chosen, or ask for one."""
    if not 0 <= number < len(form.ZONES):
        return Expect("assign.zone"), me.card(form.asked_zone())
    await book.work.wishes.put(me.key, ZONE, form.ZONES[number])
    return await resume(me, book)


async def zone_written(me: Me, book: Book, words: str) -> Done:
    """Keep a time zone that was written."""
    zone = find_zone(words)
    if not zone:
        return Expect("assign.zone"), me.card(form.asked_zone("assign.zone.bad"))
    await book.work.wishes.put(me.key, ZONE, zone)
    return await resume(me, book)


async def pressed(me: Me, book: Book, action: Action) -> Done:
    """Do what a button of the form stands for."""
    what, _, step = action.verb.removeprefix("a.").partition(".")
    draft = await book.work.assignments.draft(me.key)
    if draft is None or step != str(draft.step):
        return me.toast("assign.old")
    desk = await desk_of(me, book)
    match what:
        case "f" | "p":
            press = press_field if what == "f" else press_option
            return await _drafted(me, book, press(draft, action.number, desk))
        case "b":
            return await _drafted(me, book, Drafted(back(draft)))
        case "v":
            return (me.card(form.preview(draft, desk)),)
        case "x":
            await book.work.assignments.keep_draft(me.key, None, book.now)
            return Expect(""), me.card(me.notice("assign.form.discarded"))
        case _:
            return await _publish(me, book, draft, desk)


async def _drafted(me: Me, book: Book, drafted: Drafted) -> Done:
    if drafted.problem == "assign.old":
        return me.toast("assign.old")
    await book.work.assignments.keep_draft(me.key, drafted.draft, book.now)
    return await _form(me, book, drafted)


async def written(me: Me, book: Book, words: str) -> Done:
    """Fill the open field with words."""
    draft = await book.work.assignments.draft(me.key)
    if draft is None:
        return (Expect(""), *me.toast("assign.old"))
    return await _drafted(me, book, write(draft, words, await desk_of(me, book)))


async def _publish(me: Me, book: Book, draft: Draft, desk: Desk) -> Done:
    wrong, pack = problem(draft, desk), pack_of(draft, desk)
    if wrong or pack is None:
        return await _form(me, book, Drafted(draft, wrong or "assign.form.empty"))
    versions = await book.work.banks.published()
    assignment = Assignment(
        0,
        kept.fresh(book.token),
        form.titled(draft, desk),
        me.key,
        pack.id,
        draft.group,
        await _setup(me, book, draft),
        questions(draft, desk),
    )
    published = await kept.publish(book, assignment, versions.get(pack.id, 0))
    if draft.chat:
        place = Place(draft.chat.partition(":")[0], draft.chat, draft.thread, private=False)
        await book.work.sessions.put_room(published.number, Room(place, at=book.now))
    await book.work.assignments.keep_draft(me.key, None, book.now)
    at_once = published.setup.opens <= book.now
    posts = await announce(book, published) if at_once else ()
    shown = form.managed(await kept.managed_by(book, published), "assign.published")
    return Expect(""), me.card(shown), *posts


async def _setup(me: Me, book: Book, draft: Draft) -> Setup:
    return Setup(
        max(draft.opens or book.now, book.now),
        draft.due,
        await me.zone(),
        draft.attempts,
        draft.counts,
        draft.reveal,
        draft.minutes,
        draft.late,
    )


# What was published.


async def mine(me: Me, book: Book, number: int) -> Assignment | None:
    """Return an assignment to who has set it, for as long as they are a teacher."""
    assignment = await kept.by_number(book.work, number)
    if assignment is None or assignment.host != me.key:
        return None
    return assignment if await allowed(book.work, me.key, Act.ASSIGN) else None


async def listed(me: Me, book: Book) -> Tell:
    """List what a teacher has set."""
    numbers = await book.work.assignments.hosted(me.key, kept.MOST)
    return me.card(form.listed(await kept.all_of(book.work, numbers)))


async def manage(me: Me, book: Book, number: int) -> Done:
    """Show an assignment to its teacher."""
    assignment = await mine(me, book, number)
    if assignment is None or assignment.deleted:
        return me.toast("assign.not-yours")
    return (await _shown(me, book, assignment),)


async def _shown(me: Me, book: Book, assignment: Assignment) -> Tell:
    return me.card(form.managed(await kept.managed_by(book, assignment)))


async def edit(me: Me, book: Book, verb: str) -> Done:
    """Change an assignment that was published."""
    number, _, what = verb.partition(".")
    assignment = await mine(me, book, int(number)) if is_number(number) else None
    press = _EDITS.get(what)
    gone = assignment is None or (assignment.deleted is not None) != (what == "u")
    if assignment is None or press is None or gone:
        return me.toast("assign.not-yours")
    return await press(me, book, assignment)


async def _changed(me: Me, book: Book, assignment: Assignment, setup: Setup) -> Done:
    changed = await kept.change(book.work, assignment, setup, book.now)
    return (await _shown(me, book, changed),)


async def _ask_due(me: Me, _: Book, assignment: Assignment) -> Done:
    return Expect("assign.due", str(assignment.number)), me.say("assign.due.ask")


async def _reveal(me: Me, book: Book, assignment: Assignment) -> Done:
    setup = assignment.setup
    return await _changed(
        me, book, assignment, replace(setup, reveal=form.next_reveal(setup.reveal))
    )


async def _close(me: Me, book: Book, assignment: Assignment) -> Done:
    return await _changed(me, book, assignment, replace(assignment.setup, closed=True))


async def _reopen(me: Me, book: Book, assignment: Assignment) -> Done:
    return await _changed(me, book, assignment, replace(assignment.setup, closed=False))


async def _ask_delete(me: Me, book: Book, assignment: Assignment) -> Done:
    many = len(await book.work.sessions.participants(assignment.number))
    return (me.card(form.asked_to_delete(assignment, many)),)


async def _delete(me: Me, book: Book, assignment: Assignment) -> Done:
    await book.work.assignments.delete(assignment.number, book.now)
    await kept.set_deadlines(book.work, replace(assignment, deleted=book.now), book.now)
    return (me.card(form.deleted(assignment)),)


async def _undo(me: Me, book: Book, assignment: Assignment) -> Done:
    if assignment.deleted is None or assignment.deleted < book.now - UNDO:
        return me.toast("assign.gone")
    await book.work.assignments.delete(assignment.number, None)
    back_again = replace(assignment, deleted=None)
    await kept.set_deadlines(book.work, back_again, book.now)
    return (await _shown(me, book, back_again),)


async def _ask_whom(me: Me, book: Book, assignment: Assignment) -> Done:
    _, members = await kept.learners(book.work, assignment)
    return (me.card(form.asked_whom(assignment, members)),)


async def ask_own(me: Me, book: Book, verb: str) -> Done:
    """Ask for the day of one learner alone."""
    number, _, member = verb.partition(".")
    assignment = await mine(me, book, int(number)) if is_number(number) else None
    found = await book.work.classes.member(int(member)) if is_number(member) else None
    if assignment is None or found is None or found.group != assignment.group:
        return me.toast("assign.not-yours")
    name = found.label or found.name
    return Expect("assign.own", f"{number}/{member}"), me.say("assign.own.when", name=name)


async def own_written(me: Me, book: Book, words: str) -> Done:
    """Grant a learner a day of their own."""
    number, _, member = me.visit.expected_for.partition("/")
    assignment = await mine(me, book, int(number))
    found = await book.work.classes.member(int(member))
    if assignment is None or found is None or found.group != assignment.group:
        return (Expect(""), *me.toast("assign.not-yours"))
    none, due = await _due(me, book, words)
    if due is None and not none:
        return (me.say("assign.due.bad"),)
    await kept.grant(book.work, assignment, found, due, book.now)
    return Expect(""), await _shown(me, book, assignment)


async def due_written(me: Me, book: Book, words: str) -> Done:
    """Change when an assignment is due."""
    assignment = await mine(me, book, int(me.visit.expected_for))
    if assignment is None or assignment.deleted:
        return (Expect(""), *me.toast("assign.not-yours"))
    none, due = await _due(me, book, words)
    if due is None and not none:
        return (me.say("assign.due.bad"),)
    return (Expect(""), *await _changed(me, book, assignment, replace(assignment.setup, due=due)))


async def _due(me: Me, book: Book, words: str) -> tuple[bool, datetime | None]:
    """Read a day: whether there is to be none, and else which, if any can be read."""
    if words.strip().casefold() in {"none", "never", "no"}:
        return True, None
    due = read_moment(words, local(book.now, await me.zone()), END_OF_DAY)
    return False, due if due and due > book.now else None


_Edit = Callable[[Me, Book, Assignment], Awaitable[Done]]
_EDITS: Mapping[str, _Edit] = {
    "d": _ask_due,
    "r": _reveal,
    "c": _close,
    "o": _reopen,
    "x": _ask_delete,
    "y": _delete,
    "u": _undo,
    "i": _ask_whom,
}
