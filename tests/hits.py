"""Facts and hits made by hand, for decisions that need no search."""

from bot.core.decide import find
from bot.core.facts import Fact, Kind, Pack, Value
from bot.core.library import Hit, Library, Missing, Shelf

PLACE = Fact("place", "The camp was in the north.", kind=Kind.PLACE, answer="In the north")
COUNT = Fact(
    "count",
    "Six boats sank.",
    kind=Kind.NUMBER,
    answer="6",
    values=(Value("number", "6", "boats"),),
)
SAID = Fact("said", "The mayor spoke.", kind=Kind.STATEMENT, answer="The mayor")
HIDDEN = Fact("hidden", "A list of names.", kind=Kind.LIST, restricted=True, opening="Careful.")

CANADIAN = Missing("Canadian", "country")
SUBMARINES = Missing("submarines")
ELSEWHERE = Missing("boats", known=True)


def hit(fact, score=10.0, confidence=0.9, **more):
    return Hit(fact, score, confidence, **{"words": 4, "nearness": 0.6, **more})


def shelf(*hits):
    pack = Pack("p", "P", "en", tuple(h.fact for h in hits))
    return Shelf(pack, lambda question, context="", most=10: hits)


def found(*hits):
    return find("?", "", Library((shelf(*hits),)))
