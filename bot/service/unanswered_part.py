"""`/unanswered`: editors turn questions that nobody could answer into facts, or close them."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from bot.core.answer import Choice, Notice
from bot.core.cards import Action, read_action
from bot.core.effects import Effect, Expect, Tell, Toast
from bot.core.events import Commanded, Pressed, Said
from bot.core.fact_form import FactForm, Step, Wrong, again, begin, choose, write
from bot.core.facts import Pack
from bot.core.numerals import is_number
from bot.core.roles import Act
from bot.core.unanswered import Group, State, to_decide
from bot.core.unanswered_cards import NONE, asking, group_card, offered, onward, wrong
from bot.core.words import notice, say
from bot.service.asking_again import close, groups
from bot.service.bank_problems import Refusal
from bot.service.banks import Banks
from bot.service.fact_writing import put_fact
from bot.service.granting import allowed, refused
from bot.service.learners import Me, me_of
from bot.service.parts import Visit

_AWAITS = "fact.write"
_MOST_PROBLEMS = 5
_form: TypeAdapter[FactForm] = TypeAdapter(FactForm)


@dataclass(frozen=True, slots=True)
class Turn:
    """An editor's turn at the questions."""

    me: Me
    banks: Banks

    @property
    def visit(self) -> Visit:
        """Return the visit that it belongs to."""
        return self.me.visit

    async def waiting(self) -> Sequence[Group]:
        """Return the groups that wait for an editor, the largest first."""
        return to_decide(await groups(self.visit.work, self.visit.library))

    async def show(self, place: int) -> Tell:
        """Show one group."""
        waiting = await self.waiting()
        if not waiting:
            return self.me.card(self.me.notice("unanswered.none"))
        if place >= len(waiting):
            return self.me.card(self.me.notice("unanswered.end"))
        shown = group_card(waiting[place], place + 1, len(waiting), self.me.language)
        return self.me.card(shown)

    async def form(self) -> FactForm | None:
        """Return the fact that the editor is writing."""
        kept = await self.visit.work.flags.form(self.me.key)
        return _form.validate_python(kept) if kept else None

    async def packs(self) -> Sequence[Pack]:
        """Return the banks to which facts can be added: those that are published from the store."""
        published = await self.visit.work.banks.published()
        shelves = self.visit.library.shelves
        return [shelf.pack for shelf in shelves if shelf.pack.id in published]

    async def ask(self, form: FactForm) -> Sequence[Effect]:
        """Keep what was said so far, and ask for what comes next."""
        await self.visit.work.flags.keep_form(self.me.key, _kept(form))
        what = asking(form, await self.packs(), self.me.language)
        return Expect("" if form.step is Step.PREVIEW else _AWAITS), self.me.card(what)

    async def taken(self, form: FactForm | Wrong) -> Sequence[Effect]:
        """Go on, or say why the words cannot be taken."""
        if isinstance(form, Wrong):
            return Expect(_AWAITS), Tell(wrong(form, self.me.language), once=True)
        return await self.ask(form)

    def pack_of(self, form: FactForm, packs: Sequence[Pack]) -> Pack | None:
        """Return the bank that a fact is for."""
        return next((pack for pack in packs if pack.id == form.pack), None)


def _kept(form: FactForm) -> dict[str, Any]:
    return dict(_form.dump_python(form, mode="json"))


@dataclass(frozen=True, slots=True)
class UnansweredPart:
    """Shows unanswered questions to editors, in private chats."""

    banks: Banks

    @property
    def commands(self) -> Collection[str]:
        """The command that it takes."""
        return frozenset({"unanswered"})

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "un."

    @property
    def awaits(self) -> str:
        """How the sorts of words begin that it awaits."""
        return "fact."

    @property
    def links(self) -> Collection[str]:
        """It has no links."""
        return frozenset()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event of somebody who may."""
        event, me = visit.event, await me_of(visit)
        if not event.place.private:
            return (me.say("unanswered.private"),)
        if not await allowed(visit.work, event.by.key, Act.UNANSWERED):
            return Expect(""), Tell(refused(Act.UNANSWERED, me.language))
        turn = Turn(me, self.banks)
        match event:
            case Commanded(edited=False):
                return (await turn.show(0),)
            case Said(text=words):
                return await _written(turn, words)
            case Pressed(action=pressed):
                return await _pressed(turn, pressed)
            case _:
                return ()


async def _pressed(turn: Turn, pressed: str) -> Sequence[Effect]:
    action = read_action(pressed)
    verb, _, rest = (action.verb if action else "").removeprefix("un.").partition(".")
    if action and verb in _GROUP and is_number(rest):
        return await _GROUP[verb](turn, int(rest))
    form = await turn.form()
    if action is None or form is None or verb not in _FORM:
        return (Toast(turn.me.notice("flag.old")),)
    return await _FORM[verb](turn, form, action)


async def _turn_into_fact(turn: Turn, number: int) -> Sequence[Effect]:
    group = _of(await turn.waiting(), number)
    packs = await turn.packs()
    if group is None:
        return (turn.me.card(turn.me.notice("unanswered.late")),)
    if not packs:
        return (turn.me.card(turn.me.notice("fact.none")),)
    ids = [question.id for question in group.questions if question.state is State.WAITING]
    return await turn.ask(begin(group.examples, ids, [pack.id for pack in packs]))


async def _not_ours(turn: Turn, number: int) -> Sequence[Effect]:
    me = turn.me
    closed = await close(turn.visit.work, _of(await turn.waiting(), number), me.key)
    if not closed:
        said = notice("unanswered.late", me.language, onward(number))
    else:
        key = "unanswered.closed.one" if closed == 1 else "unanswered.closed"
        said = notice(key, me.language, onward(number), count=closed)
    return (me.card(said),)


async def _skip(turn: Turn, number: int) -> Sequence[Effect]:
    waiting = await turn.waiting()
    places = [place for place, group in enumerate(waiting) if group.number == number]
    # One that is gone has made room: the next stands where it stood, or the list begins again.
    return (await turn.show(places[0] + 1 if places else 0),)


def _of(waiting: Sequence[Group], number: int) -> Group | None:
    return next((group for group in waiting if group.number == number), None)


async def _written(turn: Turn, words: str) -> Sequence[Effect]:
    form = await turn.form()
    if form is None:
        return Expect(""), turn.me.say("flag.old")
    packs = await turn.packs()
    return await turn.taken(write(form, words, turn.pack_of(form, packs)))


async def _chosen(turn: Turn, form: FactForm, action: Action) -> Sequence[Effect]:
    if action.verb != f"un.c.{form.step}":
        return (Toast(turn.me.notice("flag.old")),)
    packs = await turn.packs()
    listed = offered(form, packs)
    if action.number != NONE and not 0 <= action.number < len(listed):
        return (Toast(turn.me.notice("flag.old")),)
    chosen = "" if action.number == NONE else listed[action.number][0]
    pack = turn.pack_of(replace(form, pack=form.pack or chosen), packs)
    return await turn.taken(choose(form, chosen, pack))


async def _keep(turn: Turn, form: FactForm, _: Action) -> Sequence[Effect]:
    me, work = turn.me, turn.visit.work
    try:
        written = await put_fact(turn.banks, work, form, me.key)
    except Refusal as refusal:
        return Expect(""), me.card(_refused(refusal, me.language))
    await work.flags.drop_form(me.key)
    onwards = onward(form.questions[0] if form.questions else 0)
    said = notice("fact.kept", me.language, onwards, **asdict(written))
    return Expect(""), me.card(said)


def _refused(refusal: Refusal, language: str) -> Notice:
    lines = [
        say("fact.problem", language, cause=problem.cause, cure=problem.cure)
        for problem in refusal.problems[:_MOST_PROBLEMS]
    ]
    buttons = tuple(
        Choice(say(f"fact.button.{name}"), action)
        for name, action in (("again", "un.a"), ("drop", "un.d"))
    )
    return notice("fact.refused", language, buttons, why=str(refusal), problems="\n".join(lines))


async def _mark(turn: Turn, form: FactForm, _: Action) -> Sequence[Effect]:
    return await turn.ask(replace(form, sensitive=not form.sensitive))


async def _again(turn: Turn, form: FactForm, _: Action) -> Sequence[Effect]:
    return await turn.ask(again(form))


async def _drop(turn: Turn, _: FactForm, __: Action) -> Sequence[Effect]:
    await turn.visit.work.flags.drop_form(turn.me.key)
    return Expect(""), turn.me.card(turn.me.notice("fact.dropped"))


_GROUP: Mapping[str, Callable[[Turn, int], Awaitable[Sequence[Effect]]]] = {
    "f": _turn_into_fact,
    "n": _not_ours,
    "s": _skip,
}
_FORM: Mapping[str, Callable[[Turn, FactForm, Action], Awaitable[Sequence[Effect]]]] = {
    "c": _chosen,
    "k": _keep,
    "x": _mark,
    "a": _again,
    "d": _drop,
}
