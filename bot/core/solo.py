"""A quiz alone: one person's state, the moves they can make, and what is shown to each. Pure.

Every card with buttons has the number of its step. A press counts only on the newest one, so that
an old button, or one pressed twice, changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from bot.core.arranging import offered as laid_out
from bot.core.chance import Chance
from bot.core.facts import Pack
from bot.core.library import Library
from bot.core.numerals import number_or
from bot.core.quiz import TYPED, Option, Question, QuestionKind, Response, lefts, mark, readable
from bot.core.solo_types import (
    Asked,
    Begin,
    Given,
    Menu,
    Move,
    Moved,
    Pick,
    Practise,
    Press,
    Recalled,
    Remark,
    Solo,
    Sort,
    Stage,
    Summary,
    Told,
    Unreadable,
    Write,
)

LENGTHS = (5, 10, 20)
LONGEST = 200
T = TypeVar("T")


def move(state: Solo, made: Move, library: Library, seed: str = "") -> Moved:
    """Return what a move leads to; `seed` is the chance of a new quiz."""
    match made:
        case Begin(words, fresh):
            if state.underway and not words and not fresh:
                return _resume(state, library)
            return _first(_begin(state, words, library, seed))
        case Practise(pack, questions):
            chosen = Solo(state.step, Stage.QUESTION, seed, pack, practice=True)
            return _start(replace(chosen, questions=questions[:LONGEST]), library)
        case Pick(number):
            return _PICKED[state.stage](state, number, library)
        case Write(text):
            return _answer(state, Response(text=text), library)
        case _:
            return _PRESSED[made](state, library)


def stale(state: Solo, step: int) -> Remark | None:
    """Say why a press on a card of that step does not count, or None where it does."""
    if step == state.step and state.stage is not Stage.OVER:
        return None
    known = any(given.step == step for given in state.given)
    return Remark.TWICE if known else Remark.OLD


def offered(question: Question, state: Solo) -> tuple[Option, ...]:
    """Return what can be chosen, in the order of its buttons; for order and matching by place."""
    return laid_out(question, state.seed)


def open_options(question: Question, state: Solo) -> tuple[Option, ...]:
    """Return what can still be chosen: what stands in an order already cannot stand there twice."""
    options = offered(question, state)
    if question.kind is not QuestionKind.ORDER:
        return options
    return tuple(option for option in options if option.id not in state.partial)


def packs(library: Library) -> tuple[Pack, ...]:
    """Return the packs that have questions."""
    return tuple(shelf.pack for shelf in library.shelves if shelf.pack.questions)


def topics(pack: Pack) -> tuple[str, ...]:
    """Return the ids of the topics to choose among, after "" for all of them."""
    used = {question.topic for question in pack.questions}
    # The only topic there is holds the same as all of them.
    return ("", *_used(pack)) if len(used) > 1 else ("",)


def _used(pack: Pack) -> tuple[str, ...]:
    used = {question.topic for question in pack.questions}
    return tuple(topic for topic in pack.topics if topic in used)


def pool(pack: Pack, topic: str, sort: Sort = Sort.MIXED) -> tuple[Question, ...]:
    """Return the questions that fit."""
    return tuple(
        question
        for question in pack.questions
        if topic in {"", question.topic} and _fits(question, sort)
    )


def _fits(question: Question, sort: Sort) -> bool:
    match sort:
        case Sort.MIXED:
            return True
        case Sort.CHOOSING:
            return question.kind not in TYPED
        case _:
            return question.kind is QuestionKind.DOUBLE_CHECK


def _first(moved: Moved) -> Moved:
    """Mark what shows a pack for the first time."""
    shown = (replace(s, first=True) if isinstance(s, Menu | Asked) else s for s in moved.shown)
    return replace(moved, shown=tuple(shown))


def _begin(state: Solo, words: str, library: Library, seed: str) -> Moved:
    if not packs(library):
        return Moved(state, (Remark.NO_QUESTIONS,))
    begun = Solo(state.step, Stage.PACK, seed)
    *named, last = words.split() or [""]
    count = number_or(last, 0, most=3)
    name = " ".join(named if count else [*named, last]).strip()
    found = _named(name, library) if name else None
    if found:
        return _choose_on(replace(begun, pack=found[0], topic=found[1], count=count), library)
    begun = replace(begun, count=count)
    if len(packs(library)) > 1:
        return _menu(begun, library, unknown=name)
    only = replace(begun, stage=Stage.TOPIC, pack=packs(library)[0].id)
    if count and not name:
        return _choose_on(only, library)
    return _menu(only, library, unknown=name)


def _named(name: str, library: Library) -> tuple[str, str] | None:
    """Return the pack and the topic that a name stands for."""
    wanted = name.casefold()
    known = [
        (pack.id, topic, title.casefold())
        for pack in packs(library)
        for topic in ("", *_used(pack))
        for title in ([topic, pack.topics[topic]] if topic else [pack.id, pack.title])
    ]
    exact = [(pack, topic) for pack, topic, title in known if title == wanted]
    within = [(pack, topic) for pack, topic, title in known if wanted in title]
    return next(iter([*exact, *within]), None)


def _menu(state: Solo, library: Library, unknown: str = "") -> Moved:
    """Show the choices of the present stage; where there is only one, take it."""
    pack = _pack(state, library)
    labels = _labels(state, library)
    if len(labels) == 1 and not unknown:
        return _PICKED[state.stage](state, 0, library)
    menu = Menu(state.stage, labels, pack, unknown)
    return Moved(replace(state, step=state.step + 1), (menu,))


def _labels(state: Solo, library: Library) -> tuple[str, ...]:
    pack = _pack(state, library)
    if state.stage is Stage.PACK or pack is None:
        return tuple(pack.title for pack in packs(library))
    match state.stage:
        case Stage.TOPIC:
            return tuple(pack.topics.get(topic, "") for topic in topics(pack))
        case Stage.LENGTH:
            return tuple(map(str, _lengths(pack, state)))
        case _:
            return tuple(_sorts(pack, state.topic))


def _lengths(pack: Pack, state: Solo) -> list[int]:
    most = min(len(pool(pack, state.topic)), LONGEST)
    return [*(length for length in LENGTHS if length < most), most]


def _sorts(pack: Pack, topic: str) -> list[Sort]:
    """Return the sorts that have questions, each only where it differs from those before it."""
    found: dict[int, Sort] = {}
    for sort in Sort:
        found.setdefault(len(pool(pack, topic, sort)), sort)
    return [sort for many, sort in found.items() if many]


def _picked_pack(state: Solo, number: int, library: Library) -> Moved:
    pack = _at(packs(library), number)
    if pack is None:
        return Moved(state, (Remark.OLD,))
    return _first(_menu(replace(state, stage=Stage.TOPIC, pack=pack.id), library))


def _picked_topic(state: Solo, number: int, library: Library) -> Moved:
    pack = _pack(state, library)
    topic = _at(topics(pack), number) if pack else None
    if topic is None:
        return Moved(state, (Remark.OLD,))
    return _choose_on(replace(state, topic=topic), library)


def _choose_on(state: Solo, library: Library) -> Moved:
    """Go on from a topic: to the length where it is open, else to the first question."""
    if state.count:
        return _start(replace(state, stage=Stage.QUESTION), library)
    return _menu(replace(state, stage=Stage.LENGTH), library)


def _picked_length(state: Solo, number: int, library: Library) -> Moved:
    pack = _pack(state, library)
    length = _at(_lengths(pack, state), number) if pack else None
    if length is None:
        return Moved(state, (Remark.OLD,))
    return _menu(replace(state, stage=Stage.SORT, count=length), library)


def _picked_sort(state: Solo, number: int, library: Library) -> Moved:
    pack = _pack(state, library)
    sort = _at(_sorts(pack, state.topic), number) if pack else None
    if sort is None:
        return Moved(state, (Remark.OLD,))
    return _start(replace(state, stage=Stage.QUESTION, sort=sort), library)


def _start(state: Solo, library: Library) -> Moved:
    """Choose the questions, from easy to hard, and ask the first."""
    pack = _pack(state, library)
    if pack is None:
        return Moved(replace(state, stage=Stage.OVER), (Remark.NO_QUESTIONS,))
    if not state.practice:
        drawn = Chance(state.seed).shuffled(pool(pack, state.topic, state.sort))[: state.count]
        chosen = tuple(q.id for q in sorted(drawn, key=lambda q: q.difficulty))
        state = replace(state, questions=chosen, count=len(chosen))
    return _ask(replace(state, stage=Stage.QUESTION, at=0), library)


def _ask(state: Solo, library: Library, *, resumed: bool = False) -> Moved:
    """Ask the question whose turn it is, past any that is no longer there; or come to the end."""
    pack = _pack(state, library)
    at = state.at
    while pack and at < len(state.questions) and pack.question(state.questions[at]) is None:
        at += 1
    question = pack.question(state.questions[at]) if pack and at < len(state.questions) else None
    if pack is None or question is None:
        return _end(replace(state, at=at), library)
    partial = state.partial if resumed else ()
    asked = replace(state, stage=Stage.QUESTION, at=at, partial=partial, step=state.step + 1)
    asked = replace(asked, typed=question.kind in TYPED)
    return Moved(asked, (Asked(pack, question, resumed),))


def _resume(state: Solo, library: Library) -> Moved:
    if not state.underway:
        return Moved(state, (Remark.NOTHING,))
    if state.stage is Stage.TOLD:
        state = replace(state, at=state.at + 1, partial=())
    return _ask(state, library, resumed=True)


def _picked_option(state: Solo, number: int, library: Library) -> Moved:
    found = _present(state, library)
    option = _at(open_options(found[1], state), number) if found else None
    if found is None or option is None:
        return Moved(state, (Remark.OLD,))
    question = found[1]
    match question.kind:
        case QuestionKind.SEVERAL:
            return _chosen(state, _toggled(state.partial, option.id), found)
        case QuestionKind.ORDER | QuestionKind.MATCHING:
            chosen = _completed(question, (*state.partial, option.id))
            if len(chosen) < len(question.sequence or lefts(question)):
                return _chosen(state, chosen, found)
            return _answer(state, Response(chosen), library)
        case _:
            return _answer(state, Response((option.id,)), library)


def _toggled(chosen: tuple[str, ...], option: str) -> tuple[str, ...]:
    if option in chosen:
        return tuple(other for other in chosen if other != option)
    return (*chosen, option)


def _completed(question: Question, chosen: tuple[str, ...]) -> tuple[str, ...]:
    """Return what was chosen; the last thing to put in order has only one place left."""
    left = [str(n) for n in range(len(question.sequence)) if str(n) not in chosen]
    return (*chosen, *left) if len(left) == 1 else chosen


def _chosen(state: Solo, partial: tuple[str, ...], found: tuple[Pack, Question]) -> Moved:
    changed = replace(state, partial=partial, step=state.step + 1)
    return Moved(changed, (Asked(*found, changed=True),))


def _done(state: Solo, library: Library) -> Moved:
    if not state.partial:
        return Moved(state, (Remark.CHOOSE,))
    return _answer(state, Response(state.partial), library)


def _again(state: Solo, library: Library) -> Moved:
    found = _present(state, library)
    return _chosen(state, (), found) if found else Moved(state, (Remark.OLD,))


def _answer(state: Solo, response: Response, library: Library) -> Moved:
    found = _present(state, library)
    if found is None or state.stage is not Stage.QUESTION:
        return Moved(state, (Remark.OLD,))
    pack, question = found
    if not readable(question, response):
        return Moved(state, (Unreadable(question),))
    marked = mark(question, response)
    given = Given(question.id, state.step, marked.fraction, scored=not question.sensitive)
    last = state.at + 1 >= len(state.questions)
    after = replace(
        state, stage=Stage.TOLD, step=state.step + 1, partial=(), given=(*state.given, given)
    )
    told = Told(pack, question, response, marked, last)
    recalled = () if question.sensitive else (Recalled(pack.id, question.id, marked.right),)
    if not last:
        return Moved(after, (told,), recalled)
    ended = _end(replace(after, at=state.at + 1), library)
    return Moved(ended.state, (told, *ended.shown), recalled)


def _skip(state: Solo, library: Library) -> Moved:
    found = _present(state, library)
    if found is None or state.stage is not Stage.QUESTION:
        return Moved(state, (Remark.OLD,))
    scored = not found[1].sensitive
    given = Given(found[1].id, state.step, skipped=True, scored=scored)
    return _ask(replace(state, at=state.at + 1, given=(*state.given, given)), library)


def _next(state: Solo, library: Library) -> Moved:
    if state.stage is not Stage.TOLD:
        return Moved(state, (Remark.OLD,))
    return _ask(replace(state, at=state.at + 1), library)


def _stop(state: Solo, library: Library) -> Moved:
    """Put the quiz aside; where it has not begun yet, forget it."""
    pack = _pack(state, library)
    if not state.underway or pack is None:
        nothing = replace(state, stage=Stage.OVER, step=state.step + 1)
        return Moved(nothing, (Remark.NOTHING,))
    at = state.at + (state.stage is Stage.TOLD)
    paused = replace(state, stage=Stage.PAUSED, at=at, partial=(), step=state.step + 1)
    return Moved(paused, (Summary(pack, paused=True),))


def _end(state: Solo, library: Library) -> Moved:
    pack = _pack(state, library)
    over = replace(state, stage=Stage.OVER, step=state.step + 1)
    return Moved(over, (Summary(pack),) if pack else (Remark.NO_QUESTIONS,))


def _pack(state: Solo, library: Library) -> Pack | None:
    return next((pack for pack in packs(library) if pack.id == state.pack), None)


def _present(state: Solo, library: Library) -> tuple[Pack, Question] | None:
    """Return the question whose turn it is, with its pack."""
    pack = _pack(state, library)
    name = _at(state.questions, state.at)
    question = pack.question(name) if pack and name else None
    return (pack, question) if pack and question else None


def _at(items: Sequence[T], number: int) -> T | None:
    return items[number] if 0 <= number < len(items) else None


def _too_late(state: Solo, _number: int, _library: Library) -> Moved:
    return Moved(state, (Remark.OLD,))


_PICKED: Mapping[Stage, Callable[[Solo, int, Library], Moved]] = {
    Stage.PACK: _picked_pack,
    Stage.TOPIC: _picked_topic,
    Stage.LENGTH: _picked_length,
    Stage.SORT: _picked_sort,
    Stage.QUESTION: _picked_option,
    Stage.OVER: _too_late,
    Stage.TOLD: _too_late,
    Stage.PAUSED: _too_late,
}
_PRESSED: Mapping[Press, Callable[[Solo, Library], Moved]] = {
    Press.DONE: _done,
    Press.AGAIN: _again,
    Press.SKIP: _skip,
    Press.NEXT: _next,
    Press.STOP: _stop,
    Press.RESUME: _resume,
    Press.END: _end,
}
