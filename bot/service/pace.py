"""How fast one may send: pure; it is told the time and what was sent.

The numbers are Telegram's: one message a second into a chat, 20 a minute into a group, 30 a
second in all. It counts per process, and obeys nothing else: what a platform answers
(`retry_after`) is the outbox's business.
"""

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Speed:
    """What a platform allows."""

    chat: timedelta = _SECOND
    """Between two messages into one chat."""
    group: int = 20
    """Messages into one group within a minute."""
    window: timedelta = timedelta(minutes=1)
    overall: float = 30.0
    """Messages a second, over all chats."""
    burst: int = 4
    """How many of those may go out at the same instant."""


class Pace:
    """Remembers what was sent, and says who has to rest."""

    def __init__(self, speed: Speed | None = None) -> None:
        self._speed = speed or Speed()
        self._ready: dict[str, datetime] = {}
        self._groups: dict[str, deque[datetime]] = {}
        self._tokens = float(self._speed.burst)
        self._last: datetime | None = None

    def room(self, now: datetime) -> int:
        """Return how many messages may go out at this moment, whichever chats they go to."""
        self._pass_time(now)
        return max(0, int(self._tokens))

    def resting(self, now: datetime) -> Collection[str]:
        """Return the chats into which nothing may be sent at this moment."""
        self._pass_time(now)
        recent = now - self._speed.window
        self._groups = {chat: times for chat, times in self._groups.items() if times[-1] > recent}
        self._ready = {chat: at for chat, at in self._ready.items() if at > now}
        return self._ready.keys()

    def sent(self, chat: str, messages: int, now: datetime) -> None:
        """Count messages that go into a chat from this moment on."""
        self._pass_time(now)
        self._tokens -= messages
        self._ready[chat] = max(
            now + messages * self._speed.chat, self._full_until(chat, messages, now)
        )

    def wait(self, now: datetime) -> timedelta | None:
        """Return how long it is until somebody has rested, or None where nobody rests."""
        waits = [at - now for at in self._ready.values() if at > now]
        if self._tokens < 1:
            waits.append((1 - self._tokens) / self._speed.overall * _SECOND + timedelta.resolution)
        return min(waits, default=None)

    def _full_until(self, chat: str, messages: int, now: datetime) -> datetime:
        """Return when a group may get one more message; for other chats, now."""
        if not is_group(chat):
            return now
        times = self._groups.setdefault(chat, deque(maxlen=self._speed.group))
        times.extend([now] * messages)
        return times[0] + self._speed.window if len(times) == self._speed.group else now

    def _pass_time(self, now: datetime) -> None:
        last, self._last = self._last or now, now
        if now < last:
            # The clock was set back: what it said before means nothing now.
            self._ready, self._groups = {}, {}
        gained = max(now - last, timedelta()) / _SECOND * self._speed.overall
        self._tokens = min(float(self._speed.burst), self._tokens + gained)


def is_group(chat: str) -> bool:
    """Tell a group by its key: Telegram numbers groups below zero."""
    return chat.startswith("telegram:-")
