"""The part of the conversation that is about classes: /class, its buttons, and links to join."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core import class_cards as cards
from bot.core.answer import Choice
from bot.core.cards import Action, read_action
from bot.core.effects import Effect, Expect, Tell
from bot.core.events import Commanded, Pressed, Said
from bot.core.numerals import is_number
from bot.core.roles import Act
from bot.core.words import notice, say
from bot.service import class_joining as joining
from bot.service import class_teaching as teaching
from bot.service.assign_telling import REMINDERS
from bot.service.class_teaching import LINK
from bot.service.granting import allowed, refused
from bot.service.learners import Me, Nowhere, me_of
from bot.service.parts import Visit

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
        me = await me_of(visit, self.telegram, self.page_address)
        match event:
            case Pressed(action=pressed):
                return await _pressed(me, read_action(pressed) or Action("", ""))
            case Said(text=words):
                return await _WRITTEN[visit.expected.removeprefix("class.")](me, words)
            case Commanded(edited=False) as command:
                return await _commanded(me, command)
            case _:
                return ()


async def _commanded(me: Me, command: Commanded) -> Done:
    words = command.argument
    if command.name == "start":
        code = words.removeprefix(LINK)
        return await joining.ask_to_join(me, code) if code else await _menu(me, 0)
    what, _, rest = words.strip().partition(" ")
    if not what:
        return await _menu(me, 0)
    return await _SUBCOMMANDS.get(what.casefold(), _how)(me, rest.strip())


async def _pressed(me: Me, action: Action) -> Done:
    what, _, subject = action.verb.removeprefix("c.").partition(".")
    if what == "a":
        return await joining.enter(me, subject)
    number = int(subject) if is_number(subject) else 0
    if what == "t":
        return await teaching.accommodate(me, number, action.number)
    if what == "r":
        return await teaching.show_roster(me, number, max(0, action.number))
    press = _PRESSED.get(what)
    return await press(me, number) if press else me.toast("closed")


def _elsewhere(visit: Visit) -> Tell:
    address = f"https://t.me/{visit.bot}?start={LINK}"
    choices = (Choice(say("class.button.private"), "", address),) if visit.bot else ()
    return Tell(notice("class.private", visit.event.by.language, choices))


# Commands.


async def _how(me: Me, _: str) -> Done:
    return (me.say("class.how"),)


async def _menu(me: Me, _: int) -> Done:
    work = me.visit.work
    teacher = await allowed(work, me.key, Act.CLASS)
    taught = [group for group in await work.classes.owned(me.key) if not group.closed]
    joined = await work.classes.groups_of(me.key)
    reminded = await work.wishes.get(me.key, REMINDERS) is not None
    menu = cards.menu(taught if teacher else (), joined, teacher=teacher, reminded=reminded)
    return (me.card(menu),)


async def _new(me: Me, name: str) -> Done:
    if not await allowed(me.visit.work, me.key, Act.CLASS):
        return (Tell(refused(Act.CLASS, me.language)),)
    if not name:
        return Expect("class.name"), me.say("class.name.ask")
    return await teaching.named(me, name)


async def _ask_new(me: Me, _: int) -> Done:
    return await _new(me, "")


async def _join_by(me: Me, code: str) -> Done:
    if not code:
        return Expect("class.code"), me.say("class.code.ask")
    return await joining.ask_to_join(me, code)


async def _ask_code(me: Me, _: int) -> Done:
    return await _join_by(me, "")


async def _leave_by(me: Me, name: str) -> Done:
    mine = await me.visit.work.classes.groups_of(me.key)
    wanted = name.casefold()
    found = [group for group, _ in mine if not name or group.name.casefold() == wanted]
    if len(found) == 1:
        return (joining.leaving(me, found[0]),)
    if not found:
        return (me.say("class.leave.none", name=name),)
    return (me.card(cards.which_to_leave(mine)),)


_Subcommand = Callable[[Me, str], Awaitable[Done]]
_SUBCOMMANDS: Mapping[str, _Subcommand] = {
    "join": _join_by,
    "leave": _leave_by,
    "new": _new,
    "create": _new,
}


async def _code_written(me: Me, words: str) -> Done:
    return (Expect(""), *await joining.ask_to_join(me, words))


async def _remind(me: Me, _: int) -> Done:
    wishes = me.visit.work.wishes
    wished = await wishes.get(me.key, REMINDERS) is not None
    if wished:
        await wishes.drop(me.key, REMINDERS)
    else:
        await wishes.put(me.key, REMINDERS)
    [menu] = await _menu(me, 0)
    return me.say("class.reminders.off" if wished else "class.reminders.on"), menu


_Written = Callable[[Me, str], Awaitable[Done]]
_WRITTEN: Mapping[str, _Written] = {
    "name": teaching.named,
    "rename": teaching.renamed,
    "code": _code_written,
    "call": joining.called,
    "label": teaching.labelled,
}
_Press = Callable[[Me, int], Awaitable[Done]]
_PRESSED: Mapping[str, _Press] = {
    "m": _menu,
    "n": _ask_new,
    "j": _ask_code,
    "o": teaching.show_one,
    "k": teaching.recode,
    "w": teaching.ask_rename,
    "x": teaching.ask_close,
    "y": teaching.close,
    "z": teaching.restore,
    "e": teaching.show_pupil,
    "l": teaching.ask_label,
    "d": teaching.ask_remove,
    "f": teaching.remove,
    "b": joining.mine,
    "p": joining.ask_call,
    "q": joining.ask_leave,
    "g": joining.leave,
    "s": _remind,
}
