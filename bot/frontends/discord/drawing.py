"""A card as Discord's messages: an embed a page, the verdict as its coloured side, buttons below."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import discord

from bot.core.cards import Card, File, read_action
from bot.core.facts import Verdict
from bot.core.page import Page
from bot.frontends.discord.buttons import (
    BUTTON_LABEL,
    CUSTOM_ID,
    OPTION_LABEL,
    OPTIONS,
    ROWS,
    WIDTH,
    ActionButton,
    ActionMenu,
    ShowButton,
    WriteButton,
)
from bot.frontends.discord.markup import units

CONTENT, EMBEDS, ALL_EMBEDS, ALT = 2000, 10, 6000, 1024
"""Letters of a message's own text; embeds in a message, letters in all of them; of an alt text."""
MOST_BUTTONS = 10
"""Choices that stand as buttons; more of them move into a menu, where they are easier to read."""

NOBODY = discord.AllowedMentions.none()
"""Goes with every call: nobody is ever called by what the bot says."""

COLOURS: Mapping[Verdict, int] = {
    Verdict.CORROBORATED: 0x2E7D32,
    Verdict.PARTLY: 0xF9A825,
    Verdict.CONTRADICTED: 0xC62828,
    Verdict.UNVERIFIED: 0x6A1B9A,
    Verdict.OPINION: 0x1565C0,
    Verdict.UNCHECKED: 0x757575,
}
MIXED = 0x455A64
"""The side of an answer with several verdicts: each of them stands in its words."""


@dataclass(frozen=True, slots=True)
class Under:
    """What stands under a card besides its own choices."""

    where: str = "p"
    """Where its buttons belong: `p` to the private conversation, `c` to the channel."""
    writes: bool = False
    """Whether words are awaited."""
    show: str = ""
    """The receipt of an answer that may be shown to everyone."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One message."""

    card: Card
    """What stands in it: some pages of a card, and with the last of them its choices."""
    under: Under = field(default_factory=Under)

    @property
    def plain(self) -> bool:
        """Whether it is a sentence of ours, which needs no embed."""
        pages = self.card.pages
        return bool(self.card.notice) and len(pages) == 1 and units(pages[0].text) <= CONTENT

    def new(self) -> dict[str, Any]:
        """Return what a call takes that sends it."""
        said: dict[str, Any] = {"allowed_mentions": NOBODY}
        if self.plain:
            said |= {"content": self.card.pages[0].text, "suppress_embeds": True}
        else:
            said["embeds"] = self._embeds()
        if view := _view(self.card, self.under):
            said["view"] = view
        if self.card.file:
            said["file"] = _file(self.card.file)
        return said

    def edit(self) -> dict[str, Any]:
        """Return what a call takes that puts it in the place of another."""
        return {
            "allowed_mentions": NOBODY,
            "content": self.card.pages[0].text if self.plain else None,
            "embeds": [] if self.plain else self._embeds(),
            "view": _view(self.card, self.under),
            "attachments": [_file(self.card.file)] if self.card.file else [],
        }

    def _embeds(self) -> list[discord.Embed]:
        side = colour(self.card.verdicts)
        return [discord.Embed(description=page.text, colour=side) for page in self.card.pages]


def draw(card: Card, under: Under | None = None) -> list[Drawn]:
    """Return the messages of a card: its file goes with the first, its choices with the last."""
    under = under or Under()
    packed = [tuple(pages) for pages in _packed(card.pages)]
    last = len(packed) - 1
    bare = replace(card, choices=())
    return [
        Drawn(
            replace(card if n == last else bare, pages=pages, file=None if n else card.file),
            under if n == last else Under(),
        )
        for n, pages in enumerate(packed)
    ]


def _packed(pages: Iterable[Page]) -> Iterable[list[Page]]:
    """Put pages together as long as they fit into one message."""
    held: list[Page] = []
    size = 0
    for page in pages:
        length = units(page.text)
        if held and (size + length > ALL_EMBEDS or len(held) == EMBEDS):
            yield held
            held, size = [], 0
        held.append(page)
        size += length
    if held:
        yield held


def colour(verdicts: Sequence[Verdict]) -> int | None:
    """Return the colour of an answer's side."""
    if not verdicts:
        return None
    return COLOURS[verdicts[0]] if len(set(verdicts)) == 1 else MIXED


def verdict_of(colour: int | None) -> tuple[Verdict, ...]:
    """Return verdicts that have a colour as their side."""
    if colour == MIXED:
        return tuple(COLOURS)
    return tuple(verdict for verdict, other in COLOURS.items() if other == colour)


def _view(card: Card, under: Under) -> discord.ui.View | None:
    return ended(_items(card, under))


def ended(items: Sequence[discord.ui.Item[Any]]) -> discord.ui.View | None:
    """Return a view of items, or None where there are none.

    It is ended at once: a press finds its way by its id, and no message need be remembered.
    """
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view if view.children else None


def _items(card: Card, under: Under) -> list[discord.ui.Item[Any]]:
    """Return menus, then buttons, in as many rows as there are."""
    acts = {c.action: c.label for c in card.choices if c.action and len(c.action) <= CUSTOM_ID - 8}
    listed = [action for action in acts if _numbered(action)]
    listed = listed if len(listed) > MOST_BUTTONS else []
    if len(acts) - len(listed) > MOST_BUTTONS * 2:
        listed = list(acts)
    menus = list(_menus({action: acts[action] for action in listed}, under.where))
    buttons = [
        ActionButton(under.where, action, cut(label, BUTTON_LABEL))
        for action, label in acts.items()
        if action not in listed
    ]
    around = _around(card, under)
    room = (ROWS - len(menus)) * WIDTH - len(around)
    return [*menus, *buttons[:room], *around]


def _around(card: Card, under: Under) -> list[discord.ui.Item[Any]]:
    """Return the buttons that are no choices: to write, to open a page, to show to everyone."""
    write = [WriteButton(under.where)] if under.writes else []
    show = [ShowButton(under.show)] if under.show else []
    links = [
        discord.ui.Button[Any](label=cut(choice.label, BUTTON_LABEL), url=choice.url)
        for choice in card.choices
        if choice.url.startswith(("https://", "http://"))
    ]
    return [*write, *links[:WIDTH], *show]


def _numbered(action: str) -> bool:
    read = read_action(action)
    return read is not None and read.number >= 0


def _menus(choices: Mapping[str, str], where: str) -> Iterable[ActionMenu]:
    options = [
        discord.SelectOption(label=cut(label, OPTION_LABEL), value=action)
        for action, label in choices.items()
    ]
    for number, begin in enumerate(range(0, len(options), OPTIONS)):
        if number < ROWS - 1:
            yield ActionMenu(where, number, options[begin : begin + OPTIONS])


def _file(file: File) -> discord.File:
    return discord.File(
        io.BytesIO(file.content), file.name, description=cut(file.alt, ALT) if file.alt else None
    )


def cut(text: str, most: int) -> str:
    """Shorten a line to what a platform's strictest program counts as a number of letters."""
    if units(text) <= most:
        return text or "…"
    while units(text) > most - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"
