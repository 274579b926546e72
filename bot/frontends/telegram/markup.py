"""How Telegram writes text: HTML, measured after its tags are taken out, in UTF-16 units."""

import html
import re

from telegram.constants import MessageLimit

from bot.core.facts import Verdict
from bot.core.page import UNSEEN, Laid, Markup, Role, Style
from bot.core.words import SIGNS

_TAG = re.compile(r"<[^>]*>")

_STYLES = {Style.STRONG: "b", Style.QUIET: "i"}


def escape(text: str) -> str:
    """Make text harmless inside Telegram's HTML."""
    return html.escape(text.translate(UNSEEN), quote=False)


def style(how: Style, text: str) -> str:
    """Set escaped text in bold or italics."""
    tag = _STYLES.get(how)
    return f"<{tag}>{text}</{tag}>" if tag and text.strip() else text


def link(text: str, url: str) -> str:
    """Write a link; an address that is not of the web shows its words alone."""
    if not url.startswith(("https://", "http://")):
        return escape(text)
    return f'<a href="{html.escape(url.translate(UNSEEN))}">{escape(text)}</a>'


def mark(verdict: Verdict, label: str) -> str:
    """Write a verdict: its sign, then its words."""
    return f"{SIGNS[verdict]} {escape(label)}"


def lay(blocks: Laid) -> str:
    """Put blocks under each other, with an empty line before the caveat."""
    return "\n".join(_line(role, text) for role, text in blocks).strip()


def _line(role: Role, text: str) -> str:
    match role:
        case Role.ITEM:
            return f"• {text}"
        case Role.WHERE:
            return style(Style.QUIET, text)
        case Role.CAVEAT:
            return f"\n{text}"
        case Role.HEADLINE | Role.BODY:
            return text


def visible(text: str) -> str:
    """Return what Telegram shows of a text in its HTML."""
    return html.unescape(_TAG.sub("", text))


def utf16_units(text: str) -> int:
    """Count as Telegram does: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def size(text: str) -> int:
    """Measure a message; one with too many links or styles counts as too long as well."""
    entities = text.count("</")
    # Telegram silently drops what goes beyond its number of entities: a link would be lost.
    crowded = entities * MessageLimit.MAX_TEXT_LENGTH // MessageLimit.MESSAGE_ENTITIES
    return max(utf16_units(visible(text)), crowded)


MARKUP = Markup(escape, style, link, mark, lay, size, int(MessageLimit.MAX_TEXT_LENGTH))
