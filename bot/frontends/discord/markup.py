"""How Discord writes text: Markdown, in which nothing that a person wrote can mean anything."""

import re

from bot.core.facts import Verdict
from bot.core.page import UNSEEN, Laid, Markup, Role, Style
from bot.core.words import SIGNS

EMBED = 4096
"""Characters in the description of an embed."""
HEADROOM = 96
"""Of them, what is left for a line above an answer that somebody shows to everyone."""

_MEANING = re.compile(r"[\\`*_~|\[\]()<@:]")
_AT_THE_START = re.compile(r"^([^\S\n]*)([>#+-])", re.MULTILINE)
_NUMBERED = re.compile(r"^([^\S\n]*\d+)([.)])", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
_LINK = re.compile(r"\[((?:\\.|[^\\\]])*)\]\((?:https?://[^\s)]*)\)")
_STYLED = re.compile(r"(\\.)|\*\*?|^- |^-# ", re.MULTILINE)
_UNSAFE = {ord(sign): f"%{ord(sign):02X}" for sign in ' ()<>[]\\`*|"\n\t'}

_STYLES = {Style.STRONG: "**", Style.QUIET: "*"}


def escape(text: str) -> str:
    """Make text harmless: no style, no link, no mention, no command, no emoji."""
    plain = _MEANING.sub(r"\\\g<0>", text.translate(UNSEEN))
    return _NUMBERED.sub(r"\1\\\2", _AT_THE_START.sub(r"\1\\\2", plain))


def style(how: Style, text: str) -> str:
    """Set escaped text in bold or italics; spaces at its ends stay outside, or it would not show."""
    inside = text.strip()
    sign = _STYLES.get(how)
    if not sign or not inside:
        return text
    before, _, after = text.partition(inside)
    return f"{before}{sign}{inside}{sign}{after}"


def link(text: str, url: str) -> str:
    """Write a link; an address that is not of the web shows its words alone."""
    if not url.startswith(("https://", "http://")):
        return escape(text)
    return f"[{escape(text)}]({url.translate(UNSEEN).translate(_UNSAFE)})"


def mark(verdict: Verdict, label: str) -> str:
    """Write a verdict: its sign, then its words."""
    return f"{SIGNS[verdict]} {escape(label)}"


def lay(blocks: Laid) -> str:
    """Put blocks under each other, with an empty line before the caveat."""
    return "\n".join(_line(role, text) for role, text in blocks).strip()


def _line(role: Role, text: str) -> str:
    match role:
        case Role.ITEM:
            return f"- {text}"
        case Role.WHERE:
            return f"-# {text}" if text.strip() and "\n" not in text else text
        case Role.CAVEAT:
            return f"\n{text}"
        case Role.HEADLINE | Role.BODY:
            return text


def visible(text: str) -> str:
    """Return what is shown of our Markdown."""
    return _ESCAPED.sub(r"\1", _unstyled(_LINK.sub(r"\1", text)))


def _unstyled(text: str) -> str:
    # What is escaped is no style.
    return _STYLED.sub(lambda found: found[1] or "", text)


def units(text: str) -> int:
    """Count as the strictest of Discord's programs does: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


MARKUP = Markup(escape, style, link, mark, lay, units, EMBED - HEADROOM)
