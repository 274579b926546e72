"""Facts that were corrected: which changes count, and what people who were given them are told."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.answer import Answer, Block, Choice, FactKey, Mark, Outcome, Role, Text
from bot.core.bank_diff import Change, Diff, Sort, compare
from bot.core.facts import Fact, Pack
from bot.core.show import caveat, headline, key, plain, strong
from bot.core.words import say

_MOST = 5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A fact that says something else than before."""

    old: Fact
    new: Fact

    @property
    def quiet(self) -> bool:
        """Say whether it may not be written out to who has not asked for it."""
        facts = (self.old, self.new)
        return any(fact.sensitive or fact.restricted for fact in facts)

    @property
    def restricted(self) -> bool:
        """Say whether only who asks in words is shown it."""
        return self.old.restricted or self.new.restricted


def corrected(old: Pack, new: Pack, diff: Diff | None = None) -> Mapping[str, Corrected]:
    """Return the facts whose claim, correction or verdict changed, not their wording only."""
    was, now = {f.id: f for f in old.facts}, {f.id: f for f in new.facts}
    found = diff if diff is not None else compare(old, new)
    changed = {item.id: item.change for item in found.of(Sort.FACT)}
    both = {name: (was[name], now[name]) for name in changed if name in was and name in now}
    return {
        name: Corrected(before, after)
        for name, (before, after) in both.items()
        if changed[name] in {Change.VERDICT, Change.KEY} or _otherwise(before, after)
    }


def _otherwise(old: Fact, new: Fact) -> bool:
    """Say whether the words were changed in more than how they read: other numbers, a new correction."""
    if bool(old.correction) != bool(new.correction):
        return True
    texts = (old.claim, new.claim), (old.correction, new.correction)
    return any(_NUMBER.findall(before) != _NUMBER.findall(after) for before, after in texts)


def concerns(shown: Sequence[FactKey], found: Mapping[str, Corrected]) -> tuple[Corrected, ...]:
    """Return the corrections of what somebody was last shown in another version."""
    return tuple(
        found[one.fact]
        for one in shown
        if one.fact in found and one.hash != found[one.fact].new.hash
    )


def told(pack: Pack, corrections: Sequence[Corrected], language: str = "en") -> Answer:
    """Tell somebody what changed: in words, but never of the dead, whom they ask for themselves."""
    listed = corrections[:_MOST]
    head = "correction.head" if len(corrections) == 1 else "correction.head.several"
    blocks = [strong(say(head, language, count=len(corrections)))]
    for one in listed:
        blocks += _quiet(one, language) if one.quiet else _open(pack, one, language)
    if more := len(corrections) - len(listed):
        blocks.append(plain(say("correction.more", language, count=more)))
    blocks.append(plain(say("correction.off", language), Role.WHERE))
    shown = [one for one in listed if not one.restricted]
    return Answer(
        tuple(blocks),
        caveat([pack]),
        Outcome.ANSWERED,
        facts=tuple(key(pack, one.new) for one in listed if not one.quiet),
        verdicts=tuple(one.new.verdict for one in listed if not one.quiet),
        choices=tuple(_button(number, len(shown)) for number in range(len(shown))),
        offers=tuple(key(pack, one.new) for one in shown),
    )


def _button(number: int, count: int) -> Choice:
    # By numbers: a label would say on the lock screen what somebody has not asked for.
    name = "correction.button" if count == 1 else "correction.button.number"
    return Choice(say(name, number=number + 1), f"c|{number}")


def _quiet(one: Corrected, language: str) -> list[Block]:
    blocks = [plain(say("correction.sensitive", language))]
    if one.restricted:
        blocks.append(plain(say("correction.ask", language)))
    return blocks


def _open(pack: Pack, one: Corrected, language: str) -> list[Block]:
    return [_version(pack, one.old, "before", language), _version(pack, one.new, "now", language)]


def _version(pack: Pack, fact: Fact, when: str, language: str) -> Block:
    text = headline(pack, fact)
    found = f" {fact.correction}" if when == "now" and fact.correction else ""
    said = Text(say(f"correction.{when}", language, text=text) + found + " ")
    return Block((said, Mark(fact.verdict, say(f"verdict.{fact.verdict}", language))), Role.ITEM)
