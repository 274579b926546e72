"""A block of `quiz.yaml` as it is written: its fields, and what may stand in each."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from bot.core.quiz import FEEDBACK_LIMIT, MOST_OPTIONS, OPTION_LIMIT, STEM_LIMIT, QuestionKind
from bot.formats.models import (
    AS_BLOCK,
    AS_TEXT,
    EITHER,
    NUMBER,
    Bare,
    Flag,
    Id,
    Word,
    Written,
    wrong,
)


def _word(value: object) -> object:
    # true and false need no quotes here: nothing else than a word is meant.
    return value.text if isinstance(value, Bare) else value


def _number_text(value: object) -> object:
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return float(value)
    raise wrong("{subject} is not a number", "write digits with a point, without spaces or units")


OptionText = Annotated[str, Field(min_length=1, max_length=OPTION_LIMIT)]
# Its star is not part of it.
Starred = Annotated[str, Field(min_length=1, max_length=OPTION_LIMIT + 1)]
Feedback = Annotated[str, Field(max_length=FEEDBACK_LIMIT)]
Number = Annotated[
    float, BeforeValidator(_number_text), WithJsonSchema({"type": ["number", "string"]})
]


class OptionEntry(Written):
    """An option with its own feedback."""

    text: OptionText = Field(description="What can be chosen.")
    right: Flag = Field(False, description="Whether it is the key, or part of it.")
    feedback: Feedback = Field("", description="What who chooses it is told.")


class AcceptedEntry(Written):
    """A text that is taken as an answer, with its own feedback."""

    text: OptionText = Field(description="What is typed.")
    right: Flag = Field(True, description="no for a wrong answer that has its own feedback.")
    feedback: Feedback = Field("", description="What who types it is told.")


class PairEntry(Written):
    """Two things that belong together."""

    left: Annotated[str, Field(max_length=OPTION_LIMIT)] = Field(
        "", description="What stands in the question; left out for what belongs to nothing."
    )
    right: OptionText = Field(description="What belongs to it.")
    feedback: Feedback = Field("", description="What who matches it otherwise is told.")


Choosable = Annotated[Annotated[Starred, AS_TEXT] | Annotated[OptionEntry, AS_BLOCK], EITHER]
Typed = Annotated[Annotated[OptionText, AS_TEXT] | Annotated[AcceptedEntry, AS_BLOCK], EITHER]


class QuestionEntry(Written):
    """A quiz question with its key."""

    blocks = {"options": OptionEntry, "accepted": AcceptedEntry, "pairs": PairEntry}  # noqa: RUF012 - ClassVar in its parent

    id: Id = Field(description="Unique and lasting: letters, digits and hyphens, at most 62.")
    kind: QuestionKind = Field(description="How it is answered.")
    topic: Id = Field("", description="A key of `topics` in pack.yaml.")
    difficulty: Literal["1", "2", "3"] = Field("2", description="From 1, easy, to 3.")
    title: Word = Field("", description="A few words that name it in results.")
    stem: Annotated[str, Field(min_length=1, max_length=STEM_LIMIT)] = Field(
        description="The question."
    )
    options: Annotated[tuple[Choosable, ...], Field(max_length=MOST_OPTIONS)] = Field(
        (), description='What can be chosen; "*" before a right one.'
    )
    key: Annotated[
        str, BeforeValidator(_word), WithJsonSchema({"type": ["string", "number", "boolean"]})
    ] = Field("", description='"true" or "false"; the number, where a number is asked for.')
    tolerance: Number = Field(0.0, description="How far a number may be off.")
    between: tuple[Number, ...] = Field((), description="The lowest and the highest right number.")
    unit: Word = Field("", description="What is counted or measured.")
    accepted: Annotated[tuple[Typed, ...], Field(max_length=30)] = Field(
        (), description="The texts that are taken as right; the first one is shown as the key."
    )
    sequence: Annotated[tuple[OptionText, ...], Field(max_length=MOST_OPTIONS)] = Field(
        (), description="What is to be put in order, in the right order."
    )
    pairs: Annotated[tuple[PairEntry, ...], Field(max_length=MOST_OPTIONS)] = Field(
        (), description="What belongs together."
    )
    feedback: Annotated[str, Field(min_length=1, max_length=FEEDBACK_LIMIT)] = Field(
        description="Why the key is right, and where that stands."
    )
    facts: Annotated[tuple[Id, ...], Field(min_length=1)] = Field(
        description="The facts that it rests on."
    )
    sensitive: Flag = Field(
        False, description="Whether it is for reflection only, and never scored."
    )
    shuffle: Flag = Field(True, description="no where the options must keep their order.")
    tags: tuple[Word, ...] = Field((), description="Words to find it by.")
    category: tuple[Word, ...] = Field((), description="Where it stood in another bank.")
