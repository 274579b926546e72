"""What a change touches: quizzes that run, answers that were given, cards that people keep."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.bank_diff import Change, Diff, Sort
from bot.core.facts import Pack
from bot.core.quiz import Question, mark
from bot.core.regrade import translate
from bot.service.bank_ports import GivenAnswer, Touched
from bot.service.ports import Work

_MOST = 20_000
"""So many past answers are marked again for the preview."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What marking past answers again would do."""

    answers: int = 0
    """Answers whose mark would change."""
    learners: int = 0
    most: float = 0.0
    """The greatest change of one learner, in shares of a question."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What is different, and what that touches."""

    diff: Diff
    touched: Touched
    marks: Marks


async def reach(work: Work, pack: str, diff: Diff, new: Pack) -> Compared:
    """Look up what a change touches."""
    asked = diff.of(Sort.QUESTION, Change.REMOVED, Change.KEY, Change.OTHER, Change.WORDING)
    told = diff.of(Sort.FACT, Change.REMOVED, Change.KEY, Change.VERDICT)
    keyed = {item.id for item in diff.of(Sort.QUESTION, Change.KEY)}
    touched = await work.banks.touched(
        pack, {item.id for item in asked}, {item.id for item in told}
    )
    given = await work.banks.given(pack, keyed, _MOST) if touched.answers else ()
    return Compared(diff, touched, await asyncio.to_thread(_marks, given, new))


def _marks(given: Sequence[GivenAnswer], new: Pack) -> Marks:
    mended = {question.id: question for question in new.questions}
    changes = [(one.participant, _shift(one, mended)) for one in given]
    shifts: dict[int, float] = {}
    for learner, shift in changes:
        if shift:
            shifts[learner] = shifts.get(learner, 0.0) + shift
    most = max(map(abs, shifts.values()), default=0.0)
    return Marks(sum(bool(shift) for _, shift in changes), len(shifts), most)


def _shift(given: GivenAnswer, mended: Mapping[str, Question]) -> float:
    new = mended.get(given.question.id)
    response = translate(given.response, given.question, new) if new else None
    return mark(new, response).fraction - given.fraction if new and response else 0.0
