"""Who somebody is to classes and assignments: for whom they act, their time zone, their roster."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.core.answer import Answer, Notice
from bot.core.assignment_types import Group, Member
from bot.core.effects import Effect, Tell, Toast
from bot.core.events import Place, Pressed
from bot.core.moments import show_moment
from bot.core.words import notice
from bot.service.parts import Visit
from bot.service.ports import Work

ZONE = "zone"
"""The wish that holds a person's time zone."""
PAGES = frozenset({"web", "cli"})
"""The platforms on which nobody can be written to."""

Nowhere = Callable[[], str]
"""Returns an address or a name, "" where there is none."""


@dataclass(frozen=True, slots=True)
class Me:
    """The person of a visit, whatever device they are at."""

    visit: Visit
    key: str
    """Whom they act for: on the page, the person who is signed in."""
    telegram: Nowhere = str
    """Returns the bot's name on Telegram; "" where it has none."""
    page: Nowhere = str
    """Returns where other people's browsers find the page; "" where there is none."""

    @property
    def language(self) -> str:
        """The language of their client."""
        return self.visit.event.by.language

    @property
    def pressing(self) -> bool:
        """Whether they pressed a button."""
        return isinstance(self.visit.event, Pressed)

    def notice(self, key: str, **values: object) -> Notice:
        """Return one of the sentences that state no claim."""
        return notice(key, self.language, (), **values)

    def say(self, key: str, **values: object) -> Tell:
        """Say one of them."""
        return Tell(self.notice(key, **values), once=True)

    def card(self, what: Answer | Notice) -> Tell:
        """Show something, in place of the card whose button was pressed."""
        return Tell(what, instead=self.pressing, once=True)

    def toast(self, key: str) -> Sequence[Effect]:
        """Say something in passing: privately under a press, else in the chat."""
        return (Toast(self.notice(key)),) if self.pressing else (self.say(key),)

    async def zone(self) -> str:
        """Return the time zone that they have chosen; UTC until then."""
        return await self.visit.work.wishes.get(self.key, ZONE) or "UTC"


async def me_of(visit: Visit, telegram: Nowhere = str, page: Nowhere = str) -> Me:
    """Return who is there."""
    return Me(visit, await visit.work.roles.acting(visit.event.by.key), telegram, page)


def local(at: datetime, zone: str) -> datetime:
    """Return a moment as the clocks of a time zone show it; of an unknown one, in UTC."""
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone(ZoneInfo("UTC"))


def shown_at(at: datetime, zone: str) -> str:
    """Write a moment as the clocks of a time zone show it."""
    return show_moment(local(at, zone), zone)


def find_zone(words: str) -> str:
    """Return the time zone that somebody names by a city or whole; empty where there is none."""
    wanted = "_".join(words.casefold().split())
    zones = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    for zone in zones:
        name = zone.casefold()
        if wanted in {name, name.rpartition("/")[2]}:
            return zone
    return ""


async def roster(work: Work, group: Group) -> Sequence[Member]:
    """Return who is in a class, with the time that each gets by its teacher's word."""
    factors = await work.sessions.factors(group.owner)
    members = await work.classes.members(group.number)
    return [replace(member, factor=factors.get(member.person, 1.0)) for member in members]


def reachable(place: Place | None) -> bool:
    """Say whether somebody can be written to in a place of theirs alone."""
    return place is not None and place.private and place.platform not in PAGES


_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def links_to(payload: str, path: str, telegram: Nowhere, page: Nowhere) -> list[str]:
    """Return the addresses under which others find something.

    A page that listens to its own machine alone is none, unless there is nothing else.
    """
    name, address = telegram(), page()
    links = [f"https://t.me/{name}?start={payload}"] if name else []
    if not address or (links and urlsplit(address).hostname in _HERE):
        return links
    return [*links, address + path]
