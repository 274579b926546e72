"""Joining classes and leaving them: what a learner presses and writes."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import class_cards as cards
from bot.core.answer import Notice
from bot.core.assignment_types import Group, Member
from bot.core.classes import (
    GUESSES,
    GUESSES_WITHIN,
    PSEUDONYM,
    free_name,
    lasts_until,
    one_line,
    read_code,
)
from bot.core.effects import Effect, Expect, Tell
from bot.service.learners import Me

Done = Sequence[Effect]


async def by_code(me: Me, code: str) -> Group | Notice:
    """Return the class of a code, or what to say instead; wrong codes are counted."""
    classes, now = me.visit.work.classes, me.visit.now
    if await classes.guesses(me.key, now - GUESSES_WITHIN) >= GUESSES:
        return me.notice("class.code.often")
    group = await classes.by_code(read_code(code))
    # A class whose teacher has had themselves deleted has nobody left to learn from.
    if group is None or group.closed or not group.owner:
        await classes.guessed(me.key, now, GUESSES_WITHIN)
        return me.notice("class.code.wrong")
    return group if now < lasts_until(group) else me.notice("class.code.old")


async def ask_to_join(me: Me, code: str) -> Done:
    """Say what the teacher of a class will see, before somebody joins."""
    group = await by_code(me, code)
    if not isinstance(group, Group):
        return (me.card(group),)
    if group.owner == me.key:
        return (me.say("class.own"),)
    member = await me.visit.work.classes.member_of(group.number, me.key)
    if member:
        return (me.card(cards.joined(group, member, already=True)),)
    return (me.card(cards.asked_to_join(group)),)


async def enter(me: Me, code: str) -> Done:
    """Let somebody join who was told what that means."""
    group = await by_code(me, code)
    if not isinstance(group, Group):
        return (me.card(group),)
    if group.owner == me.key:
        return me.toast("class.own")
    member, new = await join(me, group)
    return (me.card(cards.joined(group, member, already=not new)),)


async def join(me: Me, group: Group) -> tuple[Member, bool]:
    """Take somebody into a class, under a name of which they can think better; say whether anew."""
    classes, visit = me.visit.work.classes, me.visit
    new = False
    while True:
        member = await classes.member_of(group.number, me.key)
        if member:
            return member, new
        taken = [other.name for other in await classes.members(group.number)]
        own = free_name(visit.token(), taken)
        new = await classes.join(group.number, me.key, own, visit.event.place, visit.now)


def leaving(me: Me, group: Group) -> Tell:
    """Ask whether somebody really wants to leave."""
    number = group.number
    ask = cards.asked(
        "class.leave.ask", "leave.yes", f"g.{number}", "back", f"b.{number}", name=group.name
    )
    return me.card(ask)


async def mine(me: Me, number: int) -> Done:
    """Show somebody a class that they are in."""
    found = await _member(me, number)
    return (me.card(cards.mine(*found)),) if found else me.toast("class.gone")


async def ask_leave(me: Me, number: int) -> Done:
    """Ask back."""
    found = await _member(me, number)
    return (leaving(me, found[0]),) if found else me.toast("class.gone")


async def leave(me: Me, number: int) -> Done:
    """Let somebody go."""
    found = await _member(me, number)
    if found is None:
        return me.toast("class.gone")
    await me.visit.work.classes.leave(number, me.key)
    return (me.say("class.left", name=found[0].name),)


async def ask_call(me: Me, number: int) -> Done:
    """Ask for another name."""
    found = await _member(me, number)
    if found is None:
        return me.toast("class.gone")
    return Expect("class.call", str(number)), me.say("class.call.ask", name=found[0].name)


async def called(me: Me, words: str) -> Done:
    """Give a learner the name that they wrote."""
    found = await _member(me, int(me.visit.expected_for))
    if found is None:
        return Expect(""), me.say("class.gone")
    name = one_line(words, PSEUDONYM)
    if not name:
        return (me.say("class.call.bad"),)
    if not await me.visit.work.classes.call(found[1].number, name):
        return (me.say("class.call.taken"),)
    named = replace(found[1], name=name)
    return Expect(""), me.card(cards.joined(found[0], named, already=False))


async def _member(me: Me, number: int) -> tuple[Group, Member] | None:
    group = await me.visit.work.classes.group(number)
    member = await me.visit.work.classes.member_of(number, me.key)
    return (group, member) if group and member and not group.closed else None
