"""An attempt at an assignment: a quiz alone whose feedback may come later and which is handed in.

It goes by the moves of `bot.core.solo`; here stands only what differs.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.assignment_types import Answered, Ran
from bot.core.facts import Pack
from bot.core.library import Hit, Library, Shelf
from bot.core.quiz import Question
from bot.core.solo import move
from bot.core.solo_types import Asked, Move, Moved, Pick, Press, Remark, Solo, Stage, Told, Write

VERB = "a.r"
"""How the verbs of its buttons begin; the number of the run follows."""


def pinned(questions: Sequence[Question], pack: str, title: str, library: Library) -> Library:
    """Return a library with these versions of the questions, whatever the pack has by now."""
    kept = tuple(questions)
    shelf = next((shelf for shelf in library.shelves if shelf.pack.id == pack), None)
    if shelf is None:
        bare = Pack(pack, title, "en", (), questions=kept)
        return Library((Shelf(bare, _finds_nothing),))
    return Library((replace(shelf, pack=replace(shelf.pack, questions=kept)),))


def _finds_nothing(question: str, context: str = "", most: int = 10) -> Sequence[Hit]:
    del question, context, most
    return ()


def begin(run: int, pack: str, questions: Sequence[Question], seed: str, library: Library) -> Ran:
    """Begin an attempt: ask the first question."""
    names = tuple(question.id for question in questions)
    chosen = Solo(0, Stage.TOLD, seed, pack, questions=names, count=len(names), at=-1)
    asked = _onward(replace(chosen, verb=f"{VERB}{run}"), library)
    first = tuple(replace(s, first=True) if isinstance(s, Asked) else s for s in asked.shown)
    return replace(asked, shown=first)


def go_on(solo: Solo, library: Library) -> Ran:
    """Ask again the question at which an attempt stands, or the one after it."""
    if solo.stage is Stage.TOLD:
        ran = _onward(solo, library)
        again = (replace(s, resumed=True) if isinstance(s, Asked) else s for s in ran.shown)
        return replace(ran, shown=tuple(again))
    if not solo.underway:
        return Ran(replace(solo, step=solo.step + 1), (), over=True)
    return _ran(move(solo, Press.RESUME, library))


def run(solo: Solo, made: Move, library: Library, *, later: bool) -> Ran:
    """Return what a move leads to; `later` keeps what an answer was worth for another day."""
    match made:
        case Press.NEXT:
            if solo.stage is not Stage.TOLD:
                return Ran(solo, (Remark.OLD,))
            return _onward(solo, library)
        case Press.SKIP:
            return _skipped(solo, library)
        case Press.RESUME:
            return go_on(solo, library)
        case Pick() | Write() | Press.DONE:
            return _answered(solo, move(solo, made, library), library, later=later)
        case _:
            return _ran(move(solo, made, library))


def revisit(solo: Solo, library: Library) -> Ran:
    """Ask again what was skipped."""
    kept = tuple(given for given in solo.given if not given.skipped)
    return _onward(replace(solo, stage=Stage.TOLD, at=-1, given=kept), library)


def skipped(solo: Solo) -> int:
    """Return how many questions have no answer."""
    answered = {given.question for given in solo.given if not given.skipped}
    return sum(name not in answered for name in solo.questions)


def points(solo: Solo) -> float:
    """Return what the answers of an attempt are worth; those for reflection are worth nothing."""
    return sum(given.fraction for given in solo.given if given.scored and not given.skipped)


def _answered(solo: Solo, moved: Moved, library: Library, *, later: bool) -> Ran:
    told = moved.shown[0]
    if not isinstance(told, Told):
        return _ran(moved)
    answer = Answered(solo.at, told.question, told.response, told.marked)
    # Where it stood, whether or not the quiz alone would have ended there.
    stood = replace(moved.state, stage=Stage.TOLD, at=solo.at)
    onward = _onward(stood, library)
    if later:
        return replace(onward, answered=answer, saved=True)
    if onward.over:
        return Ran(onward.solo, (replace(told, last=True),), answer, over=True)
    return Ran(stood, (replace(told, last=False),), answer)


def _skipped(solo: Solo, library: Library) -> Ran:
    moved = move(solo, Press.SKIP, library)
    if moved.state == solo:
        return _ran(moved)
    return _onward(replace(moved.state, stage=Stage.TOLD, at=solo.at, step=solo.step), library)


def _onward(solo: Solo, library: Library) -> Ran:
    """Ask the next question that has no answer yet; where there is none, it can be handed in."""
    done = {given.question for given in solo.given}
    left = (n for n in range(solo.at + 1, len(solo.questions)) if solo.questions[n] not in done)
    at = next(left, len(solo.questions))
    return _ran(move(replace(solo, stage=Stage.TOLD, at=at - 1), Press.NEXT, library))


def _ran(moved: Moved) -> Ran:
    over = moved.state.stage is Stage.OVER
    return Ran(moved.state, () if over else moved.shown, over=over)
