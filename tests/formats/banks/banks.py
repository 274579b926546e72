"""Banks made up by Hypothesis: what a careful person would let through."""

from hypothesis import strategies as st

from bot.core.quiz import (
    FALSE,
    TRUE,
    Accepted,
    NumberKey,
    Option,
    Pair,
    Question,
    QuestionKind,
)
from bot.formats.banks.draft import option_id

# Everything that means something in one of the formats, and letters of several scripts.
PIECES = [
    *"~=#{}:*[]()<>&'\"!?.,;/|@+$_%-",
    *("\\", "->", "::", "//", "####", "[html]", "<b>x</b>", "<br>", "&amp;", "$CATEGORY:", "%50%", "ANSWER: A", "A. ", "yes"),
    *("port", "Al Qaim", "12", "3.5", "é", "ß", "Жук", "中", "مرفأ", "🙂", " ", " "),
]  # fmt: skip
WORDS = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
    .map("".join)
    .map(lambda text: " ".join(text.split()) or "port")
)
LINES = st.lists(WORDS, min_size=1, max_size=2).map("\n".join)
NOTES = st.one_of(st.just(""), LINES)
NAMES = st.lists(WORDS.map(lambda text: text.strip("/ ") or "ports"), max_size=2).map(tuple)
SHARES = st.sampled_from([0.0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9])
NUMBERS = st.sampled_from([-1000.5, -3.0, 0.0, 0.001, 2.0, 3.14159, 1e12])


def different(strategy, least: int = 2, most: int = 4):
    return st.lists(
        strategy, min_size=least, max_size=most, unique_by=lambda text: " ".join(text.split())
    )


@st.composite
def options(draw, *, shares: list[float] | None = None):
    texts = draw(different(LINES))
    weights = shares or [1.0, *(draw(SHARES) for _ in texts[1:])]
    weights = (weights + [0.0] * len(texts))[: len(texts)]
    return tuple(
        Option(option_id(n), text, weight, draw(NOTES))
        for n, (text, weight) in enumerate(zip(texts, weights, strict=True))
    )


@st.composite
def truths(draw):
    right = draw(st.booleans())
    return (
        Option(TRUE, "True", float(right), draw(NOTES)),
        Option(FALSE, "False", float(not right), draw(NOTES)),
    )


@st.composite
def accepted(draw):
    texts = draw(
        different(
            WORDS.map(lambda text: text.replace("*", "x").replace("\\", "y")), least=1, most=4
        )
    )
    case = draw(st.booleans())
    shares = [1.0, *(draw(SHARES) for _ in texts[1:])]
    return tuple(
        Accepted(text, share, draw(NOTES), case=case)
        for text, share in zip(texts, shares, strict=True)
    )


@st.composite
def numbers(draw):
    first = NumberKey(draw(NUMBERS), draw(st.sampled_from([0.0, 0.5, 2.0])), feedback=draw(NOTES))
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    second = NumberKey(low=low, high=high, fraction=draw(SHARES), feedback=draw(NOTES))
    return draw(st.sampled_from([(first,), (first, second)]))


@st.composite
def answers(draw, kind: QuestionKind):
    match kind:
        case QuestionKind.SINGLE | QuestionKind.DOUBLE_CHECK:
            return {"options": draw(options())}
        case QuestionKind.SEVERAL:
            shares = draw(
                st.sampled_from([[0.5, 0.5], [0.25] * 4, [1.0], [0.5, 0.5, -0.5], [1.0, -1.0]])
            )
            return {
                "options": draw(
                    options(shares=shares).filter(lambda found: len(found) >= len(shares))
                )
            }
        case QuestionKind.TRUE_FALSE:
            return {"options": draw(truths()), "shuffle": False}
        case QuestionKind.TEXT:
            return {"accepted": draw(accepted())}
        case QuestionKind.NUMBER:
            return {"numbers": draw(numbers())}
        case QuestionKind.ORDER:
            return {"sequence": tuple(draw(different(LINES)))}
        case QuestionKind.MATCHING:
            lefts = draw(different(WORDS.map(lambda text: text.replace("->", "to"))))
            return {"pairs": tuple(Pair(left, draw(WORDS)) for left in lefts)}


@st.composite
def questions(draw, kinds=tuple(QuestionKind)):
    kind = draw(st.sampled_from(kinds))
    fields = {
        "feedback": draw(NOTES),
        "feedback_right": draw(NOTES),
        "feedback_wrong": draw(NOTES),
        "feedback_partial": draw(NOTES),
        "title": draw(st.one_of(st.just(""), WORDS)),
        "topic": draw(st.sampled_from(["", "attack"])),
        "difficulty": draw(st.sampled_from([1, 2, 3])),
        "facts": draw(st.sampled_from([(), ("fact-1", "fact-2")])),
        "sensitive": draw(st.booleans()),
        "tags": draw(NAMES),
        "category": draw(NAMES),
        "points": draw(st.sampled_from([1.0, 2.5])),
        "shuffle": draw(st.booleans()),
    }
    return Question("", kind, draw(LINES), **(fields | draw(answers(kind))))


@st.composite
def banks(draw, kinds=tuple(QuestionKind)):
    found = draw(st.lists(questions(kinds), min_size=1, max_size=2))
    return tuple(question_with_id(question, number) for number, question in enumerate(found))


def question_with_id(question: Question, number: int) -> Question:
    fields = {name: getattr(question, name) for name in question.__dataclass_fields__}
    return Question(**(fields | {"id": f"q-{number}"}))
