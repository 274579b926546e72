"""Handing roles on and taking them away, each act written into the audit log."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.core.answer import Notice
from bot.core.events import Person, Place
from bot.core.roles import (
    INVITED,
    LOCAL_OWNER,
    PAGE_PEOPLE,
    Act,
    Invitation,
    Link,
    Role,
    may,
    may_grant,
    may_revoke,
    needs,
    opened,
)
from bot.core.words import notice, say
from bot.service.ports import Work
from bot.service.role_ports import Granted

LONGEST_LABEL = 60


def fresh_secret() -> str:
    """Return 192 random bits, for a one-time link."""
    return secrets.token_urlsafe(24)


def digest(token: str) -> str:
    """Return what is kept of a link's token; nobody finds the token by it."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


async def allowed(work: Work, person: str, act: Act) -> bool:
    """Say whether a person may do something, now."""
    return may(await work.roles.role_of(person), act)


def refused(act: Act, language: str = "en") -> Notice:
    """Say which role an act needs."""
    return notice("role.needed", language, role=role_name(needs(act), language))


def role_name(role: Role, language: str = "en") -> str:
    """Return the name of a role, as it is read."""
    return say(f"role.name.{role.word}", language)


def called(key: str, label: str = "") -> str:
    """Return how somebody is called before people with a role."""
    if key.startswith(PAGE_PEOPLE):
        return say("role.who.page.labelled", label=label) if label else say("role.who.page")
    shown = {"": say("role.who.gone"), LOCAL_OWNER: say("role.who.local")}.get(key, key)
    return say("role.who.labelled", label=label, who=shown) if label else shown


def private_place(person: str) -> Place | None:
    """Return the private chat in which a person can be told something; None where there is none."""
    platform = person.partition(":")[0]
    if platform in {"telegram", "discord"}:
        return Place(platform, person)
    return None


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation that was just made."""

    number: int
    token: str
    until: datetime


async def invite(work: Work, by: str, role: Role, label: str, now: datetime) -> Made | None:
    """Make a link that hands on a role; None where one may not."""
    if not may_grant(await work.roles.role_of(by), role):
        return None
    token, until = fresh_secret(), now + INVITED
    label = " ".join(label.split())[:LONGEST_LABEL]
    number = await work.roles.invite(digest(token), role, by, until, label)
    await work.roles.record(by, "role.invite", after=role.word)
    return Made(number, token, until)


async def withdraw(work: Work, by: str, number: int) -> bool:
    """Withdraw an invitation, unless it is too late or not one's own business."""
    own = await work.roles.role_of(by)
    standing = [one for one in await work.roles.invitations() if one.number == number]
    if not standing or not may_grant(own, standing[0].role):
        return False
    if await work.roles.withdraw(number) is None:
        return False
    await work.roles.record(by, "role.withdraw", before=standing[0].role.word)
    return True


async def look_at(
    work: Work, token: str, person: str, now: datetime
) -> tuple[Link, Invitation | None]:
    """Say what would come of a link if a person opened it."""
    found = await work.roles.invitation(digest(token))
    giver = await work.roles.role_of(found.by) if found else None
    taker = await work.roles.role_of(person) if person else None
    return opened(found, giver, taker, now), found


async def accept(
    work: Work, token: str, person: str, now: datetime
) -> tuple[Link, Invitation | None]:
    """Let a person take the role of a link, where it is open to them."""
    state, found = await look_at(work, token, person, now)
    if found is None or state is not Link.OPEN:
        return state, found
    before = await work.roles.role_of(person)
    if not await work.roles.accept(digest(token), person):
        return Link.USED, found  # somebody else was a moment faster
    was = before.word if before else ""
    await work.roles.record(person, "role.accept", Person(found.by), was, found.role.word)
    return Link.OPEN, found


async def find_granted(work: Work, number: int) -> Granted | None:
    """Return a granted role by its number."""
    return next((one for one in await work.roles.granted() if one.number == number), None)


async def may_take(work: Work, by: str, granted: Granted) -> bool:
    """Say whether one may take a granted role away."""
    own, oneself = await work.roles.role_of(by), await work.roles.acting(by) == granted.person
    return may_revoke(own, granted.role, oneself=oneself)


async def revoke(work: Work, by: str, granted: Granted) -> bool:
    """Take a role away, sign the person out of the page; False where one may not or it is gone."""
    if not await may_take(work, by, granted) or not await work.roles.revoke(granted.number):
        return False
    whom = Person(granted.person)
    await work.roles.record(by, "role.revoke", whom, granted.role.word, "")
    await work.roles.sign_out_all(granted.person)
    return True


def new_page_person() -> str:
    """Return the key of somebody who takes a role on the page, without an account elsewhere."""
    return f"{PAGE_PEOPLE}{secrets.token_hex(8)}"
