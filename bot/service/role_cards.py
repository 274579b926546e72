"""What is said about roles, as effects: pure, once everything is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.answer import Choice, Notice
from bot.core.effects import Effect, Post, Tell
from bot.core.events import Person
from bot.core.roles import Invitation, Link, Role
from bot.core.show import day
from bot.core.words import notice, say
from bot.service.granting import Made, called, private_place, role_name
from bot.service.ports import Token
from bot.service.role_ports import Granted
from bot.service.signing import INVITATION

_MOST_LINES, _MOST_BUTTONS = 40, 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Who has which role, and which of them can be taken away by whoever asks."""

    owners: Sequence[str]
    granted: Sequence[Granted]
    invited: Sequence[Invitation]
    removable: Sequence[Granted]


def invitation_links(token: str, names: Mapping[str, str], page: str) -> str:
    """Return the ways in which an invitation is taken, a line each; `names` are those of the bot."""
    lines: list[str] = []
    if telegram := names.get("telegram"):
        lines.append(f"https://t.me/{telegram}?start=g_{token}")
    if names.get("discord"):
        lines.append(say("role.grant.on-discord", code=token))
    if page:
        address = page + INVITATION + token
        lines.append(say("role.grant.on-page", link=address) if lines else address)
    return "\n".join(lines)


def made(made: Made, role: Role, label: str, links: str, language: str) -> Notice:
    """Hand over an invitation, with a button that withdraws it."""
    key = "role.grant.made.for" if label else "role.grant.made"
    button = Choice(say("role.button.withdraw", language), f"ro.u.{made.number}")
    values = {"role": role_name(role), "label": label, "until": moment(made.until)}
    return notice(key, language, (button,), links=links, **values)


def accepted(
    state: Link, found: Invitation | None, taker: Person, token: Token
) -> Sequence[Effect]:
    """Tell both sides what came of an invitation."""
    role = role_name(found.role) if found else ""
    if state is not Link.OPEN or found is None:
        return (Tell(notice(f"role.link.{state}", taker.language, (), role=role)),)
    telling = Tell(notice("role.accepted", taker.language, (), role=role))
    return telling, *_inviter(found, taker.key, token)


def inviter_notice(found: Invitation, taker: str) -> Notice:
    """Tell whoever made an invitation that it was used."""
    who = called(taker, found.label)
    return notice("role.accepted.by", "en", (), who=who, role=role_name(found.role))


def _inviter(found: Invitation, taker: str, token: Token) -> Sequence[Effect]:
    place = private_place(found.by)
    return (Post(place, inviter_notice(found, taker), token()),) if place else ()


def listed(listed: Listed, language: str) -> Notice:
    """List who has which role, with buttons to take them away."""
    lines = [say("role.list.owner", who=called(key)) for key in listed.owners]
    lines += [_granted(one) for one in listed.granted]
    lines += [_invited(one) for one in listed.invited]
    if not listed.granted and not listed.invited:
        lines.append(say("role.list.none"))
    if len(lines) > _MOST_LINES:
        more = say("role.list.more", count=len(lines) - _MOST_LINES)
        lines = [*lines[:_MOST_LINES], more]
    return notice("role.list", language, _buttons(listed), lines="\n".join(lines))


def _granted(one: Granted) -> str:
    since = day(one.at.date().isoformat())
    who = called(one.person, one.label)
    return say("role.list.granted", role=role_name(one.role), who=who, day=since)


def _invited(one: Invitation) -> str:
    who = one.label or say("role.list.somebody")
    return say("role.list.invited", role=role_name(one.role), who=who, until=moment(one.until))


def _buttons(listed: Listed) -> tuple[Choice, ...]:
    revoking = [
        Choice(_label("revoke", one.role, one.label or one.person), f"ro.r.{one.number}")
        for one in listed.removable
    ]
    withdrawing = [
        Choice(
            _label("withdraw.one", one.role, one.label or say("role.list.somebody")),
            f"ro.u.{one.number}",
        )
        for one in listed.invited
    ]
    return (*revoking, *withdrawing)[:_MOST_BUTTONS]


def _label(what: str, role: Role, who: str) -> str:
    return say(f"role.button.{what}", role=role_name(role), who=who)


def sure(granted: Granted, language: str) -> Notice:
    """Ask whether a role is really to be taken away."""
    choices = (
        Choice(say("role.button.sure", language), f"ro.y.{granted.number}"),
        Choice(say("role.button.keep", language), "ro.n"),
    )
    return notice("role.revoke.sure", language, choices, **_values(granted))


def revoked(granted: Granted, by: Person, token: Token) -> Sequence[Effect]:
    """Tell both sides that a role was taken away."""
    done = Tell(notice("role.revoke.done", by.language, (), **_values(granted)), instead=True)
    place = private_place(granted.person)
    if place is None or granted.person == by.key:
        return (done,)
    return done, Post(place, told(granted), token())


def told(granted: Granted) -> Notice:
    """Tell somebody that their role was taken away."""
    return notice("role.revoke.told", "en", (), role=role_name(granted.role))


def to_page(key: str, path: str, language: str) -> Notice:
    """Lead somebody who is on the page already to another of its pages."""
    return notice(key, language, (Choice(say("role.button.page", language), "", path),))


def moment(at: datetime) -> str:
    """Write a moment in UTC."""
    return f"{day(at.date().isoformat())}, {at:%H:%M} UTC"


def _values(granted: Granted) -> dict[str, object]:
    return {"role": role_name(granted.role), "who": called(granted.person, granted.label)}
