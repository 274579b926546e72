"""What is said of a mended key: the offer, whose mark would change, and what learners are told."""

from collections.abc import Iterable, Sequence

from bot.core.answer import Answer, Block, Choice, Outcome, Role
from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.quiz import Question
from bot.core.regrade import Regrade, Shift
from bot.core.result_cards import cut, number, packs_of
from bot.core.results import Taken, key_of
from bot.core.show import caveat, plain, strong
from bot.core.words import say

_MOST_LINES = 40
_STEM = 200


def offered(offer: int, old: Question, new: Question, found: Regrade, library: Library) -> Answer:
    """Offer to mark a session anew, before anything is changed."""
    taken = found.before
    place = next((i.number for i in taken.items if i.question.hash == old.hash), 0)
    blocks = (
        strong(say("regrade.head", number=place, title=taken.title)),
        plain(say("regrade.stem", stem=cut(new.stem, _STEM))),
        plain(keys(old, new)),
        *(plain(line) for line in counted(found)),
        plain(say("regrade.nothing-yet")),
    )
    choices = buttons(offer, "show", "apply", "leave")
    return Answer(blocks, caveat(packs_of([taken], library)), Outcome.ASKED, choices=choices)


def keys(old: Question, new: Question) -> str:
    """Say what the key was, and what it is."""
    return say("regrade.keys", old=key_of(old), new=key_of(new))


def counted(found: Regrade) -> Iterable[str]:
    """Say how many marks change, and how."""
    up = sum(change.fraction > change.reply.fraction for change in found.changes)
    down = len(found.changes) - up
    marks, learners = len(found.changes), len({c.reply.learner for c in found.changes})
    name = {0: "regrade.count.none", 1: "regrade.count.one"}.get(marks, "regrade.count")
    way = say("regrade.gain" if up else "regrade.lose")
    yield say(name, marks=marks, learners=learners, up=up, down=down, way=way)
    if found.unreadable:
        yield say("regrade.unreadable", count=found.unreadable)


def previewed(offer: int, found: Regrade, library: Library) -> Answer:
    """Name each learner whose total would change."""
    taken = found.before
    lines = [shift_line(shift, taken) for shift in found.shifts]
    if not lines:
        lines = [say("regrade.count.none")]
    blocks = (
        strong(say("regrade.preview", title=taken.title)),
        *(plain(line, Role.ITEM) for line in lines[:_MOST_LINES]),
        *_more(lines),
        plain(say("regrade.nothing-yet")),
    )
    choices = buttons(offer, "apply", "leave")
    return Answer(blocks, caveat(packs_of([taken], library)), Outcome.ASKED, choices=choices)


def _more(lines: Sequence[str]) -> Iterable[Block]:
    if len(lines) > _MOST_LINES:
        yield plain(say("regrade.more", count=len(lines) - _MOST_LINES))


def shift_line(shift: Shift, taken: Taken) -> str:
    """Say how one learner's total changes, and their place where that changes too."""
    return say(
        "regrade.line" if shift.was == shift.now else "regrade.line.place",
        learner=shift.learner.name,
        before=number(shift.before),
        after=number(shift.after),
        full=number(taken.full),
        was=shift.was,
        now=shift.now,
    )


def applied(offer: int, found: Regrade, told: int, library: Library) -> Answer:
    """Say that a session was marked anew, and how many learners were told."""
    taken = found.before
    learners = len({change.reply.learner for change in found.changes})
    head = say("regrade.applied", title=taken.title, marks=len(found.changes), learners=learners)
    blocks = (strong(head), plain(say("regrade.told", count=told)))
    packs = packs_of([taken], library)
    choices = (
        *buttons(offer, "undo"),
        Choice(say("results.button.back"), f"res.o.{taken.session}"),
    )
    return Answer(blocks, caveat(packs), Outcome.ANSWERED, choices=choices)


def decided(old: Question, new: Question, taken: Taken, library: Library) -> Answer:
    """Say which key was mended, where that was decided about already."""
    blocks = (plain(cut(new.stem, _STEM)), plain(keys(old, new)))
    return Answer(blocks, caveat(packs_of([taken], library)), Outcome.ANSWERED)


def undone(taken: Taken, told: int, library: Library) -> Answer:
    """Say that a session has its old marks again."""
    head = say("regrade.undone", title=taken.title)
    blocks = (strong(head), plain(say("regrade.told", count=told)))
    return Answer(blocks, caveat(packs_of([taken], library)), Outcome.ANSWERED)


def to_learner(
    old: Question, new: Question, shift: Shift | None, taken: Taken, packs: Sequence[Pack]
) -> Answer:
    """Tell a learner who had seen the old feedback what holds now, and what it does to their mark."""
    mark = say("regrade.learner.same")
    if shift:
        before, after = number(shift.before), number(shift.after)
        mark = say("regrade.learner.mark", before=before, after=after, full=number(taken.full))
    why = cut(new.feedback, _STEM)
    blocks = (
        strong(say("regrade.learner", title=taken.title)),
        plain(cut(new.stem, _STEM)),
        plain(say("regrade.learner.key", old=key_of(old), new=key_of(new))),
        *([plain(why)] if why else []),
        plain(mark),
    )
    return Answer(blocks, caveat(packs), Outcome.ANSWERED)


def buttons(offer: int, *names: str) -> tuple[Choice, ...]:
    """Return buttons that decide about a mended key."""
    return tuple(Choice(say(f"regrade.button.{n}"), f"res.{VERBS[n]}.{offer}") for n in names)


VERBS = {"show": "r", "apply": "a", "leave": "v", "undo": "u"}
"""What stands in the actions of those buttons."""
