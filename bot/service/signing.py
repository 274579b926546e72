"""Signing in on the page by one-time links, and out again."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.core.events import Person
from bot.core.roles import LINKED, LOCAL_OWNER, PAGE_PEOPLE, START_LINKED, Role, may_revoke
from bot.service.granting import digest, fresh_secret
from bot.service.ports import Store, Work
from bot.service.role_ports import Granted

SIGN_IN = "/signin/"
INVITATION = "/invited/"
"""Where on the page the two kinds of links lead."""
_ALONE = frozenset({"127.0.0.1", "localhost", "::1"})


async def sign_in_link(work: Work, person: str, now: datetime, span: timedelta = LINKED) -> str:
    """Make a link with which a person signs in on the page; return the path of it."""
    token = fresh_secret()
    await work.roles.sign_in_link(digest(token), person, now + span)
    return SIGN_IN + token


async def owners_link(store: Store, now: datetime) -> str:
    """Make the link that is printed when the bot starts; the one of an earlier start ends."""
    async with store.work(now) as work:
        return await sign_in_link(work, LOCAL_OWNER, now, START_LINKED)


async def link_for(work: Work, by: str, granted: Granted, now: datetime) -> str:
    """Make a link to sign in for somebody who is only known on the page; "" where one may not."""
    own: Role | None = await work.roles.role_of(by)
    if not granted.person.startswith(PAGE_PEOPLE) or not may_revoke(own, granted.role):
        return ""
    await work.roles.record(by, "sign-in.link", Person(granted.person))
    return await sign_in_link(work, granted.person, now)


async def sign_in(work: Work, token: str, session: str) -> str:
    """Let a session act for the person of a link; return who that is, "" where it is no use."""
    person = await work.roles.sign_in(digest(token), session)
    if person:
        await work.roles.record(person, "sign-in")
    return person


async def sign_out(work: Work, session: str) -> None:
    """End what one browser may do as somebody."""
    person = await work.roles.acting(session)
    await work.roles.sign_out(session)
    if person != session:
        await work.roles.record(person, "sign-out")


async def sign_out_everywhere(work: Work, person: str) -> int:
    """End every sign-in of a person; return how many there were."""
    person = await work.roles.acting(person)
    ended = await work.roles.sign_out_all(person)
    if ended:
        await work.roles.record(person, "sign-out")
    return ended


def is_alone(address: str) -> bool:
    """Say whether an address opens only on the machine on which the bot runs."""
    return urlsplit(address).hostname in _ALONE
