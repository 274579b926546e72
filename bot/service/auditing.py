"""The audit log in words, and as files."""

import json
from collections.abc import Iterable, Mapping, Sequence

from bot.core.role_words import ROLE_WORDS
from bot.core.roles import role_named
from bot.core.words import say
from bot.formats.safe_csv import safe_csv
from bot.service.granting import called, role_name
from bot.service.ports import Work
from bot.service.role_ports import Recorded

COLUMNS = ("number", "at", "who", "act", "subject", "before", "after")
MOST = 100_000
"""How many acts a file holds at most."""

Labels = Mapping[str, str]
"""What people are called, by their keys."""


async def labels(work: Work) -> Labels:
    """Return what those who granted roles call the people who have them."""
    return {one.person: one.label for one in await work.roles.granted() if one.label}


def sentence(recorded: Recorded, known: Labels) -> str:
    """Tell an act in a line."""
    who = called(recorded.who, known.get(recorded.who, ""))
    at = f"{recorded.at:%Y-%m-%d %H:%M}"
    return say("audit.line", at=at, who=who, what=_what(recorded, known))


def whom(recorded: Recorded, known: Labels) -> str:
    """Return what, or whom, an act was done to."""
    if recorded.about:
        return called(recorded.about, known.get(recorded.about, ""))
    told = recorded.act in {"role.accept", "role.revoke", "sign-in.link"}
    return recorded.subject or (called("") if told else "")


def as_csv(log: Iterable[Recorded]) -> bytes:
    """Write acts as a table."""
    heads = [say(f"audit.column.{name}") for name in COLUMNS]
    return safe_csv(heads, (_row(one) for one in log))


def as_json(log: Iterable[Recorded]) -> str:
    """Write acts as JSON, a list of objects."""
    shown = [dict(zip(COLUMNS, _row(one), strict=True)) for one in log]
    return json.dumps(shown, ensure_ascii=False, indent=1)


def _row(one: Recorded) -> Sequence[str | int]:
    subject = one.about or one.subject
    return (one.number, one.at.isoformat(), one.who, one.act, subject, one.before, one.after)


def _what(recorded: Recorded, known: Labels) -> str:
    subject = whom(recorded, known)
    own = f"audit.{recorded.act}"
    if own in ROLE_WORDS:
        before, after = _role(recorded.before), _role(recorded.after)
        return say(own, subject=subject, before=before, after=after)
    key = "plain"
    if recorded.after:
        key = "change" if recorded.before else "changed"
    values = {"act": recorded.act, "before": recorded.before, "after": recorded.after}
    return say(f"audit.{key}", subject=subject, **values)


def _role(word: str) -> str:
    role = role_named(word)
    return role_name(role) if role else word
