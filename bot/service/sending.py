"""The outbox of a front end, tied to its desk: each tells the other what it must know."""

from bot.core.events import Change, Changed, Person
from bot.service.desk import Desk
from bot.service.outbox import Outbox
from bot.service.ports import Outgoing, Sender


def outbox_of(desk: Desk, platform: str, sender: Sender) -> Outbox:
    """Return an outbox that the desk wakes, and that tells the desk whom it cannot reach."""
    outbox = Outbox(platform, desk.store, sender, desk.clock)
    others = desk.wake

    def wake(queued: str) -> None:
        outbox.wake() if queued == platform else others(queued)

    async def unreachable(outgoing: Outgoing) -> None:
        place = outgoing.place
        gone = Changed(place, Person(place.chat), Change.UNREACHABLE, receipt=outgoing.receipt)
        await desk.handle(gone)

    desk.wake = wake
    outbox.unreachable = unreachable
    return outbox
