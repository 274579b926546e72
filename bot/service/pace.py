"""How fast one may send: pure; it is told the time and what was sent.

The numbers are Telegram's: one message a second into a chat, 20 a minute into a group, 30 a
second in all, edits included. It counts per process. What may be left out, such as a board that
is written anew while answers come in, goes more slowly, and leaves room for what must be said.
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
    reserve: int = 6
    """How many of the messages into a group are kept free of those that may be left out."""
    calm: timedelta = 3 * _SECOND
    """Between any message into a group and one that may be left out."""
    overall: float = 30.0
    """Messages a second, over all chats."""
    burst: int = 4
    """How many of those may go out at the same instant."""


class Pace:
    """Remembers what was sent, and says who has to rest."""

    def __init__(self, speed: Speed | None = None) -> None:
        self._speed = speed or Speed()
        self._ready: dict[str, datetime] = {}
        self._calm: dict[str, datetime] = {}
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

    def sparing(self, now: datetime) -> Collection[str]:
        """Return the groups into which nothing may be sent now that could be left out."""
        self._pass_time(now)
        self._calm = {chat: at for chat, at in self._calm.items() if at > now}
        return self._calm.keys()

    def rest(self, chat: str, until: datetime) -> None:
        """Let a chat rest because the platform says so."""
        self._ready[chat] = max(until, self._ready.get(chat, until))

    def sent(self, chat: str, messages: int, now: datetime) -> None:
        """Count messages that go into a chat from this moment on."""
        self._pass_time(now)
        self._tokens -= messages
        self._ready[chat] = max(
            now + messages * self._speed.chat, self._full_until(chat, messages, now)
        )
        if is_group(chat):
            calm = now + (messages - 1) * self._speed.chat + self._speed.calm
            self._calm[chat] = max(calm, self._kept_free_until(chat, now))

    def wait(self, now: datetime) -> timedelta | None:
        """Return how long it is until somebody has rested, or None where nobody rests."""
        times = (*self._ready.values(), *self._calm.values())
        waits = [at - now for at in times if at > now]
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

    def _kept_free_until(self, chat: str, now: datetime) -> datetime:
        """Return when a group may get one more message that leaves the reserve untouched."""
        times, most = self._groups[chat], self._speed.group - self._speed.reserve
        return times[-most] + self._speed.window if len(times) >= most else now

    def _pass_time(self, now: datetime) -> None:
        last, self._last = self._last or now, now
        if now < last:
            # The clock was set back: what it said before means nothing now.
            self._ready, self._groups, self._calm = {}, {}, {}
        gained = max(now - last, timedelta()) / _SECOND * self._speed.overall
        self._tokens = min(float(self._speed.burst), self._tokens + gained)


def is_group(chat: str) -> bool:
    """Tell a group by its key: Telegram numbers groups below zero."""
    return chat.startswith("telegram:-")
