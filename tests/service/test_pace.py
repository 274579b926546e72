from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.service.pace import Pace
from tests.cast import ALICE, BOB, GROUP, NOON

HOME, OTHER, CLASS = ALICE.key, BOB.key, GROUP.chat
SECOND = timedelta(seconds=1)


def send_as_fast_as_allowed(chats: list[str], count: int) -> list[tuple[datetime, str]]:
    """Let a sender always have something for each chat; return what went out when."""
    pace, now, sent = Pace(), NOON, list[tuple[datetime, str]]()
    while len(sent) < count:
        for chat in chats:
            if pace.room(now) and chat not in pace.resting(now):
                pace.sent(chat, 1, now)
                sent.append((now, chat))
        wait = pace.wait(now)
        assert wait
        now += wait
    return sent


def busiest(times: list[datetime], window: timedelta) -> int:
    """Return the most that went out within any window of that length."""
    return max(sum(at <= other < at + window for other in times) for at in times)


def test_one_message_a_second_goes_into_a_chat():
    sent = send_as_fast_as_allowed([HOME], 5)

    assert [at - NOON for at, _ in sent] == [n * SECOND for n in range(5)]


def test_20_messages_a_minute_go_into_a_group():
    sent = [at for at, _ in send_as_fast_as_allowed([CLASS], 41)]

    assert busiest(sent, timedelta(minutes=1)) == 20
    assert (sent[19], sent[20], sent[40]) == (
        NOON + 19 * SECOND,
        NOON + 60 * SECOND,
        NOON + 120 * SECOND,
    )


def test_a_full_group_holds_back_nobody_else():
    sent = send_as_fast_as_allowed([CLASS, HOME], 100)

    assert sum(chat == HOME for _, chat in sent) > 60


def test_30_messages_a_second_go_out_in_all():
    chats = [f"telegram:{n}" for n in range(200)]

    sent = [at for at, _ in send_as_fast_as_allowed(chats, 300)]

    assert busiest(sent, SECOND) <= 34
    assert sent[-1] - NOON < 10 * SECOND


def test_an_answer_of_several_pages_counts_as_several_messages():
    pace = Pace()

    pace.sent(CLASS, 3, NOON)
    pace.sent(HOME, 1, NOON)

    assert set(pace.resting(NOON + 2.9 * SECOND)) == {CLASS}
    assert not pace.resting(NOON + 3 * SECOND)


def test_a_chat_that_has_rested_is_forgotten():
    pace = Pace()
    pace.sent(HOME, 1, NOON)

    assert not pace.resting(NOON + SECOND)
    assert pace.wait(NOON + SECOND) is None


def test_a_clock_that_is_set_back_stops_nobody():
    pace = Pace()
    for n in range(20):
        pace.sent(CLASS, 1, NOON + n * SECOND)

    assert not pace.resting(NOON - timedelta(hours=1))
    assert pace.room(NOON - timedelta(hours=1) + SECOND)


def test_what_may_be_left_out_waits_three_seconds_in_a_group():
    pace = Pace()
    pace.sent(CLASS, 1, NOON)
    pace.sent(HOME, 1, NOON)

    assert set(pace.sparing(NOON + 2.9 * SECOND)) == {CLASS}
    assert not pace.sparing(NOON + 3 * SECOND)


def test_what_may_be_left_out_leaves_six_of_twenty_to_the_rest():
    pace = Pace()
    for n in range(14):
        pace.sent(CLASS, 1, NOON + n * SECOND)

    later = NOON + 30 * SECOND
    assert set(pace.sparing(later)) == {CLASS}
    assert not pace.resting(later)
    assert not pace.sparing(NOON + 60 * SECOND)


def test_a_chat_rests_as_long_as_the_platform_says():
    pace = Pace()
    pace.rest(HOME, NOON + 7 * SECOND)
    pace.rest(HOME, NOON + 5 * SECOND)

    assert set(pace.resting(NOON + 6 * SECOND)) == {HOME}
    assert pace.wait(NOON) == 7 * SECOND


@given(st.lists(st.booleans(), min_size=40, max_size=80))
def test_there_is_always_room_for_what_must_be_said(boards: list[bool]):
    """Boards are written as often as they may be; what must be said comes every ten seconds."""
    pace, now = Pace(), NOON
    for _ in boards:
        for _second in range(10):
            if CLASS not in pace.resting(now) and CLASS not in pace.sparing(now):
                pace.sent(CLASS, 1, now)
            now += SECOND
        assert CLASS not in pace.resting(now)
        pace.sent(CLASS, 1, now)
        now += SECOND


@given(st.lists(st.tuples(st.sampled_from([HOME, OTHER, CLASS]), st.floats(0, 5)), max_size=80))
def test_no_limit_is_ever_passed(story: list[tuple[str, float]]):
    pace, now, sent = Pace(), NOON, list[tuple[datetime, str]]()
    for chat, later in story:
        now += timedelta(seconds=later)
        if pace.room(now) and chat not in pace.resting(now):
            pace.sent(chat, 1, now)
            sent.append((now, chat))

    for chat in (HOME, OTHER, CLASS):
        times = [at for at, to in sent if to == chat]
        assert not times or busiest(times, SECOND) == 1
    in_group = [at for at, to in sent if to == CLASS]
    assert not in_group or busiest(in_group, timedelta(minutes=1)) <= 20
