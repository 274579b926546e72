"""Decides what is said to a question: an answer, "did you mean", or that the pack does not say."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.answer import Answer, Block, FactKey, Notice, Outcome
from bot.core.conversation import parts, refers_back
from bot.core.decide import LIKELY, MOST_ASKED, Decision, Found, decide, find
from bot.core.direct import direct_answer
from bot.core.facts import Fact, Pack
from bot.core.follow import follow
from bot.core.library import Library
from bot.core.manners import Manner, manner, without_courtesy
from bot.core.refuse import decline, empty, hello, rules, which
from bot.core.show import combine, show_fact
from bot.core.vague import readings
from bot.core.words import notice

LONGEST_QUESTION = 1000
"""Characters of a message that are read; what stands behind them is left out."""


def ask(question: str, previous: Sequence[FactKey], library: Library) -> Answer | Notice:
    """Answer a question, given the facts of the last answers in the same conversation, newest first."""
    text = " ".join(question[:LONGEST_QUESTION].split())
    match manner(text):
        case Manner.DISTRESS:
            return notice("kind")
        case Manner.RULES:
            return rules(library)
        case Manner.HELLO:
            return hello(library, "hello")
        case Manner.THANKS:
            return hello(library, "thanks")
        case None:
            pass
    if not any(c.isalnum() for c in text):
        return empty(library)
    return _answer(without_courtesy(text), previous, library)


def _answer(text: str, previous: Sequence[FactKey], library: Library) -> Answer:
    asked = parts(text)
    if len(asked) > 1:
        together = _several(asked, previous, library)
        if together:
            return together
    return _one(text, previous, library)


def _several(asked: Sequence[str], previous: Sequence[FactKey], library: Library) -> Answer | None:
    """Answer questions asked at once; None where they are better read as one."""
    answers: list[Answer] = []
    context = tuple(previous)
    for part in asked:
        answer = _one(part, context, library)
        context = (*answer.facts, *context)
        answers.append(answer)
    given = [a for a in answers if a.outcome is Outcome.ANSWERED]
    keys = {k for a in given for k in a.facts}
    whole = _one(" ".join(asked), previous, library)
    if not given or (len(keys) < 2 and whole.outcome is Outcome.ANSWERED):  # noqa: PLR2004
        return None
    packs = [s.pack for s in library.shelves if s.pack.id in {k.pack for k in keys}]
    together = combine([_mute(a) for a in answers], packs)
    return replace(
        together,
        outcome=Outcome.ANSWERED,
        facts=tuple(dict.fromkeys(k for a in given for k in a.facts)),
        verdicts=tuple(v for a in given for v in a.verdicts),
        ranked=tuple(dict.fromkeys(r for a in answers for r in a.ranked))[:10],
    )


def _mute(answer: Answer) -> Answer:
    """Return an answer without its offers, which would stand without their buttons."""
    if answer.outcome is Outcome.ANSWERED:
        return answer
    first: tuple[Block, ...] = answer.blocks[:1]
    return replace(answer, blocks=first, choices=(), offers=())


def _one(text: str, previous: Sequence[FactKey], library: Library) -> Answer:
    found = find(text, "", library)
    decision = decide(text, found)
    before = next((hit for k in previous if (hit := library.find(k))), None)
    if before and (refers_back(text) or decision.outcome is not Outcome.ANSWERED):
        shelf, fact = before
        again = find(text, context(fact, shelf.pack), library)
        followed = follow(text, fact, again, decision)
        if followed:
            found, decision = again, followed
    if decision.chosen is None and (not found or found[0].hit.bare):
        vague = [(shelf.pack, fact) for shelf, fact in readings(text, library)]
        if len(vague) > 1:
            return which(vague[:MOST_ASKED])
    return _written(text, found, decision, library)


def context(fact: Fact, pack: Pack) -> str:
    """Return what a conversation is about after a fact was shown."""
    names = [pack.entities[e].name for e in fact.entities if e in pack.entities]
    return " . ".join([fact.claim, *names, *(w.text for w in fact.asks)])


def _written(text: str, found: Sequence[Found], decision: Decision, library: Library) -> Answer:
    chosen = decision.chosen
    if chosen:
        direct = direct_answer(text, chosen.hit, negative=decision.negative)
        answer = show_fact(chosen.shelf, chosen.fact, library, direct)
    elif decision.outcome is Outcome.ASKED:
        answer = which([(f.shelf.pack, f.fact) for f in decision.options])
    else:
        answer = decline(decision, library)
    first = chosen or (found[0] if found else None)
    ranked = [f.fact.id for f in found]
    if chosen:
        ranked = [chosen.fact.id, *(i for i in ranked if i != chosen.fact.id)]
    return replace(
        answer,
        ranked=tuple(ranked[:10]),
        confidence=round(first.hit.confidence, 4) if first else 0.0,
    )


def suggest(text: str, library: Library, most: int = 5) -> tuple[Answer, ...]:
    """Return answers to offer while somebody types an inline query; never a restricted fact."""
    words = " ".join(text[:LONGEST_QUESTION].split())
    if not words:
        return ()
    found = find(words, "", library)
    shown = [f for f in found if not f.fact.restricted and f.hit.confidence >= LIKELY]
    return tuple(show_fact(f.shelf, f.fact, library) for f in shown[:most])
