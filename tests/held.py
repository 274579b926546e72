"""Sessions that were held, written as tables: a line a learner, a letter an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core.answer import Answer, Notice, Text
from bot.core.library import Library
from bot.core.quiz import Accepted, Option, Question, QuestionKind, Response, mark
from bot.core.results import Item, Learner, Reply, Taken
from tests.cast import NOON

BRIDGE = Question(
    id="bridge-year",
    kind=QuestionKind.SINGLE,
    stem="According to the leaflet, when did the bridge open?",
    options=(
        Option("a", "1929"),
        Option("b", "1931", 1.0),
        Option("c", "1937"),
        Option("d", "1940"),
    ),
    feedback="The leaflet has 1931 in its first line.",
    topic="opening",
    hash="hash-of-bridge-1",
)
RIVER = Question(
    id="river",
    kind=QuestionKind.SINGLE,
    stem="According to the leaflet, which river does it cross?",
    options=(Option("a", "the Aare", 1.0), Option("b", "the Reuss"), Option("c", "the Limmat")),
    feedback="The leaflet names the Aare.",
    topic="place",
    hash="hash-of-river-01",
)
OPENER = Question(
    id="opener",
    kind=QuestionKind.TEXT,
    stem="Who opened it, according to the leaflet?",
    accepted=(Accepted("the mayor"),),
    hash="hash-of-opener-1",
)
FLOOD = Question(
    id="flood",
    kind=QuestionKind.SINGLE,
    stem="What should a careful report add to a number of injured people?",
    options=(Option("a", "a source and a time", 1.0), Option("b", "nothing")),
    sensitive=True,
    hash="hash-of-flood-01",
)


def mended(question: Question, right: str, version: str = "mended") -> Question:
    """Return the next version of a question, in which another option is the key."""
    options = tuple(replace(o, fraction=float(o.id == right)) for o in question.options)
    return replace(question, options=options, hash=f"{question.hash[:10]}{version}")


def taken(
    questions: Sequence[Question],
    *lines: str,
    title: str = "7B · Bridges",
    points: float = 1.0,
    joined: int = 0,
    pack: str = "bridge",
) -> Taken:
    """Return a session: in each line an option for each question, `-` where none was chosen.

    What is longer than a letter is a written answer.
    """
    items = tuple(Item(n, question, points) for n, question in enumerate(questions))
    answers = [
        (who, place, words)
        for who, line in enumerate(lines, 1)
        for place, words in enumerate(line.split())
        if words != "-"
    ]
    replies = tuple(
        _reply(number, who, items[place], words)
        for number, (who, place, words) in enumerate(answers, 1)
    )
    names = tuple(Learner(n, f"Fox {n}") for n in range(1, max(joined, len(lines)) + 1))
    return Taken(1, title, pack, NOON, items, names, replies)


def _reply(number: int, who: int, item: Item, words: str) -> Reply:
    question = item.question
    response = Response((words,)) if question.options else Response(text=words)
    marked = mark(question, response)
    fraction = 0.0 if question.sensitive else marked.fraction
    return Reply(
        number,
        who,
        item.position,
        response,
        fraction,
        marked.right and not question.sensitive,
        fraction * item.points,
        NOON + timedelta(seconds=number),
    )


NONE = Library(())


def text(shown: Answer | Notice) -> str:
    """Return what an answer says."""
    return "\n".join(
        "".join(span.text for span in block.spans if isinstance(span, Text))
        for block in shown.blocks
    )


def again(line: str, times: int) -> Iterable[str]:
    """Return a line of answers for each of so many learners."""
    return [line] * times
