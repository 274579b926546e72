"""Reads what goes out to Discord, and lists what breaks the contract."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.library import Library
from bot.core.words import WORDS, say
from bot.frontends.discord.markup import visible
from tests.contracts import persons_unnamed, published, without_claims
from tests.frontends.discord.scene import Scene


class Contract:
    """Reads the bodies of calls, and lists what breaks the contract."""

    def __init__(self, library: Library) -> None:
        packs = [shelf.pack for shelf in library.shelves]
        self._long = (*(p.caveat_long for p in packs), say("caveat.long"), say("caveat.many"))
        self._openings = tuple({f.opening for _, f in published(library) if f.opening})
        # The refusals of banks state no claim either.
        self._exempt = without_claims([key for key in WORDS["en"] if key.startswith("bank.")])
        names = [rf"\b{re.escape(name)}\b" for pack in packs for name in persons_unnamed(pack)]
        self._names = re.compile("|".join(names) or r"(?!)", re.IGNORECASE)

    def broken(self, bodies: Sequence[dict[str, Any]], *, asked_for: bool = False) -> list[str]:
        """Return what goes out without a caveat, or calls somebody, or names a dead unasked."""
        said = [text for body in bodies for text in self._bare(body)]
        named = [t for body in bodies for t in words_in(body) if self._names.search(t)]
        return said + [t for t in named if not asked_for or not t.startswith(self._openings)]

    def _bare(self, body: dict[str, Any]) -> Iterator[str]:
        if body.get("allowed_mentions") != {"parse": []}:
            yield f"may call people: {body}"
        for embed in body.get("embeds") or ():
            text = visible(embed["description"])
            if not text.endswith(self._long) and not self._is_exempt(text):
                yield text
        content = visible(body.get("content") or "")
        if content and not self._is_exempt(content):
            yield content

    def _is_exempt(self, text: str) -> bool:
        return any(exempt.fullmatch(text) for exempt in self._exempt)


def words_in(body: dict[str, Any]) -> Iterator[str]:
    """Return everything in a body that anybody can read."""
    yield from (visible(embed["description"]) for embed in body.get("embeds") or ())
    yield visible(body.get("content") or "")
    for item in (i for row in body.get("components") or () for i in row["components"]):
        yield from (o["label"] for o in item.get("options", [item]))


class Reader:
    """Reads what goes out from one moment to the next."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._read = len(scene.env.http_requests)

    def new(self) -> list[dict[str, Any]]:
        """Return the messages that were sent or edited since the last time."""
        entries = self._scene.env.http_requests[self._read :]
        self._read += len(entries)
        bodies = [e.json.get("data") or e.json for e in entries if isinstance(e.json, dict)]
        return [body for body in bodies if "content" in body or "embeds" in body]
