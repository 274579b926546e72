"""Facts, sources and topics written as answers: the only place where an Answer is composed of a fact."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.core.answer import (
    Answer,
    Block,
    Caveat,
    Choice,
    FactKey,
    Link,
    Mark,
    Outcome,
    Role,
    Span,
    Style,
    Text,
)
from bot.core.facts import Fact, Kind, Pack, Reference, Verdict
from bot.core.library import Library, Shelf
from bot.core.words import say
from bot.core.writing import capital, inside, sentence

LONGEST = 700
"""Characters of a reply to a question about a single fact, caveat included."""
MOST_CHOICES = 6
_LABEL = 60


def key(pack: Pack, fact: Fact) -> FactKey:
    """Return the version of a fact that is shown."""
    return FactKey(pack.id, fact.id, fact.hash)


def caveat(packs: Sequence[Pack]) -> Caveat:
    """Return the caveat of an answer that rests on these packs; a general one for several or none."""
    if len(packs) == 1 and packs[0].caveat_long:
        return Caveat(packs[0].caveat_long, packs[0].caveat_short or say("caveat.short"))
    return Caveat(say("caveat.many" if len(packs) > 1 else "caveat.long"), say("caveat.short"))


def source(pack: Pack) -> str:
    """Return what a pack calls its source inside a sentence: "the article"."""
    return pack.source.name or say("source.default")


def strong(text: str) -> Block:
    """Return a headline."""
    return Block((Text(text, Style.STRONG),), Role.HEADLINE)


def plain(text: str, role: Role = Role.BODY) -> Block:
    """Return a block of plain text."""
    return Block((Text(text),), role)


def show_fact(shelf: Shelf, fact: Fact, library: Library, direct: str = "") -> Answer:
    """Show one fact: direct answer, attribution, verdict, correction, place, caveat, buttons.

    `direct` replaces the fact's own direct answer, for a wording that needs another one.
    """
    pack = shelf.pack
    return Answer(
        blocks=fact_blocks(shelf, fact, library, direct),
        caveat=caveat([pack]),
        outcome=Outcome.ANSWERED,
        facts=(key(pack, fact),),
        verdicts=(fact.verdict,),
        choices=_buttons(fact, pack),
        title="" if fact.restricted else _cut(fact.claim),
    )


def fact_blocks(
    shelf: Shelf, fact: Fact, library: Library, direct: str = "", most: int = LONGEST
) -> tuple[Block, ...]:
    """Return what is said of one fact, cut down to the essential where it grows too long."""
    pack = shelf.pack
    head = [strong(fact.opening)] if fact.opening else []
    head.append(strong(headline(pack, fact, direct)))
    parts = _parts(pack, fact)
    said = _said(pack, fact, direct)
    where = _where(pack, fact, several=len(library.shelves) > 1)
    checked = Block((*_verdict(fact), *_finding(fact)))
    short = Block(_verdict(fact))
    room = most - len(caveat([pack]).long) - 2
    full, *shorter = (
        (*head, *parts, *(b for b in body if b), where)
        for body in ([said, checked], [checked], [said, short], [short])
    )
    if parts or fact.opening:
        return full
    return next((blocks for blocks in (full, *shorter) if _length(blocks) <= room), shorter[-1])


def headline(pack: Pack, fact: Fact, direct: str = "") -> str:
    """Return the direct answer, with who says it and, where others disagree, what they say."""
    answer = (direct or fact.answer or inside_or_claim(fact)).rstrip(".")
    values = {
        "answer": capital(answer),
        "source": source(pack),
        "correct": fact.correct.rstrip("."),
    }
    if fact.kind is Kind.CONTRADICTION:
        return say("direct", answer=capital(answer))
    if not fact.in_article:
        return say("direct.omitted", **values)
    if fact.verdict is Verdict.CONTRADICTED:
        return say("direct.contradicted" if fact.correct else "direct.contradicted.bare", **values)
    if fact.verdict is Verdict.PARTLY and fact.correct:
        return say("direct.partly", **values)
    return say("direct.according", **values)


def inside_or_claim(fact: Fact) -> str:
    """Return the claim without its full stop, for facts that have no short answer."""
    return fact.claim.rstrip(".")


def _said(pack: Pack, fact: Fact, direct: str) -> Block | None:
    if fact.parts or not (fact.answer or direct):
        return None
    if fact.kind is Kind.CONTRADICTION:
        return plain(fact.claim)
    claim = inside(fact.claim, pack)
    said = "according" if fact.in_article else "omitted"
    return plain(say(said, source=source(pack), claim=claim if fact.in_article else fact.claim))


def _verdict(fact: Fact) -> tuple[Span, ...]:
    return (Mark(fact.verdict, say(f"verdict.{fact.verdict}")),)


def _finding(fact: Fact) -> tuple[Span, ...]:
    """Return what other sources have: the correction first, else what the check found; by whom."""
    found = fact.correction or ("" if fact.verdict is Verdict.CORROBORATED else fact.evidence)
    best = fact.references[0] if fact.references else None
    by = f" ({dated(best)})" if best else ""
    if not found:
        return (Text(f"{by}."),)
    return (Text(f". {found.rstrip('.')}{by}."),)


def dated(reference: Reference) -> str:
    """Return who published a page and when."""
    return ", ".join(filter(None, (reference.publisher, day(reference.date))))


def day(iso: str) -> str:
    """Return an ISO date as people write it; other texts as they are."""
    try:
        found = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{found.day} {found:%b} {found.year}"


def _parts(pack: Pack, fact: Fact) -> list[Block]:
    """Return the lines of a list, each with its own sign where the verdicts differ."""
    facts = {f.id: f for f in pack.facts} if fact.parts else {}
    verdicts = {facts[p.fact].verdict for p in fact.parts if p.fact in facts}
    blocks: list[Block] = []
    for part in fact.parts:
        spans: tuple[Span, ...] = (Text(part.text),)
        if part.fact in facts and len(verdicts) > 1:
            verdict = facts[part.fact].verdict
            spans = (*spans, Text(" "), Mark(verdict, say(f"verdict.{verdict}").lower()))
        blocks.append(Block(spans, Role.ITEM))
    return blocks


def _where(pack: Pack, fact: Fact, *, several: bool) -> Block:
    spots = [_spot(pack, fact)]
    if fact.also_in and fact.place:
        names = ", ".join(f"“{pack.places.get(p, p)}”" for p in fact.also_in)
        spots.append(say("where.also", places=names))
    lines = [say("where", where=", ".join(spots))] if spots[0] else []
    if fact.verdict is not Verdict.UNCHECKED:
        verdict = say(f"verdict.{fact.verdict}").lower()
        lines.append(
            say("check", verdict=verdict, confidence=fact.confidence)
            if fact.confidence
            else say("check.bare", verdict=verdict)
        )
    if several or not lines:
        lines.append(say("where.pack", title=pack.title))
    return plain(" ".join(lines), Role.WHERE)


def _spot(pack: Pack, fact: Fact) -> str:
    place = pack.places.get(fact.place, fact.place)
    if not fact.in_article:
        return say("where.outside", source=source(pack))
    if place and fact.where:
        return say("where.detail", place=place, detail=fact.where)
    if place:
        return say("where.place", place=place)
    return say("where.derived", source=source(pack)) if fact.derived_from else ""


def _buttons(fact: Fact, pack: Pack) -> tuple[Choice, ...]:
    buttons = [Choice(say("button.sources"), "s")]
    if related(fact, pack):
        buttons.append(Choice(say("button.related"), "r"))
    return (*buttons, Choice(say("button.report"), "p"))


def related(fact: Fact, pack: Pack) -> tuple[Fact, ...]:
    """Return the facts one step away: those named, those it rests on, those resting on it."""
    ids = [*fact.related, *fact.derived_from]
    ids += [f.id for f in pack.facts if fact.id in f.derived_from]
    found = {f.id: f for f in pack.facts if f.id in ids and not f.restricted}
    return tuple(found[i] for i in dict.fromkeys(ids) if i in found)


def offer(facts: Sequence[tuple[Pack, Fact]]) -> tuple[tuple[Choice, ...], tuple[FactKey, ...]]:
    """Return numbered choices for facts, and their keys in the same order."""
    shown = list(facts)[:MOST_CHOICES]
    choices = tuple(Choice(_label(pack, fact), f"c|{n}") for n, (pack, fact) in enumerate(shown))
    return choices, tuple(key(pack, fact) for pack, fact in shown)


def _label(pack: Pack, fact: Fact) -> str:
    wording = fact.asks[0].text if fact.asks else fact.claim
    return sentence(_cut(wording), pack)


def _cut(text: str, most: int = _LABEL) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def _length(blocks: Sequence[Block]) -> int:
    return sum(1 + sum(_shown(span) for span in block.spans) for block in blocks)


def _shown(span: Span) -> int:
    match span:
        case Mark(_, label):
            return len(label) + 2
        case Text(text) | Link(text):
            return len(text)


def combine(answers: Sequence[Answer], packs: Sequence[Pack]) -> Answer:
    """Return several answers as one, in order, with one caveat."""
    first = answers[0]
    return replace(
        first,
        blocks=tuple(block for answer in answers for block in answer.blocks),
        caveat=caveat(packs),
        facts=tuple(dict.fromkeys(k for a in answers for k in a.facts)),
        verdicts=tuple(v for a in answers for v in a.verdicts),
        choices=(
            Choice(say("button.sources"), "s"),
            Choice(say("button.related"), "r"),
            Choice(say("button.report"), "p"),
        ),
        confidence=min(a.confidence for a in answers),
    )
