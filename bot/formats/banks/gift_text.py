r"""Pieces of text in GIFT: their format and their escapes."""

import re

from bot.formats.banks.plain import from_html, from_moodle, refuse_media
from bot.formats.banks.refusing import Refused

_MARKER = re.compile(r"\s*\[(html|moodle|plain|markdown)\]\s*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\:#={}~n])")
_PICTURE = re.compile(r"!\[[^\]\n]*\]\([^)\n]+\)")


def split_format(text: str, otherwise: str = "moodle") -> tuple[str, str]:
    """Return the format that a marker names, or another, and the text without it."""
    found = _MARKER.match(text)
    return (found[1].lower(), text[found.end() :]) if found else (otherwise, text)


def said(text: str, form: str) -> str:
    """Return what a piece says, as plain text."""
    text = _ESCAPE.sub(_meant, text).strip()
    if form == "html":
        return from_html(text)
    if form == "moodle":
        return from_moodle(text)
    if form == "markdown":
        refuse_media(text, needed="src")
        if _PICTURE.search(text):
            cure = "say in words what it shows, or leave the question out"
            raise Refused("a picture stands in the text, which cannot be imported", cure)
    return text


def piece(text: str, form: str) -> str:
    """Return what an answer or a feedback says, which may name a format of its own."""
    own, rest = split_format(text, form)
    return said(rest, own)


def _meant(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "n" else escape[1]
