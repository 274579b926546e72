"""What sort of thing a question asks for, and what sorts of things a claim holds."""

import re

from bot.core.facts import Fact, Kind
from bot.search.text import fold

_ASKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("age", r"\bhow old\b|\bages?\b|\byears old\b|\b(?:old|young)est\b|\beldest\b|\bbirth"),
        (
            "number",
            r"\bhow (?:many|much|long|far|big|large|often)\b|\bnumber of\b|\bcount\b|\bamount\b|\btotal\b"
            r"|\btoll\b|\bpercent|\bfigures?\b|\bhow\b.*\bmany\b|\bno of\b",
        ),
        (
            "when",
            r"\bwhen\b|\b(?:what|which|on what|on which) (?:year|date|day|month|century|decade|time)\b"
            r"|\bdates?\b|\bwhat year\b",
        ),
        (
            "who",
            r"\bwho\b|\bwhose\b|\bwhom\b|\bwhich (?:person|people|group|man|woman|official)\b",
        ),
        (
            "where",
            r"\bwhere\b|\b(?:what|which) (?:country|countries|city|cities|places?|regions?|locations?|state|"
            r"area|river|towns?|continent|nation|province|part)\b|\blocation\b|\blocated\b",
        ),
        (
            "list",
            r"\b(?:list|enumerate|name (?:the|all|every)|names of|all|every|everything|everyone|everybody|each|"
            r"(?:what|which) (?:\w+ )?\w+s\b(?! (?:is|was|has|does)\b))|\bwho all\b|\bquotes\b",
        ),
        (
            "total",
            r"\b(?:in all|in total|total|altogether|together|overall|sum|combined|add up|as a whole)\b",
        ),
        (
            "summary",
            r"\b(?:summar\w*|overview|gist|in short|short version|tl ?dr|briefly|recap|outline|sum up|in a few|"
            r"in brief|key points|main points|essence|nutshell|what is it about|explain|big picture)\b",
        ),
        (
            "timeline",
            r"\b(?:time ?line|chronolog\w*|order of events|sequence|what happened when|in (?:what )?order|dates)\b",
        ),
        (
            "compare",
            r"\b(?:more|most|less|least|fewer|fewest|larger|largest|bigger|biggest|higher|highest|compare|comparison|than|versus|vs|(?:old|young|eld)est)\b",
        ),
        (
            "contradiction",
            r"\b(?:contradict\w*|inconsisten\w*|disagree\w*|itself|logic\w*|make sense|consistent|waver\w*|mismatch\w*)\b",
        ),
        ("why", r"\bwhy\b|\breasons?\b|\bcauses?\b|\bmotive\b|\bpurpose\b"),
    )
)
_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "number",
            r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand|million|half)\b",
        ),
        ("year", r"\b(?:1\d{3}|20\d\d)s?\b"),
        (
            "month",
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
        ),
        ("full-name", r"(?<=[a-z,;] )[A-Z]\w+ [A-Z]\w+"),
        ("name", r"(?<=[a-z,;] )[A-Z]\w+"),
        ("place", r"\b(?:in|at|near|from|to|of) [A-Z]"),
        (
            "reason",
            r"\b(?:because|due to|since|therefore|so that|in order to|caus\w+|result\w*|led to|reasons?)\b",
        ),
    )
)
_KINDS: dict[str, frozenset[Kind]] = {
    "age": frozenset({Kind.AGE, Kind.SUPERLATIVE}),
    "number": frozenset({Kind.NUMBER, Kind.TOTAL, Kind.SUPERLATIVE, Kind.AGE}),
    "when": frozenset({Kind.DATE, Kind.TIMELINE}),
    "who": frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.STATEMENT, Kind.LIST}),
    "where": frozenset({Kind.PLACE, Kind.LIST}),
    "why": frozenset({Kind.BACKGROUND, Kind.CONTRADICTION, Kind.STATEMENT}),
    "list": frozenset({Kind.LIST, Kind.SUMMARY}),
    "total": frozenset({Kind.TOTAL}),
    "summary": frozenset({Kind.SUMMARY}),
    "timeline": frozenset({Kind.TIMELINE}),
    "compare": frozenset({Kind.SUPERLATIVE}),
    "contradiction": frozenset({Kind.CONTRADICTION}),
}
_NEEDED: dict[str, frozenset[Kind]] = {
    "age": frozenset({Kind.AGE, Kind.SUPERLATIVE, Kind.LIST, Kind.TOTAL}),
    "number": frozenset(
        {
            Kind.NUMBER,
            Kind.TOTAL,
            Kind.SUPERLATIVE,
            Kind.AGE,
            Kind.LIST,
            Kind.OMISSION,
            Kind.EQUIPMENT,
        }
    ),
    "when": frozenset({Kind.DATE, Kind.TIMELINE, Kind.SUMMARY, Kind.LIST, Kind.TOTAL}),
    "where": frozenset({Kind.PLACE, Kind.LIST, Kind.SUMMARY, Kind.TOTAL, Kind.CONTRADICTION}),
}
_GATHERED = frozenset(
    {Kind.LIST, Kind.TOTAL, Kind.SUPERLATIVE, Kind.TIMELINE, Kind.SUMMARY, Kind.CONTRADICTION}
)
"""Kinds that answer a question about several facts; nobody means them with a plain question."""
_FITTING: dict[str, tuple[tuple[str, float], ...]] = {
    "age": (("number", 1.0),),
    "number": (("number", 1.0),),
    "when": (("year", 1.0), ("month", 1.0), ("number", 0.5)),
    "who": (("full-name", 1.0), ("name", 0.7)),
    "where": (("place", 1.0), ("name", 0.5)),
    "why": (("reason", 1.0),),
}


def asked_for(question: str) -> frozenset[str]:
    """Return what a question asks for: age, number, when, who, where, why, list, total, ..."""
    folded = fold(question)
    return frozenset(name for name, pattern in _ASKS if pattern.search(folded))


_PLAIN = frozenset({"age", "number", "when", "who", "where", "why"})


def sorts(text: str) -> frozenset[str]:
    """Return what a question asks for, of the sorts that exclude each other."""
    folded = fold(text)
    return frozenset(name for name, pattern in _ASKS if name in _PLAIN and pattern.search(folded))


def agree(one: frozenset[str], other: frozenset[str]) -> float:
    """Return 1 where two questions ask for the same sort of thing, 0 for different ones."""
    if one & other or not (one or other):
        return 1.0
    return 0.0 if one and other else 0.5


def shapes(claim: str) -> frozenset[str]:
    """Return what sorts of things a claim holds."""
    return frozenset(name for name, pattern in _SHAPES if pattern.search(claim))


def fit(asked: frozenset[str], fact: Fact, held: frozenset[str]) -> float:
    """Return from 0 to 1 how well a fact suits what is asked for; 0.5 where nothing is known."""
    if fact.kind is None:
        return max((_holds(name, held) for name in asked), default=0.5)
    if any(fact.kind in _KINDS[name] for name in asked):
        return 1.0
    if fact.kind in _GATHERED:
        return 0.1
    if any(_has_value(name, fact) for name in asked):
        return 0.8
    return 0.3 if asked else 0.6


def _holds(asked: str, held: frozenset[str]) -> float:
    fitting = _FITTING.get(asked)
    if fitting is None:
        return 0.5
    return next((value for shape, value in fitting if shape in held), 0.0)


def _has_value(asked: str, fact: Fact) -> bool:
    types = {"number": {"number", "age"}, "age": {"age"}, "when": {"date"}, "where": {"place"}}
    return any(v.type in types.get(asked, ()) for v in fact.values)


def unfit(asked: frozenset[str], fact: Fact) -> bool:
    """Say whether a curated fact has nothing of the sort that is asked for: no date for a when."""
    if fact.kind is None:
        return False
    return any(
        fact.kind not in kinds and not _has_value(name, fact)
        for name, kinds in _NEEDED.items()
        if name in asked
    )


_FOCUS = re.compile(
    r"\b(?:which|what|whose)(?: (?:kind|type|sort|name|number|other|of|is the|are the|was the|were the|the))* ([\w'-]+(?: [\w'-]+)?)"
    r"|\bhow (heavy|far|long|large|big|fast|high|deep|tall|strong|often|expensive|dangerous|close|near|old)\b"
    r"|\bhow (?:many|much) ([\w'-]+)|\bnumber of ([\w'-]+)|\bnames? of (?:the )?([\w'-]+)|\bwho (?!is|was|are|were|did|does|has|had)([\w'-]+)",
    re.IGNORECASE,
)


def focus(question: str) -> str:
    """Return the thing that a question turns on, "hospital" in "which hospital ..."; "" if unclear."""
    found = _FOCUS.search(question)
    return next((g for g in found.groups() if g), "") if found else ""
