"""The part of the conversation that is about roles: /grant, /roles, /signin, /signout, /audit."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.cards import File, read_action
from bot.core.effects import Effect, Tell
from bot.core.events import Commanded, Pressed
from bot.core.numerals import is_number
from bot.core.roles import Act, role_named
from bot.core.words import notice, say
from bot.service import auditing, role_cards, signing
from bot.service.granting import (
    accept,
    allowed,
    find_granted,
    invite,
    may_take,
    refused,
    revoke,
    role_name,
    withdraw,
)
from bot.service.parts import Visit

INVITE = "g_"
"""How the payload of a link begins that hands on a role."""
_ACTS_SHOWN, _MOST_ACTS = 10, 50
_WEB = "web"


def _nowhere() -> str:
    """No page is served."""
    return ""


@dataclass(frozen=True, slots=True)
class RolePart:
    """Deals with roles, in private chats."""

    page_address: Callable[[], str] = _nowhere
    """Returns where other people's browsers find the page; "" where there is none."""
    names: Callable[[], Mapping[str, str]] = dict[str, str]
    """Returns the bot's names on the platforms on which it runs."""

    @property
    def commands(self) -> Collection[str]:
        """The commands that it takes."""
        return _COMMANDS.keys()

    @property
    def verbs(self) -> str:
        """How the verbs of its buttons begin."""
        return "ro."

    @property
    def awaits(self) -> str:
        """It awaits no words."""
        return ""

    @property
    def links(self) -> Collection[str]:
        """How the payloads of its links begin."""
        return (INVITE,)

    async def take(self, visit: Visit) -> Sequence[Effect]:
        """Deal with an event."""
        event = visit.event
        if not event.place.private:
            return (_say(visit, "role.private"),)
        if isinstance(event, Pressed):
            return await _pressed(visit)
        # Who edits a command has had its answer: it is not carried out a second time.
        if not isinstance(event, Commanded) or event.edited:
            return ()
        if event.name == "start":
            return await _accept(visit, event.argument.removeprefix(INVITE))
        return await _COMMANDS[event.name](self, visit, event.argument.strip())


def _say(visit: Visit, key: str, **values: object) -> Tell:
    return Tell(notice(key, visit.event.by.language, (), **values))


async def _grant(part: RolePart, visit: Visit, words: str) -> Sequence[Effect]:
    work, by = visit.work, visit.event.by
    word, _, label = words.partition(" ")
    role = role_named(word)
    own = await work.roles.role_of(by.key)
    if own is None or not await allowed(work, by.key, Act.GRANT):
        return (Tell(refused(Act.GRANT, by.language)),)
    if visit.event.place.platform == _WEB:
        return (Tell(role_cards.to_page("role.grant.page", "/team", by.language)),)
    if role is None:
        return (_say(visit, "role.grant.how"),)
    if not {*part.names()} & {"telegram", "discord"} and not part.page_address():
        return (_say(visit, "role.grant.nowhere"),)
    made = await invite(work, by.key, role, label, visit.now)
    if made is None:
        return (_say(visit, "role.grant.above", own=role_name(own)),)
    links = role_cards.invitation_links(made.token, part.names(), part.page_address())
    return (Tell(role_cards.made(made, role, label, links, by.language)),)


async def _accept(visit: Visit, token: str) -> Sequence[Effect]:
    by = visit.event.by
    state, found = await accept(visit.work, token, by.key, visit.now)
    return role_cards.accepted(state, found, by, visit.token)


async def _roles(_: RolePart, visit: Visit, __: str) -> Sequence[Effect]:
    work, by = visit.work, visit.event.by
    if not await allowed(work, by.key, Act.GRANT):
        return await _own_role(visit)
    granted, invited = await work.roles.granted(), await work.roles.invitations()
    removable = [one for one in granted if await may_take(work, by.key, one)]
    listed = role_cards.Listed(work.roles.owners, granted, invited, removable)
    return (Tell(role_cards.listed(listed, by.language)),)


async def _own_role(visit: Visit) -> Sequence[Effect]:
    """Show somebody the role they have, which they can give up."""
    work, by = visit.work, visit.event.by
    acting = await work.roles.acting(by.key)
    own = [one for one in await work.roles.granted() if one.person == acting]
    if not own:
        return (Tell(refused(Act.GRANT, by.language)),)
    return (Tell(role_cards.listed(role_cards.Listed((), own, (), own), by.language)),)


async def _signin(part: RolePart, visit: Visit, _: str) -> Sequence[Effect]:
    work, by = visit.work, visit.event.by
    if visit.event.place.platform == _WEB:
        known = await work.roles.acting(by.key) != by.key
        return (_say(visit, "role.signin.already" if known else "role.signin.here"),)
    if not await allowed(work, by.key, Act.SIGN_IN):
        return (Tell(refused(Act.SIGN_IN, by.language)),)
    address = part.page_address()
    if not address:
        return (_say(visit, "role.signin.none"),)
    link = address + await signing.sign_in_link(work, by.key, visit.now)
    alone = "\n" + say("role.signin.alone") if signing.is_alone(address) else ""
    return (_say(visit, "role.signin.link", link=link + alone),)


async def _signout(_: RolePart, visit: Visit, __: str) -> Sequence[Effect]:
    ended = await signing.sign_out_everywhere(visit.work, visit.event.by.key)
    return (_say(visit, "role.signout.done" if ended else "role.signout.none"),)


async def _audit(_: RolePart, visit: Visit, words: str) -> Sequence[Effect]:
    work, event = visit.work, visit.event
    if not await allowed(work, event.by.key, Act.AUDIT_READ):
        return (Tell(refused(Act.AUDIT_READ, event.by.language)),)
    if words and not is_number(words, most=3):
        return (_say(visit, "audit.how"),)
    log = await work.roles.audit(most=auditing.MOST)
    if not log:
        return (_say(visit, "audit.none"),)
    known = await auditing.labels(work)
    most = min(int(words or _ACTS_SHOWN), _MOST_ACTS)
    lines = "\n".join(auditing.sentence(one, known) for one in log[: max(most, 1)])
    if event.place.platform == _WEB:
        on_page = role_cards.to_page("audit.page", "/audit", event.by.language)
        return _say(visit, "audit.head", lines=lines), Tell(on_page)
    file = File.of("audit.csv", "text/csv", auditing.as_csv(log))
    head = notice("audit.head", event.by.language, (), lines=lines)
    return (Tell(head, file=file),)


async def _pressed(visit: Visit) -> Sequence[Effect]:
    """Do what a button stands for, if the person may (still) do it."""
    event, work = visit.event, visit.work
    action = read_action(event.action) if isinstance(event, Pressed) else None
    verb, _, number = (action.verb if action else "").removeprefix("ro.").partition(".")
    if verb == "n":
        return (_instead(visit, "role.revoke.kept"),)
    if not is_number(number):
        return (_instead(visit, "closed"),)
    if verb == "u":
        done = await withdraw(work, event.by.key, int(number))
        return (_instead(visit, "role.withdrawn" if done else "role.withdrawn.late"),)
    return await _revoking(visit, int(number), sure=verb == "y")


async def _revoking(visit: Visit, number: int, *, sure: bool) -> Sequence[Effect]:
    work, by = visit.work, visit.event.by
    granted = await find_granted(work, number)
    if granted is None:
        return (_instead(visit, "role.revoke.gone"),)
    if not await may_take(work, by.key, granted):
        return (_instead(visit, "role.revoke.above"),)
    if not sure:
        return (Tell(role_cards.sure(granted, by.language), instead=True),)
    if not await revoke(work, by.key, granted):
        return (_instead(visit, "role.revoke.gone"),)
    return role_cards.revoked(granted, by, visit.token)


def _instead(visit: Visit, key: str) -> Tell:
    return Tell(notice(key, visit.event.by.language), instead=True)


_Command = Callable[[RolePart, Visit, str], Awaitable[Sequence[Effect]]]
_COMMANDS: Mapping[str, _Command] = {
    "grant": _grant,
    "roles": _roles,
    "signin": _signin,
    "signout": _signout,
    "audit": _audit,
}
