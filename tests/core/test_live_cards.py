import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.answer import Answer
from bot.core.cards import card, notice_card
from bot.core.library import Library
from bot.core.live_cards import (
    Scene,
    chosen_words,
    control,
    key_words,
    lobby,
    mine,
    outcome,
    question,
    result,
    said,
    standing,
)
from bot.core.live_types import (
    Already,
    Board,
    Counted,
    Late,
    Missed,
    OptionShown,
    Phase,
    QuestionShown,
    Ranked,
    Remark,
    Reveal,
    Setup,
)
from bot.core.live_words import LIVE_EXEMPT, LIVE_WORDS
from bot.core.quiz import QuestionKind, Response
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP
from tests.cast import NOON
from tests.quizzes import BUILT, CAVEAT, SEVERAL, TRUE, library

LIBRARY = library(BUILT, TRUE, SEVERAL)
SETUP = Setup("mill", seed="s")
JOY = re.compile(r"[!🎉🏆🥇👏]|well done|great|congrat|winner|champion", re.IGNORECASE)
SHOWN = QuestionShown(
    0,
    2,
    QuestionKind.SINGLE,
    BUILT.stem,
    (OptionShown("a", "A", "1820", 2, right=True), OptionShown("b", "B", "1850", 0, right=False)),
    "mill",
    "A, 1820",
    BUILT.feedback,
)
PLACES = (
    Ranked(1, 1, "Owl <b>", 2.0, 2, 2),
    Ranked(2, 2, "Fox", 0.5, 0, 2),
    Ranked(3, 3, "Bear", 0.0, 0, 0),
)


def board(phase: Phase, **more: object) -> Board:
    shape: dict[str, object] = {
        "code": "K7M2QX",
        "title": "The old mill",
        "phase": phase,
        "epoch": 3,
        "setup": SETUP,
        "host": "telegram:1",
        "count": 2,
        "question": None if phase in {Phase.LOBBY, Phase.OVER} else SHOWN,
        "opened": None,
        "closes": None,
        "closing": False,
        "revealed": phase is Phase.SHOWN,
        "onward": None,
        "names": ("Owl <b>", "Fox"),
        "answered": 2,
        "standing": PLACES if phase is Phase.OVER else (),
        "most": 2.0,
        "said": None,
        "caveat": CAVEAT,
        "asked": {0: 2, 1: 2},
    }
    return Board(**{**shape, **more})  # type: ignore[arg-type]


def scene(phase: Phase, **more: object) -> Scene:
    return Scene(board(phase, **more), LIBRARY, BUILT, (BUILT, TRUE))


def text(answer: Answer) -> str:
    return "\n".join(page.text for page in card(answer, MARKUP).pages)


@pytest.mark.parametrize("phase", list(Phase))
def test_every_board_ends_with_the_caveat_and_no_name_is_markup(phase: Phase):
    shown = text(said(scene(phase)))

    assert shown.rstrip("</i>").endswith(CAVEAT)
    assert "Owl <b>" not in shown


@pytest.mark.parametrize("phase", list(Phase))
def test_the_one_who_leads_is_offered_only_what_is_possible(phase: Phase):
    shown = notice_card(control(scene(phase)), MARKUP, "x" * 22)

    acts = {choice.action.split(".")[3] for choice in shown.choices}
    assert (
        acts
        == {
            Phase.LOBBY: {"start", "sure"},
            Phase.ASKING: {"next", "pause", "skip", "sure"},
            Phase.SHOWN: {"next", "pause", "sure"},
            Phase.PAUSED: {"resume", "sure"},
            Phase.OVER: set(),
        }[phase]
    )
    assert all(len(choice.action.encode()) <= 64 for choice in shown.choices)


def test_more_time_is_offered_only_where_the_time_is_limited():
    timed = control(scene(Phase.ASKING, opened=NOON, closes=NOON))

    assert say("live.button.extend") in [choice.label for choice in timed.choices]


def test_an_open_question_shows_no_key_and_all_its_letters():
    shown = question(scene(Phase.ASKING))

    assert "✔" not in text(shown)
    assert [choice.label for choice in shown.choices] == ["A 1820", "B 1850"]


def test_a_question_that_is_not_open_has_no_buttons():
    assert question(scene(Phase.PAUSED)).choices == ()
    assert "Paused." in text(question(scene(Phase.PAUSED)))


def test_the_result_counts_every_option_and_says_why_with_the_verdict():
    shown = text(result(scene(Phase.SHOWN)))

    assert "A, 1820: 2 ✔ right" in shown
    assert "B, 1850: 0" in shown
    assert BUILT.feedback in shown
    assert "Other sources agree" in shown


def test_the_time_of_a_question_stands_in_its_heading():
    closes = NOON + timedelta(seconds=45)

    shown = question(scene(Phase.ASKING, opened=NOON, closes=closes))

    assert "Question 1 of 2 · The mill · ⏱ 45 s" in text(shown)


def test_true_and_false_have_no_letters():
    options = (OptionShown("true", "", "True"), OptionShown("false", "", "False"))
    shown = question(scene(Phase.ASKING, question=replace(SHOWN, options=options)))

    assert [choice.label for choice in shown.choices] == ["True", "False"]
    assert key_words(TRUE, SETUP) == "True"
    assert key_words(SEVERAL, SETUP) == "A, Mill; B, Wheels"


def test_a_board_without_a_question_is_no_question():
    with pytest.raises(ValueError, match="no question"):
        question(scene(Phase.LOBBY))


def test_a_closed_question_says_how_many_answered():
    assert "Closed. 2 of 2 have answered." in text(question(scene(Phase.SHOWN)))


def test_a_pack_that_is_gone_still_leaves_the_answer_and_a_caveat():
    gone = Scene(board(Phase.SHOWN), Library(()), BUILT)

    shown = result(gone)

    assert BUILT.feedback in text(shown)
    assert shown.facts == ()
    assert shown.caveat.long


def test_answers_at_the_end_are_listed_under_the_standing():
    at_end = replace(SETUP, reveal=Reveal.END)

    shown = text(standing(scene(Phase.OVER, setup=at_end)))

    assert "What was right:" in shown
    assert f"{BUILT.stem} 1820." in shown


def test_all_who_took_part_may_have_a_line_of_their_own():
    assert "more took part" not in text(standing(scene(Phase.OVER, standing=PLACES[:2])))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "by length of the text"), (0.0, "no limit"), (30.0, "30 s each")],
)
def test_the_lobby_says_how_long_questions_are_open(seconds, words):
    setup = replace(SETUP, seconds=seconds)

    assert f"time: {words}" in text(lobby(scene(Phase.LOBBY, setup=setup, names=())))


def test_the_last_question_leads_to_the_standing():
    last = scene(Phase.SHOWN, question=replace(SHOWN, position=1))

    labels = [choice.label for choice in (*result(last).choices, *control(last).choices)]

    assert labels.count(say("live.button.finish")) == 2


def test_an_answer_that_may_be_changed_says_so():
    for judged in (Counted(1.0), Already(Response(("b",)))):
        shown = notice_card(outcome(judged, "B", changes=True), MARKUP).pages[0].text
        assert shown == "You answered B. You can change it until the time is up."


def test_nobody_answered_is_said():
    assert "Nobody answered." in text(result(scene(Phase.SHOWN, answered=0)))


def test_the_standing_names_the_first_and_shares_points_as_they_are_read():
    shown = text(standing(scene(Phase.OVER)))

    assert "1. Owl &lt;b&gt;: 2 points, 2 of 2 right" in shown
    assert "2. Fox: 0.5 points, 0 of 2 right" in shown
    assert "1 more took part." in shown


def test_without_a_question_that_counts_there_is_no_standing():
    assert "No question was finished" in text(standing(scene(Phase.OVER, most=0.0)))
    nobody = tuple(Ranked(1, n, "x", 0.0, 0, 0) for n in range(2))
    assert "Nobody answered" in text(standing(scene(Phase.OVER, standing=nobody)))


def test_a_long_list_of_names_is_cut():
    names = tuple(f"Bird {n}" for n in range(50))

    shown = text(lobby(scene(Phase.LOBBY, names=names)))

    assert "Bird 19 and 30 more" in shown
    assert "Joined so far, 50:" in shown


@pytest.mark.parametrize(
    ("judged", "words"),
    [
        (Counted(1.0), "You answered B. The first answer counts."),
        (Already(Response(("b",))), "You answered B. The first answer counts."),
        (Late(2.2), "Time was up 2 s before. Not counted."),
        (Late(0.1), "Time was up 1 s before. Not counted."),
        (Missed.CLOSED, "This question is closed. Not counted."),
    ],
)
def test_what_became_of_an_answer_is_said_in_one_line(judged, words):
    assert notice_card(outcome(judged, "B", changes=False), MARKUP).pages[0].text == words


def test_letters_of_an_answer_are_those_of_the_board():
    assert chosen_words(SEVERAL, SETUP, Response(("b", "a"))) == "A, B"
    assert chosen_words(TRUE, SETUP, Response(("true",))) == "True"


def test_one_s_own_place_is_told_in_a_line():
    shown = notice_card(mine(PLACES[1], board(Phase.OVER)), MARKUP).pages[0].text

    assert shown == "You are in place 2 of 3: 0.5 of 2 points, 0 of 2 right."
    assert "did not take part" in notice_card(mine(None, board(Phase.OVER)), MARKUP).pages[0].text


def test_every_private_word_fits_a_toast_and_none_shouts_for_joy():
    assert [text for text in LIVE_WORDS.values() if JOY.search(text)] == []
    assert set(LIVE_WORDS) >= LIVE_EXEMPT
    assert all(remark in LIVE_EXEMPT for remark in (*Missed, *Remark))
    assert all(len(LIVE_WORDS[key]) <= 200 for key in (*Missed, *Remark))
