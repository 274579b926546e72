"""The quiz alone: every move, whatever the state; a story of moves never breaks it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.quiz import Question
from bot.core.solo import move, offered, open_options, stale
from bot.core.solo_types import (
    Asked,
    Begin,
    Menu,
    Move,
    Moved,
    Pick,
    Practise,
    Press,
    Recalled,
    Remark,
    Solo,
    Sort,
    Stage,
    Summary,
    Told,
    Unreadable,
    Write,
)
from tests.quizzes import (
    ALL,
    BUILT,
    FLOOD,
    ORDER,
    PAIRS,
    SEVERAL,
    TRUE,
    WHEELS,
    WORD,
    YEAR,
    library,
    pack,
)


def story(moves: Sequence[Move], *questions: Question) -> Moved:
    """Return what the last of some moves leads to."""
    moved = Moved(Solo(), ())
    for made in moves:
        moved = move(moved.state, made, library(*questions), "seed")
    return moved


def asked(moved: Moved) -> Question:
    [shown] = moved.shown
    assert isinstance(shown, Asked)
    return shown.question


def told(moved: Moved) -> Told:
    shown = moved.shown[0]
    assert isinstance(shown, Told)
    return shown


def menu(moved: Moved) -> Menu:
    [shown] = moved.shown
    assert isinstance(shown, Menu)
    return shown


def place(question: Question, option: str) -> int:
    """Return where an option stands for the seed of these stories."""
    state = Solo(seed="seed")
    return [shown.id for shown in offered(question, state)].index(option)


def test_it_begins_with_the_topic_then_the_length_then_the_kinds():
    topic = story([Begin()], *ALL)
    assert menu(topic).labels == ("", "The mill", "The flood")

    length = move(topic.state, Pick(1), library(*ALL))
    assert menu(length).labels == ("5", "8")

    sort = move(length.state, Pick(1), library(*ALL))
    assert menu(sort).labels == (Sort.MIXED, Sort.CHOOSING, Sort.CHECKING)

    first = move(sort.state, Pick(1), library(*ALL))
    assert len(first.state.questions) == 6
    assert "year-1" not in first.state.questions


def test_what_leaves_no_choice_is_not_asked():
    moved = story([Begin(), Pick(2)], *ALL)

    assert asked(moved) is FLOOD


@pytest.mark.parametrize("words", ["mill 2", "The Mill 2", "the mill 2", "MIL 2"])
def test_topic_and_number_may_be_given_at_once(words: str):
    moved = story([Begin(words)], *ALL)

    assert len(moved.state.questions) == 2
    assert moved.state.stage is Stage.QUESTION


def test_a_number_alone_is_a_length():
    assert len(story([Begin("3")], *ALL).state.questions) == 3


def test_a_topic_alone_leaves_the_length_open():
    assert menu(story([Begin("the mill")], *ALL)).stage is Stage.LENGTH


def test_an_unknown_topic_is_named_among_those_there_are():
    shown = menu(story([Begin("ships 4")], *ALL))

    assert shown.unknown == "ships"
    assert "The mill" in shown.labels


@pytest.mark.parametrize("words", ["0", "-1", "99999", "¾", "mill ٣", "'; drop", "\x00"])
def test_odd_words_lead_to_a_choice_and_no_fault(words: str):
    assert story([Begin(words)], *ALL).shown


def test_more_questions_than_there_are_are_all_there_are():
    assert len(story([Begin("500")], *ALL).state.questions) == len(ALL)


def test_several_packs_are_chosen_among_first():
    both = library(BUILT, more=(pack(WHEELS, name="barn"),))
    first = move(Solo(), Begin(), both, "seed")
    assert menu(first).labels == ("The old mill", "Barn")

    chosen = move(first.state, Pick(1), both, "seed")
    assert asked(chosen) is WHEELS


def test_without_questions_there_is_no_quiz():
    assert story([Begin()]).shown == (Remark.NO_QUESTIONS,)


def test_the_same_seed_makes_the_same_quiz_and_another_another():
    one = story([Begin("5")], *ALL).state.questions
    other = {move(Solo(), Begin("5"), library(*ALL), str(n)).state.questions for n in range(9)}

    assert story([Begin("5")], *ALL).state.questions == one
    assert len(other) > 1


def test_questions_come_from_easy_to_hard():
    moved = story([Begin("9")], *ALL)

    assert moved.state.questions[0] == "built-1"
    assert moved.state.questions[-1] == "flood-1"


def test_the_key_is_right_and_the_last_answer_ends_the_quiz():
    moved = story([Begin(), Pick(0)], BUILT)

    assert told(moved).marked.right
    assert isinstance(moved.shown[1], Summary)
    assert moved.recalled == (Recalled("mill", "built-1", True),)
    assert moved.state.stage is Stage.OVER


def test_after_an_answer_the_next_question_waits_to_be_asked_for():
    moved = story([Begin("2"), Pick(1)], BUILT, WHEELS)
    assert len(moved.shown) == 1
    assert not told(moved).marked.right

    assert asked(move(moved.state, Press.NEXT, library(BUILT, WHEELS))) is WHEELS


@pytest.mark.parametrize("late", [Pick(0), Press.SKIP, Press.DONE, Write("1820")])
def test_an_answered_question_is_not_answered_again(late: Move):
    before = story([Begin("2"), Pick(1)], BUILT, WHEELS)
    after = move(before.state, late, library(BUILT, WHEELS))

    assert after.state == before.state
    assert after.recalled == ()


def test_an_old_press_is_known_as_one_that_was_answered_or_only_as_old():
    first = story([Begin("2")], BUILT, WHEELS)
    answered = move(first.state, Pick(0), library(BUILT, WHEELS))

    assert stale(answered.state, first.state.step) is Remark.TWICE
    assert stale(answered.state, first.state.step - 1) is Remark.OLD
    assert stale(answered.state, answered.state.step) is None


def test_a_number_is_answered_by_writing():
    first = story([Begin()], YEAR)
    assert first.state.awaits_words

    assert told(
        move(first.state, Write("eighteen hundred and twenty 1820"[-4:]), library(YEAR))
    ).marked.right


def test_what_is_no_number_is_asked_for_again():
    moved = story([Begin(), Write("no idea")], YEAR)

    assert moved.shown == (Unreadable(YEAR),)
    assert moved.state.awaits_words


def test_a_text_is_answered_by_writing():
    assert told(story([Begin(), Write("watermil")], WORD)).marked.right


def test_true_and_false_keep_their_places():
    assert told(story([Begin(), Pick(0)], TRUE)).marked.right


def test_several_are_chosen_one_by_one_and_taken_back():
    moved = story([Begin(), Pick(2), Pick(0), Pick(2), Pick(1), Press.DONE], SEVERAL)

    assert told(moved).response.chosen == ("a", "b")
    assert told(moved).marked.right


def test_several_need_at_least_one():
    moved = story([Begin(), Press.DONE], SEVERAL)

    assert moved.shown == (Remark.CHOOSE,)


def test_an_order_is_given_one_by_one_and_the_last_needs_no_press():
    first, second = place(ORDER, "0"), place(ORDER, "1")
    moved = story([Begin(), Pick(first), Pick(second - (first < second))], ORDER)

    assert told(moved).response.chosen == ("0", "1", "2")
    assert told(moved).marked.right


def test_an_order_is_never_shown_as_it_must_be():
    for seed in range(50):
        shown = offered(ORDER, Solo(seed=str(seed)))
        assert [option.text for option in shown] != list(ORDER.sequence)


def test_what_was_put_in_order_can_be_taken_back():
    moved = story([Begin(), Pick(0), Press.AGAIN], ORDER)

    assert moved.state.partial == ()
    assert len(open_options(ORDER, moved.state)) == 3


def test_pairs_are_matched_one_after_the_other():
    old, young = place(PAIRS, "1"), place(PAIRS, "0")
    moved = story([Begin(), Pick(young), Pick(old), Pick(young)], PAIRS)

    assert told(moved).marked.right


def test_a_sensitive_question_is_neither_scored_nor_practised():
    moved = story([Begin(), Pick(1)], FLOOD)

    assert moved.recalled == ()
    assert [given.scored for given in moved.state.given] == [False]


def test_a_skipped_question_is_neither_wrong_nor_practised():
    moved = story([Begin("2"), Press.SKIP], BUILT, WHEELS)

    assert asked(moved) is WHEELS
    assert moved.recalled == ()
    assert moved.state.given[0].skipped


def test_a_paused_quiz_goes_on_where_it_was():
    paused = story([Begin("2"), Press.STOP], BUILT, WHEELS)
    assert paused.shown == (Summary(pack(BUILT, WHEELS), paused=True),)
    assert not paused.state.awaits_words

    for again in (Press.RESUME, Begin()):
        moved = move(paused.state, again, library(BUILT, WHEELS), "another")
        assert asked(moved) is BUILT


def test_a_quiz_paused_after_an_answer_goes_on_with_the_next():
    moves = [Begin("2"), Pick(0), Press.STOP, Begin()]

    assert asked(story(moves, BUILT, WHEELS)) is WHEELS
    assert asked(story([Begin("2"), Pick(0), Begin()], BUILT, WHEELS)) is WHEELS


def test_a_quiz_paused_after_its_last_answer_but_one_still_has_the_last():
    moves: list[Move] = [Begin("2"), Pick(0), Press.STOP, Press.RESUME, Pick(1)]

    assert isinstance(story(moves, BUILT, WHEELS).shown[-1], Summary)


def test_half_an_answer_is_still_there_after_coming_back():
    moved = story([Begin(), Pick(0), Begin()], ORDER)

    assert len(moved.state.partial) == 1


def test_a_quiz_can_be_ended_before_its_end():
    moved = story([Begin("2"), Pick(0), Press.STOP, Press.END], BUILT, WHEELS)

    assert moved.shown == (Summary(pack(BUILT, WHEELS)),)
    assert moved.state.stage is Stage.OVER
    assert len(moved.state.given) == 1


def test_a_new_quiz_leaves_the_old_one_behind_but_not_its_numbers():
    before = story([Begin("2"), Pick(0)], BUILT, WHEELS)
    after = move(before.state, Begin("1"), library(BUILT, WHEELS), "new")

    assert after.state.given == ()
    assert after.state.step > before.state.step


@pytest.mark.parametrize("made", [Press.STOP, Press.RESUME])
def test_without_a_quiz_there_is_nothing_to_pause_or_resume(made: Move):
    assert story([made], *ALL).shown == (Remark.NOTHING,)


def test_a_question_that_was_taken_out_is_passed_over():
    before = story([Begin("2"), Pick(0)], BUILT, WHEELS, FLOOD)
    left = library(BUILT, FLOOD)

    assert isinstance(move(before.state, Press.NEXT, left).shown[0], (Asked, Summary))


def test_a_pack_that_was_taken_away_ends_the_quiz():
    before = story([Begin("2")], BUILT, WHEELS)

    assert move(before.state, Pick(0), library()).shown == (Remark.OLD,)
    assert move(before.state, Begin(), library()).shown == (Remark.NO_QUESTIONS,)


def test_practice_asks_what_was_missed_in_its_order():
    moved = story([Practise("mill", ("wheels-1", "gone", "built-1"))], BUILT, WHEELS)
    assert asked(moved) is WHEELS

    second = move(
        move(moved.state, Pick(0), library(BUILT, WHEELS)).state,
        Press.NEXT,
        library(BUILT, WHEELS),
    )
    assert asked(second) is BUILT
    assert second.state.practice


@pytest.mark.parametrize("chosen", [[], [Pick(1)], [Pick(1), Pick(1)]])
def test_a_choice_that_is_not_there_changes_nothing(chosen: list[Move]):
    before = story([Begin(), *chosen], *ALL)
    after = move(before.state, Pick(99), library(*ALL))

    assert (after.state, after.shown) == (before.state, (Remark.OLD,))


def test_a_pack_to_choose_that_is_not_there_changes_nothing():
    both = library(BUILT, more=(pack(WHEELS, name="barn"),))
    before = move(Solo(), Begin(), both, "seed")

    assert move(before.state, Pick(2), both).shown == (Remark.OLD,)


def test_practice_of_a_pack_that_is_gone_says_so():
    assert story([Practise("gone", ("a",))], BUILT).shown == (Remark.NO_QUESTIONS,)


MOVES = st.one_of(
    st.sampled_from(list(Press)),
    st.builds(Pick, st.integers(-1, 9)),
    st.builds(Write, st.sampled_from(["1820", "the mill", "?", ""])),
    st.builds(Begin, st.sampled_from(["", "3", "mill", "flood 1", "nothing"]), st.booleans()),
    st.just(Practise("mill", ("built-1", "order-1"))),
)


@settings(max_examples=300)
@given(st.lists(MOVES, max_size=40))
def test_no_story_counts_an_answer_twice_or_goes_back(moves: list[Move]):
    books, state = library(*ALL), Solo()
    for made in moves:
        before = state
        moved = move(state, made, books, "seed")
        state = moved.state
        assert moved.shown
        assert state.step >= before.step
        assert state == replace(before, step=state.step) or state.step > before.step
        assert len({given.question for given in state.given}) == len(state.given)
        assert len(state.given) <= len(state.questions)
        assert (state.stage is Stage.QUESTION) <= (state.at < len(state.questions))
        assert len(moved.recalled) <= sum(isinstance(shown, Told) for shown in moved.shown)


@pytest.mark.parametrize("words", ["", "5", "flood", "flood 1"])
def test_the_first_card_of_a_pack_has_its_content_note_however_a_quiz_begins(words: str):
    [shown] = move(Solo(), Begin(words), library(*ALL), "s").shown

    assert isinstance(shown, Menu | Asked)
    assert shown.first


def test_what_comes_after_the_first_card_is_without_the_note():
    moved = story([Begin("5"), Press.SKIP], *ALL)

    assert [getattr(shown, "first", None) for shown in moved.shown] == [False]
