"""What is said where there is no answer: declines, greetings, "which one do you mean"."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.answer import Answer, Block, Choice, FactKey, Outcome, Role, Style, Text
from bot.core.decide import Decision
from bot.core.facts import Fact, Pack
from bot.core.library import Library, Missing
from bot.core.show import caveat, offer, plain, source, strong
from bot.core.words import say
from bot.core.writing import capital, sentence

_MOST_WORDS = 3


def title(library: Library) -> str:
    """Return what the packs are about, to name it in a sentence."""
    return "; ".join(f"“{shelf.pack.title}”" for shelf in library.shelves)


def hello(library: Library, key: str) -> Answer:
    """Greet, and say what can be asked."""
    return _declined([plain(say(key, title=title(library))), *_try(library)], library)


def rules(library: Library) -> Answer:
    """Decline to change the rules."""
    return _declined([plain(say("rules", title=title(library))), *_try(library)], library)


def empty(library: Library) -> Answer:
    """Decline a message without words."""
    return _declined([plain(say("empty", title=title(library))), *_try(library)], library)


def no_offer(typed: str, library: Library) -> Answer:
    """Be the one inline result where there is no other: what to ask, or that nothing was found."""
    if not typed:
        return replace(hello(library, "hello"), title=say("inline.begin", title=title(library)))
    said = [plain(say("inline.nothing", title=title(library))), *_try(library)]
    return replace(_declined(said, library), title=say("inline.nothing.title"))


def _try(library: Library) -> list[Block]:
    found = ((s.pack, f) for s in library.shelves for f in s.pack.facts if f.asks)
    first = next(((pack, f) for pack, f in found if not f.sensitive), None)
    if first is None:
        return []
    pack, fact = first
    return [plain(say("try", question=sentence(fact.asks[0].text, pack).rstrip("?") + "?"))]


def decline(decision: Decision, library: Library) -> Answer:
    """Say that the pack does not have it, naming what it lacks, and offer what it does have."""
    name = source(library.shelves[0].pack) if len(library.shelves) == 1 else say("decline.library")
    blocks = [_lacking(decision.missing, decision.about, name)]
    choices, offers = offer([(f.shelf.pack, f.fact) for f in decision.options])
    if choices:
        blocks.append(plain(say("decline.offer")))
    return _declined(blocks, library, choices, offers)


def _lacking(missing: Sequence[Missing], about: str, name: str) -> Block:
    named = [m for m in missing if m.sort and m.sort != "number"]
    words = named or [m for m in missing if not m.known] or list(missing)
    listed = ", ".join(m.raw for m in words[:_MOST_WORDS])
    if not listed and not about:
        return strong(say("decline.plain", source=name))
    key = "decline.name" if named or all(m.sort for m in words) else "decline.unknown"
    # A word that stands elsewhere in the pack: it must not be said to be missing there.
    if not listed or (not named and all(m.known for m in words)):
        key, listed = "decline.about", about or listed
    before, after = say(key, Source=capital(name), source=name, words="\0").split("\0")
    return Block((Text(before), Text(listed, Style.STRONG), Text(after)), Role.HEADLINE)


def which(options: Sequence[tuple[Pack, Fact]]) -> Answer:
    """Ask which of several readings is meant."""
    choices, offers = offer(options)
    packs = list({pack.id: pack for pack, _ in options}.values())
    return Answer(
        (strong(say("asked.head")),),
        caveat(packs),
        Outcome.ASKED,
        choices=(*choices, Choice(say("button.none"), "n")),
        offers=offers,
    )


def _declined(
    blocks: Sequence[Block],
    library: Library,
    choices: tuple[Choice, ...] = (),
    offers: tuple[FactKey, ...] = (),
) -> Answer:
    return Answer(
        tuple(blocks),
        caveat([shelf.pack for shelf in library.shelves]),
        Outcome.DECLINED,
        choices=choices,
        offers=offers,
    )
