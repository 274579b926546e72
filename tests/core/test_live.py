from datetime import timedelta

import pytest

from bot.core.live import closes_for, due, everybody, judge, step, waiting_for
from bot.core.live_types import (
    SETTLE,
    Act,
    Already,
    Asking,
    Away,
    Cancelled,
    Changed,
    Closed,
    Closing,
    Control,
    Counted,
    Course,
    Effect,
    Event,
    EverybodyAnswered,
    Joined,
    Late,
    Lobby,
    Missed,
    Opened,
    Outage,
    Over,
    Paused,
    Refused,
    Remark,
    Setup,
    Shown,
    Skipped,
    Standing,
    State,
    TimeUp,
    Wake,
)
from bot.core.quiz import Response
from tests.cast import NOON

B = Response(("b",))
LOBBY = Lobby(Course(Setup("mill"), (20.0, 30.0)))


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def at(seconds: float):
    return NOON + after(seconds)


def act(act: Act, *, may: bool = True, epoch: int | None = None) -> Control:
    return Control(act, may, epoch=epoch)


def play(*story: tuple[float, Event], begin: State = LOBBY) -> tuple[State, list[Effect]]:
    state, effects = begin, list[Effect]()
    for seconds, event in story:
        state, more = step(state, event, at(seconds))
        effects += more
    return state, effects


def asking(**setup: object) -> Asking:
    lobby = Lobby(Course(Setup("mill", **setup), (20.0, 30.0)))
    state, _ = step(lobby, act(Act.START), NOON)
    assert isinstance(state, Asking)
    return state


def test_a_quiz_runs_from_the_lobby_to_the_standing():
    state, effects = play(
        (0, act(Act.START)),
        (20, act(Act.NEXT)),
        (30, act(Act.NEXT)),
        (40, act(Act.NEXT)),
        (50, act(Act.NEXT)),
    )

    assert isinstance(state, Over)
    shown = [effect for effect in effects if not isinstance(effect, Wake)]
    assert shown == [Opened(0), Closed(0), Opened(1), Closed(1), Standing()]


def test_a_question_closes_by_itself_after_its_time_and_grace():
    state = asking()

    after_it, effects = step(state, TimeUp(state.course.epoch), due(state) or NOON)

    assert due(state) == at(21) + SETTLE
    assert isinstance(after_it, Shown)
    assert after_it.since == at(20)
    assert effects == (Closed(0), Wake(None))


def test_the_next_question_comes_by_itself_where_the_teacher_wants_that():
    state, _ = step(asking(onward=8.0), act(Act.NEXT), at(5))
    assert due(state) == at(13)

    state, effects = step(state, TimeUp(state.course.epoch), at(13))

    assert effects[0] == Opened(1)
    assert state.course.closed == (0,)


def test_a_stale_time_up_changes_nothing():
    state = asking()

    assert step(state, TimeUp(state.course.epoch - 1), at(30)) == (state, ())


def test_who_may_not_control_changes_nothing():
    state = asking()

    for one in Act:
        assert step(state, act(one, may=False), at(1)) == (state, (Refused(Remark.NOT_YOURS),))


def test_a_button_pressed_twice_acts_once():
    state = asking()
    pressed = act(Act.NEXT, epoch=state.course.epoch)

    once, _ = step(state, pressed, at(1))
    twice = step(once, pressed, at(1.2))

    assert isinstance(once, Shown)
    assert twice == (once, (Refused(Remark.OLD),))


def test_a_pause_gives_the_time_back_to_the_moment():
    before = asking()

    state, effects = play((5, act(Act.PAUSE)), (65, act(Act.RESUME)), begin=before)

    assert isinstance(state, Asking)
    assert (state.opened, state.closes) == (at(60), at(80))
    assert effects[1] == Wake(None)
    assert effects[-1] == Wake(due(state))


def test_more_time_can_be_given_while_it_is_paused():
    state, _ = play(
        (5, act(Act.PAUSE)), (6, act(Act.EXTEND)), (65, act(Act.RESUME)), begin=asking()
    )

    assert isinstance(state, Asking)
    assert state.closes == at(80 + 15)


def test_more_time_counts_from_now_where_the_time_was_up():
    state, _ = step(asking(), act(Act.EXTEND), at(20.5))

    assert isinstance(state, Asking)
    assert state.closes == at(35.5)


def test_an_untimed_question_cannot_be_extended():
    state, _ = step(Lobby(Course(Setup("mill"), (0.0,))), act(Act.START), NOON)

    assert step(state, act(Act.EXTEND), at(1))[1] == (Refused(Remark.UNTIMED),)
    assert due(state) is None


def test_a_skipped_question_counts_for_nobody_and_the_next_is_asked():
    state, effects = step(asking(), act(Act.SKIP), at(3))

    assert isinstance(state, Asking)
    assert (state.at, state.course.skipped, state.course.closed) == (1, (0,), ())
    assert effects[:2] == (Skipped(0), Opened(1))


def test_stopping_drops_the_open_question_and_gives_the_standing():
    state, effects = step(asking(), act(Act.STOP), at(3))

    assert isinstance(state, Over)
    assert state.course.skipped == (0,)
    assert effects == (Skipped(0), Standing(), Wake(None))


def test_stopping_in_the_lobby_gives_no_standing():
    state, effects = step(LOBBY, act(Act.STOP), NOON)

    assert isinstance(state, Over)
    assert effects == (Cancelled(), Wake(None))


def test_what_is_over_stays_over():
    state, _ = step(LOBBY, act(Act.STOP), NOON)

    for event in (act(Act.START), Joined(), TimeUp(1), Outage(NOON), EverybodyAnswered(0)):
        assert step(state, event, at(9))[0] is state


def test_an_outage_gives_the_running_question_its_lost_time_back():
    state, effects = step(asking(), Outage(at(10)), at(50))

    assert isinstance(state, Asking)
    assert (state.opened, state.closes) == (at(40), at(60))
    assert effects == (Away(after(40), after(40)), Changed(), Wake(due(state)))


def test_only_the_time_since_the_question_was_opened_was_lost_to_it():
    state, effects = step(asking(), Outage(at(-30)), at(10))

    assert isinstance(state, Asking)
    assert state.closes == at(30)
    assert effects[0] == Away(after(10), after(10))


def test_a_question_whose_time_was_up_before_an_outage_gets_none_back():
    state = asking()

    assert step(state, Outage(at(22)), at(60)) == (state, ())


def test_an_outage_while_paused_is_a_part_of_the_pause():
    state, _ = step(asking(), act(Act.PAUSE), at(5))

    assert step(state, Outage(at(6)), at(60)) == (state, ())


def test_an_outage_is_told_where_the_question_is_untimed():
    state, _ = step(Lobby(Course(Setup("mill"), (0.0,))), act(Act.START), NOON)

    state, effects = step(state, Outage(at(10)), at(50))

    assert effects[0] == Away(after(40), None)


def test_an_outage_moves_when_the_next_question_comes():
    state, _ = step(asking(onward=8.0), act(Act.NEXT), at(5))

    state, effects = step(state, Outage(at(6)), at(26))

    assert effects == (Wake(at(33)),)


def test_who_has_more_time_is_waited_for():
    state = asking()
    waits, ends = waiting_for(state, [1.0, 1.5], at(21.5))

    state, effects = step(state, TimeUp(state.course.epoch, waits, ends), at(21.5))

    assert (waits, ends) == (True, at(30))
    assert isinstance(state, Asking)
    assert state.closing
    assert effects == (Closing(0), Wake(at(31) + SETTLE))
    assert isinstance(step(state, TimeUp(state.course.epoch), at(31.5))[0], Shown)


def test_nobody_is_waited_for_whose_own_time_is_up_as_well():
    assert waiting_for(asking(), [1.0, 1.5, 2.0], at(40)) == (False, None)


def test_who_has_all_the_time_is_waited_for_until_the_teacher_goes_on():
    state = asking()
    assert waiting_for(state, [0.0, 1.5], at(21.5)) == (True, None)

    state, effects = step(state, TimeUp(state.course.epoch, waits=True), at(21.5))

    assert effects == (Closing(0), Wake(None))
    assert isinstance(step(state, act(Act.NEXT), at(90))[0], Shown)


def test_the_question_closes_with_the_last_answer_that_was_waited_for():
    state = asking()
    assert step(state, EverybodyAnswered(0), at(5)) == (state, ())
    state, _ = step(state, TimeUp(state.course.epoch, waits=True), at(21.5))

    state, effects = step(state, EverybodyAnswered(0), at(25))

    assert isinstance(state, Shown)
    assert effects[0] == Closed(0)


def test_the_question_closes_early_where_the_teacher_wants_that():
    assert isinstance(step(asking(early=True), EverybodyAnswered(0), at(5))[0], Shown)


def test_an_early_close_means_only_the_question_that_is_open():
    state = asking(early=True)

    assert step(state, EverybodyAnswered(1), at(5)) == (state, ())


@pytest.mark.parametrize(
    ("seconds", "judged"),
    [
        (5.0, Counted(5.0, 0.75)),
        (20.0, Counted(20.0, 0.0)),
        (21.0, Counted(21.0, 0.0)),
        (22.0, Late(2.0)),
    ],
)
def test_an_answer_counts_until_the_deadline_and_its_grace(seconds: float, judged: object):
    assert judge(asking(), 0, at(seconds), 1.0, None) == judged


def test_the_first_answer_counts():
    assert judge(asking(), 0, at(3), 1.0, B) == Already(B)


def test_the_last_answer_counts_where_changes_are_allowed():
    assert judge(asking(changes=True), 0, at(5), 1.0, B) == Counted(5.0, 0.75, changed=True)
    assert judge(asking(changes=True), 0, at(23), 1.0, B) == Late(3.0)


def test_more_time_of_one_s_own_counts():
    state = asking()

    assert closes_for(state, 1.5) == at(30)
    assert judge(state, 0, at(25), 1.5, None) == Counted(25.0, pytest.approx(1 / 6))
    assert judge(state, 0, at(33), 1.5, None) == Late(3.0)
    assert judge(state, 0, at(900), 0.0, None) == Counted(900.0)


def test_a_late_answer_hears_by_how_much_also_when_the_question_is_closed():
    state, _ = step(asking(), TimeUp(1), at(21.5))

    assert judge(state, 0, at(22), 1.0, None) == Late(2.0)


def test_an_answer_to_a_question_that_is_not_asked_counts_for_nothing():
    assert judge(LOBBY, 0, NOON, 1.0, None) is Missed.NOT_YET
    assert judge(asking(), 1, at(1), 1.0, None) is Missed.NOT_YET
    assert judge(asking(), 2, at(1), 1.0, None) is Missed.UNKNOWN
    second, _ = step(asking(), act(Act.SKIP), at(1))
    assert judge(second, 0, at(2), 1.0, None) is Missed.CLOSED
    paused, _ = step(asking(), act(Act.PAUSE), at(1))
    assert isinstance(paused, Paused)
    assert judge(paused, 0, at(2), 1.0, None) is Missed.PAUSED


def test_what_is_not_possible_in_a_phase_is_refused_without_a_change():
    shown, _ = step(asking(), act(Act.NEXT), at(5))
    paused, _ = step(shown, act(Act.PAUSE), at(6))
    refusals = (
        (LOBBY, act(Act.NEXT)),
        (asking(), act(Act.START)),
        (shown, act(Act.EXTEND)),
        (paused, act(Act.EXTEND)),
        (paused, act(Act.NEXT)),
        (asking(), Control(Act.EXTEND, may=True, seconds=-5.0)),
    )

    for state, event in refusals:
        assert step(state, event, at(7)) == (state, (Refused(Remark.NOT_NOW),))


def test_an_untimed_question_gets_no_more_time_while_it_is_paused():
    state, _ = step(Lobby(Course(Setup("mill"), (0.0,))), act(Act.START), NOON)
    paused, _ = step(state, act(Act.PAUSE), at(1))

    assert step(paused, act(Act.EXTEND), at(2)) == (paused, (Refused(Remark.UNTIMED),))


def test_stopping_between_two_questions_drops_none():
    shown, _ = step(asking(), act(Act.NEXT), at(5))

    state, effects = step(shown, act(Act.STOP), at(6))

    assert state.course.closed == (0,)
    assert effects == (Standing(), Wake(None))


def test_everybody_means_everybody_who_is_there():
    assert everybody([1, 2], [2, 1, 3])
    assert not everybody([1, 2], [1])
    assert not everybody([], [])


def test_a_time_up_in_a_lobby_or_where_the_teacher_goes_on_means_nothing():
    shown, _ = step(asking(), act(Act.NEXT), at(5))

    for state in (LOBBY, shown):
        assert step(state, TimeUp(state.course.epoch), at(9)) == (state, ())
