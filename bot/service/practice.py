"""Practice: when to ask again what was missed, by FSRS, and what of it is due now."""

from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from bot.core.show import day
from bot.core.solo_types import Practice, Recalled
from bot.service.ports import Missed, Quizzes

# Without chance in it: the same answers lead to the same day.
_SCHEDULER = Scheduler(enable_fuzzing=False, learning_steps=(timedelta(minutes=10),))
LEARNT = timedelta(days=120)
"""Who need not be asked again for so long has learnt it."""


async def practice(quizzes: Quizzes, person: str, now: datetime) -> Practice:
    """Return what a person missed, parted into what is due and what is not."""
    missed = await quizzes.missed(person)
    later = [item for item in missed if item.due > now]
    return Practice(
        tuple((item.pack, item.question) for item in missed if item.due <= now),
        tuple((item.pack, item.question) for item in later),
        _moment(later[0].due) if later else "",
    )


async def recall(quizzes: Quizzes, person: str, recalled: Recalled, now: datetime) -> None:
    """Note whether a person knew a question; one that they never missed is left alone."""
    pack, question = recalled.pack, recalled.question
    known = [m for m in await quizzes.missed(person) if (m.pack, m.question) == (pack, question)]
    if recalled.right and not known:
        return
    before = Card.from_json(known[0].memory) if known else Card(card_id=0, due=now)
    rating = Rating.Good if recalled.right else Rating.Again
    after, _ = _SCHEDULER.review_card(before, rating, now)
    if after.due - now > LEARNT:
        await quizzes.drop_missed(person, pack, question)
    else:
        item = Missed(pack, question, after.to_json(), after.due)
        await quizzes.keep_missed(person, item, now)


def _moment(at: datetime) -> str:
    return f"{day(at.date().isoformat())}, {at:%H:%M} UTC"
