"""What is kept about a person: they can have it as a file, and have it erased."""

import json
from collections.abc import Collection, Mapping, Sequence

from bot.core.answer import Choice
from bot.core.cards import File, read_action
from bot.core.effects import Effect, Forgotten, Tell, Toast
from bot.core.events import Commanded, Pressed
from bot.core.words import notice, say
from bot.service.data_ports import Rows
from bot.service.parts import Visit

_ERASE, _KEEP = "y.erase", "y.keep"
_OURS_ALONE = frozenset({"seen", "outbox"})
"""Tables that say nothing of a person but that they are being answered right now."""


class DataPart:
    """Answers `/mydata` and `/deletemydata`."""

    commands: Collection[str] = frozenset({"mydata", "deletemydata"})
    verbs = "y."
    awaits = ""
    links: Collection[str] = frozenset()

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Hand over what is kept, or ask whether to erase it, or do so."""
        match visit.event:
            case Commanded(place=place, by=by) if not place.private:
                return (Tell(notice("data.elsewhere", by.language)),)
            case Commanded(name="mydata"):
                return (await self._everything(visit),)
            case Commanded(by=by):
                choices = (Choice(say("data.erase"), _ERASE), Choice(say("data.keep"), _KEEP))
                return (Tell(notice("data.sure", by.language, choices)),)
            case Pressed():
                return await self._decided(visit, visit.event)
            case _:
                return ()

    async def _everything(self, visit: Visit) -> Tell:
        by = visit.event.by
        rows = await visit.work.personal.everything(by.key)
        acting = await visit.work.roles.acting(by.key)
        if acting != by.key:
            # On the page somebody who signed in is two people here: the browser and themselves.
            rows = _together(rows, await visit.work.personal.everything(acting))
        if not set(rows) - _OURS_ALONE:
            return Tell(notice("data.nothing", by.language))
        kept = {"about": say("data.note"), "at": visit.now.isoformat(), "kept": rows}
        content = json.dumps(kept, ensure_ascii=False, indent=1).encode()
        file = File.of("my-data.json", "application/json", content)
        return Tell(notice("data.file", by.language), file=file)

    async def _decided(self, visit: Visit, press: Pressed) -> Sequence[Effect]:
        action = read_action(press.action)
        # The button stands in a private chat; pressed anywhere else it is not the person's own.
        theirs = visit.about is not None and visit.about.person == press.by.key
        if not theirs or not press.place.private or action is None or action.verb != _ERASE:
            return Toast(notice("data.kept", press.by.language)), *_settled(visit, theirs)
        acting = await visit.work.roles.acting(press.by.key)
        for key in dict.fromkeys((acting, press.by.key)):
            await visit.work.personal.erase(key)
        return Toast(notice("data.erased", press.by.language)), Forgotten()


def _settled(visit: Visit, theirs: bool) -> Sequence[Effect]:
    """Take the buttons away from a question that was answered."""
    if not theirs:
        return ()
    return (Tell(notice("data.kept", visit.event.by.language), instead=True),)


def _together(one: Rows, other: Rows) -> Mapping[str, Sequence[Mapping[str, object]]]:
    return {name: [*one.get(name, ()), *other.get(name, ())] for name in {**one, **other}}
