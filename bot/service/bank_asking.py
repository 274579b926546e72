"""One question by dialogue: begun, or mended a part at a time; the rest of the bank stays as it is."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.core.answer import Answer, Notice
from bot.core.bank_dialogue import MENDED, Unreadable, id_for, with_answers
from bot.core.effects import Effect, Expect, Tell
from bot.core.facts import Pack
from bot.core.numerals import is_number
from bot.core.quiz import FEEDBACK_LIMIT, STEM_LIMIT, Question, QuestionKind
from bot.core.quiz_cards import QUESTION
from bot.core.words import notice, say
from bot.service import bank_showing as showing
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import OpenDraft
from bot.service.banks import Banks
from bot.service.parts import Visit

_STEM, _ANSWERS, _FIELD = "bank.stem", "bank.answers", "bank.field"
_NOTHING = "-"
Later = Callable[..., Sequence[Effect]]
"""Does something aside for the person of a visit, with some words."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants what, as far as it is done aside."""

    by: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks for the parts of a question."""

    banks: Banks

    def begin(self, pack: str) -> Sequence[Effect]:
        """Ask for a new question's words."""
        return self._await(_STEM, {"pack": pack}, "stem")

    def said(self, visit: Visit, words: str, later: Later) -> Sequence[Effect]:
        """Take what was asked for."""
        given: dict[str, str] = json.loads(visit.expected_for or "{}")
        words = words.strip()
        if visit.expected == _STEM:
            return self._stem_said(given, words)
        if visit.expected == _ANSWERS:
            return self._answers_said(visit, given, words, later)
        return self._field_said(visit, given, words, later)

    async def pressed(self, visit: Visit, words: Sequence[str], later: Later) -> Sequence[Effect]:
        """Ask for the part of a question that is to be mended, or take the question out."""
        field, draft, revision = (*words, "", "", "")[:3]
        fact = visit.about.facts[0] if visit.about and visit.about.facts else None
        if fact is None or not is_number(draft) or not is_number(revision):
            return ()
        given = {"draft": draft, "seen": revision, "id": fact.fact.removeprefix(QUESTION)}
        if field == "remove":
            return later(visit, self._remove, json.dumps(given))
        topics = ""
        if field == "topic":
            opened = await self.banks.within(visit.work).draft(int(draft))
            topics = ", ".join(opened.pack.topics.values())
        return self._await(_FIELD, {**given, "field": field}, field, topics=topics)

    async def open(self, pack: str, name: str, by: str) -> Answer | Notice:
        """Show a question in the person's own draft, which begins where they have none."""
        published = (await self.banks.version(pack)).pack
        draft = await self.banks.own_draft(pack, by)
        opened = await self.banks.draft(draft.id) if draft else None
        question = (opened.pack if opened else published).question(name)
        if question is None:
            return notice("bank.chat.unknown", pack=pack, id=name)
        if opened is None:
            opened = await self.banks.draft((await self.banks.open_draft(pack, by)).id)
        return showing.question_card(opened.pack, question, opened.draft)

    # What is asked for.

    def _await(
        self, what: str, given: dict[str, str], asked: str, *, bad: str = "", topics: str = ""
    ) -> Sequence[Effect]:
        """Ask, and keep what was said so far with what is awaited."""
        told = notice(f"bank.chat.ask.{asked}", limit=STEM_LIMIT, topics=topics)
        refused = (Tell(notice("bank.chat.refused", why=bad), once=True),) if bad else ()
        return Expect(what, json.dumps(given)), *refused, Tell(told, once=True)

    def _stem_said(self, given: dict[str, str], words: str) -> Sequence[Effect]:
        if bad := _too_long(words, STEM_LIMIT):
            return self._await(_STEM, given, "stem", bad=bad)
        return self._await(_ANSWERS, {**given, "stem": words}, "answers")

    def _answers_said(
        self, visit: Visit, given: dict[str, str], words: str, later: Later
    ) -> Sequence[Effect]:
        stem = Question("new", QuestionKind.SINGLE, given["stem"])
        if bad := _unreadable(stem, words):
            return self._await(_ANSWERS, given, "answers", bad=bad)
        return Expect(""), *later(visit, self._add, json.dumps(given), words)

    def _field_said(
        self, visit: Visit, given: dict[str, str], words: str, later: Later
    ) -> Sequence[Effect]:
        field = given["field"]
        limit = {"stem": STEM_LIMIT, "why": FEEDBACK_LIMIT}.get(field, 0)
        bad = _too_long(words, limit) if limit else ""
        if field == "answers":
            bad = _unreadable(Question("any", QuestionKind.SINGLE, "?"), words)
        if bad:
            return self._await(_FIELD, given, field, bad=bad)
        return Expect(""), *later(visit, self._mend, json.dumps(given), words)

    # What is done aside.

    async def _add(self, wanted: Wanted) -> Answer | Notice:
        given, answers = json.loads(wanted.words[0]), wanted.words[1]
        draft = await self.banks.own_draft(given["pack"], wanted.by)
        draft = draft or await self.banks.open_draft(given["pack"], wanted.by)
        opened = await self.banks.draft(draft.id)
        name = id_for(given["stem"], {question.id for question in opened.pack.questions})
        bare = Question(name, QuestionKind.SINGLE, given["stem"])
        return await self._put(opened, draft.revision, wanted.by, with_answers(bare, answers))

    async def _mend(self, wanted: Wanted) -> Answer | Notice:
        given, words = json.loads(wanted.words[0]), wanted.words[1]
        opened = await self.banks.draft(int(given["draft"]))
        question = opened.pack.question(given["id"])
        if question is None:
            return notice("bank.chat.unknown", pack=opened.pack.id, id=given["id"])
        try:
            changed = _changed(question, given["field"], words, opened.pack)
        except Unreadable as why:
            return notice("bank.chat.refused", why=str(why))
        return await self._put(opened, int(given["seen"]), wanted.by, changed)

    async def _put(
        self, opened: OpenDraft, seen: int, by: str, question: Question
    ) -> Answer | Notice:
        draft = await self.banks.put_question(opened.draft.id, seen, by, question)
        now = await self.banks.draft(draft.id)
        found = now.pack.question(question.id)
        if found is None:
            raise Refusal("bank.edit.differs")
        return showing.question_card(now.pack, found, now.draft)

    async def _remove(self, wanted: Wanted) -> Notice:
        given = json.loads(wanted.words[0])
        number, seen = int(given["draft"]), int(given["seen"])
        await self.banks.remove_question(number, seen, wanted.by, given["id"])
        back = showing.button("changes", f"bank.d.{number}")
        return notice("bank.chat.removed", "en", (back,), id=given["id"], draft=number)


def _changed(question: Question, field: str, words: str, pack: Pack) -> Question:
    """Return a question with one of its parts changed."""
    text = "" if words == _NOTHING else words
    match field:
        case "stem":
            return replace(question, stem=words)
        case "why":
            return replace(question, feedback=text)
        case "topic":
            return replace(question, topic=_topic(text, pack))
        case _:
            if question.kind not in MENDED:
                raise Unreadable(say("bank.chat.kind", kind=question.kind))
            return with_answers(question, words)


def _topic(text: str, pack: Pack) -> str:
    if not text:
        return ""
    named = {t: t for t in pack.topics} | {name.casefold(): t for t, name in pack.topics.items()}
    found = named.get(text.casefold())
    if found is None:
        raise Unreadable(say("bank.chat.bad.topic"))
    return found


def _too_long(words: str, limit: int) -> str:
    fits = 0 < len(words) <= limit
    return "" if fits else say("bank.chat.bad.long", length=len(words), limit=limit)


def _unreadable(question: Question, words: str) -> str:
    try:
        with_answers(question, words)
    except Unreadable as why:
        return say("bank.chat.bad.answers", why=why)
    return ""
