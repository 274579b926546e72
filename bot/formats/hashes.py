"""Fingerprints of what was shown: equal as long as the content is, however its file is laid out."""

import hashlib
import json
from dataclasses import MISSING, fields, replace
from typing import Any

from bot.core.facts import Fact, Pack

_DIGITS = 16


def with_hash(fact: Fact) -> Fact:
    """Return a fact with the hash of its content."""
    return replace(fact, hash=_hash(fact))


def pack_with_hash(pack: Pack) -> Pack:
    """Return a pack with the hash of its content; its facts must have theirs."""
    about = replace(pack, facts=())
    return replace(pack, hash=_hash([about, [(fact.id, fact.hash) for fact in pack.facts]]))


def _hash(content: object) -> str:
    text = json.dumps(content, default=_content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]


def _content(value: Any) -> dict[str, object]:
    # What stands at its default is left out, so that a new field does not change the hash of old facts.
    found: dict[str, object] = {}
    for field in fields(value):
        content = getattr(value, field.name)
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if field.name != "hash" and content != default:
            found[field.name] = content
    return found
