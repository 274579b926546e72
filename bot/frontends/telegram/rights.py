"""Who runs a group, by Telegram's word at this moment."""

from collections import OrderedDict
from datetime import datetime, timedelta

from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import TelegramError

from bot.core.events import Place
from bot.frontends.telegram.names import PLATFORM, number
from bot.service.ports import Clock

FRESH = timedelta(seconds=5)
"""For how long an answer holds: who is no admin any more has lost the control this soon."""
MOST = 1000

_RUNNING = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


class Rights:
    """Asks Telegram, and remembers for some seconds."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[datetime, bool]] = OrderedDict()

    async def may_control(self, place: Place, person: str) -> bool:
        """Say whether a person is an admin of a group; where Telegram does not say, they are not."""
        # Nobody runs a private chat, and the name of a group is no person.
        if place.private or place.platform != PLATFORM or number(person) < 0:
            return False
        asked = (place.chat, person)
        known = self._known.get(asked)
        if known and self._clock() - known[0] < FRESH:
            return known[1]
        try:
            member = await self._bot.get_chat_member(number(place.chat), number(person))
        except TelegramError:
            return False
        return self._kept(asked, may=member.status in _RUNNING)

    def _kept(self, asked: tuple[str, str], *, may: bool) -> bool:
        self._known[asked] = self._clock(), may
        self._known.move_to_end(asked)
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return may
