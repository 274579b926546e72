"""The rules of assignments: when one is open, how long an attempt lasts, which attempt counts. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.assignment_types import Assignment, Attempt, Counts, Reveal, Setup, Stand

GRACE = timedelta(seconds=5)
"""How long an answer may be on its way."""
_DAY = timedelta(days=1)


def due_of(setup: Setup, own: datetime | None) -> datetime | None:
    """Return when the work of a learner is due; `own` is what the teacher granted them alone."""
    return own or setup.due


def stand(assignment: Assignment, now: datetime, own: datetime | None = None) -> Stand:
    """Say whether a learner may work on an assignment."""
    setup = assignment.setup
    if setup.closed or assignment.deleted:
        return Stand.CLOSED
    if now < setup.opens:
        return Stand.EARLY
    if not is_late(now, due_of(setup, own)):
        return Stand.OPEN
    return Stand.LATE if setup.late else Stand.CLOSED


def is_late(at: datetime, due: datetime | None) -> bool:
    """Say whether an answer that arrived at that moment is late."""
    return due is not None and at > due + GRACE


def ends(setup: Setup, begun: datetime, factor: float, own: datetime | None) -> datetime | None:
    """Return when an attempt is over by itself; extra time applies to the limit alone."""
    limit = begun + timedelta(minutes=setup.minutes * factor) if setup.minutes and factor else None
    shut = due_of(setup, own) if not setup.late else None
    return min(filter(None, (limit, shut)), default=None)


def in_time(at: datetime, end: datetime | None) -> bool:
    """Say whether an answer came while its attempt was running."""
    return end is None or at <= end + GRACE


def may_try(setup: Setup, tried: int) -> bool:
    """Say whether one more attempt is allowed."""
    return tried < setup.attempts


def counting(attempts: Sequence[Attempt], counts: Counts) -> Attempt | None:
    """Return the attempt that counts; of equally good ones the earlier."""
    tried = sorted(attempts, key=lambda attempt: attempt.number)
    if not tried:
        return None
    match counts:
        case Counts.FIRST:
            return tried[0]
        case Counts.LAST:
            return tried[-1]
        case _:
            return max(tried, key=lambda attempt: attempt.points)


def revealed(assignment: Assignment, now: datetime, own: datetime | None = None) -> bool:
    """Say whether a learner may see what their answers were worth.

    Not before the latest day that anybody was granted would be fairer still; a class knows it.
    """
    match assignment.setup.reveal:
        case Reveal.NOW:
            return True
        case Reveal.DUE:
            due = due_of(assignment.setup, own)
            return assignment.setup.closed or (due is not None and now >= due)
        case _:
            return False


def reminder(opens: datetime, due: datetime) -> datetime:
    """Return when to remind of work: a day before it is due, or half way where that is shorter."""
    return due - min(_DAY, (due - opens) / 2)
