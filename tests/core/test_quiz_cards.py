"""Every question that ships, asked and answered on every platform: the caveat last, all of it fits."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from bot.config import packs_folder
from bot.core.answer import Answer
from bot.core.cards import card
from bot.core.library import Library, Shelf
from bot.core.page import Markup
from bot.core.quiz import TYPED, Question, QuestionKind
from bot.core.quiz_cards import write
from bot.core.quiz_words import QUIZ_EXEMPT, QUIZ_WORDS
from bot.core.solo import move, open_options
from bot.core.solo_types import Asked, Moved, Pick, Practise, Press, Remark, Solo, Told, Write
from bot.formats.packs import read_packs
from bot.frontends.cli.markup import markup
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.search.engine import build
from tests.quizzes import ALL, CAVEAT, library

JOY = re.compile(
    r"\b(?:well done|great|bravo|congratulations|awesome|excellent|perfect|hurrah|yay|nice|winner|streak)\b|[!🎉🏆👏😀⭐✅❌]",
    re.IGNORECASE,
)


@cache
def shipped() -> tuple[Library, ...]:
    # Nothing is looked for here: an index over nothing is quicker.
    bare = build(library(ALL[0]).shelves[0].pack)
    return tuple(Library((Shelf(pack, bare),)) for pack in read_packs(packs_folder()))


def plays(books: Library, question: Question) -> Iterator[Moved]:
    """Yield what comes of asking a question, and of answering it with whatever stands first."""
    pack = books.shelves[0].pack
    moved = move(Solo(), Practise(pack.id, (question.id,)), books, "seed")
    yield moved
    while moved.state.stage == "question":
        if question.kind in TYPED:
            made = Write("7")
        elif question.kind is QuestionKind.SEVERAL and moved.state.partial:
            made = Press.DONE
        else:
            assert open_options(question, moved.state)
            made = Pick(0)
        moved = move(moved.state, made, books)
        yield moved


def answers(books: Library) -> Iterator[tuple[Question, object, Answer]]:
    for question in books.shelves[0].pack.questions:
        for moved in plays(books, question):
            for shown in moved.shown:
                written = write(shown, moved.state, books)
                assert isinstance(written, Answer)
                yield question, shown, written


@pytest.mark.parametrize("look", [TELEGRAM, WEB, markup()], ids=["telegram", "web", "plain"])
def test_every_page_ends_with_the_caveat_and_fits(look: Markup):
    for books in (*shipped(), library(*ALL)):
        caveat = books.shelves[0].pack.caveat_long
        for _, _, answer in answers(books):
            drawn = card(answer, look, "r" * 22)
            assert all(look.escape(caveat) in page.text[-400:] for page in drawn.pages)
            assert all(look.size(page.text) <= look.limit for page in drawn.pages)
            assert all(len(choice.action.encode()) <= 64 for choice in drawn.choices)
            assert len(drawn.pages) == 1


def test_a_question_does_not_show_what_it_rests_on():
    for books in (*shipped(), library(*ALL)):
        for question, shown, answer in answers(books):
            if isinstance(shown, Asked):
                assert [key.fact for key in answer.facts] == [f"q/{question.id}"]


def test_a_marked_answer_shows_its_facts_with_their_verdicts():
    for books in (*shipped(), library(*ALL)):
        for question, shown, answer in answers(books):
            if isinstance(shown, Told):
                assert {key.fact for key in answer.facts} >= set(question.facts)
                assert len(answer.verdicts) == len(question.facts)


def test_nothing_is_celebrated():
    for books in (*shipped(), library(*ALL)):
        for _, shown, answer in answers(books):
            if not isinstance(shown, Asked):
                first = "".join(str(getattr(span, "text", "")) for span in answer.blocks[0].spans)
                assert not JOY.search(first.partition(":")[0])
    assert [text for text in QUIZ_WORDS.values() if JOY.search(text)] == []


def test_a_sensitive_question_is_not_told_right_or_wrong():
    for books in (*shipped(), library(*ALL)):
        for question, shown, answer in answers(books):
            if question.sensitive and isinstance(shown, Told):
                assert (
                    str(getattr(answer.blocks[0].spans[0], "text", ""))
                    == QUIZ_WORDS["quiz.reflection"]
                )


def test_toasts_are_exempt_and_short():
    for remark in Remark:
        assert remark in QUIZ_EXEMPT
        assert len(QUIZ_WORDS[remark]) <= 200


def test_the_caveat_of_the_pack_is_used():
    _, _, answer = next(answers(library(*ALL)))
    assert answer.caveat.long == CAVEAT
