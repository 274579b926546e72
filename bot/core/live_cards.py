"""Live quizzes in words: the lobby, questions, what was right, the standing, the teacher's card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.core.answer import (
    Answer,
    Block,
    Caveat,
    Choice,
    FactKey,
    Notice,
    Outcome,
    Role,
    Style,
    Text,
)
from bot.core.facts import Fact, Pack
from bot.core.library import Library, Shelf
from bot.core.live_scoring import arranged
from bot.core.live_types import (
    Act,
    Already,
    Board,
    Counted,
    Judged,
    Late,
    Missed,
    OptionShown,
    Phase,
    QuestionShown,
    Ranked,
    Setup,
)
from bot.core.live_written import ARRANGED, CHOSEN, repeated
from bot.core.quiz import TYPED, Question, QuestionKind, Response, key_text, right_options
from bot.core.quiz_cards import question_key
from bot.core.show import caveat, fact_blocks, key, plain, strong
from bot.core.words import notice, say

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
NAMES_SHOWN = 20
PLACES_SHOWN = 10
FIELD, HERE = "", "here"
"""Where an answer is written: in a field that a button opens, or as the next words in this chat.
Whatever else is the address that leads to such a chat."""
_ON_BUTTON = 34
_MOST_FACTS = 2
_ROOM = 450
"""Characters for each fact under the answer."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A board, and what it takes to put it into words."""

    board: Board
    library: Library
    question: Question | None = None
    """The one on the board, with its key."""
    asked: tuple[Question, ...] = ()
    """Those that count, once it is over."""
    page: str = ""
    """Where the page shows this quiz; empty where there is none that others can open."""

    @property
    def shelf(self) -> Shelf | None:
        """The pack, as it is now."""
        pack = self.board.setup.pack
        return next((one for one in self.library.shelves if one.pack.id == pack), None)

    @property
    def pack(self) -> Pack | None:
        """The pack, as it is now; None where it is gone."""
        return self.shelf.pack if self.shelf else None

    @property
    def caveat(self) -> Caveat:
        """What every card ends with."""
        return caveat([self.pack] if self.pack else [])


def said(scene: Scene, *, where: str = FIELD) -> Answer:
    """Put the board as it is into words; see `question`."""
    match scene.board.phase:
        case Phase.LOBBY:
            return lobby(scene)
        case Phase.OVER:
            return standing(scene)
        case Phase.SHOWN if scene.board.revealed:
            return result(scene)
        case _:
            return question(scene, where=where)


def control_verb(code: str, act: str, epoch: int) -> str:
    """Return what a button of who leads does; it is good for one step."""
    return f"l.c.{code}.{act}.{epoch}"


def button(label: str, verb: str) -> Choice:
    """Return a button."""
    return Choice(say(f"live.button.{label}"), verb)


def lobby(scene: Scene) -> Answer:
    """Show who has joined, and how to."""
    board = scene.board
    blocks = [
        strong(say("live.lobby", title=board.title)),
        *([plain(board.note)] if board.note else []),
        plain(_how(board)),
        plain(say("live.lobby.code", code=board.code)),
        plain(_joined(board)),
    ]
    choices = (
        button("join", f"l.j.{board.code}"),
        button("start", control_verb(board.code, Act.START, board.epoch)),
    )
    return Answer(tuple(blocks), scene.caveat, Outcome.ASKED, choices=choices)


def _how(board: Board) -> str:
    setup = board.setup
    values = {
        "seconds": seconds_value(setup),
        "scoring": say(f"live.value.{setup.scoring}"),
        "reveal": say(f"live.value.{setup.reveal}"),
    }
    return say("live.lobby.how", "en", count=board.count, **values)


def seconds_value(setup: Setup) -> str:
    """Return how long a question is open, in words."""
    if setup.seconds is None:
        return say("live.value.auto")
    return say(
        "live.value.seconds" if setup.seconds else "live.value.untimed", count=round(setup.seconds)
    )


def _joined(board: Board) -> str:
    if not board.names:
        return say("live.lobby.nobody")
    names = ", ".join(board.names[:NAMES_SHOWN])
    if len(board.names) > NAMES_SHOWN:
        names = say("live.lobby.more", names=names, count=len(board.names) - NAMES_SHOWN)
    return say("live.lobby.joined", count=len(board.names), names=names)


def question(scene: Scene, *, own: bool = False, where: str = FIELD) -> Answer:
    """Show a question: open, paused, closing or closed; `own` is a learner's own copy.

    `where` says where an answer is written, where that is what the question asks for.
    """
    board, shown = scene.board, _shown(scene)
    open_ = board.phase is Phase.ASKING
    blocks = (
        strong(_heading(board, shown, scene.pack)),
        plain(shown.stem),
        *(_line(option) for option in shown.options),
        *(plain(line) for line in (_how_to_answer(shown, where) if open_ else ())),
        *(plain(line) for line in _progress(board, own=own)),
    )
    return Answer(
        blocks,
        scene.caveat,
        Outcome.ASKED,
        _keys(scene),
        choices=_options(board, shown, where) if open_ else (),
    )


def _how_to_answer(shown: QuestionShown, where: str) -> Sequence[str]:
    """Say how a question is answered, where its buttons do not say it."""
    if shown.several:
        return (say("live.several", done=say("live.button.done")),)
    if shown.kind not in TYPED:
        return ()
    if where == HERE:
        return (say(f"live.write.here.{shown.kind}"),)
    way = "link" if where else "field"
    return (say(f"live.write.{way}", button=say(f"live.button.{_WAYS[way]}")),)


_WAYS: Mapping[str, str] = {"link": "private", "field": "write"}


def _shown(scene: Scene) -> QuestionShown:
    if scene.board.question is None:
        raise ValueError("there is no question on this board")
    return scene.board.question


def _heading(board: Board, shown: QuestionShown, pack: Pack | None) -> str:
    topic = pack.topics.get(shown.topic, "") if pack else ""
    numbers = {"number": shown.position + 1, "count": shown.count}
    head = (
        say("live.head.topic", "en", topic=topic, **numbers)
        if topic
        else say("live.head", "en", **numbers)
    )
    if board.phase is not Phase.ASKING or not (board.opened and board.closes):
        return head
    seconds = round((board.closes - board.opened).total_seconds())
    return say("live.head.timed", head=head, seconds=seconds)


def _line(option: OptionShown) -> Block:
    if not option.letter:
        return plain(option.text, Role.ITEM)
    return Block((Text(option.letter, Style.STRONG), Text(f" {option.text}")), Role.ITEM)


def _progress(board: Board, *, own: bool) -> tuple[str, ...]:
    """Say how far it is; a learner's own copy has no business with the others."""
    if board.phase is Phase.PAUSED:
        return (say("live.paused"),)
    if own:
        return ()
    counts = {"count": board.answered, "joined": len(board.names)}
    if board.phase is Phase.ASKING:
        return (say("live.closing") if board.closing else say("live.answered", "en", **counts),)
    return (say("live.closed", "en", **counts),)


def _options(board: Board, shown: QuestionShown, where: str) -> tuple[Choice, ...]:
    if shown.kind in TYPED:
        return _door(board, shown, where)
    if shown.kind in ARRANGED:
        return ()  # asked on the page alone
    # Where several make up one answer, each press only chooses.
    verb = f"l.{'t' if shown.several else 'a'}.{board.code}.{shown.position}"
    short = all(len(option.text) <= _ON_BUTTON for option in shown.options)
    done = (button("done", f"l.d.{board.code}.{shown.position}"),) if shown.several else ()
    picks = (
        Choice(_label(option, short=short), f"{verb}|{number}")
        for number, option in enumerate(shown.options)
    )
    return (*picks, *done)


def _door(board: Board, shown: QuestionShown, where: str) -> tuple[Choice, ...]:
    """Return the button that leads to where an answer is written."""
    if where == HERE:
        return ()
    if where:
        return (Choice(say("live.button.private"), "", where),)
    return (button("write", f"l.w.{board.code}.{shown.position}"),)


def _label(option: OptionShown, *, short: bool) -> str:
    # All of them alike: a button with more on it than the others would look like the key.
    return f"{option.letter} {option.text}".strip() if short else option.letter


def _keys(scene: Scene, facts: Sequence[Fact] = ()) -> tuple[FactKey, ...]:
    if not scene.pack or not scene.question:
        return ()
    pack = scene.pack
    return (question_key(pack, scene.question), *(key(pack, fact) for fact in facts))


def result(scene: Scene, *, own: bool = False) -> Answer:
    """Show what was right, how many chose what, and why; from `own` copies nobody leads."""
    board, shown = scene.board, _shown(scene)
    numbers = {"number": shown.position + 1, "count": shown.count}
    facts = facts_of(scene)
    blocks = [
        strong(say("live.result", "en", answer=shown.key, **numbers)),
        plain(shown.stem),
        *(plain(_count(option), Role.ITEM) for option in shown.options if shown.rights is None),
        *(plain(line) for line in _fell(board, shown)),
        *([plain(shown.why)] if shown.why else []),
    ]
    if scene.shelf:
        for fact in facts:
            blocks += fact_blocks(scene.shelf, fact, scene.library, most=_ROOM)
    return Answer(
        tuple(blocks),
        scene.caveat,
        Outcome.ANSWERED,
        _keys(scene, facts),
        tuple(fact.verdict for fact in facts),
        _after(board, shown, has_facts=bool(facts))[own:],
    )


def _fell(board: Board, shown: QuestionShown) -> Sequence[str]:
    """Say how many had it right, where no options say so; what they wrote is shown to nobody."""
    if not board.answered:
        return (say("live.result.nobody"),)
    if shown.rights is None:
        return ()
    return (say("live.result.right-of", "en", right=shown.rights, count=board.answered),)


def facts_of(scene: Scene) -> list[Fact]:
    """Return the facts that the answer rests on, as far as they may be shown."""
    if not scene.pack or not scene.question:
        return []
    found = (scene.pack.fact(name) for name in scene.question.facts)
    return [fact for fact in found if fact and not fact.restricted][:_MOST_FACTS]


def _count(option: OptionShown) -> str:
    name = f"{option.letter}, {option.text}" if option.letter else option.text
    return say(
        "live.result.right" if option.right else "live.result.option",
        option=name,
        count=option.count or 0,
    )


def _after(board: Board, shown: QuestionShown, *, has_facts: bool) -> tuple[Choice, ...]:
    last = shown.position + 1 >= shown.count
    going_on = button(
        "finish" if last else "next", control_verb(board.code, Act.NEXT, board.epoch)
    )
    sources = (Choice(say("button.sources"), "s"),) if has_facts else ()
    return (going_on, *sources, Choice(say("button.report"), "p"))


def standing(scene: Scene) -> Answer:
    """Show how everybody did: the first places by name, for the others by a button."""
    board = scene.board
    blocks = [strong(say("live.over")), *(plain(line) for line in _places(board))]
    if board.setup.reveal == "end" and scene.asked:
        blocks.append(plain(say("live.over.keys")))
        lines = (
            say("live.over.key", stem=q.stem, answer=key_text(q).rstrip(".")) for q in scene.asked
        )
        blocks += [plain(line, Role.ITEM) for line in lines]
    choices = (button("mine", f"l.p.{board.code}"),) if board.standing else ()
    return Answer(tuple(blocks), scene.caveat, Outcome.ANSWERED, choices=choices)


def _places(board: Board) -> list[str]:
    if not board.most:
        return [say("live.over.none")]
    answered = [one for one in board.standing if one.answered]
    if not answered:
        return [say("live.over.nobody")]
    lines = [say("live.over.most", count=len(board.asked), points=number(board.most))]
    lines += [_place(one, len(board.asked)) for one in answered[:PLACES_SHOWN]]
    if more := len(board.standing) - len(answered[:PLACES_SHOWN]):
        lines.append(say("live.over.more", count=more, mine=say("live.button.mine")))
    return lines


def _place(one: Ranked, count: int) -> str:
    name = "live.over.place.one" if one.points == 1 else "live.over.place"
    values = {"place": one.place, "name": one.name, "points": number(one.points)}
    return say(name, "en", right=one.right, count=count, **values)


def number(points: float) -> str:
    """Return points as they are read."""
    return f"{round(points, 2):g}"


def control(scene: Scene, *, counts: bool = True) -> Notice:
    """Show who leads it what they can do now; with the numbers, where no board shows them."""
    board = scene.board
    shown = board.question
    values = {
        "code": board.code,
        "joined": len(board.names),
        "answered": board.answered,
        "number": shown.position + 1 if shown else 0,
        "count": board.count,
    }
    buttons = tuple(
        button(label, control_verb(board.code, act, board.epoch)) for label, act in _acts(board)
    )
    counted = counts and board.phase in {Phase.LOBBY, Phase.ASKING}
    key = f"live.control.{board.phase}{'.counts' if counted else ''}"
    return notice(key, "en", buttons, **values)


def _acts(board: Board) -> Sequence[tuple[str, str]]:
    stop = ("stop", "sure")
    match board.phase:
        case Phase.LOBBY:
            return ("start", Act.START), stop
        case Phase.ASKING:
            more = (("extend", Act.EXTEND),) if board.closes else ()
            return ("close", Act.NEXT), ("pause", Act.PAUSE), *more, ("skip", Act.SKIP), stop
        case Phase.SHOWN:
            last = board.question is not None and board.question.position + 1 >= board.count
            return ("finish" if last else "next", Act.NEXT), ("pause", Act.PAUSE), stop
        case Phase.PAUSED:
            return ("resume", Act.RESUME), stop
        case Phase.OVER:
            return ()
        case _:
            assert_never(board.phase)


def letters(asked: Question, setup: Setup) -> Mapping[str, str]:
    """Return how each option is called in a private word: its letter, or True and False."""
    if asked.kind is QuestionKind.TRUE_FALSE:
        return {option.id: option.text for option in asked.options}
    return {o.id: letter for letter, o in zip(LETTERS, arranged(asked, setup), strict=False)}


def key_words(asked: Question, setup: Setup) -> str:
    """Return the key as the board has it: "B, Mosul"."""
    if asked.kind not in CHOSEN:
        return key_text(asked).rstrip(".")
    names = letters(asked, setup)
    plainly = asked.kind is QuestionKind.TRUE_FALSE
    right = right_options(asked)
    return "; ".join(o.text if plainly else f"{names[o.id]}, {o.text}" for o in right).rstrip(".")


def chosen_words(asked: Question, setup: Setup, response: Response) -> str:
    """Return an answer in letters: "A and C"; or what was written."""
    if asked.kind in TYPED:
        return repeated(asked.kind, response)
    names = letters(asked, setup)
    return ", ".join(sorted(names[one] for one in response.chosen if one in names))


def told(
    judged: Judged, asked: Question, setup: Setup, response: Response, language: str = "en"
) -> Notice:
    """Say privately to who answered what became of it."""
    if judged is Missed.UNREADABLE and asked.kind in TYPED:
        return notice(f"live.answer.unreadable.{asked.kind}", language)
    counts = judged.response if isinstance(judged, Already) else response
    words = chosen_words(asked, setup, counts)
    return outcome(judged, words, changes=setup.changes, language=language)


def outcome(judged: Judged, answer: str, *, changes: bool, language: str = "en") -> Notice:
    """Say privately what became of an answer, which is given in letters, or as it was written."""
    match judged:
        case Counted() | Already():
            key = "live.answer.last" if changes else "live.answer.first"
            return notice(key, language, answer=answer)
        case Late(by):
            return notice("live.answer.late", language, seconds=max(1, round(by)))
        case Missed():
            return notice(judged, language)
        case _:
            assert_never(judged)


def mine(ranked: Ranked | None, board: Board, language: str = "en") -> Notice:
    """Tell a learner their own place."""
    if ranked is None:
        return notice("live.mine.none", language)
    return notice(
        "live.mine",
        language,
        place=ranked.place,
        count=len(board.standing),
        points=number(ranked.points),
        most=number(board.most),
        right=ranked.right,
        asked=len(board.asked),
    )
