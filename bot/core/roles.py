"""Who may do what: the roles, the acts, and the rules for handing roles on. All of it pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

LOCAL_OWNER = "owner:local"
"""Who signs in with what the bot printed when it started: whoever runs it owns it."""
PAGE_PEOPLE = "page:"
"""How the keys of people begin who took their role on the page and have no account elsewhere."""
INVITED = timedelta(hours=24)
"""How long a link that hands on a role can be used."""
LINKED = timedelta(minutes=10)
"""How long a link to sign in on the page can be used."""
START_LINKED = timedelta(hours=12)
"""How long the one can be used that is printed when the bot starts."""
IDLE = timedelta(hours=12)
"""How long somebody who does nothing stays signed in."""


class Role(IntEnum):
    """What somebody is to this bot; the higher include the lower."""

    TEACHER = 1
    EDITOR = 2
    ADMIN = 3
    OWNER = 4

    @property
    def word(self) -> str:
        """Return its name, as it is typed and stored."""
        return self.name.lower()


GRANTABLE = (Role.TEACHER, Role.EDITOR, Role.ADMIN)
"""The roles that can be handed on; owners stand in the settings."""


def role_named(word: str) -> Role | None:
    """Return the role of that name."""
    return next((role for role in Role if role.word == word.strip().lower()), None)


class Act(StrEnum):
    """Everything that not everybody may do."""

    QUIZ_LIVE = "quiz.live"
    CLASS = "class"
    ASSIGN = "assign"
    RESULTS = "results"
    REGRADE = "results.regrade"
    SIGN_IN = "sign-in"
    BANK_READ = "bank.read"
    BANK_EDIT = "bank.edit"
    BANK_APPROVE = "bank.approve"
    FLAGS = "flags"
    UNANSWERED = "unanswered"
    BANK_PUBLISH = "bank.publish"
    BANK_ROLLBACK = "bank.rollback"
    GRANT = "grant"
    AUDIT_READ = "audit.read"


_NEEDS: Mapping[Act, Role] = {
    Act.QUIZ_LIVE: Role.TEACHER,
    Act.CLASS: Role.TEACHER,
    Act.ASSIGN: Role.TEACHER,
    Act.RESULTS: Role.TEACHER,
    Act.REGRADE: Role.TEACHER,
    Act.SIGN_IN: Role.TEACHER,
    Act.BANK_READ: Role.EDITOR,
    Act.BANK_EDIT: Role.EDITOR,
    Act.BANK_APPROVE: Role.EDITOR,
    Act.FLAGS: Role.EDITOR,
    Act.UNANSWERED: Role.EDITOR,
    Act.BANK_PUBLISH: Role.ADMIN,
    Act.BANK_ROLLBACK: Role.ADMIN,
    Act.GRANT: Role.ADMIN,
    Act.AUDIT_READ: Role.ADMIN,
}


def needs(act: Act) -> Role:
    """Return the lowest role that may do something."""
    return _NEEDS[act]


def may(role: Role | None, act: Act) -> bool:
    """Say whether a role may do something."""
    return role is not None and role >= _NEEDS[act]


def may_grant(own: Role | None, role: Role) -> bool:
    """Say whether one may hand on a role: only those below one's own, and never an owner's."""
    return own is not None and may(own, Act.GRANT) and role in GRANTABLE and role < own


def may_revoke(own: Role | None, theirs: Role, *, oneself: bool = False) -> bool:
    """Say whether one may take a granted role away: one's own always, else those one may grant."""
    return oneself or may_grant(own, theirs)


class Link(StrEnum):
    """What has become of a one-time link."""

    OPEN = "open"
    USED = "used"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    POWERLESS = "powerless"
    """Whoever made it may no longer hand on that role."""
    HELD = "held"
    """Whoever opened it has that role, or a higher one, already."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link that hands on a role."""

    number: int
    role: Role
    by: str
    """Who made it."""
    at: datetime
    until: datetime
    label: str = ""
    """What its maker calls the person whom it is for."""
    used: bool = False
    withdrawn: bool = False


def state_of(invitation: Invitation | None, now: datetime) -> Link:
    """Return what has become of an invitation, whoever it is that opens it."""
    if invitation is None:
        return Link.UNKNOWN
    if invitation.used:
        return Link.USED
    if invitation.withdrawn:
        return Link.WITHDRAWN
    return Link.OPEN if invitation.until > now else Link.EXPIRED


def opened(
    invitation: Invitation | None, giver: Role | None, taker: Role | None, now: datetime
) -> Link:
    """Decide what comes of an invitation that is opened; only an open one hands on its role."""
    state = state_of(invitation, now)
    if invitation is None or state is not Link.OPEN:
        return state
    if not may_grant(giver, invitation.role):
        return Link.POWERLESS
    return Link.HELD if taker is not None and taker >= invitation.role else Link.OPEN


def role_held(person: str, owners: Collection[str], granted: Role | None) -> Role | None:
    """Return the role of a person: owners stand in the settings, whatever else was granted."""
    return Role.OWNER if person == LOCAL_OWNER or person in owners else granted
