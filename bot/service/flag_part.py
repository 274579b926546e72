"""`/flags`: editors look through what people reported, and decide about it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.answer import Choice, Notice
from bot.core.cards import read_action
from bot.core.effects import Effect, Expect, Tell, Toast
from bot.core.events import Commanded, Pressed, Said
from bot.core.flag_cards import button, joining, report
from bot.core.flags import WAITING, Flag, after, in_order
from bot.core.numerals import is_number
from bot.core.quiz_cards import QUESTION
from bot.core.roles import Act
from bot.core.words import notice, say
from bot.service.desk import Desk
from bot.service.flagging import Acted, Triage
from bot.service.granting import allowed, refused
from bot.service.learners import Me, Nowhere, me_of
from bot.service.parts import Visit

_REASON, _OTHER = "flag.reason.", "flag.of."


@dataclass(frozen=True, slots=True)
class Turn:
    """An editor's turn at the reports."""

    me: Me
    triage: Triage

    async def show(self, flag: Flag) -> Tell:
        """Show one report."""
        waiting = in_order(await self.triage.waiting())
        places = {one.number: place for place, one in enumerate(waiting, 1)}
        seen = await self.triage.seen(flag)
        return self.me.card(report(seen, places.get(flag.number, 0), len(waiting)))

    async def first(self) -> Tell:
        """Show the newest that waits."""
        waiting = in_order(await self.triage.waiting())
        return (
            await self.show(waiting[0]) if waiting else self.me.card(self.me.notice("flag.none"))
        )

    async def late(self, flag: Flag | None) -> Tell:
        """Tell an editor who comes second what was decided."""
        if flag is None:
            return self.me.card(self.me.notice("flag.gone"))
        said = await self.triage.late(flag)
        return self.me.card(_going_on("flag.late", self.me, **said))

    async def done(self, acted: Acted | None, key: str, **values: object) -> Sequence[Effect]:
        """Say what was done, and tell who has to know."""
        if acted is None or acted.flag is None or not acted.done:
            return (await self.late(acted.flag if acted else None),)
        told = say(f"flag.told.{acted.reach}" if acted.reach else "flag.told")
        number = acted.flag.number
        said = _going_on(key, self.me, number=number, told=told, **values)
        return self.me.card(said), *acted.posts


def _going_on(key: str, me: Me, **values: object) -> Notice:
    onward = button("next", f"fl.s.{values['number']}")
    return notice(key, me.language, (onward,), **values)


@dataclass(frozen=True, slots=True)
class FlagPart:
    """Shows reports to editors, in private chats, and takes what they decide."""

    desk: Desk
    page: Nowhere
    """Returns where other people's browsers find the page; "" where there is none."""

    @property
    def commands(self) -> Collection[str]:
        """The command that it takes."""
        return frozenset({"flags"})

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "fl."

    @property
    def awaits(self) -> str:
        """How the sorts of words begin that it awaits."""
        return "flag."

    @property
    def links(self) -> Collection[str]:
        """It has no links."""
        return frozenset()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event of somebody who may."""
        event, me = visit.event, await me_of(visit)
        if not event.place.private:
            return (me.say("flag.private"),)
        if not await allowed(visit.work, event.by.key, Act.FLAGS):
            return Expect(""), Tell(refused(Act.FLAGS, me.language))
        turn = Turn(me, Triage(self.desk, visit.work))
        match event:
            case Commanded(edited=False):
                return (await turn.first(),)
            case Said(text=words):
                return await _written(turn, words)
            case Pressed(action=pressed):
                return await self._pressed(turn, pressed)
            case _:
                return ()

    async def _pressed(self, turn: Turn, pressed: str) -> Sequence[Effect]:
        action = read_action(pressed)
        verb, _, rest = (action.verb if action else "").removeprefix(self.verbs).partition(".")
        number, _, other = rest.partition(".")
        press = _PRESSES.get(verb)
        if press is None or not is_number(number):
            return (Toast(turn.me.notice("flag.old")),)
        flag = (await turn.triage.all()).get(int(number))
        if flag is None:
            return (await turn.late(None),)
        return await press(self, turn, flag, other)

    async def mend(self, turn: Turn, flag: Flag, _: str) -> Sequence[Effect]:
        """Mark a report to be mended, and lead to where that is done."""
        acted = await turn.triage.mend(flag.number, turn.me.key)
        if flag.item is None:
            return await turn.done(acted, "flag.mending.bare")
        return await turn.done(acted, "flag.mending", way=self.way(flag))

    def way(self, flag: Flag) -> str:
        """Return where what a report is about can be mended."""
        item = flag.item
        if item is None:
            return ""
        name, lines = item.fact.removeprefix(QUESTION), list[str]()
        # Questions are mended in the chat too, facts in the files or on the page.
        if item.fact.startswith(QUESTION):
            lines.append(say("flag.way.chat", pack=item.pack, item=name))
        if address := self.page():
            lines.append(address + edit_path(item.pack, item.fact))
        return "\n".join(lines) or say("flag.way.bank")


def edit_path(pack: str, name: str) -> str:
    """Return where the page mends a fact or a question."""
    letter = "q" if name.startswith(QUESTION) else "f"
    return f"/bank/{pack}/{letter}/{name.removeprefix(QUESTION)}"


async def _reopen(_: FlagPart, turn: Turn, flag: Flag, __: str) -> Sequence[Effect]:
    acted = await turn.triage.reopen(flag.number, turn.me.key)
    return await turn.done(acted, "flag.reopened")


async def _decline(_: FlagPart, turn: Turn, flag: Flag, __: str) -> Sequence[Effect]:
    if flag.state not in WAITING:
        return (await turn.late(flag),)
    me = turn.me
    return (
        Expect(f"{_REASON}{flag.number}"),
        me.card(_backing("flag.decline.ask", me, flag.number)),
    )


def _backing(key: str, me: Me, number: int) -> Notice:
    back: Choice = button("back", f"fl.b.{number}")
    return notice(key, me.language, (back,), number=number)


async def _join(_: FlagPart, turn: Turn, flag: Flag, __: str) -> Sequence[Effect]:
    if flag.state not in WAITING:
        return (await turn.late(flag),)
    others = [one for one in await turn.triage.waiting() if one.number != flag.number]
    asked = joining(flag, others, turn.me.language)
    return Expect(f"{_OTHER}{flag.number}"), turn.me.card(asked)


async def _joined(_: FlagPart, turn: Turn, flag: Flag, other: str) -> Sequence[Effect]:
    if not is_number(other):
        return (Toast(turn.me.notice("flag.old")),)
    return Expect(""), *await _join_with(turn, flag.number, int(other))


async def _join_with(turn: Turn, number: int, other: int) -> Sequence[Effect]:
    acted = await turn.triage.join(number, other, turn.me.key)
    if acted is None:
        return Expect(f"{_OTHER}{number}"), turn.me.say("flag.join.bad", number=number)
    return await turn.done(acted, "flag.joined", of=acted.flag.of if acted.flag else 0)


async def _skip(_: FlagPart, turn: Turn, flag: Flag, __: str) -> Sequence[Effect]:
    waiting = await turn.triage.waiting()
    # One that was just decided still says which is the next.
    ordered = waiting if flag in waiting else [*waiting, flag]
    following = after(flag.number, ordered)
    if following is None:
        return Expect(""), turn.me.card(turn.me.notice("flag.end" if waiting else "flag.none"))
    return Expect(""), await turn.show(following)


async def _back(_: FlagPart, turn: Turn, flag: Flag, __: str) -> Sequence[Effect]:
    if flag.state not in WAITING:
        return Expect(""), await turn.late(flag)
    return Expect(""), await turn.show(flag)


async def _written(turn: Turn, words: str) -> Sequence[Effect]:
    """Take the reason for declining a report, or the number of one that says the same."""
    expected, me = turn.me.visit.expected, turn.me
    what, _, number = expected.rpartition(".")
    if not is_number(number):
        return (Expect(""),)
    if f"{what}." == _REASON:
        if not words.strip():
            return (me.say("flag.decline.empty"),)
        acted = await turn.triage.decline(int(number), me.key, words)
        return Expect(""), *await turn.done(acted, "flag.declined")
    other = words.strip().lstrip("#")
    if not is_number(other):
        return (me.say("flag.join.bad", number=number),)
    return Expect(""), *await _join_with(turn, int(number), int(other))


_Press = Callable[[FlagPart, Turn, Flag, str], Awaitable[Sequence[Effect]]]
_PRESSES: Mapping[str, _Press] = {
    "m": FlagPart.mend,
    "r": _reopen,
    "d": _decline,
    "u": _join,
    "o": _joined,
    "s": _skip,
    "b": _back,
}
