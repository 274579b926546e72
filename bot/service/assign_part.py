"""The part of the conversation that is about assignments: /assign, its buttons and its links."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.answer import Choice
from bot.core.assigned import VERB
from bot.core.cards import Action, read_action
from bot.core.effects import Effect, Tell
from bot.core.events import Commanded, Pressed, Said
from bot.core.numerals import number_or
from bot.core.roles import Act
from bot.core.turn import RUN
from bot.core.words import notice, say
from bot.service import assign_setting as setting
from bot.service import assign_taking as taking
from bot.service.assignments import LINK, Book
from bot.service.granting import allowed, refused
from bot.service.learners import Me, Nowhere, me_of
from bot.service.parts import Visit

Done = Sequence[Effect]
NEW = "new"
"""What follows in the link by which a teacher comes from a group to the form."""


@dataclass(frozen=True, slots=True)
class AssignPart:
    """Deals with assignments, for teachers and for learners."""

    page_address: Nowhere = str
    """Returns where other people's browsers find the page; "" where there is none."""
    telegram: Nowhere = str
    """Returns the bot's name on Telegram; "" where it has none."""

    @property
    def commands(self) -> Collection[str]:
        """The commands that it takes."""
        return ("assign",)

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "a."

    @property
    def awaits(self) -> str:
        """How the sorts of words begin that it awaits."""
        return "assign."

    @property
    def links(self) -> Collection[str]:
        """How the payloads of its links begin."""
        return (LINK,)

    async def take(self, visit: Visit) -> Done:
        """Deal with an event."""
        me = await me_of(visit)
        book = Book(
            visit.work, visit.library, visit.now, visit.token, self.telegram, self.page_address
        )
        match visit.event:
            case Pressed(action=pressed):
                return await _pressed(me, book, read_action(pressed) or Action("", ""))
            case Said(text=words):
                return await _written(me, book, words)
            case Commanded(edited=False) as command:
                return await _commanded(me, book, command)
            case _:
                return ()


async def _commanded(me: Me, book: Book, command: Commanded) -> Done:
    words = command.argument.strip()
    if not command.place.private:
        return await _in_group(me, book, words)
    if command.name == "start":
        code = words.removeprefix(LINK)
        return await setting.resume(me, book) if code == NEW else await taking.look(me, book, code)
    teacher = await allowed(book.work, me.key, Act.ASSIGN)
    if words:
        return await setting.begin(me, book, words)
    return await _overview(me, book, teacher=teacher)


async def _overview(me: Me, book: Book, *, teacher: bool) -> Done:
    """Show a teacher what they have set, and a learner what there is to do; to who is both, both."""
    mine = (await setting.listed(me, book),) if teacher else ()
    joined = await book.work.classes.groups_of(me.key)
    return (*mine, await taking.to_do(me, book)) if joined or not teacher else mine


async def _in_group(me: Me, book: Book, words: str) -> Done:
    """Lead a teacher to the private chat; what comes of it is posted in the group as well."""
    if not await allowed(book.work, me.key, Act.ASSIGN):
        return (Tell(refused(Act.ASSIGN, me.language)),)
    place, bot = me.visit.event.place, me.visit.bot
    problem = await setting.begin(me, book, words, chat=place)
    address = f"https://t.me/{bot}?start={LINK}{NEW}"
    choices = (Choice(say("class.button.private"), "", address),) if bot else ()
    return problem or (Tell(notice("assign.private", me.language, choices)),)


async def _pressed(me: Me, book: Book, action: Action) -> Done:
    if action.verb.startswith(VERB):
        return await taking.pressed(me, book, action)
    if not me.visit.event.place.private and not action.verb.startswith("a.t"):
        return me.toast("assign.private")
    what, _, subject = action.verb.removeprefix("a.").partition(".")
    match what:
        case "t" | "g" | "j" | "w" | "l":
            return await _learner(me, book, what, subject)
        case "n" | "z" | "m" | "e" | "i":
            return await _teacher(me, book, what, subject, action.number)
        case _:
            return await setting.pressed(me, book, action)


async def _learner(me: Me, book: Book, what: str, code: str) -> Done:
    match what:
        case "t" if not me.visit.event.place.private:
            return me.toast("assign.alone")
        case "t":
            return await taking.look(me, book, code)
        case "g":
            return await taking.begin(me, book, code)
        case "j":
            return await taking.enter(me, book, code)
        case "w":
            return await taking.review(me, book, code)
        case _:
            return (await taking.to_do(me, book),)


async def _teacher(me: Me, book: Book, what: str, subject: str, number: int) -> Done:
    known = number_or(subject, 0)
    match what:
        case "n":
            return await setting.begin(me, book, group=known)
        case "z":
            return await setting.zone_pressed(me, book, number)
        case "m":
            return await setting.manage(me, book, known)
        case "e":
            return await setting.edit(me, book, subject)
        case _:
            return await setting.ask_own(me, book, subject)


async def _written(me: Me, book: Book, words: str) -> Done:
    expected = me.visit.expected
    if expected.startswith(RUN):
        return await taking.written(me, book, int(expected.removeprefix(RUN)))
    match expected:
        case "assign.zone":
            return await setting.zone_written(me, book, words)
        case "assign.due":
            return await setting.due_written(me, book, words)
        case "assign.own":
            return await setting.own_written(me, book, words)
        case _:
            return await setting.written(me, book, words)
