"""Classes in words: what teachers and learners are shown of them, with its buttons."""

from collections.abc import Sequence

from bot.core.answer import Choice, Notice
from bot.core.assignment_types import Group, Member
from bot.core.classes import FACTORS, factor_name
from bot.core.words import notice, say

PAGE = 20
"""Learners on one page of a roster."""


def button(label: str, action: str, **values: object) -> Choice:
    """Return a button of a class."""
    return Choice(say(f"class.button.{label}", "en", **values), f"c.{action}")


def menu(
    taught: Sequence[Group],
    joined: Sequence[tuple[Group, Member]],
    *,
    teacher: bool,
    reminded: bool,
) -> Notice:
    """Show somebody's classes."""
    choices = [button("taught", f"o.{g.number}", name=g.name, size=g.size) for g in taught]
    choices += [Choice(group.name, f"c.b.{group.number}") for group, _ in joined]
    choices += [button("new", "n")] if teacher else []
    choices += [button("join", "j")]
    choices += [button("unremind" if reminded else "remind", "s")] if joined else []
    key = "class.menu" if taught or joined else "class.menu.none"
    return notice("class.menu.teacher" if teacher and not taught else key, "en", tuple(choices))


def one(group: Group, until: str, links: Sequence[str]) -> Notice:
    """Show a class to its teacher."""
    number = group.number
    choices = (
        button("roster", f"r.{number}|0"),
        Choice(say("assign.button.new"), f"a.n.{number}"),
        button("code", f"k.{number}"),
        button("rename", f"w.{number}"),
        button("close", f"x.{number}"),
        button("back", "m"),
    )
    said = "".join(say("class.one.link", link=link) for link in links)
    values = {"name": group.name, "size": group.size, "code": group.code}
    return notice("class.one", "en", choices, **values, until=until, links=said)


def roster(group: Group, members: Sequence[Member], page: int) -> Notice:
    """List who is in a class, with the teacher's own codes; each leads to what can be set."""
    back = button("back", f"o.{group.number}")
    shown = members[page * PAGE : (page + 1) * PAGE]
    if not shown:
        return notice("class.roster.none", "en", (back,), name=group.name, code=group.code)
    choices = [Choice(_named(member), f"c.e.{member.number}") for member in shown]
    if len(members) > (page + 1) * PAGE:
        choices.append(button("more", f"r.{group.number}|{page + 1}"))
    lines = "\n".join(_line(member) for member in shown)
    return notice("class.roster", "en", (*choices, back), name=group.name, lines=lines)


def _named(member: Member) -> str:
    return member.label or member.name


def _line(member: Member) -> str:
    return say(
        "class.roster.line",
        label=member.label or say("class.roster.no-code"),
        name=member.name,
        time=say(f"class.time.{factor_name(member.factor)}"),
    )


def one_member(member: Member) -> Notice:
    """Show a learner to the teacher."""
    times = [
        button(f"time.{factor_name(factor)}", f"t.{member.number}|{place}")
        for place, factor in enumerate(FACTORS)
        if factor != member.factor
    ]
    choices = (
        button("label", f"l.{member.number}"),
        *times,
        button("remove", f"d.{member.number}"),
        button("back", f"r.{member.group}|0"),
    )
    label = member.label or say("class.roster.no-code")
    time = say(f"class.member.time.{factor_name(member.factor)}")
    return notice("class.member", "en", choices, name=member.name, label=label, time=time)


def asked_to_join(group: Group) -> Notice:
    """Say what the teacher will see, before anybody joins."""
    join = button("join.yes", f"a.{group.code}", name=group.name)
    return notice("class.join.ask", "en", (join,), name=group.name)


def joined(group: Group, member: Member, *, already: bool) -> Notice:
    """Welcome a learner."""
    key = "class.already" if already else "class.joined"
    return notice(key, "en", _own(member), name=group.name, own=member.name)


def mine(group: Group, member: Member) -> Notice:
    """Show a class to one of its learners."""
    return notice("class.mine", "en", _own(member), name=group.name, own=member.name)


def _own(member: Member) -> tuple[Choice, ...]:
    return (
        Choice(say("class.button.work"), "a.l"),
        button("call", f"p.{member.group}"),
        button("leave", f"q.{member.group}"),
        button("back", "m"),
    )


def which_to_leave(mine: Sequence[tuple[Group, Member]]) -> Notice:
    """Ask which class is meant."""
    return notice(
        "class.leave.which", "en", tuple(Choice(g.name, f"c.q.{g.number}") for g, _ in mine)
    )


def asked(
    key: str, yes: str, yes_action: str, no: str, no_action: str, **values: object
) -> Notice:
    """Ask whether something is really meant."""
    choices = (button(yes, yes_action), button(no, no_action))
    return notice(key, "en", choices, **values)


def closed(group: Group) -> Notice:
    """Say that a class is deleted, and how to bring it back."""
    return notice("class.closed", "en", (button("undo", f"z.{group.number}"),), name=group.name)
