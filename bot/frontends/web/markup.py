"""How the local page writes text: HTML that says what each part is, and leaves looks to the style sheet."""

import html
import re
from collections.abc import Iterator
from itertools import groupby

from bot.core.facts import Verdict
from bot.core.page import UNSEEN, Laid, Markup, Role, Style
from bot.core.words import SIGNS

LONGEST = 1_000_000

# The full stop after a badge is for ears only: its border already ends it for eyes.
_STOP = re.compile(r'(<span class="words">[^<]*</span></span>)\.')
_HEARD_STOP = r'\1<span class="unseen">.</span>'

# Asks for the sign as a letter, where a system would draw a coloured picture.
_AS_LETTER = "\ufe0e"


def escape(text: str) -> str:
    """Make text harmless inside HTML, and keep its lines."""
    return html.escape(text.translate(UNSEEN)).replace("\n", "<br>")


def style(how: Style, text: str) -> str:
    """Set escaped text apart."""
    match how:
        case Style.PLAIN:
            return text
        case Style.STRONG:
            return f"<strong>{text}</strong>"
        case Style.QUIET:
            return f'<span class="quiet">{text}</span>'


def link(text: str, url: str) -> str:
    """Write a link; an address that is not of the web shows its words alone."""
    if not url.lower().startswith(("https://", "http://")):
        return escape(text)
    address = html.escape(url.translate(UNSEEN))
    return f'<a href="{address}" rel="noopener noreferrer">{escape(text)}</a>'


def mark(verdict: Verdict, label: str) -> str:
    """Write a verdict as a badge: its sign, which is decoration, and its words."""
    sign = f'<span class="sign" aria-hidden="true">{SIGNS[verdict]}{_AS_LETTER}</span>'
    words = f'<span class="words">{escape(label)}</span>'
    return f'<span class="verdict {verdict.value}">{sign} {words}</span>'


def lay(blocks: Laid) -> str:
    """Put blocks under each other; items that follow one another become one list."""
    return "\n".join(_parts(blocks))


def _parts(blocks: Laid) -> Iterator[str]:
    for role, group in groupby(blocks, key=lambda block: block[0]):
        texts = [_STOP.sub(_HEARD_STOP, text) for _, text in group]
        if role is Role.ITEM:
            yield "<ul>{}</ul>".format("".join(f"<li>{text}</li>" for text in texts))
        else:
            yield from (_paragraph(role, text) for text in texts)


def _paragraph(role: Role, text: str) -> str:
    if role is Role.BODY:
        return f"<p>{text}</p>"
    return f'<p class="{role.value}">{text}</p>'


MARKUP = Markup(escape, style, link, mark, lay, len, LONGEST)
