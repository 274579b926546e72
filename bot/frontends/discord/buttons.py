"""Buttons and menus that still work after a restart: what they do stands in their own id.

An id is `dc|where|what`: `p` for the private conversation of whoever presses, `c` for the channel;
then an action as every platform has it, or `w` for a field to write in.
"""

import re
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Self

import discord
from typing_extensions import override

from bot.core.words import say
from bot.frontends.discord.inbound import Interaction

BUTTON_LABEL, OPTION_LABEL, CUSTOM_ID, OPTIONS, ROWS, WIDTH = 80, 100, 100, 25, 5, 5
"""What Discord allows: letters on a button and an option, of an id; options of a menu; a grid."""

Press = Callable[[Interaction, str, str], Awaitable[None]]
"""Takes a press: where it belongs (`p` or `c`), and what it does."""

_ACTION = r"dc\|(?P<where>[pc])\|(?P<action>1\|.{1,90})"
_MENU = r"dc\|(?P<where>[pc])\|m\|(?P<number>\d+)"
_WRITE = r"dc\|(?P<where>[pc])\|w"
_SHOW = r"dc\|s\|(?P<receipt>[\w-]{1,60})"

AnyButton = discord.ui.Button[Any]
AnySelect = discord.ui.Select[Any]


class Presses:
    """Where presses go; every button finds it through its client."""

    def __init__(self, act: Press, write: Press, show: Press) -> None:
        self.act = act
        self.write = write
        self.show = show


def presses(interaction: Interaction) -> Presses:
    """Return where the presses of a client go."""
    found = interaction.client.presses
    assert isinstance(found, Presses)  # noqa: S101 - our client has them; the type is the library's
    return found


class ActionButton(discord.ui.DynamicItem[AnyButton], template=_ACTION):
    """Does what a choice of a card stands for."""

    def __init__(self, where: str, action: str, label: str) -> None:
        self.where, self.action = where, action
        super().__init__(discord.ui.Button(label=label, custom_id=f"dc|{where}|{action}"))

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["where"], match["action"], "…")

    @override
    async def callback(self, interaction: Interaction) -> None:
        await presses(interaction).act(interaction, self.where, self.action)


class ActionMenu(discord.ui.DynamicItem[AnySelect], template=_MENU):
    """Offers more choices than there is room for as buttons."""

    def __init__(
        self, where: str, number: int, options: list[discord.SelectOption] | None = None
    ) -> None:
        self.where = where
        super().__init__(
            discord.ui.Select(
                custom_id=f"dc|{where}|m|{number}",
                placeholder=say("discord.menu"),
                options=options or [],
            )
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["where"], int(match["number"]))

    @override
    async def callback(self, interaction: Interaction) -> None:
        await presses(interaction).act(interaction, self.where, self.item.values[0])


class WriteButton(discord.ui.DynamicItem[AnyButton], template=_WRITE):
    """Opens a field for the words that are awaited."""

    def __init__(self, where: str) -> None:
        self.where = where
        super().__init__(
            discord.ui.Button(
                label=say("discord.button.write"),
                custom_id=f"dc|{where}|w",
                style=discord.ButtonStyle.primary,
            )
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["where"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        await presses(interaction).write(interaction, self.where, "")


class ShowButton(discord.ui.DynamicItem[AnyButton], template=_SHOW):
    """Shows everyone in the channel an answer that one person was given."""

    def __init__(self, receipt: str) -> None:
        self.receipt = receipt
        super().__init__(
            discord.ui.Button(label=say("discord.button.show"), custom_id=f"dc|s|{receipt}")
        )

    @classmethod
    @override
    async def from_custom_id(
        cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        return cls(match["receipt"])

    @override
    async def callback(self, interaction: Interaction) -> None:
        await presses(interaction).show(interaction, "p", self.receipt)


DYNAMIC = (ActionButton, ActionMenu, WriteButton, ShowButton)


def known(custom_id: str) -> bool:
    """Say whether some button of ours has such an id."""
    return any(re.fullmatch(template, custom_id) for template in (_ACTION, _MENU, _WRITE, _SHOW))


def standing(message: discord.Message) -> Iterator[tuple[str, str, str]]:
    """Yield the choices under a message, in buttons and menus: label, where it belongs, action."""
    for row in message.components:
        for item in row.children if isinstance(row, discord.ActionRow) else ():
            yield from _choices(item)


def _choices(item: object) -> Iterator[tuple[str, str, str]]:
    if isinstance(item, discord.Button):
        if found := re.fullmatch(_ACTION, item.custom_id or ""):
            yield item.label or "", found["where"], found["action"]
    elif isinstance(item, discord.SelectMenu) and (found := re.fullmatch(_MENU, item.custom_id)):
        yield from ((option.label, found["where"], option.value) for option in item.options)
