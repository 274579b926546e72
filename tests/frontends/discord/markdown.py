"""Discord's Markdown, read as its apps read it: what of a text would not be shown as it stands."""

import re

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_MASKED = re.compile(r"\[((?:\\.|[^\\\]\n])+)\]\((https?://[^\s()<>]+)\)")
_ALIVE = {
    "a style": re.compile(r"[*_~`|]"),
    "a mention": re.compile(r"<[@#/:a]|@(?=\w)"),
    "a link": re.compile(r"https?:|\]\("),
    "an angle": re.compile(r"<"),
    "a block": re.compile(r"^\s*(?:>|#|-|\+|\d+[.)])", re.MULTILINE),
}
_PUT_ASIDE = "\ue000"


def living(text: str) -> list[str]:
    """Return the sorts of markup that a text still has once its escapes are taken."""
    bare = _ESCAPE.sub(_PUT_ASIDE, text)
    return [name for name, sort in _ALIVE.items() if sort.search(bare)]


def links(text: str) -> list[tuple[str, str]]:
    """Return the links that a text shows: their words and addresses."""
    return [(_ESCAPE.sub(r"\1", words), url) for words, url in _MASKED.findall(text)]
