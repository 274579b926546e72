"""Fingerprints of what was shown: equal as long as the content is, however its file is laid out."""

import hashlib
import json
from dataclasses import MISSING, fields, replace
from typing import Any

from bot.core.facts import Fact, Pack
from bot.core.quiz import Question

_DIGITS = 16


def with_hash(fact: Fact) -> Fact:
    """Return a fact with the hash of its content."""
    return replace(fact, hash=_hash(fact))


def question_with_hash(question: Question) -> Question:
    """Return a quiz question with the hash of its content, wherever it stands."""
    return replace(question, hash=_hash(replace(question, source=("", 0))))


def pack_with_hash(pack: Pack) -> Pack:
    """Return a pack with the hash of its content; its facts and questions must have theirs."""
    content: list[object] = [replace(pack, facts=(), questions=())]
    # A pack without questions has the hash that it had before there were any.
    kinds = (pack.facts, pack.questions) if pack.questions else (pack.facts,)
    content += [[(item.id, item.hash) for item in items] for items in kinds]
    return replace(pack, hash=_hash(content))


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
