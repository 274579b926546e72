"""Questions that could not be answered: kept where that was allowed, and asked again later."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.core.answer import Answer, Notice, Outcome
from bot.core.ask import ask
from bot.core.effects import Effect, Post, Tell
from bot.core.events import Commanded, Said
from bot.core.library import Library
from bot.core.manners import manner
from bot.core.retention import OFFER_EVERY, OFFERED
from bot.core.unanswered import Group, Meaning, State, Unanswered, grouped
from bot.core.unanswered_cards import answered, with_offer
from bot.core.words import notice
from bot.search.meaning import Meanings
from bot.service.desk import Desk
from bot.service.learners import PAGES
from bot.service.parts import Visit
from bot.service.ports import Work
from bot.service.regrading import reachable
from bot.service.wish_part import UNANSWERED

_LAST_OFFER = UNANSWERED + OFFERED
"""The wish that holds when somebody was last told that they may allow it."""


async def listen(visit: Visit, effects: Sequence[Effect]) -> Sequence[Effect]:
    """Keep a declined question of who allowed it; mention to others, now and then, that they may."""
    words = asked_words(visit)
    declined = _declined(effects)
    if declined is None or not words or manner(words) is not None or not _has_letters(words):
        return effects
    # On the page somebody who is signed in has chosen as themselves.
    person = await visit.work.roles.acting(visit.event.by.key)
    if await visit.work.wishes.get(person, UNANSWERED):
        await visit.work.flags.keep_question(person, visit.event.by.language, words)
        return effects
    if not await _may_offer(visit, person):
        return effects
    await visit.work.wishes.put(person, _LAST_OFFER, visit.now.isoformat())
    return [_with_offer(effect) if effect is declined else effect for effect in effects]


def asked_words(visit: Visit) -> str:
    """Return the words of a question; "" where it is something else."""
    match visit.event:
        case Said(text=text):
            return text.strip()
        case Commanded(name="ask" | "check", argument=text):
            return text.strip()
        case _:
            return ""


def _has_letters(words: str) -> bool:
    return any(letter.isalnum() for letter in words)


def _declined(effects: Sequence[Effect]) -> Tell | None:
    """Return the refusal among what is to be said."""
    for effect in effects:
        if isinstance(effect, Tell) and isinstance(effect.what, Answer):
            return effect if effect.what.outcome is Outcome.DECLINED else None
    return None


async def _may_offer(visit: Visit, person: str) -> bool:
    """Say whether somebody can be told: in private, where they can be written to, once a week."""
    place = visit.event.place
    if not place.private or place.platform in PAGES:
        return False
    last = await visit.work.wishes.get(person, _LAST_OFFER)
    return last is None or visit.now - datetime.fromisoformat(last) >= OFFER_EVERY


def _with_offer(effect: Effect) -> Effect:
    if isinstance(effect, Tell) and isinstance(effect.what, Answer):
        return replace(effect, what=with_offer(effect.what))
    return effect


def meanings(library: Library) -> Meanings:
    """Return what reads the questions, with the words of all packs."""
    return Meanings([shelf.pack for shelf in library.shelves])


async def groups(work: Work, library: Library) -> Sequence[Group]:
    """Return the questions that are kept, by what they mean."""
    questions = await work.flags.questions()
    if not questions:
        return ()
    return await asyncio.to_thread(_grouped, questions, library)


def _grouped(questions: Sequence[Unanswered], library: Library) -> Sequence[Group]:
    read = meanings(library)
    known: dict[str, Meaning] = {}

    def meaning(words: str) -> Meaning:
        return known.setdefault(words, read(words))

    return grouped(questions, meaning)


async def waiting_questions(work: Work) -> Sequence[Unanswered]:
    """Return the questions for which an answer is still wanted."""
    return [one for one in await work.flags.questions() if one.state is not State.CLOSED]


def answers_now(
    questions: Sequence[Unanswered], library: Library
) -> Sequence[tuple[Unanswered, Answer]]:
    """Ask questions again; return those that are answered now."""
    asked = ((question, ask(question.words, (), library)) for question in questions)
    return [
        (question, answer)
        for question, answer in asked
        if isinstance(answer, Answer) and answer.outcome is Outcome.ANSWERED
    ]


async def tell_answers(
    work: Work, desk: Desk, found: Sequence[tuple[Unanswered, Answer]]
) -> Sequence[Post]:
    """Tell who asked, once each, and strike their questions off."""
    # Two workers may have found the same answer: one of them takes the question off the list.
    taken = await work.flags.take_questions([question.id for question, _ in found])
    people = {question.id: question.person for question, _ in found if question.id in taken}
    places = await reachable(work, people, desk)
    told: set[tuple[str, tuple[str, ...]]] = set()
    posts: list[Post] = []
    for question, answer in found:
        same = question.person, tuple(key.fact for key in answer.facts)
        if question.id in places and same not in told:
            told.add(same)
            what = _said(question, answer, desk.library)
            posts.append(Post(places[question.id], what, desk.token()))
    return posts


def _said(question: Unanswered, answer: Answer, library: Library) -> Answer | Notice:
    """Return what somebody is told; the names of the dead stand only where they are asked for."""
    facts = [found[1] for key in answer.facts if (found := library.find(key))]
    if any(fact.restricted for fact in facts):
        return notice("unanswered.now.restricted", question.language)
    return answered(question, answer)


async def close(work: Work, group: Group | None, by: str) -> int:
    """Close a group that is none of our business; return how many questions still waited."""
    if group is None:
        return 0
    ids = [question.id for question in group.questions]
    closed = await work.flags.move_questions(ids, State.CLOSED)
    if closed:
        subject = f"unanswered group {group.number}"
        await work.roles.record(by, "unanswered.close", subject, "", f"{closed} questions")
    return closed
