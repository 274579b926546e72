"""Assignments in words for their teacher: the form, its lists, the preview, what was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.answer import Answer, Choice, Notice, Role
from bot.core.assignment_cards import answer, button
from bot.core.assignment_setup import (
    Desk,
    Draft,
    Field,
    fields,
    options,
    pack_of,
    pool,
    questions,
)
from bot.core.assignment_types import Assignment, Group, Member, Reveal, Stand
from bot.core.facts import Pack
from bot.core.moments import show_moment
from bot.core.results import key_of
from bot.core.show import plain, strong
from bot.core.words import notice, say

ZONES = (
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "UTC",
)
"""The zones that can be chosen by a button; any other is written."""


def asked_zone(key: str = "assign.zone.ask") -> Notice:
    """Ask a teacher for their time zone."""
    return notice(key, "en", tuple(Choice(_city(z), f"a.z|{n}") for n, z in enumerate(ZONES)))


def _city(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def form(draft: Draft, desk: Desk, zone: str, problem: str = "") -> Answer:
    """Show an assignment that is being set up: each line can be changed by its button."""
    shown = fields(draft, desk)
    lines = [say(f"assign.form.{field}", value=value(field, draft, desk, zone)) for field in shown]
    blocks = [plain(say(problem))] if problem else []
    blocks += [strong(say("assign.form")), *(plain(line, Role.ITEM) for line in lines)]
    blocks.append(plain(say("assign.zone", zone=_city(zone))))
    choices = [Choice(line, f"a.f.{draft.step}|{n}") for n, line in enumerate(lines)]
    choices += [
        button("preview", f"v.{draft.step}"),
        button("publish", f"y.{draft.step}"),
        button("zone", "z"),
        button("discard", f"x.{draft.step}"),
    ]
    return answer(pack_of(draft, desk), blocks, choices)


def value(field: Field, draft: Draft, desk: Desk, zone: str) -> str:
    """Return what a field of the form is set to, in words."""
    match field:
        case Field.GROUP:
            known = {group.number: group.name for group in desk.groups}
            return known.get(draft.group) or say("assign.value.no-class")
        case Field.OPENS | Field.DUE:
            at = draft.opens if field is Field.OPENS else draft.due
            none = "at-once" if field is Field.OPENS else "no-due"
            return moment(at, desk, zone) if at else say(f"assign.value.{none}")
        case Field.LIMIT if draft.minutes:
            return say("assign.value.minutes", many=draft.minutes)
        case Field.LIMIT:
            return say("assign.value.no-limit")
        case _:
            return _plain_value(field, draft, desk)


def _plain_value(field: Field, draft: Draft, desk: Desk) -> str:
    pack = pack_of(draft, desk)
    match field:
        case Field.PACK:
            return pack.title if pack else ""
        case Field.TOPICS:
            named = [pack.topics.get(topic, topic) for topic in draft.topics] if pack else []
            return ", ".join(named) or say("assign.value.all")
        case Field.PICKED:
            return str(len(draft.picked)) if draft.picked else say("assign.value.drawn")
        case Field.LENGTH:
            return str(len(questions(draft, desk)))
        case Field.ATTEMPTS:
            return str(draft.attempts)
        case _:
            return _switch(field, draft)


def _switch(field: Field, draft: Draft) -> str:
    match field:
        case Field.COUNTS:
            return say(f"assign.value.{draft.counts}")
        case Field.REVEAL:
            return say(f"assign.value.{draft.reveal}")
        case Field.LATE:
            return say("assign.value.late" if draft.late else "assign.value.no-late")
        case _:
            return say("assign.value.on" if draft.sensitive else "assign.value.off")


def moment(at: datetime, desk: Desk, zone: str) -> str:
    """Write a moment by the teacher's clock."""
    return show_moment(at.astimezone(desk.now.tzinfo), zone)


def choosing(draft: Draft, desk: Desk, problem: str = "") -> Answer:
    """Show what the open field can be set to."""
    blocks = [plain(say(problem))] if problem else []
    blocks.append(strong(say(f"assign.choose.{draft.field}")))
    if draft.field is Field.PICKED:
        stems = enumerate(pool(draft, desk), 1)
        blocks += [plain(f"{n}. {question.stem}", Role.ITEM) for n, question in stems]
    listed = enumerate(options(draft, desk))
    choices = [
        Choice(_label(draft, option.label, chosen=option.chosen), f"a.p.{draft.step}|{n}")
        for n, option in listed
    ]
    return answer(pack_of(draft, desk), blocks, [*choices, button("form", f"b.{draft.step}")])


def _label(draft: Draft, label: str, *, chosen: bool) -> str:
    match draft.field:
        case Field.OPENS | Field.DUE:
            named = say(f"assign.option.{draft.field}.{label}")
        case Field.LIMIT:
            named = (
                say("assign.option.limit", many=label) if label else say("assign.option.limit.0")
            )
        case _:
            named = label or say(f"assign.option.{draft.field}")
    return f"[x] {named}" if chosen else named


def preview(draft: Draft, desk: Desk) -> Answer:
    """Show every question with its key, as nobody else sees it."""
    blocks = [strong(say("assign.preview"))]
    for number, question in enumerate(questions(draft, desk), 1):
        blocks.append(plain(f"{number}. {question.stem}"))
        if found := key_of(question):
            blocks.append(plain(say("assign.preview.key", right=found), Role.ITEM))
    choices = (button("publish", f"y.{draft.step}"), button("form", f"b.{draft.step}"))
    return answer(pack_of(draft, desk), blocks, choices)


def titled(draft: Draft, desk: Desk) -> str:
    """Return what an assignment is called: its topics, or its pack."""
    pack = pack_of(draft, desk)
    named = [pack.topics.get(topic, topic) for topic in draft.topics] if pack else []
    return ", ".join(named) or (pack.title if pack else "")


# What was published.


@dataclass(frozen=True, slots=True)
class Managed:
    """An assignment as its teacher sees it."""

    assignment: Assignment
    stand: Stand
    pack: Pack | None
    done: int = 0
    """How many learners have handed in."""
    begun: int = 0
    group: Group | None = None
    due: str = ""
    links: tuple[str, ...] = ()
    unreached: int = 0
    """How many learners of the class cannot be written to."""


def listed(assignments: Sequence[Assignment]) -> Notice:
    """List the assignments of a teacher."""
    choices = [Choice(one.title, f"a.m.{one.number}") for one in assignments]
    key = "assign.list" if assignments else "assign.list.none"
    return notice(key, "en", (*choices, button("new", "n.0")))


def managed(seen: Managed, head: str = "assign.one") -> Answer:
    """Show an assignment to its teacher, with what can be changed."""
    number, setup, group = seen.assignment.number, seen.assignment.setup, seen.group
    lines = [say("assign.one.class", name=group.name) if group else say("assign.one.link")]
    lines.append(say(f"assign.one.state.{seen.stand}"))
    lines += [say("assign.form.due", value=seen.due)] if seen.due else []
    key = "assign.one.count.class" if group else "assign.one.count"
    size = group.size if group else 0
    lines.append(say(key, done=seen.done, begun=seen.begun, size=size))
    lines += [say("assign.one.unreached", many=seen.unreached)] if seen.unreached else []
    lines += [say("assign.one.links", links=link) for link in seen.links]
    reveal = say(f"assign.value.{setup.reveal}")
    choices = [
        button("due", f"e.{number}.d"),
        button("reveal", f"e.{number}.r", value=reveal),
        button(
            "reopen" if setup.closed else "close", f"e.{number}.{'o' if setup.closed else 'c'}"
        ),
        *([button("own", f"e.{number}.i")] if group else []),
        *([_results(seen.assignment)] if seen.done else []),
        button("delete", f"e.{number}.x"),
    ]
    blocks = [strong(say(head, title=seen.assignment.title)), *map(plain, lines)]
    return answer(seen.pack, blocks, choices)


def asked_to_delete(assignment: Assignment, many: int) -> Notice:
    """Ask whether an assignment is really to go."""
    number = assignment.number
    choices = (button("delete.yes", f"e.{number}.y"), button("keep", f"m.{number}"))
    return notice("assign.delete.ask", "en", choices, title=assignment.title, many=many)


def deleted(assignment: Assignment) -> Notice:
    """Say that an assignment is gone, and how to bring it back."""
    undo = button("undo", f"e.{assignment.number}.u")
    return notice("assign.deleted", "en", (undo,), title=assignment.title)


def asked_whom(assignment: Assignment, members: Sequence[Member]) -> Notice:
    """Ask which learner gets another day."""
    if not members:
        return notice("assign.own.none")
    choices = [
        Choice(member.label or member.name, f"a.i.{assignment.number}.{member.number}")
        for member in members
    ]
    return notice("assign.own.ask", "en", tuple(choices[:90]))


def next_reveal(present: Reveal) -> Reveal:
    """Return the setting after that one."""
    order = list(Reveal)
    return order[(order.index(present) + 1) % len(order)]


def was_due(seen: Managed) -> Answer:
    """Tell the teacher that an assignment was due, and how many took part."""
    group, title = seen.group, seen.assignment.title
    key = "assign.due.teacher" if group else "assign.due.teacher.open"
    size = group.size if group else 0
    head = say(key, title=title, done=seen.done, size=size)
    look = Choice(say("assign.button.open", title=title), f"a.m.{seen.assignment.number}")
    return answer(seen.pack, (strong(head),), (_results(seen.assignment), look))


def _results(assignment: Assignment) -> Choice:
    """Lead to how it went, which another part of the conversation tells."""
    return Choice(say("assign.button.results"), f"res.o.{assignment.number}")
