"""A small pack, made by hand, on which every part of the search can be tried."""

from bot.core.facts import Entity, Fact, Kind, Pack, Value, Verdict, Wording


def asks(*texts: str) -> tuple[Wording, ...]:
    return tuple(Wording(text) for text in texts)


ENTITIES = {
    e.id: e
    for e in (
        Entity("iraq", "Iraq", "country", ("iraqi", "iraqis", "baghdad")),
        Entity("us", "United States", "country", ("us", "usa", "america", "american")),
        Entity("qasr", "Qasr al-Hadid", "place", ("qasr hadid", "kasr el hadid"), country="iraq"),
        Entity("ministry", "Ministry of Roads", "organisation", part_of="iraq"),
        Entity("banker", "Ida Banker", "person", ("Banker", "mayor banker")),
        Entity("paper", "Evening Post", "publication", ("the post",)),
    )
}
FACTS = (
    Fact(
        "opened",
        "The bridge at Qasr al-Hadid opened on 7 May 2021.",
        answer="7 May 2021",
        kind=Kind.DATE,
        verdict=Verdict.CORROBORATED,
        entities=("qasr",),
        values=(Value("date", "2021-05-07"),),
        asks=asks("when did the bridge open", "opening day of the bridge", "since when is the bridge in use"),
    ),
    Fact(
        "arches",
        "The bridge has twelve arches.",
        answer="12",
        kind=Kind.NUMBER,
        verdict=Verdict.CONTRADICTED,
        correct="14",
        correction="The ministry counts fourteen arches.",
        entities=("ministry",),
        values=(Value("number", "12", "arches"),),
        correct_values=(Value("number", "14", "arches"),),
        asks=asks("how many arches does the bridge have", "number of arches", "did they build twelve arches"),
    ),
    Fact(
        "site",
        "The bridge stands in the west of Iraq.",
        answer="In the west of Iraq",
        kind=Kind.PLACE,
        entities=("iraq",),
        asks=(*asks("where is the bridge", "in which country does the bridge stand"), Wording("is the bridge in Yemen", "No, in Iraq")),
    ),
    Fact(
        "ribbon",
        "Mayor Ida Banker cut the ribbon.",
        answer="Ida Banker",
        kind=Kind.PERSON,
        entities=("banker",),
        asks=asks("who cut the ribbon", "which mayor was at the opening"),
    ),
    Fact(
        "soldiers",
        "Forty soldiers guarded the ceremony.",
        answer="40",
        kind=Kind.NUMBER,
        values=(Value("number", "40", "soldiers"),),
        asks=asks("how many soldiers were on guard", "number of troops at the ceremony"),
    ),
    Fact(
        "reason",
        "The old ferry was closed because it leaked.",
        answer="It leaked",
        kind=Kind.BACKGROUND,
        asks=asks("why was the ferry closed", "what was wrong with the ferry"),
    ),
)  # fmt: skip
TOWN = Pack(
    id="town",
    title="The bridge",
    language="en",
    facts=FACTS,
    entities=ENTITIES,
    synonyms=(("bridge", "crossing", "span"), ("ribbon", "red tape")),
    unanswered=("what did the ferry captain say", "how deep is the river under the bridge"),
)
