"""Tells open pages that a live quiz has changed: server-sent events, one connection a tab.

To a pupil's page an event brings what it shows now: a class of a thousand that came to fetch it all
at once would wait for seconds. To the others it says no more than that something has changed, and they
fetch what they show. However many pages look at a quiz, this process watches it once.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from bot.core.live_types import Phase
from bot.service.live_ports import Lives, Pulse

BEAT = 15.0
"""Seconds after which a silent connection is kept alive, so that no proxy cuts it."""
CALM = 0.3
"""Seconds between two events to one page: what happens meanwhile is told at once."""
_AGAIN_MS = 2_000
_PART = b"event: part\ndata: %b\n\n"
_CHANGED = b"event: changed\ndata: %d\n\n"
_OVER = b"event: over\ndata: %d\n\n"

Draw = Callable[[], Awaitable[str | None]]
"""Draws what one page shows now; None where only the page itself can find that out."""


async def _nothing() -> str | None:
    """Leave it to the page to fetch what it shows."""
    return None


@dataclass(eq=False)
class Channel:
    """One live quiz's changes, for everybody here who looks at it."""

    pulse: Pulse | None = None
    """How far it is; None before that is known."""
    over: bool = False
    wide: set[asyncio.Event] = field(default_factory=set[asyncio.Event])
    """Those who are told of everything, such as how many have answered."""
    narrow: set[asyncio.Event] = field(default_factory=set[asyncio.Event])
    """Those who are told when the quiz itself goes on."""
    listeners: int = 0
    watching: asyncio.Task[None] | None = None

    def tell(self, pulse: Pulse) -> None:
        """Wake whom a change concerns."""
        before, self.pulse = self.pulse, pulse
        waking = self.wide | self.narrow if _moved(before, pulse) else self.wide
        for wake in waking:
            wake.set()

    def end(self) -> None:
        """Wake everybody for the last time."""
        self.over = True
        for wake in self.wide | self.narrow:
            wake.set()


def _moved(before: Pulse | None, now: Pulse) -> bool:
    return before is None or before.epoch != now.epoch


class Channels:
    """The live quizzes that somebody here looks at."""

    def __init__(self, live: Lives) -> None:
        self._live = live
        self._open: dict[str, Channel] = {}

    @asynccontextmanager
    async def listening(
        self, code: str, wake: asyncio.Event, *, wide: bool
    ) -> AsyncGenerator[Channel]:
        """Have an event set at each change, until the block is left."""
        channel = self._open.setdefault(code, Channel())
        waiting = channel.wide if wide else channel.narrow
        waiting.add(wake)
        channel.listeners += 1
        if channel.watching is None:
            channel.watching = asyncio.create_task(self._watch(code, channel))
        try:
            yield channel
        finally:
            waiting.discard(wake)
            channel.listeners -= 1
            await self._leave(code, channel)

    async def _leave(self, code: str, channel: Channel) -> None:
        if channel.listeners:
            return
        if self._open.get(code) is channel:
            del self._open[code]
        if channel.watching:
            channel.watching.cancel()
            with suppress(asyncio.CancelledError):
                await channel.watching

    async def _watch(self, code: str, channel: Channel) -> None:
        changes = self._live.watch(code)
        try:
            async for pulse in changes:
                gone_on = _moved(channel.pulse, pulse)
                channel.tell(pulse)
                if gone_on and await self._is_over(code):
                    return
        finally:
            if isinstance(changes, AsyncGenerator):
                await changes.aclose()
            # Whether it is over or the store failed: the pages come back and see.
            if self._open.get(code) is channel:
                del self._open[code]
            channel.end()

    async def _is_over(self, code: str) -> bool:
        seen = await self._live.glance(code)
        return seen is None or seen.board.phase is Phase.OVER


@dataclass(frozen=True, slots=True)
class Streams:
    """What every stream of the site shares."""

    channels: Channels
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the site stops, so that no open page keeps it waiting."""

    def open(self, code: str, *, wide: bool = False, draw: Draw = _nothing) -> "EventStream":
        """Return the changes of a live quiz as a response."""
        return EventStream(self, code, draw, wide=wide)


class EventStream(Response):
    """One page's connection; it lasts until the quiz, the page or the site ends."""

    media_type = "text/event-stream"

    def __init__(self, streams: Streams, code: str, draw: Draw, *, wide: bool) -> None:
        super().__init__(headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
        del self.headers["content-length"]
        self._streams = streams
        self._code = code
        self._draw = draw
        self._wide = wide

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wake = asyncio.Event()
        ending = [asyncio.create_task(_gone(receive)), _set(self._streams.closing)]
        for task in ending:
            task.add_done_callback(lambda _: wake.set())
        try:
            head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
            await send(head)
            await self._send_all(wake, ending, send)
            await send({"type": "http.response.body", "body": b""})
        finally:
            for task in ending:
                task.cancel()

    async def _send_all(
        self, wake: asyncio.Event, ending: list[asyncio.Task[None]], send: Send
    ) -> None:
        told: Pulse | None = None
        await _write(send, b"retry: %d\n\n" % _AGAIN_MS)
        channels = self._streams.channels
        async with channels.listening(self._code, wake, wide=self._wide) as channel:
            while not any(task.done() for task in ending):
                wake.clear()
                told = await self._tell(channel, told, send)
                if channel.over:
                    return
                if not await _within(wake, BEAT):
                    await _write(send, b":\n\n")

    async def _tell(self, channel: Channel, told: Pulse | None, send: Send) -> Pulse | None:
        """Say that something has changed, where this page was not told of it."""
        now = channel.pulse
        if now is not None and (now != told if self._wide else _moved(told, now)):
            await self._show(now, send)
            if self._wide and not channel.over:
                await _within(self._streams.closing, CALM)
        if channel.over:
            await _write(send, _OVER % (now.epoch if now else 0))
        return now

    async def _show(self, now: Pulse, send: Send) -> None:
        drawn = await self._draw()
        if drawn is None:
            await _write(send, _CHANGED % now.epoch)
        else:
            await _write(send, _PART % drawn.replace("\n", "\ndata: ").encode())


async def _write(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


async def _gone(receive: Receive) -> None:
    """Return when the browser has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


def _set(event: asyncio.Event) -> asyncio.Task[None]:
    async def wait() -> None:
        await event.wait()

    return asyncio.create_task(wait())


async def _within(event: asyncio.Event, seconds: float) -> bool:
    """Wait for an event; say whether it came in time."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return False
    return True
