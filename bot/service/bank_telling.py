"""Differences and what they touch in words, the same for the command line, the chat and the page."""

from collections.abc import Iterator, Sequence

from bot.core.bank_diff import Change, Diff, Item
from bot.core.words import say
from bot.service.bank_comparing import Compared

_ONE = frozenset({"verdict", "key", "live", "assignments", "cards"})
"""What is said otherwise where there is one of it."""


def summary(diff: Diff) -> str:
    """Return how many things changed how: "3 added, 1 removed, 2 keys changed"."""
    counts = [(change, diff.count(change)) for change in Change]
    said = [_counted(f"bank.diff.{change}", count) for change, count in counts if count]
    return ", ".join(said) or say("bank.diff.none")


def touches(compared: Compared) -> str:
    """Return what a change touches, in one sentence."""
    touched, marks = compared.touched, compared.marks
    counts = {"live": touched.live, "assignments": touched.assignments}
    said = [_counted(f"bank.diff.{what}", count) for what, count in counts.items() if count]
    if touched.answers:
        key = "bank.diff.answers.marks" if marks.learners else "bank.diff.answers"
        numbers = {"answers": touched.answers, "learners": touched.learners}
        said.append(say(key, "en", **numbers, most=f"{marks.most:.3g}", changed=marks.learners))
    if touched.cards:
        said.append(_counted("bank.diff.cards", touched.cards))
    if not said:
        return say("bank.diff.touches.nothing")
    return say("bank.diff.touches", what=", ".join(said))


def _counted(key: str, count: int) -> str:
    one = count == 1 and key.rpartition(".")[2] in _ONE
    return say(f"{key}.one") if one else say(key, count=count)


def lines(items: Sequence[Item], most: int) -> Iterator[str]:
    """Return what changed, a line or two for each thing, the gravest first."""
    order = list(Change)
    listed = sorted(items, key=lambda item: order.index(item.change))
    yield from map(line, listed[:most])
    if len(listed) > most:
        yield say("bank.diff.more", count=len(listed) - most)


def line(item: Item) -> str:
    """Return what changed of one thing, before and after."""
    key = f"bank.diff.line.{item.change}"
    old, new = item.old, item.new
    if item.change is Change.VERDICT:
        old, new = (say(f"verdict.{verdict}") for verdict in (old, new))
    if item.change is Change.ADDED and new and new != item.name:
        key += ".key"
    if item.change is Change.OTHER and (old or new):
        key += ".words"
    return say(
        key,
        sort=say(f"bank.sort.{item.sort}"),
        id=item.id,
        name=item.name,
        part=", ".join(item.parts[:1]),
        parts=", ".join(item.parts),
        old=old or "–",
        new=new or "–",
    )
