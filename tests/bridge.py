"""A small pack about a bridge, open for questions, for tests in which the words do not matter."""

from bot.core.answer import Answer, FactKey, Notice
from bot.core.effects import Effect, Tell
from bot.core.facts import Fact, Kind, Pack, Reference, Source, Verdict, Wording
from bot.core.library import Library, Shelf
from bot.search.engine import build

_MINUTES = Reference("Town records", "Minutes", "1931-05-02", "https://records.example/1931")

_FACTS = (
    Fact(
        id="opened",
        claim="The bridge at Oldbrook opened on 2 May 1931.",
        topic="opening",
        answer="2 May 1931",
        kind=Kind.DATE,
        verdict=Verdict.CORROBORATED,
        references=(_MINUTES,),
        asks=(Wording("when did the bridge open"), Wording("opening day of the bridge")),
        related=("arches",),
        hash="0000000000000001",
    ),
    Fact(
        id="arches",
        claim="The bridge at Oldbrook has five arches.",
        topic="bridge",
        answer="5",
        kind=Kind.NUMBER,
        verdict=Verdict.CONTRADICTED,
        correct="4",
        correction="The town's records show four arches.",
        references=(_MINUTES,),
        asks=(Wording("how many arches does the bridge have"), Wording("number of arches")),
        related=("opened",),
        hash="0000000000000002",
    ),
    Fact(
        id="ribbon",
        claim="The mayor cut a blue ribbon at the opening of the bridge.",
        topic="opening",
        answer="A blue ribbon",
        verdict=Verdict.UNVERIFIED,
        asks=(Wording("which colour was the ribbon"), Wording("what did the mayor cut")),
        hash="0000000000000003",
    ),
    Fact(
        id="workers",
        claim="A list names the workers who fell ill.",
        topic="bridge",
        answer="A list of names",
        verdict=Verdict.UNVERIFIED,
        asks=(Wording("who fell ill at the works"),),
        restricted=True,
        opening="These names were not confirmed.",
        hash="0000000000000004",
    ),
)

PACK = Pack(
    id="town",
    title="The bridge at Oldbrook",
    language="en",
    facts=_FACTS,
    source=Source("the leaflet", "A leaflet on a bridge.", "Nobody"),
    caveat_long="Please double-check this with another source.",
    caveat_short="Double-check this.",
    topics={"opening": "The opening", "bridge": "The bridge itself"},
)
LIBRARY = Library((Shelf(PACK, build(PACK)),))

OPENED, ARCHES, RIBBON, WORKERS = (FactKey(PACK.id, fact.id, fact.hash) for fact in _FACTS)
GONE = FactKey(PACK.id, "no-longer-there", "0000000000000009")


def told(effects: tuple[Effect, ...]) -> Answer | Notice:
    """Return the one thing that is said."""
    [what] = [effect.what for effect in effects if isinstance(effect, Tell)]
    return what


def answer(effects: tuple[Effect, ...]) -> Answer:
    """Return the one answer that is given."""
    what = told(effects)
    assert isinstance(what, Answer)
    return what


def notice(effects: tuple[Effect, ...]) -> str:
    """Return the key of the one notice that is given."""
    what = told(effects)
    assert isinstance(what, Notice)
    return what.key


def text(what: Answer | Notice) -> str:
    """Return everything that is said, without its caveat and its styles."""
    spans = (span for block in what.blocks for span in block.spans)
    return " ".join(str(getattr(span, "text", "") or getattr(span, "label", "")) for span in spans)
