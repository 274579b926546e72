"""Builds quiz questions from facts, for an editor to keep or drop; the same seed builds the same.

Four sorts: a gap in the claim, where a number, a date or a name stood; true or false; does another
source agree; and what would settle it. What is built is held to the rules of `bot.core.fair`, and
what breaks one is not built.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.chance import Chance
from bot.core.distractors import Blank, blanks, distractors
from bot.core.facts import Fact, Kind, Pack, Verdict
from bot.core.fair import Ground, ground, unfair
from bot.core.quiz import (
    FALSE,
    FEEDBACK_LIMIT,
    OPTION_LIMIT,
    STEM_LIMIT,
    TRUE,
    NumberKey,
    Option,
    Question,
    QuestionKind,
)
from bot.core.show import dated, source
from bot.core.words import say
from bot.core.writing import capital, inside

_LETTERS = "abcdef"
_WRONG = 3
_ID = 62
_DERIVED = frozenset({Kind.CONTRADICTION, Kind.SUMMARY, Kind.TIMELINE, Kind.OMISSION})
_NOT_ASKED = frozenset({Verdict.CONTRADICTED, Verdict.OPINION})


@dataclass(frozen=True, slots=True)
class Site:
    """Where one question is built."""

    pack: Pack
    fact: Fact
    chance: Chance
    ground: Ground


def build(pack: Pack, seed: object, count: int) -> tuple[Question, ...]:
    """Return so many questions, or as many as can be built, none of which the pack has already."""
    stands_on = ground(pack.facts, pack.entities, pack.source.name)
    taken = {question.id for question in pack.questions}
    asked = {_plain(question.stem) for question in pack.questions}
    chosen: list[Question] = []
    rounds = [_of_fact(Site(pack, fact, Chance(seed, fact.id), stands_on)) for fact in pack.facts]
    # Each fact once before any is asked for a second time.
    for question in _in_turn(Chance(seed).shuffled(rounds)):
        if len(chosen) == count:
            break
        if question.id not in taken and _plain(question.stem) not in asked:
            taken.add(question.id)
            asked.add(_plain(question.stem))
            chosen.append(question)
    return tuple(chosen)


def _in_turn(rounds: Sequence[Iterator[Question]]) -> Iterator[Question]:
    left = list(rounds)
    while left:
        going: list[Iterator[Question]] = []
        for one in left:
            question = next(one, None)
            if question:
                going.append(one)
                yield question
        left = going


def _of_fact(site: Site) -> Iterator[Question]:
    """Yield every fair question about one fact, in an order of chance."""
    if not askable(site.fact):
        return
    for sort in site.chance.shuffled(_SORTS):
        for question in sort(site):
            whole = replace(question, feedback=_feedback(site, question.feedback))
            if _fits(whole) and not any(unfair(whole, site.ground)):
                yield whole


def askable(fact: Fact) -> bool:
    """Say whether anything may be asked about a fact: none that is sensitive, foretold or nowhere."""
    kept_out = fact.sensitive or fact.restricted or fact.kind is Kind.FORECAST
    return bool(fact.place) and fact.in_article and not kept_out and fact.kind not in _DERIVED


def _measured(fact: Fact) -> bool:
    """Say whether the source's own word may be the measure."""
    return fact.verdict not in _NOT_ASKED


def _gap(site: Site) -> Iterator[Question]:
    """Ask what stood in a gap."""
    for number, blank in enumerate(_blanks(site)):
        wrong = distractors(blank, site.fact, site.pack, site.chance)[:_WRONG]
        if len(wrong) == _WRONG:
            stem = say("build.gap", source=source(site.pack), claim=_gapped(site, blank))
            name = _name(site.fact, f"gap{number + 1}")
            yield replace(
                _question(site, name, QuestionKind.SINGLE, stem),
                options=_options(blank.text, wrong, site.chance),
            )


def _typed(site: Site) -> Iterator[Question]:
    """Ask for the number that stood in a gap, to be written."""
    for number, blank in enumerate(_blanks(site)):
        if blank.number is not None:
            stem = say("build.number", source=source(site.pack), claim=_gapped(site, blank))
            question = _question(
                site, _name(site.fact, f"number{number + 1}"), QuestionKind.NUMBER, stem
            )
            yield replace(question, numbers=(NumberKey(blank.number),), difficulty=3)


def _true_false(site: Site) -> Iterator[Question]:
    """Ask whether the source says so: as it stands, or with something else in its place."""
    if not _measured(site.fact):
        return
    stands = not site.chance.below(2)
    claim = site.fact.claim
    for blank in _blanks(site)[:1] if not stands else ():
        for other in distractors(blank, site.fact, site.pack, site.chance)[:1]:
            claim = blank.filled(other)
    right = TRUE if claim == site.fact.claim else FALSE
    stem = say("build.true", source=capital(source(site.pack)), claim=inside(claim, site.pack))
    options = tuple(Option(i, i.capitalize(), float(i == right)) for i in (TRUE, FALSE))
    question = _question(site, _name(site.fact, "true"), QuestionKind.TRUE_FALSE, stem)
    yield replace(question, options=options, difficulty=1)


def _agreement(site: Site) -> Iterator[Question]:
    """Set what another source has beside the claim, and ask whether they agree."""
    fact = site.fact
    agrees = fact.verdict is Verdict.CORROBORATED
    found = fact.evidence if agrees else fact.correction
    told = fact.verdict in {Verdict.CORROBORATED, Verdict.CONTRADICTED}
    if not (told and found and fact.references):
        return
    stem = say("build.agree", claim=fact.claim, by=dated(fact.references[0]), found=found)
    stem = f"{capital(source(site.pack))}: {stem}"
    keys = ("build.agree.yes", "build.agree.no", "build.agree.open")
    right = keys[0 if agrees else 1]
    options = tuple(Option(i, say(k), float(k == right)) for i, k in zip("abc", keys, strict=True))
    question = _question(site, _name(fact, "agree"), QuestionKind.DOUBLE_CHECK, stem)
    yield replace(question, options=options, shuffle=False)


def _settling(site: Site) -> Iterator[Question]:
    """Ask what would settle whether a claim holds."""
    fact = site.fact
    if not fact.references or fact.verdict not in {Verdict.CONTRADICTED, Verdict.PARTLY}:
        return
    stem = say("build.settle", source=source(site.pack), claim=inside(fact.claim, site.pack))
    right = say("build.settle.key", publisher=fact.references[0].publisher)
    wrong = tuple(say(f"build.settle.{n}", source=source(site.pack)) for n in range(1, 4))
    question = _question(site, _name(fact, "settle"), QuestionKind.DOUBLE_CHECK, stem)
    found = (fact.correction or fact.evidence).rstrip(".")
    yield replace(
        question,
        options=_options(right, wrong, site.chance),
        feedback=say("build.settle.why", found=found) if found else "",
    )


_SORTS: tuple[Callable[[Site], Iterator[Question]], ...] = (
    _gap,
    _typed,
    _true_false,
    _agreement,
    _settling,
)


def _blanks(site: Site) -> tuple[Blank, ...]:
    return blanks(site.fact, site.pack) if _measured(site.fact) else ()


def _gapped(site: Site, blank: Blank) -> str:
    return inside(blank.filled(say("build.blank")), site.pack)


def _question(site: Site, name: str, kind: QuestionKind, stem: str) -> Question:
    topic = site.fact.topic if site.fact.topic in site.pack.topics else ""
    return Question(name, kind, stem, topic=topic, facts=(site.fact.id,))


def _options(right: str, wrong: Sequence[str], chance: Chance) -> tuple[Option, ...]:
    listed = chance.shuffled([right, *wrong])
    return tuple(
        Option(letter, text, float(text == right))
        for letter, text in zip(_LETTERS, listed, strict=False)
    )


def _feedback(site: Site, why: str) -> str:
    """Return why, and where it stands: the place is always named."""
    fact, pack = site.fact, site.pack
    place = f"“{pack.places.get(fact.place, fact.place)}”"
    where = f"{place}, {fact.where}" if fact.where else place
    cited = say("build.where", source=capital(source(pack)), where=where)
    return " ".join(filter(None, (why, cited)))


def _fits(question: Question) -> bool:
    texts = [question.stem, question.feedback, *(option.text for option in question.options)]
    limits = [STEM_LIMIT, FEEDBACK_LIMIT, *([OPTION_LIMIT] * len(question.options))]
    return all(len(text) <= limit for text, limit in zip(texts, limits, strict=True))


def _name(fact: Fact, sort: str) -> str:
    return f"{fact.id[: _ID - len(sort) - 1]}-{sort}"


def _plain(stem: str) -> str:
    return " ".join(re.findall(r"\w+", stem.casefold()))
