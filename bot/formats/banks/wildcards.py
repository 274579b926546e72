r"""Accepted texts in which a * stands for anything, as in Moodle; \* is a star."""

import re

from bot.core.quiz import Accepted

_STAR = re.compile(r"(?<!\\)\*")


def taken(text: str, fraction: float, feedback: str = "", *, case: bool = False) -> Accepted:
    """Return a text that is accepted, which may hold wildcards."""
    pattern = _STAR.search(text) is not None
    if not pattern:
        text = text.replace("\\*", "*")
    return Accepted(text, fraction, feedback, case=case, pattern=pattern)


def written(key: Accepted) -> str:
    """Return an accepted text as Moodle wants it."""
    return key.text if key.pattern else key.text.replace("*", "\\*")
