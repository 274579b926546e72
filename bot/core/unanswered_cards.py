"""Unanswered questions in words, and the dialogue in which one becomes a fact."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.answer import Answer, Block, Choice, Mark, Notice, Outcome, Role, Text
from bot.core.fact_form import OFFERED, FactForm, Step, Wrong
from bot.core.facts import Pack, Verdict
from bot.core.flag_cards import cut
from bot.core.show import caveat, plain, strong
from bot.core.unanswered import Group, Unanswered
from bot.core.words import notice, say

_MOST_EXAMPLES, _EXAMPLE = 5, 200
_MOST_PLACES = 12
NONE = 99
"""Stands for none of the numbered choices."""


def group_card(group: Group, place: int, count: int, language: str = "en") -> Notice:
    """Show questions that mean the same, without anybody's name."""
    lines = [say("unanswered.example", words=cut(w, _EXAMPLE)) for w in group.examples]
    if more := len(lines) - _MOST_EXAMPLES:
        lines = [*lines[:_MOST_EXAMPLES], *([say("unanswered.more", count=more)] * (more > 0))]
    buttons = (
        Choice(say("unanswered.button.fact"), f"un.f.{group.number}"),
        Choice(say("unanswered.button.not-ours"), f"un.n.{group.number}"),
        Choice(say("flag.button.skip"), f"un.s.{group.number}"),
    )
    values = {"people": people(group.people), "place": place, "count": count}
    return notice("unanswered.group", language, buttons, examples="\n".join(lines), **values)


def people(count: int) -> str:
    """Say how many people asked."""
    return say("unanswered.people.one" if count == 1 else "unanswered.people", count=count)


def onward(number: int) -> tuple[Choice, ...]:
    """Return the button that leads to the next group."""
    return (Choice(say("unanswered.button.next"), f"un.s.{number}"),)


def with_offer(answer: Answer) -> Answer:
    """Add one quiet line: that questions may be kept for an editor."""
    line = Block((Text(say("unanswered.offer")),), Role.WHERE)
    return replace(answer, blocks=(*answer.blocks, line))


def answered(question: Unanswered, answer: Answer) -> Answer:
    """Tell somebody what they once asked, now that it can be answered."""
    language = question.language
    words = say("unanswered.now.asked", language, words=cut(question.words, _EXAMPLE))
    blocks = (plain(say("unanswered.now.head", language)), plain(words), *answer.blocks)
    return replace(answer, blocks=blocks)


def asking(form: FactForm, packs: Sequence[Pack], language: str = "en") -> Notice | Answer:
    """Ask for what is written next."""
    if form.step is Step.PREVIEW:
        return preview(form, packs)
    example = form.examples[0] if form.examples else ""
    values = {"example": cut(example, _EXAMPLE)} if form.step is Step.ANSWER else {}
    return notice(f"fact.step.{form.step}", language, _choices(form, packs), **values)


def offered(form: FactForm, packs: Sequence[Pack]) -> list[tuple[str, str]]:
    """Return what can be chosen by a button: what it stands for, and its label, in order."""
    match form.step:
        case Step.PACK:
            return [(pack.id, pack.title) for pack in packs]
        case Step.PLACE:
            places = [pack.places for pack in packs if pack.id == form.pack]
            return [place for known in places for place in known.items()][:_MOST_PLACES]
        case Step.VERDICT:
            return [(verdict.value, say(f"verdict.{verdict}")) for verdict in OFFERED]
        case _:
            return []


def _choices(form: FactForm, packs: Sequence[Pack]) -> tuple[Choice, ...]:
    listed = [
        Choice(cut(label, 60), f"un.c.{form.step}|{place}")
        for place, (_, label) in enumerate(offered(form, packs))
    ]
    none = {Step.PLACE: "none", Step.SOURCE: "without", Step.ASKS: "asked"}.get(form.step)
    if none:
        listed.append(Choice(say(f"fact.button.{none}"), f"un.c.{form.step}|{NONE}"))
    return (*listed, Choice(say("fact.button.drop"), "un.d"))


def preview(form: FactForm, packs: Sequence[Pack]) -> Answer:
    """Show the whole fact before it goes into a draft."""
    pack = next((pack for pack in packs if pack.id == form.pack), None)
    verdict = Verdict(form.verdict)
    blocks = [
        strong(say("fact.preview", pack=pack.title if pack else form.pack)),
        _item("flag.item.claim", form.claim),
        *([_item("flag.item.answer", form.answer)] if form.answer else []),
        Block((Mark(verdict, say(f"verdict.{verdict}")),), Role.ITEM),
        *([_item("fact.preview.correction", form.correction)] if form.correction else []),
        *_source(form),
        *_place(form, pack),
        plain(say("fact.preview.asks", asks=" / ".join(form.asks)), Role.ITEM),
        plain(say("fact.preview.sensitive" if form.sensitive else "fact.preview.plain")),
    ]
    return Answer(
        tuple(blocks),
        caveat([pack] if pack else []),
        Outcome.ASKED,
        verdicts=(verdict,),
        choices=_decisions(form),
    )


def _decisions(form: FactForm) -> tuple[Choice, ...]:
    mark = "plain" if form.sensitive else "sensitive"
    named = ("keep", "un.k"), (mark, "un.x"), ("again", "un.a"), ("drop", "un.d")
    return tuple(Choice(say(f"fact.button.{name}"), action) for name, action in named)


def _source(form: FactForm) -> list[Block]:
    named = ", ".join(filter(None, (form.publisher, form.title, form.url)))
    return [_item("fact.preview.source", named)] if named else []


def _place(form: FactForm, pack: Pack | None) -> list[Block]:
    if not form.place or pack is None:
        return []
    place = pack.places.get(form.place, form.place)
    return [plain(say("fact.preview.place", place=place), Role.ITEM)]


def _item(key: str, text: str) -> Block:
    return plain(say(key, text=text), Role.ITEM)


def wrong(found: Wrong, language: str = "en") -> Notice:
    """Say why words cannot be taken."""
    return notice(f"fact.bad.{found.key}", language, length=found.length, most=found.most)
