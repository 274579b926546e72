"""Reads everything that the bot says: the caveat where a claim is stated, and no markup of users."""

import re
from collections.abc import Iterable

from bot.core.answer import Answer, Notice
from bot.core.cards import Card
from bot.core.words import EXEMPT, say
from bot.frontends.discord.markup import visible as seen_on_discord
from bot.frontends.telegram.markup import visible as seen_on_telegram
from bot.service.desk import Desk
from tests.contracts import without_claims

HOSTILE = ("Bob <i>", "*bob*")
"""What Bob is called on Telegram, and on Discord."""


class Watch:
    """Remembers what cards were written, and finds what goes out without being one of them."""

    def __init__(self) -> None:
        self.cards: set[str] = set()
        """What can be read on every page that was written."""
        self.broken: list[str] = []
        self._exempt = without_claims()
        self._caveats: tuple[str, ...] = ()

    def over(self, desk: Desk) -> None:
        """Watch a desk from now on."""
        write = desk.write
        packs = [shelf.pack for shelf in desk.library.shelves]
        self._caveats = (*(p.caveat_long for p in packs), say("caveat.long"), say("caveat.many"))

        def watched(what: Answer | Notice, platform: str, receipt: str = "") -> Card:
            card = write(what, platform, receipt)
            self._read(card, platform)
            return card

        desk.write = watched

    def goes_out(self, texts: Iterable[str]) -> None:
        """Find what is neither a page that was written nor a sentence that states no claim."""
        for text in texts:
            whole = text in self.cards or any(
                card.startswith(text.rstrip("…")) for card in self.cards
            )
            if not whole and not any(exempt.fullmatch(text) for exempt in self._exempt):
                self.broken.append(f"goes out, and nobody wrote it: {text}")

    def _read(self, card: Card, platform: str) -> None:
        visible = {"telegram": seen_on_telegram, "discord": seen_on_discord}.get(platform, _bare)
        for page in card.pages:
            text = visible(page.text)
            self.cards.add(text)
            if card.notice not in EXEMPT and not text.rstrip().endswith(self._caveats):
                self.broken.append(f"{card.notice or 'an answer'} has no caveat: {text}")
            if any(name in page.text for name in HOSTILE):
                self.broken.append(f"markup of a user: {page.text}")


def _bare(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)
