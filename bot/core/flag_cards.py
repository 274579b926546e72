"""Reports in words: what an editor looks at, and what the reporter is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.answer import Answer, Block, Choice, FactKey, Mark, Notice, Outcome, Role
from bot.core.facts import Fact, Pack, Verdict
from bot.core.flags import Content, Flag, State, parts_changed
from bot.core.quiz import Question, key_text
from bot.core.quiz_cards import QUESTION
from bot.core.show import caveat, plain, strong
from bot.core.words import notice, say

_WORDS, _ITEM, _LABEL = 1500, 600, 40
_MOST_CHOICES = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """A report with what it is about, as it was shown and as it is now."""

    flag: Flag
    then: Content | None = None
    now: Content | None = None
    pack: Pack | None = None
    """As it is published."""
    who: str = ""
    """Who decided, in words."""
    same: tuple[Flag, ...] = ()
    """Other reports about the same thing that wait."""
    duplicates: int = 0

    @property
    def changed(self) -> bool:
        """Say whether it says something else now."""
        item = self.flag.item
        return item is not None and (self.now is None or self.now.hash != item.hash)


def report(seen: Seen, place: int, count: int) -> Answer:
    """Show one report to an editor, with what to do about it."""
    flag = seen.flag
    key = "flag.head.mending" if flag.state is State.MENDING else "flag.head"
    head = say(key, number=flag.number, place=place, count=count, who=seen.who)
    return _card(seen, (strong(head),), buttons(flag))


def listed(seen: Seen) -> Answer:
    """Show one report in a list that has its own headings and forms."""
    reason = seen.flag.reason
    said = (plain(say("flag.reason", reason=reason)),) if reason else ()
    return _card(seen, (), (), said)


def _card(
    seen: Seen,
    head: tuple[Block, ...],
    choices: tuple[Choice, ...],
    more: tuple[Block, ...] = (),
) -> Answer:
    blocks = (*head, *_shown(seen), *_told(seen), *more)
    packs = [seen.pack] if seen.pack else []
    verdicts = (*_verdict(seen.then), *(_verdict(seen.now) if seen.changed else ()))
    return Answer(blocks, caveat(packs), Outcome.ANSWERED, (), verdicts, choices)


def buttons(flag: Flag) -> tuple[Choice, ...]:
    """Return what an editor can do about a report."""
    first = "reopen" if flag.state is State.MENDING else "mend"
    names = (first, "decline", "join", "skip")
    return tuple(button(name, f"{VERBS[name]}.{flag.number}") for name in names)


def button(name: str, action: str) -> Choice:
    """Return one of the buttons."""
    return Choice(say(f"flag.button.{name}"), action)


VERBS = {
    "mend": "fl.m",
    "reopen": "fl.r",
    "decline": "fl.d",
    "join": "fl.u",
    "skip": "fl.s",
    "back": "fl.b",
}


def joining(flag: Flag, others: Sequence[Flag], language: str = "en") -> Notice:
    """Ask which report says the same; those about the same thing first."""
    listed = sorted(others, key=lambda one: (one.about != flag.about, -one.number))
    choices = tuple(
        Choice(
            say("flag.button.of", number=one.number, words=cut(one.words, _LABEL)),
            f"fl.o.{flag.number}.{one.number}",
        )
        for one in listed[:_MOST_CHOICES]
    )
    back = button("back", f"{VERBS['back']}.{flag.number}")
    return notice("flag.join.ask", language, (*choices, back), number=flag.number)


def state_in_words(flag: Flag) -> str:
    """Return what has become of a report."""
    return say(f"flag.state.{flag.state}", version=flag.version, of=flag.of)


def _shown(seen: Seen) -> Iterator[Block]:
    """Yield what a report is about: as it was shown and, where that differs, as it is now."""
    item = seen.flag.item
    if item is None:
        yield plain(say("flag.about.none"))
        return
    sort = "several" if seen.flag.several else sort_of(item)
    yield plain(say(f"flag.about.{sort}", item=named(item)))
    yield from shown(seen.then) if seen.then else (plain(say("flag.then.gone"), Role.ITEM),)
    yield from _since(seen)
    if beside := [named(key) for key in seen.flag.facts[1:]]:
        yield plain(say("flag.besides", items=", ".join(beside)))


def _since(seen: Seen) -> Iterator[Block]:
    if not seen.changed:
        yield plain(say("flag.now.same"))
    elif seen.now is None:
        yield plain(say("flag.now.gone"))
    else:
        parts = changed_parts(seen)
        yield plain(say("flag.now.changed" if parts else "flag.now.other", parts=parts))
        yield from shown(seen.now)


def changed_parts(seen: Seen) -> str:
    """Return the names of what differs between then and now."""
    if seen.then is None or seen.now is None:
        return ""
    return ", ".join(parts_changed(seen.then, seen.now))


def _told(seen: Seen) -> Iterator[Block]:
    yield plain(say("flag.words", words=cut(seen.flag.words, _WORDS)))
    numbers = [str(one.number) for one in seen.same]
    if numbers:
        key = "flag.same.one" if len(numbers) == 1 else "flag.same"
        listed = ", ".join(numbers)
        yield plain(say(key, count=len(numbers), number=listed, numbers=listed))
    if seen.duplicates:
        key = "flag.duplicates.one" if seen.duplicates == 1 else "flag.duplicates"
        yield plain(say(key, count=seen.duplicates))


def sort_of(item: FactKey) -> str:
    """Return what sort of thing a report is about."""
    return "question" if item.fact.startswith(QUESTION) else "fact"


def named(item: FactKey) -> str:
    """Return how a thing is called before editors."""
    return f"{item.pack}/{item.fact.removeprefix(QUESTION)}"


def shown(item: Content | None) -> tuple[Block, ...]:
    """Return what a thing says, for an editor; a restricted fact is never written out."""
    if item is None:
        return ()
    if isinstance(item, Question):
        return tuple(_question(item))
    if item.restricted:
        return (plain(say("flag.item.restricted"), Role.ITEM),)
    return tuple(_fact(item))


def _fact(fact: Fact) -> Iterator[Block]:
    yield _line("claim", fact.claim)
    if fact.answer:
        yield _line("answer", fact.answer)
    yield Block((Mark(fact.verdict, say(f"verdict.{fact.verdict}")),), Role.ITEM)
    if found := fact.correction or fact.correct:
        yield _line("correction", found)


def _question(question: Question) -> Iterator[Block]:
    yield plain(cut(question.stem, _ITEM), Role.ITEM)
    if question.options:
        yield _line("options", " / ".join(option.text for option in question.options))
    if not question.sensitive and (right := key_text(question)):
        yield _line("key", right)
    if question.feedback:
        yield _line("feedback", question.feedback)


def _line(name: str, text: str) -> Block:
    return plain(say(f"flag.item.{name}", text=cut(text, _ITEM)), Role.ITEM)


def _verdict(item: Content | None) -> tuple[Verdict, ...]:
    return (item.verdict,) if isinstance(item, Fact) and not item.restricted else ()


def told(flag: Flag, end: Flag, pack: Pack | None, now: Content | None) -> Answer:
    """Tell a reporter what came of their report; `end` is the report that theirs comes down to."""
    language = flag.language
    title = pack.title if pack else ""
    values = {"number": flag.number, "version": end.version, "title": title}
    key = "mended" if end.state is State.MENDED else "declined"
    blocks = [strong(say(f"flag.outcome.{key}", language, **values))]
    if end.reason:
        blocks.append(plain(say("flag.outcome.reason", language, reason=end.reason)))
    verdicts: tuple[Verdict, ...] = ()
    if end.state is State.MENDED:
        blocks += _mended(now, language)
        verdicts = (now.verdict,) if _named(now) and isinstance(now, Fact) else ()
    words = cut(flag.words, _ITEM)
    blocks.append(plain(say("flag.outcome.yours", language, words=words), Role.WHERE))
    return Answer(tuple(blocks), caveat([pack] if pack else []), Outcome.ANSWERED, (), verdicts)


def _mended(now: Content | None, language: str) -> list[Block]:
    """Say what it says now; of the dead only to who asks for them."""
    if now is None:
        return [plain(say("flag.outcome.gone", language))]
    if not _named(now):
        return [plain(say("flag.outcome.again", language))]
    head = plain(say("flag.outcome.now", language))
    if isinstance(now, Question):
        return [head, plain(cut(now.stem, _ITEM), Role.ITEM)]
    return [head, *_fact(now)]


def _named(item: Content | None) -> bool:
    """Say whether something may be written out where nobody has asked for it."""
    return item is not None and not item.sensitive and not getattr(item, "restricted", False)


def cut(text: str, most: int) -> str:
    """Return a text as one line, shortened between words."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rsplit(" ", 1)[0] + "…"
