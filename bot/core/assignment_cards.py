"""Assignments in words for learners: what one is, its questions, handing in, what was right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.answer import Answer, Block, Choice, FactKey, Notice, Outcome, Role
from bot.core.assigned import skipped
from bot.core.assignment_types import Assignment, Ran, Reveal, Run, Stand
from bot.core.facts import Fact, Pack
from bot.core.library import Library
from bot.core.quiz import Question, Response, mark
from bot.core.quiz_cards import grounds, press, question_key
from bot.core.quiz_cards import write as write_quiz
from bot.core.results import in_words, key_of
from bot.core.show import caveat, key, plain, strong
from bot.core.solo_types import Asked, Remark, Solo, Summary, Told, Unreadable
from bot.core.words import notice, say


@dataclass(frozen=True, slots=True)
class Seen:
    """An assignment as one learner sees it at one moment."""

    assignment: Assignment
    stand: Stand
    pack: Pack | None
    group: str = ""
    """The name of its class; empty where it belongs to none."""
    due: str = ""
    """When it is due for them, in words; empty for no day."""
    distance: str = ""
    """How far off that is; of one that is not open yet, how far off it opens."""
    opens: str = ""
    span: str = ""
    """How long they have for an attempt, in words; empty for as long as they like."""
    runs: tuple[Run, ...] = ()
    revealed: bool = False
    """Whether they may see what was right."""
    due_at: datetime | None = None
    """When it is due for them."""

    @property
    def underway(self) -> Run | None:
        """The attempt that is not handed in yet."""
        return next((run for run in self.runs if run.handed is None), None)


def answer(pack: Pack | None, blocks: Sequence[Block], choices: Sequence[Choice] = ()) -> Answer:
    """Return what is said about an assignment, with the caveat of its pack."""
    return Answer(
        tuple(blocks), caveat([pack] if pack else []), Outcome.ASKED, choices=tuple(choices)
    )


def button(label: str, action: str, **values: object) -> Choice:
    """Return a button of an assignment."""
    return Choice(say(f"assign.button.{label}", "en", **values), f"a.{action}")


def intro(seen: Seen) -> Answer:
    """Say what an assignment is, and by when, before it begins."""
    return answer(seen.pack, (*_head(seen), *map(plain, _told(seen))), _ways_on(seen))


def invited(seen: Seen, headline: str, links: Sequence[str] = ()) -> Answer:
    """Tell of an assignment in a message of its own; in a group it leads away from there."""
    take = button("take", f"t.{seen.assignment.code}")
    take = replace(take, url=links[0]) if links else take
    lines = [plain(seen.assignment.title), *map(plain, _moments(seen))]
    return answer(seen.pack, (strong(headline), *lines), (take,))


def asked_to_join(seen: Seen) -> Answer:
    """Say to which class an assignment belongs, and what its teacher will see."""
    blocks = (
        *_head(seen),
        plain(say("assign.intro.join", name=seen.group)),
        plain(say("class.join.ask", name=seen.group)),
    )
    return answer(
        seen.pack, blocks, (button("join", f"j.{seen.assignment.code}", name=seen.group),)
    )


def _head(seen: Seen) -> tuple[Block, ...]:
    """Return the content note first, then the title and what it is about."""
    note = seen.pack.content_note if seen.pack else ""
    title = seen.pack.title if seen.pack else seen.assignment.pack
    what = say("assign.intro.what", count=len(seen.assignment.questions), pack=title)
    headline = strong(say("assign.intro", title=seen.assignment.title))
    return (*([plain(note)] if note else []), headline, plain(what))


def _reveal(seen: Seen) -> str:
    """Return the end of the key of the sentence that says when what was right is told."""
    reveal = seen.assignment.setup.reveal
    if reveal is not Reveal.DUE:
        return reveal
    return "reveal.past" if seen.stand is Stand.LATE else "reveal.due"


def _told(seen: Seen) -> list[str]:
    setup = seen.assignment.setup
    lines = [say("assign.intro.class", name=seen.group)] if seen.group else []
    lines += _moments(seen)
    one = setup.attempts == 1
    lines.append(
        say("assign.intro.one" if one else f"assign.intro.{setup.counts}", many=setup.attempts)
    )
    lines.append(
        say("assign.intro.limit", span=seen.span) if seen.span else say("assign.intro.no-limit")
    )
    lines += [say(f"assign.intro.{_reveal(seen)}"), say("assign.intro.privacy")]
    handed = sum(run.handed is not None for run in seen.runs)
    lines += [say("assign.intro.done", many=handed, most=setup.attempts)] if handed else []
    lines += [say("assign.intro.begun")] if seen.underway else []
    return lines


def _moments(seen: Seen) -> list[str]:
    match seen.stand:
        case Stand.EARLY:
            return [say("assign.intro.opens", opens=seen.opens, distance=seen.distance)]
        case Stand.OPEN if seen.due:
            return [say("assign.intro.due", due=seen.due, distance=seen.distance)]
        case Stand.LATE:
            return [say("assign.intro.past", due=seen.due)]
        case Stand.CLOSED:
            return [say("assign.intro.closed")]
        case _:
            return []


def _ways_on(seen: Seen) -> list[Choice]:
    code, choices = seen.assignment.code, list[Choice]()
    if seen.stand in {Stand.OPEN, Stand.LATE}:
        if seen.underway:
            choices.append(button("go-on", f"g.{code}"))
        elif not seen.runs:
            choices.append(button("begin", f"g.{code}"))
        elif len(seen.runs) < seen.assignment.setup.attempts:
            choices.append(button("again", f"g.{code}", number=len(seen.runs) + 1))
    if seen.revealed and any(run.handed for run in seen.runs):
        choices.append(button("review", f"w.{code}"))
    return choices


# An attempt.


def write(ran: Ran, library: Library, paused: str = "") -> list[Answer | Notice]:
    """Write what a move in an attempt leads to; `paused` is what to add where the time goes on."""
    pack = library.shelves[0].pack
    cards = [_shown(shown, ran, library, pack, paused) for shown in ran.shown]
    if ran.saved and cards and isinstance(cards[0], Answer):
        first = cards[0]
        cards[0] = replace(first, blocks=(plain(say("assign.saved")), *first.blocks))
    return [*cards, _hand_in(ran, pack)] if ran.over else cards


def _shown(shown: object, ran: Ran, library: Library, pack: Pack, paused: str) -> Answer | Notice:
    match shown:
        case Summary():
            return _paused(ran.solo, pack, paused)
        case Remark.OLD:
            return notice("assign.old")
        case Asked() | Told() | Unreadable() | Remark():
            return write_quiz(shown, ran.solo, library)
        case _:
            raise TypeError("an attempt shows nothing else")


def _paused(solo: Solo, pack: Pack, ends: str) -> Answer:
    number, count = min(solo.at + 1, len(solo.questions)), len(solo.questions)
    blocks = [strong(say("assign.paused", number=number, count=count))]
    blocks += [plain(say("assign.paused.ends", until=ends))] if ends else []
    return answer(pack, blocks, (press("r", solo, "resume"),))


def _hand_in(ran: Ran, pack: Pack) -> Answer:
    """Offer to hand in, or to answer what was left out."""
    left = skipped(ran.solo)
    said = say("assign.hand.open", many=left) if left else say("assign.hand.all")
    saved = [plain(say("assign.saved"))] if ran.saved and not ran.shown else []
    blocks = (
        *saved,
        strong(say("assign.hand.head")),
        plain(said),
        plain(say("assign.hand.how")),
    )
    verb, step = ran.solo.verb, ran.solo.step
    choices = [Choice(say("assign.button.hand"), f"{verb}.h.{step}")]
    choices += [Choice(say("assign.button.revisit"), f"{verb}.k.{step}")] if left else []
    return answer(pack, blocks, choices)


def handed(seen: Seen, solo: Solo, *, late: bool, up: bool = False) -> Answer:
    """Say that an attempt was handed in, and when or how it went."""
    setup, title = seen.assignment.setup, seen.assignment.title
    lines = [say("assign.handed.late")] if late else []
    if setup.reveal is Reveal.NEVER:
        lines.append(say("assign.handed.never"))
    elif seen.revealed:
        given = [g for g in solo.given if g.scored and not g.skipped]
        right = sum(g.fraction >= 1 for g in given)
        scored = len([q for q in seen.assignment.questions if not q.sensitive])
        lines.append(say("assign.handed.score", right=right, count=scored))
    elif seen.due:
        lines.append(say("assign.handed.due", due=seen.due))
    head = say("assign.handed.up" if up else "assign.handed", title=title)
    return answer(seen.pack, (strong(head), *map(plain, lines)), _ways_on(seen))


# What was right.


def review(
    seen: Seen, number: int, responses: Sequence[Response | None], library: Library
) -> Answer:
    """Show what was answered in an attempt, what was right, and why."""
    assignment = seen.assignment
    blocks = [strong(say("assign.review", title=assignment.title))]
    if assignment.setup.attempts > 1:
        blocks.append(plain(say("assign.review.attempt", number=number)))
    for place, question in enumerate(assignment.questions):
        response = responses[place] if place < len(responses) else None
        blocks += _looked_at(place + 1, question, response, library)
    shown = answer(seen.pack, blocks, [Choice(say("button.report"), "p")])
    return replace(shown, outcome=Outcome.ANSWERED, facts=tuple(_keys(seen, library)))


def _looked_at(
    number: int, question: Question, response: Response | None, library: Library
) -> list[Block]:
    blocks = [strong(f"{number}. {question.stem}")]
    if response is None:
        blocks.append(plain(say("assign.review.nothing"), Role.ITEM))
    else:
        given = in_words(question, response).rstrip(".")
        blocks.append(plain(say("quiz.given", given=given), Role.ITEM))
    blocks.append(plain(_verdict(question, response), Role.ITEM))
    marked = mark(question, response or Response())
    said = [marked.feedback] if response and marked.feedback else [question.feedback]
    blocks += [plain(text) for text in said if text]
    return blocks + _grounds(question, library)


def _verdict(question: Question, response: Response | None) -> str:
    if question.sensitive:
        return say("quiz.reflection")
    fraction = mark(question, response).fraction if response else 0.0
    if fraction >= 1:
        return say("quiz.right", answer=key_of(question))
    return say("quiz.partly" if fraction else "quiz.wrong", answer=key_of(question))


def _grounds(question: Question, library: Library) -> list[Block]:
    """Return the first fact that a question rests on, as it is known today."""
    shelf = library.shelves[0]
    for fact in _facts(question, shelf.pack):
        return list(grounds(shelf, fact, library))
    return []


def _facts(question: Question, pack: Pack) -> list[Fact]:
    known = [pack.fact(name) for name in question.facts]
    return [fact for fact in known if fact and not fact.restricted]


def _keys(seen: Seen, library: Library) -> list[FactKey]:
    pack = library.shelves[0].pack
    questions = seen.assignment.questions
    facts = [key(pack, fact) for question in questions for fact in _facts(question, pack)]
    return [*(question_key(pack, question) for question in questions), *dict.fromkeys(facts)]


def state_of(seen: Seen) -> str:
    """Say in a word or two where a learner is with an assignment."""
    if seen.underway:
        return say("assign.work.begun")
    if any(run.handed for run in seen.runs):
        return say("assign.work.done")
    return say(f"assign.work.{seen.stand}")
