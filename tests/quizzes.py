"""A pack about a mill with quiz questions of every kind, for tests of quizzes."""

from functools import cache

from bot.core.facts import Fact, Kind, Pack, Reference, Source, Verdict, Wording
from bot.core.library import Library, Shelf
from bot.core.quiz import Accepted, NumberKey, Option, Pair, Question, QuestionKind
from bot.search.engine import build

_SINGLE, _CHECK = QuestionKind.SINGLE, QuestionKind.DOUBLE_CHECK
_FACTS = (
    Fact(
        id="built",
        claim="The mill was built in 1820.",
        place="lead",
        where="first sentence",
        topic="mill",
        answer="1820",
        kind=Kind.DATE,
        verdict=Verdict.CORROBORATED,
        references=(Reference("Parish book", date="1820-06-01"),),
        asks=(Wording("when was the mill built"),),
        hash="00000000000000a1",
    ),
    Fact(
        id="wheels",
        claim="The mill has four wheels.",
        topic="mill",
        answer="4",
        kind=Kind.NUMBER,
        verdict=Verdict.CONTRADICTED,
        correct="3",
        correction="The plans show three wheels.",
        references=(Reference("Town plans"),),
        asks=(Wording("how many wheels does the mill have"),),
        hash="00000000000000a2",
    ),
    Fact(
        id="flood",
        claim="People were hurt in the flood at the mill.",
        topic="flood",
        verdict=Verdict.UNVERIFIED,
        asks=(Wording("who was hurt in the flood"),),
        sensitive=True,
        hash="00000000000000a3",
    ),
)

BUILT = Question(
    "built-1",
    _SINGLE,
    "According to the leaflet, when was the mill built?",
    (Option("a", "1820", 1.0), Option("b", "1850"), Option("c", "1790", 0.0, "That was the bridge.")),
    feedback="The first sentence has the year.",
    topic="mill",
    difficulty=1,
    facts=("built",),
    shuffle=False,
    hash="00000000000000b1",
)  # fmt: skip
WHEELS = Question(
    "wheels-1",
    _CHECK,
    "The leaflet counts four wheels. What settles it best?",
    (Option("a", "Reading it again"), Option("b", "Looking at the plans, and at the mill itself", 1.0)),
    feedback="The plans and the leaflet differ.",
    topic="mill",
    difficulty=2,
    facts=("wheels",),
    shuffle=False,
    hash="00000000000000b2",
)  # fmt: skip
TRUE = Question(
    "true-1",
    QuestionKind.TRUE_FALSE,
    "The leaflet says that the mill was built in 1820.",
    (Option("true", "True", 1.0), Option("false", "False")),
    feedback="It does.",
    topic="mill",
    facts=("built",),
    hash="00000000000000b3",
)
YEAR = Question(
    "year-1",
    QuestionKind.NUMBER,
    "In which year, says the leaflet, was it built?",
    numbers=(NumberKey(1820.0),),
    feedback="In the first sentence.",
    topic="mill",
    facts=("built",),
    hash="00000000000000b4",
)
WORD = Question(
    "word-1",
    QuestionKind.TEXT,
    "What does the leaflet say was built?",
    accepted=(Accepted("The mill"), Accepted("a watermill")),
    feedback="In the first sentence.",
    topic="mill",
    facts=("built",),
    hash="00000000000000b5",
)
SEVERAL = Question(
    "several-1",
    QuestionKind.SEVERAL,
    "Which of these does the leaflet name?",
    (Option("a", "Mill", 1.0), Option("b", "Wheels", 1.0), Option("c", "Sails")),
    feedback="It names two.",
    topic="mill",
    facts=("built",),
    shuffle=False,
    hash="00000000000000b6",
)
ORDER = Question(
    "order-1",
    QuestionKind.ORDER,
    "In which order does the leaflet tell it?",
    sequence=("Built", "Flooded", "Mended"),
    feedback="From old to new.",
    topic="mill",
    facts=("built",),
    hash="00000000000000b7",
)
PAIRS = Question(
    "pairs-1",
    QuestionKind.MATCHING,
    "What belongs together in the leaflet?",
    pairs=(Pair("Mill", "1820"), Pair("Bridge", "1790"), Pair("Barn", "1820")),
    feedback="See its table.",
    topic="mill",
    facts=("built",),
    hash="00000000000000b8",
)
FLOOD = Question(
    "flood-1",
    _SINGLE,
    "What should stand beside the number of the hurt in the leaflet?",
    (Option("a", "Who says it", 1.0), Option("b", "Nothing")),
    feedback="Numbers move.",
    topic="flood",
    difficulty=3,
    facts=("flood",),
    sensitive=True,
    shuffle=False,
    hash="00000000000000b9",
)
ALL = (BUILT, WHEELS, TRUE, YEAR, WORD, SEVERAL, ORDER, PAIRS, FLOOD)
CAVEAT = "Please double-check this with another source."


def library(*questions: Question, more: tuple[Pack, ...] = ()) -> Library:
    """Return a library whose first pack has these questions."""
    return Library((_shelf(questions), *(Shelf(one, build(one)) for one in more)))


@cache
def _shelf(questions: tuple[Question, ...]) -> Shelf:
    mill = pack(*questions)
    return Shelf(mill, build(mill))


def pack(*questions: Question, name: str = "mill") -> Pack:
    """Return the pack with these questions, in their order."""
    return Pack(
        id=name,
        title="The old mill" if name == "mill" else name.capitalize(),
        language="en",
        facts=_FACTS,
        source=Source("the leaflet"),
        caveat_long=CAVEAT,
        caveat_short="Double-check this.",
        content_note="It speaks of a flood.",
        places={"lead": "Lead"},
        topics={"mill": "The mill", "flood": "The flood", "other": "Other things"},
        questions=questions,
    )
