"""HTML to plain text, without losing what it says: raised figures, lists, tables, line breaks."""

import html
import re
from collections.abc import Iterator

from bot.formats.banks.refusing import Refused

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:[^<>\"']|\"[^\"<>]*\"|'[^'<>]*')*)>")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_MEDIA = {
    "img": "a picture", "picture": "a picture", "svg": "a drawing", "canvas": "a drawing", "video": "a video",
    "audio": "a sound", "iframe": "an embedded page", "object": "an embedded object", "embed": "an embedded object",
    "applet": "an embedded program", "math": "a formula in MathML",
}  # fmt: skip
_BLOCKS = frozenset(
    "address article aside blockquote dd div dl dt figure figcaption footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table tbody tfoot thead tr ul br".split()
)
_HIDDEN = frozenset({"script", "style", "head", "title", "noscript", "template"})
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SPACES = re.compile(r"[ \t\r\n\f\u00a0]+")
_BREAK = re.compile(r"[ \t]*<br[ \t]*/?>[ \t]*", re.IGNORECASE)
_OPENING = re.compile(r"\A\s*<p>(?=\w)", re.IGNORECASE)
_ACTING = re.compile(
    r"\bon[a-z]{3,20}\s*=|(?:href|src|action)\s*=\s*[\"']?\s*(?:javascript|data|vbscript)\s*:",
    re.IGNORECASE,
)
_LANGUAGES = re.compile(r"\bmultilang\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_FORMATTING = frozenset(
    "b i u em strong sub sup span p div font code pre a ul ol li table tr td th tbody thead h1 h2 h3 h4 h5 h6 tt "
    "small big center blockquote kbd var strike s del ins mark cite q".split()
)
_PLUGIN_FILE = "@@PLUGINFILE@@"


def from_html(text: str) -> str:
    """Return what a piece of HTML says; refuse what cannot be said in text."""
    if "<" not in text and "&" not in text:
        return _tidy(text)
    refuse_media(text)
    return _tidy("".join(_pieces(_without_comments(text))))


def from_moodle(text: str) -> str:
    """Return text that may hold a little HTML, as Moodle shows it; a lone tag is what it is about."""
    refuse_media(text, needed="src")
    if "<" in text:
        text = _broken(text) if "</p" in text.lower() else _OPENING.sub("", _broken(text))
        opened = {m[2].lower() for m in _TAG.finditer(text) if not m[1]}
        closed = {m[2].lower() for m in _TAG.finditer(text) if m[1]}
        if opened & closed & _FORMATTING:
            return from_html(text.replace("\n", "<br>"))
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text.replace("\u00a0", " ").strip()


def _broken(text: str) -> str:
    """Return a text whose <br> are the ends of lines, but where one is what the text is about."""

    def meant(found: re.Match[str]) -> str:
        begin, end = found.span()
        before, after = text[max(0, begin - 1) : begin], text[end : end + 1]
        apart = found[0][0] in " \t" and found[0][-1] in " \t"
        spoken_of = apart and before.isalnum() and after.isalnum()
        return found[0] if spoken_of or not (before and after) else "\n"

    return _BREAK.sub(meant, text)


def refuse_media(text: str, needed: str = "") -> None:
    """Refuse what is a picture, a sound or a program, by name."""
    if _PLUGIN_FILE in text:
        raise Refused(*_no_media("a picture or another file"))
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if name in _MEDIA and (not needed or needed in tag[3].lower()):
            raise Refused(*_no_media(_MEDIA[name]))
        if not tag[1] and ((name == "script" and not needed) or _ACTING.search(tag[3])):
            raise Refused("a script stands in the text", "delete it")
        if _LANGUAGES.search(tag[3]):
            cause = "it stands there in several languages at once (multilang)"
            raise Refused(cause, "keep one language, or write a question for each")


def _no_media(what: str) -> tuple[str, str]:
    cure = "say in words what it shows, or leave the question out"
    return f"{what} stands in the text, which cannot be imported", cure


def _without_comments(text: str) -> str:
    parts: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        parts.append(text[place:start])
        place = end + len("-->")
    return "".join((*parts, text[place:]))


def _pieces(text: str) -> Iterator[str]:
    place, hidden = 0, ""
    raised: list[str] = []
    links: list[str] = []
    exact = 0
    for tag in _TAG.finditer(text):
        name, closing = tag[2].lower(), bool(tag[1])
        if not hidden:
            yield _words(text[place : tag.start()], raised, exact=exact > 0)
        place = tag.end()
        if name in _HIDDEN:
            hidden = "" if closing else name
        elif name in {"sub", "sup"}:
            _follow(raised, name, closing=closing)
        elif name == "pre":
            exact += -1 if closing else 1
            yield "\n"
        elif name == "a":
            yield _link(tag[3], links, closing=closing)
        else:
            yield _sign(name, closing=closing)
    if not hidden:
        yield _words(text[place:], raised, exact=exact > 0)


def _follow(raised: list[str], name: str, *, closing: bool) -> None:
    if not closing:
        raised.append(name)
    elif raised:
        raised.pop()


def _link(attributes: str, links: list[str], *, closing: bool) -> str:
    if not closing:
        found = _HREF.search(attributes)
        links.append(html.unescape(found[1]) if found else "")
        return ""
    target = links.pop() if links else ""
    return f" ({target})" if target.startswith(("http://", "https://")) else ""


def _sign(name: str, *, closing: bool) -> str:
    if name == "li" and not closing:
        return "\n• "
    if name in {"td", "th"}:
        return " | " if closing else ""
    return "\n" if name in _BLOCKS else ""


def _words(text: str, raised: list[str], *, exact: bool) -> str:
    text = html.unescape(text)
    if not exact:
        text = _SPACES.sub(" ", text)
    if not raised or not text.strip():
        return text
    table, mark = (_RAISED, "^") if raised[-1] == "sup" else (_LOWERED, "_")
    moved = text.strip().translate(table)
    if all(old != new for old, new in zip(text.strip(), moved, strict=True)):
        return moved
    return mark + (text.strip() if len(text.strip()) == 1 else f"({text.strip()})")


def _tidy(text: str) -> str:
    lines = [line.replace("\u00a0", " ").rstrip() for line in text.split("\n")]
    lines = [line.lstrip(" ") if not line.startswith("  ") else line for line in lines]
    kept = [line.removesuffix(" |") for line in lines if line.strip(" |")]
    return "\n".join(kept).strip()
