"""Quiz questions as polls of a platform that has its own: within its limits, with the caveat."""

from dataclasses import dataclass

from bot.core.answer import Caveat
from bot.core.quiz import ONE_OF, Question, QuestionKind, right_options
from bot.core.words import say

QUESTION_LIMIT, OPTION_LIMIT, MOST_OPTIONS = 300, 100, 12
EXPLANATION_LIMIT, DESCRIPTION_LIMIT = 200, 1024
SHORTEST, LONGEST = 5, 2_628_000
"""Seconds for which a poll may be open by itself."""


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A question that is to be asked as a poll; it cannot be written without its caveat."""

    question: str
    options: tuple[tuple[str, str], ...]
    """Our id of each option, and its text."""
    right: tuple[str, ...]
    """Our ids of the right ones."""
    caveat: Caveat
    subject: str
    """What it is about, for whoever asks: it comes back with every vote."""
    several: bool = False
    source: str = ""
    """What the source is called, for the explanation."""
    seconds: int = 0
    """How long it is open; 0 for as long as nobody closes it."""
    revoting: bool = False
    """Whether an answer may be changed."""
    heading: str = ""
    """What stands above the caveat, such as "Question 3 of 10"."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as it is sent: its texts are plain, and within the limits."""

    question: str
    options: tuple[str, ...]
    ids: tuple[str, ...]
    """Our ids of the options, in the same order."""
    right: tuple[int, ...]
    explanation: str
    """Ends with the short caveat."""
    description: str
    """Ends with the long caveat."""
    subject: str
    several: bool = False
    seconds: int = 0
    revoting: bool = False


def poll_problem(question: Question, caveat: Caveat) -> str:
    """Return the key of the sentence that says why a question cannot be a poll, or nothing."""
    if question.kind not in ONE_OF | {QuestionKind.SEVERAL}:
        return "poll.kind"
    if question.sensitive or not right_options(question):
        return "poll.no-key"  # a quiz poll has to name a right answer, and praises it
    if _units(question.stem) > QUESTION_LIMIT:
        return "poll.question"
    if _units(caveat.short) > EXPLANATION_LIMIT or _units(caveat.long) > DESCRIPTION_LIMIT:
        return "poll.caveat"
    if len(question.options) > MOST_OPTIONS or any(
        _units(option.text) > OPTION_LIMIT for option in question.options
    ):
        return "poll.options"
    return ""


def draft(question: Question, caveat: Caveat, subject: str, source: str = "") -> PollDraft:
    """Return a question as a poll; ask `poll_problem` first."""
    return PollDraft(
        question.stem,
        tuple((option.id, option.text) for option in question.options),
        tuple(option.id for option in right_options(question)),
        caveat,
        subject,
        several=question.kind is QuestionKind.SEVERAL,
        source=source,
    )


def written(poll: PollDraft) -> Poll:
    """Write a poll: the long caveat in its description, the short one in its explanation."""
    ids = tuple(name for name, _ in poll.options)
    from_source = say("poll.source", source=poll.source) if poll.source else ""
    return Poll(
        poll.question,
        tuple(text for _, text in poll.options),
        ids,
        tuple(place for place, name in enumerate(ids) if name in poll.right),
        _ending(from_source, poll.caveat.short, EXPLANATION_LIMIT, " "),
        _ending(poll.heading, poll.caveat.long, DESCRIPTION_LIMIT, "\n\n"),
        poll.subject,
        several=poll.several,
        seconds=poll.seconds if SHORTEST <= poll.seconds <= LONGEST else 0,
        revoting=poll.revoting,
    )


def _ending(text: str, caveat: str, most: int, between: str) -> str:
    """Put a caveat at the end; where there is not room for both, the caveat stands alone."""
    line = " ".join(caveat.split()) if between == " " else caveat
    whole = f"{text}{between}{line}" if text else line
    return whole if _units(whole) <= most else line


def _units(text: str) -> int:
    """Count as the platform does: letters beyond the basic plane are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
