"""Questions that nobody could answer: which of them mean the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

SAME = 0.6
"""From this share of common content on, two questions mean the same."""
LONGEST = 500
"""Characters of a question that are kept."""


class State(StrEnum):
    """What has become of a question."""

    WAITING = "waiting"
    DRAFTED = "drafted"
    """A fact that is to answer it stands in a draft."""
    CLOSED = "closed"
    """An editor has said that it is none of this bot's business."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that could not be answered, of somebody who allowed to keep it."""

    id: int
    person: str
    """Who asked: to be told, and never shown."""
    words: str
    state: State = State.WAITING
    language: str = "en"
    pack: str = ""
    fact: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a question is about, as far as it can be compared."""

    terms: tuple[frozenset[str], ...]
    """For each word of content the keys by which it may be met: its stem, its synonyms."""
    sorts: frozenset[str] = frozenset()
    """What it asks for: when, who, how many."""
    names: tuple[frozenset[str], ...] = ()
    """Those of the words that are names, countries or numbers."""


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean the same."""

    questions: tuple[Unanswered, ...]

    @property
    def number(self) -> int:
        """Return what the group is called by: the id of its first question."""
        return self.questions[0].id

    @property
    def people(self) -> int:
        """Return how many people asked."""
        return len({question.person for question in self.questions})

    @property
    def examples(self) -> tuple[str, ...]:
        """Return the wordings, each once."""
        worded = {" ".join(q.words.casefold().split()): q.words for q in self.questions}
        return tuple(worded.values())

    @property
    def waiting(self) -> bool:
        """Say whether an editor has something to decide here."""
        states = {question.state for question in self.questions}
        return State.CLOSED not in states and State.WAITING in states


def likeness(one: Meaning, other: Meaning) -> float:
    """Return from 0 to 1 how far two questions mean the same; 0 where they cannot."""
    if one.sorts and other.sorts and not one.sorts & other.sorts:
        return 0.0
    # Each names something that the other does not: Canada in the one, Germany in the other.
    if _unmet(one.names, other.names) and _unmet(other.names, one.names):
        return 0.0
    if not one.terms or not other.terms:
        return 1.0 if one == other else 0.0
    unmet = _unmet(one.terms, other.terms) + _unmet(other.terms, one.terms)
    return 1 - unmet / (len(one.terms) + len(other.terms))


def _unmet(mine: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> int:
    """Return how many words of the one are met by none of the other."""
    return sum(not any(word & other for other in theirs) for word in mine)


def grouped(
    questions: Sequence[Unanswered], meaning: Callable[[str], Meaning]
) -> tuple[Group, ...]:
    """Group questions by what they mean, the largest group first; the same for the same questions.

    A question goes to the group to whose members it is most alike on the average.
    """
    groups: list[list[tuple[Unanswered, Meaning]]] = []
    for question in sorted(questions, key=lambda question: question.id):
        own = meaning(question.words)
        near = [(_nearness(own, members), -place) for place, members in enumerate(groups)]
        best, place = max(near, default=(0.0, 0))
        if best >= SAME:
            groups[-place].append((question, own))
        else:
            groups.append([(question, own)])
    made = [Group(tuple(question for question, _ in members)) for members in groups]
    return tuple(sorted(made, key=lambda group: (-group.people, group.number)))


def _nearness(own: Meaning, members: Sequence[tuple[Unanswered, Meaning]]) -> float:
    return sum(likeness(own, other) for _, other in members) / len(members)


def to_decide(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Return the groups that wait for an editor.

    Who asks again what was closed changes nothing: the group stays closed.
    """
    return tuple(group for group in groups if group.waiting)
