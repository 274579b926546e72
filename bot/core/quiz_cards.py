"""The quiz alone in words: menus, questions, what an answer was worth, how it went."""

from collections.abc import Mapping

from bot.core.answer import Answer, Block, Choice, FactKey, Notice, Outcome, Role, Style, Text
from bot.core.facts import Fact, Pack
from bot.core.library import Library, Shelf
from bot.core.quiz import (
    TYPED,
    Option,
    Question,
    QuestionKind,
    Response,
    key_text,
    lefts,
    right_options,
)
from bot.core.show import caveat, fact_blocks, key, plain, strong
from bot.core.solo import offered, open_options
from bot.core.solo_types import (
    Asked,
    Given,
    Menu,
    Press,
    Shown,
    Solo,
    Sort,
    Stage,
    Summary,
    Told,
    Unreadable,
)
from bot.core.words import notice, say

QUESTION = "q/"
"""Stands before the id of a quiz question where those of facts stand too; no fact can be so called."""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ON_BUTTON = 34
"""Letters of an option that fit on a phone's button; longer ones stand in the text alone."""
_MOST_FACTS = 2
_ROOM = 450
"""Characters for each fact under a marked answer."""
_MOST_TO_LOOK_AT = 10


def write(shown: Shown, state: Solo, library: Library) -> Answer | Notice:
    """Write what a move leads to; `state` is the one after it."""
    match shown:
        case Menu():
            return _menu(shown, state, library)
        case Asked():
            return _question(shown, state)
        case Unreadable(question):
            number = question.kind is QuestionKind.NUMBER
            return notice("quiz.unreadable.number" if number else "quiz.unreadable")
        case Told():
            return _told(shown, state, library)
        case Summary():
            return _summary(shown, state)
        case _:
            return notice(shown)


def question_key(pack: Pack, question: Question) -> FactKey:
    """Return the version of a question that is shown, for reports."""
    return FactKey(pack.id, QUESTION + question.id, question.hash)


def press(what: str, state: Solo, label: str) -> Choice:
    """Return a button of the newest step."""
    return Choice(say(f"quiz.button.{label}"), f"{state.verb}.{what}.{state.step}")


def _pick(label: str, number: int, state: Solo) -> Choice:
    return Choice(label, f"{state.verb}.o.{state.step}|{number}")


def _menu(menu: Menu, state: Solo, library: Library) -> Answer:
    title = menu.pack.title if menu.pack else ""
    blocks = [plain(say("quiz.menu.unknown", name=menu.unknown))] if menu.unknown else []
    blocks.append(strong(say(f"quiz.menu.{menu.stage}", title=title)))
    if menu.first and menu.pack and menu.pack.content_note:
        blocks.append(plain(menu.pack.content_note))
    choices = tuple(_pick(_menu_label(menu, t), n, state) for n, t in enumerate(menu.labels))
    packs = [menu.pack] if menu.pack else [shelf.pack for shelf in library.shelves]
    return Answer(tuple(blocks), caveat(packs), Outcome.ASKED, choices=choices)


def _menu_label(menu: Menu, label: str) -> str:
    if menu.stage is Stage.SORT:
        return say(f"quiz.sort.{Sort(label)}")
    return label or say("quiz.menu.all")


def _question(asked: Asked, state: Solo) -> Answer:
    pack, question = asked.pack, asked.question
    notes = ["quiz.resumed"] if asked.resumed else []
    notes += ["quiz.practice"] if state.practice else []
    notes += ["quiz.sensitive"] if question.sensitive else []
    first = [plain(pack.content_note)] if asked.first and pack.content_note else []
    blocks = (
        *first,
        strong(_heading(pack, question, state)),
        *(plain(say(note)) for note in notes),
        plain(question.stem),
        *_listed(question, state),
        *_so_far(question, state),
        *_how(question, state),
    )
    choices = (*_options(question, state), *_tools(asked, state))
    shown = (question_key(pack, question),)
    return Answer(blocks, caveat([pack]), Outcome.ASKED, shown, choices=choices)


def _heading(pack: Pack, question: Question, state: Solo) -> str:
    number, count = state.at + 1, len(state.questions)
    if topic := pack.topics.get(question.topic):
        return say("quiz.head.topic", topic=topic, number=number, count=count)
    return say("quiz.head", number=number, count=count)


def lettered(question: Question, state: Solo) -> Mapping[str, str]:
    """Return what each option is called, by its id: "A, Mosul"."""
    if question.kind is QuestionKind.TRUE_FALSE:
        return {option.id: option.text for option in question.options}
    options = zip(_LETTERS, offered(question, state), strict=False)
    return {option.id: f"{letter}, {option.text}" for letter, option in options}


def _listed(question: Question, state: Solo) -> tuple[Block, ...]:
    """Return the options as lines, so that they still stand there when the buttons are gone."""
    if question.kind in TYPED | {QuestionKind.TRUE_FALSE}:
        return ()
    options = zip(_LETTERS, offered(question, state), strict=False)
    return tuple(
        Block((Text(letter, Style.STRONG), Text(f" {option.text}")), Role.ITEM)
        for letter, option in options
    )


def _options(question: Question, state: Solo) -> tuple[Choice, ...]:
    if question.kind in TYPED:
        return ()
    labels = {option.id: _label(option, question, state) for option in offered(question, state)}
    left = open_options(question, state)
    return tuple(_pick(labels[option.id], n, state) for n, option in enumerate(left))


def _label(option: Option, question: Question, state: Solo) -> str:
    if question.kind is QuestionKind.TRUE_FALSE:
        return option.text
    letter = lettered(question, state)[option.id][0]
    # All of them alike: a button with more on it than the others would look like the key.
    short = all(len(other.text) <= _ON_BUTTON for other in offered(question, state))
    label = f"{letter} {option.text}" if short else letter
    chosen = question.kind is QuestionKind.SEVERAL and option.id in state.partial
    return f"[x] {label}" if chosen else label


def _tools(asked: Asked, state: Solo) -> tuple[Choice, ...]:
    question = asked.question
    several = question.kind is QuestionKind.SEVERAL
    stepwise = question.kind in {QuestionKind.ORDER, QuestionKind.MATCHING}
    return (
        *([press(Press.DONE, state, "done")] if several else []),
        *([press(Press.AGAIN, state, "again")] if stepwise and state.partial else []),
        press(Press.SKIP, state, "skip"),
        press(Press.STOP, state, "stop"),
        *([press("f", state, "fresh")] if asked.resumed and state.verb == "q" else []),
        Choice(say("button.report"), "p"),
    )


def _so_far(question: Question, state: Solo) -> tuple[Block, ...]:
    if not state.partial:
        return ()
    return (plain(say("quiz.chosen", chosen=_said(question, Response(state.partial), state))),)


def _how(question: Question, state: Solo) -> tuple[Block, ...]:
    match question.kind:
        case QuestionKind.SEVERAL:
            return (plain(say("quiz.how.several", done=say("quiz.button.done"))),)
        case QuestionKind.MATCHING:
            left = lefts(question)[len(state.partial)].left
            return (strong(say("quiz.how.matching", left=left)),)
        case QuestionKind.NUMBER | QuestionKind.TEXT | QuestionKind.ORDER:
            return (plain(say(f"quiz.how.{question.kind}")),)
        case _:
            return ()


def _said(question: Question, response: Response, state: Solo) -> str:
    """Return an answer in the words of the question."""
    match question.kind:
        case QuestionKind.NUMBER | QuestionKind.TEXT:
            return " ".join(response.text.split())[:200]
        case QuestionKind.ORDER:
            things = [question.sequence[int(place)] for place in response.chosen]
            return ", ".join(f"{n}. {thing}" for n, thing in enumerate(things, 1))
        case QuestionKind.MATCHING:
            chosen = zip(lefts(question), response.chosen, strict=False)
            return "; ".join(f"{p.left}: {question.pairs[int(n)].right}" for p, n in chosen)
        case _:
            names = lettered(question, state)
            return "; ".join(names[option] for option in response.chosen)


def _key(question: Question, state: Solo) -> str:
    if not question.options:
        return key_text(question).rstrip(".")
    names = lettered(question, state)
    return "; ".join(names[option.id] for option in right_options(question)).rstrip(".")


def _told(told: Told, state: Solo, library: Library) -> Answer:
    pack, question, marked = told.pack, told.question, told.marked
    shelf = next(shelf for shelf in library.shelves if shelf.pack is pack)
    facts = [fact for name in question.facts if (fact := pack.fact(name)) and not fact.restricted]
    blocks = [strong(_verdict(told, state))]
    if question.sensitive or not marked.right:
        given = _said(question, told.response, state).rstrip(".")
        blocks.append(plain(say("quiz.given", given=given)))
    blocks += [plain(marked.feedback)] if marked.feedback else []
    for fact in facts[:_MOST_FACTS]:
        blocks += grounds(shelf, fact, library)
    return Answer(
        tuple(blocks),
        caveat([pack]),
        Outcome.ANSWERED,
        (question_key(pack, question), *(key(pack, fact) for fact in facts)),
        tuple(fact.verdict for fact in facts),
        _after(told, state, has_facts=bool(facts)),
    )


def _verdict(told: Told, state: Solo) -> str:
    if told.question.sensitive:
        return say("quiz.reflection")
    shown = _key(told.question, state)
    if told.marked.right:
        return say("quiz.right", answer=shown)
    return say("quiz.partly" if told.marked.fraction else "quiz.wrong", answer=shown)


def grounds(shelf: Shelf, fact: Fact, library: Library) -> tuple[Block, ...]:
    """Return a fact with its verdict, correction and place, as an answer shows it."""
    blocks = fact_blocks(shelf, fact, library, most=_ROOM)
    # The headline says again what the next line says, unless others disagree.
    again = fact.answer and not (fact.correct or fact.parts or fact.opening)
    return blocks[1:] if again and len(blocks) > 2 else blocks  # noqa: PLR2004 - claim and verdict


def _after(told: Told, state: Solo, *, has_facts: bool) -> tuple[Choice, ...]:
    # At the end the summary follows at once and has the buttons to go on with.
    on = () if told.last else (press(Press.NEXT, state, "next"),)
    pause = () if told.last else (press(Press.STOP, state, "stop"),)
    sources = (Choice(say("button.sources"), "s"),) if has_facts else ()
    return (*on, *sources, *pause, Choice(say("button.report"), "p"))


def _summary(summary: Summary, state: Solo) -> Answer:
    pack, count = summary.pack, len(state.questions)
    head = say("quiz.over")
    if summary.paused:
        head = say("quiz.paused", number=min(state.at + 1, count), count=count)
    blocks = [strong(head), *(plain(line) for line in _score(state.given))]
    missed = [g for g in state.given if g.scored and not g.skipped and g.fraction < 1]
    blocks += _to_look_at(missed, pack, state) if not summary.paused else []
    choices = _paused(state) if summary.paused else _ended(state, any_missed=bool(missed))
    return Answer(tuple(blocks), caveat([pack]), Outcome.ANSWERED, choices=choices)


def _score(given: tuple[Given, ...]) -> list[str]:
    answered = [g for g in given if g.scored and not g.skipped]
    right = sum(g.fraction >= 1 for g in answered)
    partly = sum(0 < g.fraction < 1 for g in answered)
    lines = [say("quiz.unanswered")] if not given else []
    if answered:
        name = "quiz.score.partly" if partly else "quiz.score"
        lines.append(say(name, right=right, partly=partly, count=len(answered)))
    skipped = sum(g.skipped for g in given)
    lines += [say("quiz.skipped", count=skipped)] if skipped else []
    reflected = sum(not g.scored and not g.skipped for g in given)
    lines += [say("quiz.reflected", count=reflected)] if reflected else []
    return lines


def _to_look_at(missed: list[Given], pack: Pack, state: Solo) -> list[Block]:
    found = [q for given in missed if (q := pack.question(given.question))]
    if not found:
        answered = any(g.scored and not g.skipped for g in state.given)
        return [plain(say("quiz.look.none"))] if answered else []
    lines = (say("quiz.look.line", stem=q.stem, answer=key_text(q).rstrip(".")) for q in found)
    listed = [plain(line, Role.ITEM) for line in lines][:_MOST_TO_LOOK_AT]
    return [plain(say("quiz.look")), *listed, plain(say("quiz.missed.how"))]


def _paused(state: Solo) -> tuple[Choice, ...]:
    return (press(Press.RESUME, state, "resume"), press(Press.END, state, "end"))


def _ended(state: Solo, *, any_missed: bool) -> tuple[Choice, ...]:
    practise = (press("m", state, "missed"),) if any_missed else ()
    return (press("f", state, "fresh"), *practise)
