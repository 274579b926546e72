"""The part of the conversation that gives one learner of a live quiz more time: /time, in private."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.core.answer import Choice, Notice
from bot.core.cards import Action, read_action
from bot.core.classes import FACTORS, factor_name
from bot.core.effects import Effect, Tell, Toast
from bot.core.events import Commanded, Pressed
from bot.core.live_types import Over, Remark
from bot.core.numerals import is_number
from bot.core.words import notice, say
from bot.service.live import Live
from bot.service.live_ports import Participant
from bot.service.live_stage import Stage, may_lead
from bot.service.parts import Visit

SHOWN = 20
"""Names under one card."""

Done = Sequence[Effect]


@dataclass(frozen=True, slots=True)
class TimePart:
    """Deals with more time for one learner, in private chats alone."""

    live: Live
    commands: Collection[str] = frozenset({"time"})
    verbs: str = "ti."
    awaits: str = ""
    links: Collection[str] = frozenset()

    async def take(self, visit: Visit) -> Done:
        """Deal with an event."""
        event = visit.event
        if not event.place.private:
            return (Tell(notice("time.private", event.by.language)),)
        match event:
            case Pressed(action=pressed):
                return await self._pressed(visit, read_action(pressed) or Action("", ""))
            case Commanded(edited=False):
                return await self._commanded(visit, event.argument.strip())
            case _:
                return ()

    async def _commanded(self, visit: Visit, code: str) -> Done:
        stage = await self.live.staged(visit.work, code or await _led(visit))
        if stage is None or not await _may(visit, stage):
            return (Tell(notice("time.none", visit.event.by.language)),)
        return (Tell(await _card(stage, 0, visit.event.by.language)),)

    async def _pressed(self, visit: Visit, action: Action) -> Done:
        what, code, number = [*action.verb.removeprefix(self.verbs).split("."), "", "", ""][:3]
        stage = await self.live.staged(visit.work, code)
        language = visit.event.by.language
        if stage is None or not await _may(visit, stage):
            return (Toast(notice(Remark.OVER, language)),)
        if not is_number(number):
            return (Toast(notice("closed", language)),)
        if what == "m":
            return (Tell(await _card(stage, int(number), language), instead=True),)
        people = await present_in(stage)
        at = next((n for n, one in enumerate(people) if one.id == int(number)), None)
        if at is None:
            return (Toast(notice("time.gone", language)),)
        await _turn(stage, people[at])
        self.live.changed(stage.session.code)
        return (Tell(await _card(stage, at - at % SHOWN, language), instead=True),)


async def _led(visit: Visit) -> str:
    """Return the code of the newest quiz underway that somebody leads."""
    me = await visit.work.roles.acting(visit.event.by.key)
    led = await visit.work.sessions.led_by(me)
    return led[0].code if led else ""


async def _may(visit: Visit, stage: Stage) -> bool:
    if isinstance(stage.state, Over):
        return False
    return await may_lead(visit.work, stage.session, visit.event.by.key)


async def present_in(stage: Stage) -> list[Participant]:
    """Return who is there, and known to us."""
    people = await stage.taking_part()
    return [one for one in people if one.person and not one.gone]


async def _turn(stage: Stage, learner: Participant) -> None:
    """Give a learner the next of the times that there are."""
    known = learner.factor in FACTORS
    after = FACTORS.index(learner.factor) + 1 if known else 0
    factor = FACTORS[after % len(FACTORS)]
    await stage.work.sessions.put_factor(stage.session.host, learner.person, factor)


async def _card(stage: Stage, begin: int, language: str) -> Notice:
    code, people = stage.session.code, await present_in(stage)
    if not people:
        return notice("time.nobody", language, (), code=code)
    begin = begin if begin < len(people) else 0
    choices = [_button(code, one, language) for one in people[begin : begin + SHOWN]]
    if len(people) > SHOWN:
        onward = begin + SHOWN if begin + SHOWN < len(people) else 0
        choices.append(Choice(say("time.button.more", language), f"ti.m.{code}.{onward}"))
    return notice("time.card", language, tuple(choices), code=code)


def _button(code: str, one: Participant, language: str) -> Choice:
    time = say(f"class.member.time.{factor_name(one.factor)}", language)
    label = say("time.button", language, name=one.name, time=time)
    return Choice(label, f"ti.t.{code}.{one.id}")
