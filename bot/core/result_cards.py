"""Results in words first: the list, the summary, one question, all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.answer import Answer, Block, Choice, FactKey, Outcome, Role
from bot.core.facts import Pack
from bot.core.item_analysis import FEWEST, FEWEST_SURE, ItemStatistics, median
from bot.core.library import Library
from bot.core.question_looks import Look, Sign
from bot.core.quiz import TYPED
from bot.core.quiz_cards import QUESTION
from bot.core.result_summary import Summary
from bot.core.results import Taken, key_of
from bot.core.show import caveat, day, plain, strong
from bot.core.words import say

MOST_SESSIONS = 10
_MOST_OPTIONS = 8
_MOST_ITEMS = 25
_MOST_LOOKS = 3
_STEM, _WHY, _LABEL = 90, 220, 60
_SMALL = 10
"""With fewer learners a share is but a hint, and the summary says so."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session in a list."""

    session: int
    title: str
    at: datetime
    took: int
    assignment: bool = False


def listing(entries: Sequence[Entry]) -> Answer:
    """List sessions, a button each."""
    choices = tuple(Choice(_entry(entry), f"res.o.{entry.session}") for entry in entries)
    return Answer((strong(say("results.list")),), caveat([]), Outcome.ASKED, choices=choices)


def _entry(entry: Entry) -> str:
    kind = "assignment" if entry.assignment else "live"
    title = cut(entry.title, _LABEL)
    return say(f"results.list.{kind}", day=when(entry.at), title=title, took=entry.took)


def when(at: datetime) -> str:
    """Return a day as people write it."""
    return day(at.date().isoformat())


def summarised(summary: Summary, library: Library, buttons: Sequence[Choice] = ()) -> Answer:
    """Sum a session up in words, without a name."""
    taken = summary.taken
    head = say("results.head", title=taken.title, took=summary.took, joined=summary.joined)
    lines = [*in_words(summary)]
    blocks = (strong(head), *(plain(line) for line in lines))
    looks = tuple(_look_button(look, taken) for look in worth_a_look(summary))
    choices = (*looks, *buttons) if buttons else ()
    return Answer(blocks, caveat(packs_of([taken], library)), Outcome.ANSWERED, choices=choices)


def in_words(summary: Summary) -> Iterable[str]:
    """Say how a session went, line by line."""
    if not summary.took:
        yield say("results.empty")
        return
    yield " ".join(_middle(summary))
    if line := hardest(summary):
        yield line
    yield from (doubt(look) for look in summary.doubtful if look.instead)
    if count := len(summary.looks) - len(summary.scored):
        yield say("results.reflection", count=count)
    if summary.scored and summary.took < _SMALL:
        yield say("results.small", count=summary.took)


def worth_a_look(summary: Summary) -> tuple[Look, ...]:
    """Return the questions to look at first: those with a doubtful key, then the hardest."""
    hardest_one = (summary.hardest,) if summary.hardest else ()
    found = {look.item.position: look for look in (*summary.doubtful, *hardest_one)}
    return tuple(found.values())[:_MOST_LOOKS]


def _look_button(look: Look, taken: Taken) -> Choice:
    label = say("results.button.look", number=look.item.number)
    return Choice(label, f"res.q.{taken.session}|{look.item.position}")


def _middle(summary: Summary) -> Iterable[str]:
    middle, full = median(summary.totals), summary.taken.full
    if not summary.scored or middle is None:
        yield say("results.unscored")
        return
    yield say("results.middle", middle=number(middle), full=number(full))
    low, high = min(summary.totals), max(summary.totals)
    yield say("results.spread", low=number(low), high=number(high))


def hardest(summary: Summary) -> str:
    """Say which question went worst, what was answered instead, and what to talk about."""
    if not summary.scored:
        return ""
    look = summary.hardest
    if look is None:
        return "" if summary.doubtful else say("results.all-right")
    said = say("results.hardest", number=look.item.number, share=percent(look.share))
    said += _instead(look) + "."
    why = cut(look.item.question.feedback, _WHY)
    return said + (say("results.hardest.talk", why=why) if why else "")


def _instead(look: Look) -> str:
    wrong = look.wrong
    if wrong is None:
        return ""
    name = "most" if wrong.count * 2 > look.answered else "some"
    key = f"results.hardest.{name}"
    return say(key, wrong=wrong.text, count=wrong.count, answered=look.answered)


def doubt(look: Look) -> str:
    """Say that a key may be wrong, and why."""
    instead, count = _doubtful(look)
    return say(
        "results.doubt.best" if look.by_best else "results.doubt.most",
        number=look.item.number,
        instead=instead,
        count=count,
        answered=look.answered,
    )


def _doubtful(look: Look) -> tuple[str, int]:
    """Return what was answered in place of the key, and how often."""
    return (look.instead.text, look.instead.count) if look.instead else ("", 0)


def looked(look: Look, taken: Taken, library: Library, buttons: Sequence[Choice] = ()) -> Answer:
    """Show what was answered to one question, and what to make of it."""
    head = say("look.head", number=look.item.number, title=taken.title)
    question = look.item.question
    blocks = (
        strong(head),
        plain(question.stem),
        *([plain(say("look.key", right=key))] if (key := key_of(question)) else []),
        plain(say("look.counts", answered=look.answered, learners=look.learners)),
        *(plain(line, Role.ITEM) for line in counts(look)),
        *(plain(line) for line in verdicts(look)),
    )
    packs = packs_of([taken], library)
    shown = FactKey(taken.pack, QUESTION + question.id, question.hash)
    choices = (*buttons, Choice(say("button.report"), "p"))
    return Answer(blocks, caveat(packs), Outcome.ANSWERED, (shown,), choices=choices)


def counts(look: Look) -> Iterable[str]:
    """Say how often each answer was given."""
    for one in look.chosen[:_MOST_OPTIONS]:
        name = "look.option.key" if one.right else "look.option"
        yield say(name, text=one.text, count=one.count)
    if others := sum(one.count for one in look.chosen[_MOST_OPTIONS:]):
        yield say("look.other", count=others)
    if left_out := look.learners - look.answered:
        yield say("look.left-out", count=left_out)


def verdicts(look: Look) -> Iterable[str]:
    """Say what a question's statistics mean, and what to do about it."""
    own = look.statistics
    if own is None:
        yield say("look.sensitive")
        return
    yield from signs(look)
    yield from _share(look, own)
    yield from _telling(own)


def signs(look: Look) -> Iterable[str]:
    """Say what a question says about itself."""
    for sign in look.signs:
        match sign:
            case Sign.KEY:
                yield _check_key(look)
            case Sign.HARD:
                yield say("sign.hard", share=percent(look.facility))
            case Sign.UNCHOSEN:
                names = ", ".join(f"“{one.text}”" for one in look.unchosen)
                yield say("sign.unchosen", options=names)
            case _:
                yield say(f"sign.{sign}")


def _check_key(look: Look) -> str:
    instead, count = _doubtful(look)
    name = "best" if look.by_best else "most"
    if not look.by_best and look.item.question.kind in TYPED:
        name = "most.written"
    return say(
        f"sign.key.{name}",
        count=count,
        answered=look.answered,
        instead=instead,
        right=key_of(look.item.question),
    )


def _share(look: Look, own: ItemStatistics) -> Iterable[str]:
    low, high = own.interval or (look.share, look.share)
    yield say(
        "look.share",
        right=look.right,
        learners=look.learners,
        share=percent(look.share),
        low=percent(low),
        high=percent(high),
    )
    if percent(look.facility) != percent(look.share):
        yield say("look.mean", share=percent(look.facility))


def _telling(own: ItemStatistics) -> Iterable[str]:
    """Say how well a question tells who knows the rest from who does not."""
    if own.count < FEWEST:
        yield say("look.few", count=own.count)
        return
    if own.discrimination is None:
        yield say("look.discrimination.none")
        return
    how = say(f"look.how.{_how(own.discrimination)}")
    found, best = index(own.discrimination), index(own.efficiency)
    said = say("look.discrimination", how=how, index=found, efficiency=best)
    yield said if own.count >= FEWEST_SURE else f"{said} {say('look.dubious', sure=FEWEST_SURE)}"


def _how(discrimination: float) -> str:
    steps = ((30.0, "better"), (10.0, "little"), (-10.0, "not"))
    return next((name for least, name in steps if discrimination >= least), "worse")


def all_items(summary: Summary, library: Library, buttons: Sequence[Choice] = ()) -> Answer:
    """List the questions of a session, and say what the whole quiz is worth as a measure."""
    taken = summary.taken
    lines = [_item(look) for look in summary.looks]
    blocks = (
        strong(say("items.head", title=taken.title)),
        *_listed(lines),
        *_signs_of(summary.looks),
        *(plain(line) for line in whole(summary)),
    )
    packs = packs_of([taken], library)
    return Answer(blocks, caveat(packs), Outcome.ANSWERED, choices=tuple(buttons))


def pooled_items(looks: Sequence[Look], takens: Sequence[Taken], library: Library) -> Answer:
    """List versions of questions over several sessions, those that need a look first."""
    ordered = sorted(looks, key=lambda look: (not look.signs, look.facility))
    blocks = (
        strong(say("items.head.pooled", sessions=len(takens))),
        *_listed([_pooled(look) for look in ordered]),
    )
    return Answer(blocks, caveat(packs_of(takens, library)), Outcome.ANSWERED)


def _listed(lines: Sequence[str]) -> Iterable[Block]:
    yield from (plain(line, Role.ITEM) for line in lines[:_MOST_ITEMS])
    if len(lines) > _MOST_ITEMS:
        yield plain(say("items.more", count=len(lines) - _MOST_ITEMS))


def _item(look: Look) -> str:
    reflection = look.statistics is None
    return say(
        "items.line.reflection" if reflection else "items.line",
        number=look.item.number,
        stem=cut(look.item.question.stem, _STEM),
        answered=look.answered,
        share=percent(look.facility),
        discrimination=_told_apart(look),
    )


def _pooled(look: Look) -> str:
    stem = cut(look.item.question.stem, _STEM)
    if look.statistics is None:
        return say("items.line.reflection.pooled", answered=look.answered, stem=stem)
    line = say(
        "items.line.pooled",
        stem=stem,
        count=look.learners,
        share=percent(look.facility),
        discrimination=_told_apart(look),
    )
    return ". ".join([line, *signs(look)])


def _signs_of(looks: Sequence[Look]) -> Iterable[Block]:
    for look in looks:
        for line in signs(look):
            yield plain(say("items.sign", number=look.item.number, sign=line))


def _told_apart(look: Look) -> str:
    own = look.statistics
    if own is None or own.discrimination is None or own.count < FEWEST:
        return say("items.discrimination.none")
    name = "items.discrimination" + ("" if own.count >= FEWEST_SURE else ".dubious")
    return say(name, index=index(own.discrimination))


def whole(summary: Summary) -> Iterable[str]:
    """Say what the whole quiz is worth as a measure."""
    found = summary.analysis.whole
    if not summary.scored or found.mean is None or found.median is None or found.sd is None:
        return
    mean, middle, sd = number(found.mean), number(found.median), number(found.sd)
    yield say("items.whole", mean=mean, middle=middle, sd=sd)
    if found.count >= FEWEST and found.alpha is not None and found.standard_error is not None:
        yield say("items.alpha", alpha=index(found.alpha), error=number(found.standard_error))


def packs_of(takens: Iterable[Taken], library: Library) -> list[Pack]:
    """Return the packs that sessions were about, as far as they are still open."""
    names = {taken.pack for taken in takens}
    return [shelf.pack for shelf in library.shelves if shelf.pack.id in names]


def percent(share: float) -> int:
    """Return a share as a whole number of hundredths."""
    return int(100 * share + 0.5)


def index(value: float | None) -> str:
    """Return an index as a whole number, with a real minus sign."""
    return "" if value is None else f"{value:.0f}".replace("-0", "0").replace("-", "\u2212")


def number(value: float) -> str:
    """Return a number with at most two places, and none that are zero."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace("-", "\u2212")


def cut(text: str, most: int) -> str:
    """Return a text as one line, shortened between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return line[: most - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
