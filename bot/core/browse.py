"""What stands behind the buttons and commands: sources, related facts, topics, about."""

from collections.abc import Sequence

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
    Text,
)
from bot.core.facts import Fact, Pack, Reference, Verdict
from bot.core.library import Library
from bot.core.show import caveat, day, offer, plain, related, strong
from bot.core.words import say
from bot.core.writing import capital


def show_sources(facts: Sequence[FactKey], library: Library) -> Answer:
    """List the references of the facts of an answer, as links."""
    found = [hit for k in facts if (hit := library.find(k))]
    blocks: list[Block] = []
    for _, fact in found:
        # Names of the dead stand where they were asked for, and nowhere without their opening.
        key = "sources.head.restricted" if fact.restricted else "sources.head"
        blocks.append(strong(say(key, claim=fact.claim)))
        blocks.append(Block((Mark(fact.verdict, say(f"verdict.{fact.verdict}")),)))
        blocks += [_reference(r) for r in fact.references] or [plain(say("sources.none"))]
    packs = _packs(library, facts)
    if any(fact.references for _, fact in found):
        blocks.append(plain(say("sources.unread"), Role.WHERE))
    return Answer(
        tuple(blocks) or (plain(say("sources.none")),),
        caveat(packs),
        Outcome.ANSWERED,
        tuple(facts),
        tuple(fact.verdict for _, fact in found),
        (Choice(say("button.report"), "p"),),
    )


def _reference(reference: Reference) -> Block:
    name = reference.title or reference.publisher
    by = [reference.publisher] if reference.title else []
    tail = ", ".join([*by, *filter(None, [day(reference.date)])])
    spans: list[Span] = [Link(name, reference.url) if reference.url else Text(name)]
    if tail:
        spans.append(Text(f", {tail}"))
    return Block(tuple(spans), Role.ITEM)


def _packs(library: Library, facts: Sequence[FactKey]) -> list[Pack]:
    ids = {k.pack for k in facts}
    return [s.pack for s in library.shelves if s.pack.id in ids]


def show_related(facts: Sequence[FactKey], library: Library) -> Answer:
    """Offer the facts one step away from those of an answer, as choices `c|n`."""
    found = [hit for k in facts if (hit := library.find(k))]
    near: dict[tuple[str, str], tuple[Pack, Fact]] = {}
    for shelf, fact in found:
        for other in related(fact, shelf.pack):
            if other.id not in {k.fact for k in facts}:
                near.setdefault((shelf.pack.id, other.id), (shelf.pack, other))
    choices, offers = offer(list(near.values()))
    head = say("related.head") if choices else say("related.none")
    return Answer(
        (plain(head),),
        caveat(_packs(library, facts)),
        Outcome.ASKED if choices else Outcome.ANSWERED,
        choices=choices,
        offers=offers,
    )


def topics(library: Library) -> list[tuple[Pack, str, str]]:
    """Return every topic that has facts to show: its pack, id and title, in the packs' order."""
    return [
        (shelf.pack, topic, title)
        for shelf in library.shelves
        for topic, title in shelf.pack.topics.items()
        if any(f.topic == topic and not f.restricted for f in shelf.pack.facts)
    ]


def show_topics(library: Library) -> Answer:
    """List the topics of all packs, as choices `t|n`, in the order of `topics(library)`."""
    found = topics(library)
    blocks = [strong(say("topics.head"))]
    for shelf in library.shelves:
        titles = ", ".join(title for pack, _, title in found if pack is shelf.pack)
        line = (
            say("topics.pack", title=shelf.pack.title, topics=titles)
            if titles
            else shelf.pack.title
        )
        blocks.append(plain(line, Role.ITEM))
    choices = tuple(Choice(title, f"t|{n}") for n, (_, _, title) in enumerate(found))
    return Answer(tuple(blocks), _all(library), Outcome.ASKED, choices=choices)


def show_topic(number: int, library: Library) -> Answer:
    """Offer the facts of one topic, as choices `c|n`."""
    found = topics(library)
    if not 0 <= number < len(found):
        return show_topics(library)
    pack, topic, title = found[number]
    facts = [(pack, f) for f in pack.facts if f.topic == topic and not f.restricted]
    facts.sort(key=lambda entry: not (entry[1].derived_from and entry[1].parts))
    choices, offers = offer(facts)
    head = plain(say("topic.head", topic=title))
    return Answer((head,), caveat([pack]), Outcome.ASKED, choices=choices, offers=offers)


def show_all_sources(library: Library) -> Answer:
    """Say what each pack rests on: its source, how it was checked, and the publishers used."""
    blocks = [strong(say("all-sources.head"))]
    for shelf in library.shelves:
        blocks += _rests_on(shelf.pack)
    return Answer(tuple(blocks), _all(library), Outcome.ANSWERED)


def _rests_on(pack: Pack) -> list[Block]:
    about = pack.source
    known = about.description or about.author
    values = {"title": pack.title, "description": about.description, "author": about.author}
    blocks = [plain(say("all-sources.pack" if known else "all-sources.bare", **values))]
    if pack.checked_how:
        blocks.append(plain(say("all-sources.check", date=pack.checked_on, how=pack.checked_how)))
    else:
        blocks.append(plain(say("all-sources.unchecked")))
    publishers = sorted({r.publisher.partition(" (")[0] for f in pack.facts for r in f.references})
    if publishers:
        names = ", ".join(publishers)
        blocks.append(plain(say("all-sources.publishers", publishers=names)))
    return blocks


def show_about(library: Library) -> Answer:
    """Say what this is, who wrote the source, and what the verdicts mean."""
    blocks = [strong(say("about.head")), plain(say("about.how"))]
    blocks += [block for shelf in library.shelves for block in _rests_on(shelf.pack)[:2]]
    blocks.append(plain(say("about.verdicts")))
    for verdict in Verdict:
        mark = Mark(verdict, say(f"verdict.{verdict}"))
        meaning = say("about.verdict", meaning=say(f"meaning.{verdict}"))
        blocks.append(Block((mark, Text(meaning)), Role.ITEM))
    notes = [shelf.pack.content_note for shelf in library.shelves if shelf.pack.content_note]
    blocks += [plain(capital(note)) for note in notes]
    return Answer(tuple(blocks), _all(library), Outcome.ANSWERED)


def _all(library: Library) -> Caveat:
    return caveat([shelf.pack for shelf in library.shelves])
