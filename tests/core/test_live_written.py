"""Questions of live quizzes whose answer is written or arranged, as pure functions."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answer import Answer
from bot.core.arranging import offered
from bot.core.cards import card, notice_card
from bot.core.live_cards import (
    HERE,
    Scene,
    chosen_words,
    key_words,
    question,
    result,
    told,
)
from bot.core.live_scoring import available, drawn, seconds_for, unfit_for_polls, worth
from bot.core.live_types import (
    Already,
    Counted,
    Missed,
    OptionShown,
    Phase,
    QuestionShown,
    Scoring,
)
from bot.core.live_written import CHOSEN, LONGEST, fitting, in_words, kinds, repeated
from bot.core.quiz import TYPED, QuestionKind, Response, mark, readable
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP
from tests.core.test_live_cards import SETUP, board
from tests.quizzes import ALL, BUILT, FLOOD, ORDER, PAIRS, SEVERAL, WORD, YEAR, library, pack
from tests.quizzes import CAVEAT as SHORT

MILL = pack(*ALL)
WRITTEN, ARRANGED = replace(SETUP, writing=True), replace(SETUP, arranging=True)
DOOR = "https://t.me/checkbot?start=l_K7M2QX"


def shown(kind: QuestionKind, **more: object) -> QuestionShown:
    return replace(QuestionShown(0, 2, kind, "In which year?", (), "mill"), **more)


def scene(phase: Phase, kind: QuestionKind = QuestionKind.NUMBER, **more: object) -> Scene:
    return Scene(board(phase, question=shown(kind, **more)), library(YEAR), YEAR)


def text(answer: Answer) -> str:
    return "\n".join(page.text for page in card(answer, MARKUP).pages)


@pytest.mark.parametrize(
    ("setup", "questions"),
    [
        (WRITTEN, {YEAR, WORD}),
        (ARRANGED, {ORDER, PAIRS}),
        (replace(WRITTEN, arranging=True), {YEAR, WORD, ORDER, PAIRS}),
    ],
)
def test_only_what_the_teacher_asked_for_is_drawn_besides_choosing(setup, questions):
    asked = {*drawn(MILL, replace(setup, length=99))}

    assert {one for one in asked if one.kind not in CHOSEN} == questions
    assert FLOOD not in asked
    assert len(asked) == available(MILL, (), kinds(setup))


def test_a_sensitive_question_to_write_is_never_drawn():
    number = replace(YEAR, sensitive=True)

    assert drawn(pack(number), replace(WRITTEN, arranging=True)) == ()


def test_who_has_to_write_has_more_time():
    assert seconds_for(YEAR, SETUP) == 45
    assert seconds_for(replace(YEAR, stem="word " * 60), SETUP) > 45
    assert seconds_for(PAIRS, SETUP) >= 45
    assert seconds_for(YEAR, replace(SETUP, seconds=20.0)) == 20


@pytest.mark.parametrize("asked", [YEAR, WORD, ORDER, PAIRS])
def test_how_fast_somebody_types_is_worth_nothing(asked):
    assert worth(asked, 1.0, Counted(1.0, 0.0), Scoring.SPEED, 1.0) == 1.0


def test_questions_to_write_are_not_named_one_by_one_as_no_polls():
    assert unfit_for_polls(MILL, (), scene(Phase.LOBBY).caveat) == []


@pytest.mark.parametrize("seed", [str(number) for number in range(12)])
def test_what_is_to_be_put_in_order_never_stands_in_the_right_order(seed: str):
    options = offered(ORDER, seed)

    assert [option.text for option in options] != list(ORDER.sequence)
    assert sorted(option.id for option in options) == ["0", "1", "2"]


def test_what_belongs_to_two_stands_there_once():
    assert sorted(option.text for option in offered(PAIRS, "s")) == ["1790", "1820"]


def test_a_field_is_opened_by_a_button_that_says_so():
    asked = question(scene(Phase.ASKING))

    assert [(c.label, c.action) for c in asked.choices] == [
        (say("live.button.write"), "l.w.K7M2QX.0")
    ]
    assert "write it into the field" in text(asked)


def test_a_group_without_fields_leads_to_the_private_chat():
    asked = question(scene(Phase.ASKING), where=DOOR)

    assert [(c.label, c.url) for c in asked.choices] == [(say("live.button.private"), DOOR)]
    assert "answered in private" in text(asked)


@pytest.mark.parametrize("kind", sorted(TYPED))
def test_in_private_the_next_words_are_the_answer(kind: QuestionKind):
    asked = question(scene(Phase.ASKING, kind), own=True, where=HERE)

    assert asked.choices == ()
    assert say(f"live.write.here.{kind}") in text(asked)


@pytest.mark.parametrize("phase", [Phase.PAUSED, Phase.SHOWN])
def test_what_is_not_open_asks_for_nothing(phase: Phase):
    asked = question(scene(phase), where=DOOR)

    assert asked.choices == ()
    assert "in private" not in text(asked)


def test_what_a_chat_cannot_take_has_no_buttons_there():
    options = (OptionShown("0", "", "Built"), OptionShown("1", "", "Flooded"))

    assert question(scene(Phase.ASKING, QuestionKind.ORDER, options=options)).choices == ()


def test_the_result_says_how_many_had_it_right_and_the_caveat():
    closed = text(result(scene(Phase.SHOWN, key="1820", rights=1)))

    assert "Question 1 of 2: 1820." in closed
    assert "1 of 2 had it right." in closed
    assert SHORT in closed


def test_the_result_counts_no_options_that_are_only_to_be_arranged():
    options = (OptionShown("0", "", "Built"), OptionShown("1", "", "Flooded"))

    closed = text(result(scene(Phase.SHOWN, QuestionKind.ORDER, options=options, rights=0)))

    assert "Built: 0" not in closed
    assert "0 of 2 had it right." in closed


def test_the_key_is_said_in_words():
    assert key_words(YEAR, SETUP) == "1820"
    assert key_words(WORD, SETUP) == "The mill"
    assert key_words(ORDER, SETUP) == "1. Built, 2. Flooded, 3. Mended"
    assert key_words(PAIRS, SETUP) == "Mill: 1820; Bridge: 1790; Barn: 1820"


def test_who_cannot_be_read_is_told_how_to_write_it():
    for asked in (YEAR, WORD):
        said = told(Missed.UNREADABLE, asked, SETUP, Response())
        assert said.key == f"live.answer.unreadable.{asked.kind}"
    assert told(Missed.UNREADABLE, BUILT, SETUP, Response()).key == Missed.UNREADABLE


def test_the_answer_that_counts_is_named_not_the_one_that_was_sent():
    said = told(Already(Response((), "1820")), YEAR, SETUP, Response((), "1850"))

    assert "You answered 1820." in notice_card(said, MARKUP).pages[0].text


@given(st.sampled_from([YEAR, WORD]), st.text(max_size=600))
def test_whatever_is_written_is_cut_marked_and_said_again_within_a_toast(asked, written):
    response = fitting(asked, in_words(written))

    again = notice_card(told(Counted(1.0), asked, SETUP, response), MARKUP)
    assert len(response.text) <= LONGEST
    assert response.chosen == ()
    assert 0.0 <= mark(asked, response).fraction <= 1.0
    assert len(repeated(asked.kind, response)) <= 62
    assert not again.choices


@given(st.sampled_from(ALL), st.lists(st.sampled_from("abc012")), st.text(max_size=40))
def test_of_a_response_only_what_its_question_asks_for_is_kept(asked, chosen, written):
    response = fitting(asked, Response(tuple(chosen), written))

    assert not (response.chosen and response.text)
    assert bool(response.text) <= (asked.kind in TYPED)
    before = readable(asked, Response(tuple(chosen), written))
    assert readable(asked, response) == before


def test_what_was_chosen_is_still_said_in_letters():
    assert chosen_words(SEVERAL, SETUP, Response(("a", "c"))) == "A, C"
