"""The part of the conversation that is about classes: /class, its buttons, and links to join."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core import class_cards as cards
from bot.core.answer import Choice, Notice
from bot.core.assignment_types import Group, Member
from bot.core.cards import Action, read_action
from bot.core.classes import (
    FACTORS,
    GUESSES,
    GUESSES_WITHIN,
    LABEL,
    NAME,
    PSEUDONYM,
    UNDO,
    free_name,
    join_code,
    lasts_until,
    one_line,
    read_code,
)
from bot.core.effects import Effect, Expect, Tell
from bot.core.events import Commanded, Pressed, Said
from bot.core.roles import Act
from bot.core.words import notice, say
from bot.service.granting import allowed, refused
from bot.service.learners import Me, Nowhere, links_to, me_of, roster, shown_at
from bot.service.parts import Visit

REMINDERS = "reminders"
"""The wish to be told before work is due."""
LINK = "c_"
_LONGEST = 10
"""Digits that the number of a class can have."""

Done = Sequence[Effect]


@dataclass(frozen=True, slots=True)
class ClassPart:
    """Deals with classes, in private chats."""

    page_address: Nowhere = str
    """Returns where other people's browsers find the page; "" where there is none."""
    telegram: Nowhere = str
    """Returns the bot's name on Telegram; "" where it has none."""

    @property
    def commands(self) -> Collection[str]:
        """The commands that it takes."""
        return ("class",)

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "c."

    @property
    def awaits(self) -> str:
        """How the sorts of words begin that it awaits."""
        return "class."

    @property
    def links(self) -> Collection[str]:
        """How the payloads of its links begin."""
        return (LINK,)

    async def take(self, visit: Visit) -> Done:
        """Deal with an event."""
        event = visit.event
        if not event.place.private:
            return (_elsewhere(visit),)
        match event:
            case Pressed():
                return await self._pressed(visit)
            case Said():
                what = visit.expected.removeprefix("class.")
                return await _WRITTEN[what](self, await me_of(visit), event.text)
            case Commanded(edited=False):
                return await self._commanded(event, await me_of(visit))
            case _:
                return ()

    async def _commanded(self, event: Commanded, me: Me) -> Done:
        words = event.argument
        if event.name == "start":
            code = words.removeprefix(LINK)
            return await _ask_to_join(me, code) if code else await _menu(self, me, 0)
        what, _, rest = words.strip().partition(" ")
        if not what:
            return await _menu(self, me, 0)
        return await _SUBCOMMANDS.get(what.casefold(), _how)(self, me, rest.strip())

    async def _pressed(self, visit: Visit) -> Done:
        me = await me_of(visit)
        assert isinstance(visit.event, Pressed)  # noqa: S101 - it was matched before
        action = read_action(visit.event.action) or Action("", "")
        what, _, subject = action.verb.removeprefix("c.").partition(".")
        if what == "a":
            return await _join(me, subject)
        number = int(subject) if _is_number(subject) else 0
        if what == "t":
            return await _accommodate(me, number, action.number)
        if what == "r":
            return await _roster(me, number, max(0, action.number))
        press = _PRESSED.get(what)
        return await press(self, me, number) if press else me.toast("closed")

    async def show(self, me: Me, group: Group) -> Tell:
        """Show a class to its teacher."""
        until = shown_at(lasts_until(group), await me.zone())
        links = links_to(LINK + group.code, f"/c/{group.code}", self.telegram, self.page_address)
        return me.card(cards.one(group, until, links))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < _LONGEST


def _elsewhere(visit: Visit) -> Tell:
    address = f"https://t.me/{visit.bot}?start={LINK}"
    choices = (Choice(say("class.button.private"), "", address),) if visit.bot else ()
    return Tell(notice("class.private", visit.event.by.language, choices))


# Commands.


async def _how(_: ClassPart, me: Me, __: str) -> Done:
    return (me.say("class.how"),)


async def _menu(_: ClassPart, me: Me, __: int) -> Done:
    work = me.visit.work
    teacher = await allowed(work, me.key, Act.CLASS)
    taught = [group for group in await work.classes.owned(me.key) if not group.closed]
    joined = await work.classes.groups_of(me.key)
    reminded = await work.wishes.get(me.key, REMINDERS) is not None
    menu = cards.menu(taught if teacher else (), joined, teacher=teacher, reminded=reminded)
    return (me.card(menu),)


async def _new(part: ClassPart, me: Me, name: str) -> Done:
    if not await allowed(me.visit.work, me.key, Act.CLASS):
        return (Tell(refused(Act.CLASS, me.language)),)
    if not name:
        return Expect("class.name"), me.say("class.name.ask")
    return await _named(part, me, name)


async def _ask_new(part: ClassPart, me: Me, _: int) -> Done:
    return await _new(part, me, "")


async def _join_by(_: ClassPart, me: Me, code: str) -> Done:
    if not code:
        return Expect("class.code"), me.say("class.code.ask")
    return await _ask_to_join(me, code)


async def _ask_code(part: ClassPart, me: Me, _: int) -> Done:
    return await _join_by(part, me, "")


async def _leave_by(_: ClassPart, me: Me, name: str) -> Done:
    mine = await me.visit.work.classes.groups_of(me.key)
    wanted = name.casefold()
    found = [group for group, _ in mine if not name or group.name.casefold() == wanted]
    if len(found) == 1:
        return (_leaving(me, found[0]),)
    if not found:
        return (me.say("class.leave.none", name=name),)
    return (me.card(cards.which_to_leave(mine)),)


_Subcommand = Callable[[ClassPart, Me, str], Awaitable[Done]]
_SUBCOMMANDS: Mapping[str, _Subcommand] = {
    "join": _join_by,
    "leave": _leave_by,
    "new": _new,
    "create": _new,
}


# Joining and leaving.


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


async def _ask_to_join(me: Me, code: str) -> Done:
    group = await by_code(me, code)
    if not isinstance(group, Group):
        return (me.card(group),)
    if group.owner == me.key:
        return (me.say("class.own"),)
    member = await me.visit.work.classes.member_of(group.number, me.key)
    if member:
        return (me.card(cards.joined(group, member, already=True)),)
    return (me.card(cards.asked_to_join(group)),)


async def _join(me: Me, code: str) -> Done:
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


def _leaving(me: Me, group: Group) -> Tell:
    number = group.number
    ask = cards.asked(
        "class.leave.ask", "leave.yes", f"g.{number}", "back", f"b.{number}", name=group.name
    )
    return me.card(ask)


async def _mine(_: ClassPart, me: Me, number: int) -> Done:
    found = await _member(me, number)
    return (me.card(cards.mine(*found)),) if found else me.toast("class.gone")


async def _ask_leave(_: ClassPart, me: Me, number: int) -> Done:
    found = await _member(me, number)
    return (_leaving(me, found[0]),) if found else me.toast("class.gone")


async def _leave(_: ClassPart, me: Me, number: int) -> Done:
    found = await _member(me, number)
    if found is None:
        return me.toast("class.gone")
    await me.visit.work.classes.leave(number, me.key)
    return (me.say("class.left", name=found[0].name),)


async def _ask_call(_: ClassPart, me: Me, number: int) -> Done:
    found = await _member(me, number)
    if found is None:
        return me.toast("class.gone")
    return Expect("class.call", str(number)), me.say("class.call.ask", name=found[0].name)


async def _called(_: ClassPart, me: Me, words: str) -> Done:
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


async def _remind(part: ClassPart, me: Me, _: int) -> Done:
    wishes = me.visit.work.wishes
    wished = await wishes.get(me.key, REMINDERS) is not None
    if wished:
        await wishes.drop(me.key, REMINDERS)
    else:
        await wishes.put(me.key, REMINDERS)
    [menu] = await _menu(part, me, 0)
    return me.say("class.reminders.off" if wished else "class.reminders.on"), menu


# The teacher's own classes.


async def taught(me: Me, number: int) -> Group | None:
    """Return a class to its teacher, for as long as they are one; closed ones as well."""
    group = await me.visit.work.classes.group(number)
    if group is None or group.owner != me.key:
        return None
    return group if await allowed(me.visit.work, me.key, Act.CLASS) else None


async def _named(part: ClassPart, me: Me, words: str) -> Done:
    work, visit = me.visit.work, me.visit
    if not await allowed(work, me.key, Act.CLASS):
        return Expect(""), Tell(refused(Act.CLASS, me.language))
    name = one_line(words, NAME)
    problem = await _name_problem(me, name)
    if problem:
        return Expect("class.name"), me.say(problem)
    group = await work.classes.create(me.key, name, join_code(visit.token()), visit.now)
    return Expect(""), me.say("class.created", name=name), await part.show(me, group)


async def _name_problem(me: Me, name: str) -> str:
    if not name:
        return "class.name.bad"
    owned = [group for group in await me.visit.work.classes.owned(me.key) if not group.closed]
    same = any(group.name.casefold() == name.casefold() for group in owned)
    return "class.name.same" if same else ""


async def _open(part: ClassPart, me: Me, number: int) -> Done:
    group = await taught(me, number)
    if group is None or group.closed:
        return me.toast("class.gone")
    return (await part.show(me, group),)


async def _recode(part: ClassPart, me: Me, number: int) -> Done:
    if not await taught(me, number):
        return me.toast("class.gone")
    await me.visit.work.classes.recode(number, join_code(me.visit.token()), me.visit.now)
    [shown] = await _open(part, me, number)
    return me.say("class.recoded"), shown


async def _ask_rename(_: ClassPart, me: Me, number: int) -> Done:
    if not await taught(me, number):
        return me.toast("class.gone")
    return Expect("class.rename", str(number)), me.say("class.name.ask")


async def _renamed(part: ClassPart, me: Me, words: str) -> Done:
    number = int(me.visit.expected_for)
    if not await taught(me, number):
        return Expect(""), me.say("class.gone")
    name = one_line(words, NAME)
    problem = await _name_problem(me, name)
    if problem:
        return (me.say(problem),)
    await me.visit.work.classes.rename(number, name)
    return Expect(""), me.say("class.renamed", name=name), *await _open(part, me, number)


async def _ask_close(_: ClassPart, me: Me, number: int) -> Done:
    group = await taught(me, number)
    if group is None:
        return me.toast("class.gone")
    yes, no = f"y.{number}", f"o.{number}"
    values = {"name": group.name, "size": group.size}
    return (me.card(cards.asked("class.close.ask", "close.yes", yes, "keep", no, **values)),)


async def _close(_: ClassPart, me: Me, number: int) -> Done:
    group = await taught(me, number)
    if group is None or group.closed:
        return me.toast("class.gone")
    await me.visit.work.classes.close(number, me.visit.now)
    return (me.card(cards.closed(group)),)


async def _restore(part: ClassPart, me: Me, number: int) -> Done:
    group = await taught(me, number)
    if group is None or group.closed is None or group.closed < me.visit.now - UNDO:
        return me.toast("class.gone")
    await me.visit.work.classes.close(number, None)
    return me.say("class.restored", name=group.name), *await _open(part, me, number)


# The learners of a class, as their teacher sees them.


async def _roster(me: Me, number: int, page: int) -> Done:
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


async def _pupil(_: ClassPart, me: Me, number: int) -> Done:
    found = await pupil(me, number)
    return (me.card(cards.one_member(found[1])),) if found else me.toast("class.gone")


async def _accommodate(me: Me, number: int, place: int) -> Done:
    found = await pupil(me, number)
    if found is None or not 0 <= place < len(FACTORS):
        return me.toast("class.gone")
    member = replace(found[1], factor=FACTORS[place])
    await me.visit.work.sessions.put_factor(me.key, member.person, member.factor)
    return (me.card(cards.one_member(member)),)


async def _ask_label(_: ClassPart, me: Me, number: int) -> Done:
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    return Expect("class.label", str(number)), me.say("class.label.ask", name=found[1].name)


async def _labelled(_: ClassPart, me: Me, words: str) -> Done:
    number = int(me.visit.expected_for)
    if await pupil(me, number) is None:
        return Expect(""), me.say("class.gone")
    label = one_line(words, LABEL)
    if not label:
        return (me.say("class.label.bad"),)
    await me.visit.work.classes.label(number, label)
    found = await pupil(me, number)
    return (Expect(""), *((me.card(cards.one_member(found[1])),) if found else ()))


async def _ask_remove(_: ClassPart, me: Me, number: int) -> Done:
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    yes, no = f"f.{number}", f"e.{number}"
    name = found[1].label or found[1].name
    return (me.card(cards.asked("class.remove.ask", "remove.yes", yes, "keep", no, name=name)),)


async def _remove(_: ClassPart, me: Me, number: int) -> Done:
    found = await pupil(me, number)
    if found is None:
        return me.toast("class.gone")
    group, member = found
    await me.visit.work.classes.leave(group.number, member.person)
    removed = me.say("class.removed", name=member.label or member.name)
    return removed, *await _roster(me, group.number, 0)


async def _code_written(_: ClassPart, me: Me, words: str) -> Done:
    return (Expect(""), *await _ask_to_join(me, words))


_Written = Callable[[ClassPart, Me, str], Awaitable[Done]]
_WRITTEN: Mapping[str, _Written] = {
    "name": _named,
    "rename": _renamed,
    "code": _code_written,
    "call": _called,
    "label": _labelled,
}
_Press = Callable[[ClassPart, Me, int], Awaitable[Done]]
_PRESSED: Mapping[str, _Press] = {
    "m": _menu,
    "n": _ask_new,
    "j": _ask_code,
    "o": _open,
    "k": _recode,
    "w": _ask_rename,
    "x": _ask_close,
    "y": _close,
    "z": _restore,
    "e": _pupil,
    "l": _ask_label,
    "d": _ask_remove,
    "f": _remove,
    "b": _mine,
    "p": _ask_call,
    "q": _ask_leave,
    "g": _leave,
    "s": _remind,
}
