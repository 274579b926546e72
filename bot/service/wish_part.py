"""`/settings`: what people choose for themselves. Nothing of it is on before they say so."""

from collections.abc import Collection, Sequence

from bot.core.answer import Choice
from bot.core.cards import read_action
from bot.core.effects import Effect, Expect, Tell
from bot.core.events import Commanded, Pressed, Said
from bot.core.retention import span
from bot.core.words import notice, say
from bot.service.learners import PAGES, ZONE, Me, find_zone, me_of
from bot.service.parts import Visit

PRACTICE, REMINDERS = "practice", "reminders"
CORRECTIONS, UNANSWERED = "corrections", "unanswered"
"""The wishes, as `work.wishes` keeps them; that of practice holds an hour, the others `on`."""
_SWITCHES = (REMINDERS, CORRECTIONS, UNANSWERED)
_ASKS_ZONE = "wish.zone"
HOURS = (7, 8, 12, 16, 18, 20)
_NO_HOUR = 99


class WishPart:
    """Shows a person's choices and lets them choose."""

    commands: Collection[str] = frozenset({"settings"})
    verbs = "w."
    awaits = "wish."
    links: Collection[str] = frozenset()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Show the choices, or keep one."""
        me, place = await me_of(visit), visit.event.place
        if not place.private:
            return (me.say("wish.elsewhere"),)
        # Where somebody is signed in, it is their other self that is written to.
        if place.platform in PAGES and me.key == visit.event.by.key:
            return (me.say("wish.nowhere"),)
        match visit.event:
            case Said(text=words):
                return await _zone_written(me, words)
            case Pressed(action=pressed):
                return await _pressed(me, pressed)
            case Commanded():
                return (await _card(me),)
            case _:
                return ()


async def _card(me: Me) -> Tell:
    wishes = await me.visit.work.wishes.all_of(me.key)
    states = {what: _state(wishes.get(what)) for what in (PRACTICE, *_SWITCHES)}
    buttons = [
        Choice(say(f"wish.button.{what}", state=state), f"w.{what}")
        for what, state in states.items()
    ]
    buttons.append(Choice(say("wish.button.zone"), "w.zone"))
    days = span(me.visit.retention.unanswered)
    values = {**states, "zone": await me.zone(), "days": days}
    return me.card(notice("wish.card", me.language, tuple(buttons), **values))


def _state(value: str | None) -> str:
    if value is None:
        return say("wish.off")
    return say("wish.at", hour=value) if value.isdecimal() else say("wish.on")


async def _pressed(me: Me, pressed: str) -> Sequence[Effect]:
    action = read_action(pressed)
    what = action.verb.removeprefix("w.") if action else ""
    if what in _SWITCHES:
        await _switch(me, what)
    elif what == "hour" and action:
        await _at_hour(me, action.number)
    elif what == PRACTICE:
        return (await _hours(me),)
    elif what == "zone":
        return Expect(_ASKS_ZONE), me.card(me.notice("wish.zone"))
    return (await _card(me),)


async def _switch(me: Me, what: str) -> None:
    wishes = me.visit.work.wishes
    if await wishes.get(me.key, what):
        await wishes.drop(me.key, what)
    else:
        await wishes.put(me.key, what)


async def _hours(me: Me) -> Tell:
    hours = [Choice(f"{hour}:00", f"w.hour|{hour}") for hour in HOURS]
    off = Choice(say("wish.button.off"), f"w.hour|{_NO_HOUR}")
    return me.card(notice("wish.hour", me.language, (*hours, off), zone=await me.zone()))


async def _at_hour(me: Me, hour: int) -> None:
    wishes = me.visit.work.wishes
    if hour in HOURS:
        await wishes.put(me.key, PRACTICE, str(hour))
    else:
        await wishes.drop(me.key, PRACTICE)


async def _zone_written(me: Me, words: str) -> Sequence[Effect]:
    zone = find_zone(words)
    if not zone:
        return Expect(_ASKS_ZONE), me.say("wish.zone.bad")
    await me.visit.work.wishes.put(me.key, ZONE, zone)
    return Expect(""), await _card(me)
