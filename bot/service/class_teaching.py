"""A teacher's own classes: what they press and write about them, and about who is in them."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core import class_cards as cards
from bot.core.assignment_types import Group, Member
from bot.core.classes import FACTORS, LABEL, NAME, UNDO, join_code, lasts_until, one_line
from bot.core.effects import Effect, Expect, Tell
from bot.core.roles import Act
from bot.service.granting import allowed, refused
from bot.service.learners import Me, links_to, roster, shown_at

Done = Sequence[Effect]
LINK = "c_"
"""How the payload of a link begins by which one joins."""


async def taught(me: Me, number: int) -> Group | None:
    """Return a class to its teacher, for as long as they are one; closed ones as well."""
    group = await me.visit.work.classes.group(number)
    if group is None or group.owner != me.key:
        return None
    return group if await allowed(me.visit.work, me.key, Act.CLASS) else None


async def show(me: Me, group: Group) -> Tell:
    """Show a class to its teacher."""
    until = shown_at(lasts_until(group), await me.zone())
    links = links_to(LINK + group.code, f"/c/{group.code}", me.telegram, me.page)
    return me.card(cards.one(group, until, links))


async def named(me: Me, words: str) -> Done:
    """Found a class of that name."""
    work, visit = me.visit.work, me.visit
    if not await allowed(work, me.key, Act.CLASS):
        return Expect(""), Tell(refused(Act.CLASS, me.language))
    name = one_line(words, NAME)
    problem = await _name_problem(me, name)
    if problem:
        return Expect("class.name"), me.say(problem)
    group = await work.classes.create(me.key, name, join_code(visit.token()), visit.now)
    return Expect(""), me.say("class.created", name=name), await show(me, group)


async def _name_problem(me: Me, name: str) -> str:
    if not name:
        return "class.name.bad"
    owned = [group for group in await me.visit.work.classes.owned(me.key) if not group.closed]
    same = any(group.name.casefold() == name.casefold() for group in owned)
    return "class.name.same" if same else ""


async def show_one(me: Me, number: int) -> Done:
    """Show a class of that number."""
    group = await taught(me, number)
    if group is None or group.closed:
        return me.toast("class.gone")
    return (await show(me, group),)


async def recode(me: Me, number: int) -> Done:
    """Give a class a new code."""
    if not await taught(me, number):
        return me.toast("class.gone")
    await me.visit.work.classes.recode(number, join_code(me.visit.token()), me.visit.now)
    [shown] = await show_one(me, number)
    return me.say("class.recoded"), shown


async def ask_rename(me: Me, number: int) -> Done:
    """Ask for another name."""
    if not await taught(me, number):
        return me.toast("class.gone")
    return Expect("class.rename", str(number)), me.say("class.name.ask")


async def renamed(me: Me, words: str) -> Done:
    """Give a class the name that was written."""
    number = int(me.visit.expected_for)
    if not await taught(me, number):
        return Expect(""), me.say("class.gone")
    name = one_line(words, NAME)
    problem = await _name_problem(me, name)
    if problem:
        return (me.say(problem),)
    await me.visit.work.classes.rename(number, name)
    return Expect(""), me.say("class.renamed", name=name), *await show_one(me, number)


async def ask_close(me: Me, number: int) -> Done:
    """Ask back."""
    group = await taught(me, number)
    if group is None:
        return me.toast("class.gone")
    yes, no = f"y.{number}", f"o.{number}"
    values = {"name": group.name, "size": group.size}
    return (me.card(cards.asked("class.close.ask", "close.yes", yes, "keep", no, **values)),)


async def close(me: Me, number: int) -> Done:
    """Delete a class, for a day only."""
    group = await taught(me, number)
    if group is None or group.closed:
        return me.toast("class.gone")
    await me.visit.work.classes.close(number, me.visit.now)
    return (me.card(cards.closed(group)),)


async def restore(me: Me, number: int) -> Done:
    """Bring a deleted class back."""
    group = await taught(me, number)
    if group is None or group.closed is None or group.closed < me.visit.now - UNDO:
        return me.toast("class.gone")
    await me.visit.work.classes.close(number, None)
    return me.say("class.restored", name=group.name), *await show_one(me, number)


# The learners of a class, as their teacher sees them.


async def show_roster(me: Me, number: int, page: int) -> Done:
    """List who is in a class."""
    group = await taught(me, number)
    if group is None or group.closed:
        return me.toast("class.gone")
    return (me.card(cards.roster(group, await roster(me.visit.work, group), page)),)


async def pupil(me: Me, number: int) -> tuple[Group, Member] | None:
    """Return a learner to the teacher of their class, with the time that they get."""
    member = await me.visit.work.classes.member(number)
    group = await taught(me, member.group) if member else None
    if member is None or group is None or group.closed:
        return None
    factors = await me.visit.work.sessions.factors(group.owner)
    return group, replace(member, factor=factors.get(member.person, 1.0))


async def show_pupil(me: Me, number: int) -> Done:
    """Show a learner."""
    found = await pupil(me, number)
    return (me.card(cards.one_member(found[1])),) if found else me.toast("class.gone")


async def accommodate(me: Me, number: int, place: int) -> Done:
    """Give a learner more time, or no longer."""
    found = await pupil(me, number)
    if found is None or not 0 <= place < len(FACTORS):
        return me.toast("class.gone")
    member = replace(found[1], factor=FACTORS[place])
    await me.visit.work.sessions.put_factor(me.key, member.person, member.factor)
    return (me.card(cards.one_member(member)),)


async def ask_label(me: Me, number: int) -> Done:
    """Ask for the teacher's own code of a learner."""
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    return Expect("class.label", str(number)), me.say("class.label.ask", name=found[1].name)


async def labelled(me: Me, words: str) -> Done:
    """Keep the code that was written."""
    number = int(me.visit.expected_for)
    if await pupil(me, number) is None:
        return Expect(""), me.say("class.gone")
    label = one_line(words, LABEL)
    if not label:
        return (me.say("class.label.bad"),)
    await me.visit.work.classes.label(number, label)
    found = await pupil(me, number)
    return (Expect(""), *((me.card(cards.one_member(found[1])),) if found else ()))


async def ask_remove(me: Me, number: int) -> Done:
    """Ask back."""
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    yes, no = f"f.{number}", f"e.{number}"
    name = found[1].label or found[1].name
    return (me.card(cards.asked("class.remove.ask", "remove.yes", yes, "keep", no, name=name)),)


async def remove(me: Me, number: int) -> Done:
    """Let a learner go."""
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    group, member = found
    await me.visit.work.classes.leave(group.number, member.person)
    removed = me.say("class.removed", name=member.label or member.name)
    return removed, *await show_roster(me, group.number, 0)
