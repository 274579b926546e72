"""Questions of live quizzes that are not answered by choosing: which there are, and what was written."""

from dataclasses import replace

from bot.core.live_types import Setup
from bot.core.quiz import ONE_OF, TYPED, Question, QuestionKind, Response

CHOSEN = ONE_OF | {QuestionKind.SEVERAL}
"""The kinds that a class answers by pressing letters, in a group and on the page alike."""
ARRANGED = frozenset({QuestionKind.ORDER, QuestionKind.MATCHING})
"""The kinds that only the page has a form for."""
LONGEST = 400
"""Letters of an answer; what is beyond them is not read."""
_SAID = 60
"""Letters of an answer that its confirmation repeats."""


def kinds(setup: Setup) -> frozenset[QuestionKind]:
    """Return the kinds of questions that a quiz draws from."""
    written = TYPED if setup.writing else frozenset[QuestionKind]()
    arranged = ARRANGED if setup.arranging else frozenset[QuestionKind]()
    return CHOSEN | written | arranged


def in_words(text: str) -> Response:
    """Return an answer that somebody wrote."""
    return Response((), " ".join(text.split())[:LONGEST])


def fitting(question: Question, response: Response) -> Response:
    """Return what of a response the question is about: nothing else is kept."""
    if question.kind in TYPED:
        return replace(response, chosen=())
    return replace(response, text="")


def repeated(kind: QuestionKind, response: Response) -> str:
    """Return what somebody wrote, as it is said again to them alone."""
    text = response.text
    short = text if len(text) <= _SAID else f"{text[: _SAID - 1].rstrip()}…"
    return short if kind is QuestionKind.NUMBER else f"“{short}”"
