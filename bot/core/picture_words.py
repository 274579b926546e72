"""What a picture of results shows, in words: they stand with it, and for it where there is none."""

from collections.abc import Iterable, Sequence

from bot.core.answer import Answer, Choice, Outcome
from bot.core.library import Library
from bot.core.result_cards import number, packs_of, percent
from bot.core.result_summary import Bin, Summary, bins
from bot.core.show import caveat, plain, strong
from bot.core.words import say


def alt(summary: Summary) -> str:
    """Return everything that the picture shows, as text."""
    return " ".join(_lines(summary))


def _lines(summary: Summary) -> Iterable[str]:
    full = summary.taken.full
    found = [_bin(one) for one in bins(summary.totals, full) if one.count]
    yield say("picture.alt.totals", took=summary.took, full=number(full), bins="; ".join(found))
    shares = [
        say("picture.alt.item", number=look.item.number, share=percent(look.facility))
        for look in summary.scored
    ]
    yield say("picture.alt.items", items="; ".join(shares))


def _bin(one: Bin) -> str:
    return say("picture.alt.bin", range=edges(one), count=one.count)


def edges(one: Bin) -> str:
    """Return the scores that a bin stands for."""
    if one.low == one.high:
        return number(one.low)
    return say("picture.range", low=number(one.low), high=number(one.high))


def pictured(
    summary: Summary, library: Library, *, missing: bool = False, buttons: Sequence[Choice] = ()
) -> Answer:
    """Return the words that go with a picture, or that stand for it where it is missing."""
    taken = summary.taken
    blocks = (
        strong(say("picture.head", title=taken.title)),
        *([plain(say("picture.missing"))] if missing else []),
        *(plain(line) for line in _lines(summary)),
    )
    packs = packs_of([taken], library)
    return Answer(blocks, caveat(packs), Outcome.ANSWERED, choices=tuple(buttons))
