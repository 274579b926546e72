"""Draws pictures aside, so that nobody waits for them: the library for it is loaded when first used."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec

from bot.core.result_summary import Summary

_DRAWS, _NEEDS = "bot.service.charts", "matplotlib"


class NoPictures(Exception):
    """The extra that draws is not installed."""


@dataclass
class Artist:
    """Draws one picture at a time, in a thread."""

    module: str = _DRAWS
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def can(self) -> bool:
        """Tell whether the extra is installed."""
        return find_spec(_NEEDS) is not None

    async def picture(self, summary: Summary) -> bytes:
        """Return the picture of a session as a PNG; raise NoPictures where that cannot be."""
        async with self._one:
            return await asyncio.to_thread(self._drawn, summary)

    def _drawn(self, summary: Summary) -> bytes:
        try:
            draw: Callable[[Summary], bytes] = import_module(self.module).draw
        except ImportError as missing:
            raise NoPictures from missing
        return draw(summary)
