"""Whatever happens to a live quiz, in whatever order, the rules hold."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.live import due, handled, judge, step
from bot.core.live_types import (
    Act,
    Asking,
    Cancelled,
    Closed,
    Control,
    Counted,
    Course,
    Effect,
    Event,
    EverybodyAnswered,
    Joined,
    Left,
    Lobby,
    Opened,
    Outage,
    Over,
    Paused,
    Refused,
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

QUESTIONS = 4

acts = st.builds(
    Control,
    st.sampled_from(list(Act)),
    st.booleans(),
    st.sampled_from([15.0, 60.0, -5.0]),
    st.one_of(st.none(), st.integers(0, 12)),
)
times = st.builds(
    TimeUp,
    st.integers(0, 20),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 400).map(lambda s: NOON + timedelta(seconds=s))),
)
outages = st.integers(0, 400).map(lambda s: Outage(NOON + timedelta(seconds=s)))
others = st.one_of(
    st.just(Joined()), st.just(Left()), st.builds(EverybodyAnswered, st.integers(-1, QUESTIONS))
)
moves = st.tuples(st.floats(0, 30), st.one_of(acts, acts, times, outages, others))
stories = st.lists(moves, max_size=60)
setups = st.builds(
    Setup,
    st.just("mill"),
    onward=st.sampled_from([0.0, 8.0]),
    changes=st.booleans(),
    early=st.booleans(),
)
lengths = st.lists(st.sampled_from([0.0, 20.0, 45.0]), min_size=QUESTIONS, max_size=QUESTIONS)


@dataclass
class Told:
    """A story as it went."""

    state: State
    now: datetime = NOON
    effects: list[Effect] = field(default_factory=list[Effect])
    alive: datetime | None = None
    """The one deadline, as the effects have set it."""

    def on(self, event: Event) -> None:
        before, (self.state, effects) = self.state, step(self.state, event, self.now)
        self.effects += effects
        for effect in effects:
            if isinstance(effect, Wake):
                self.alive = effect.due
        self.check(before, event, effects)

    def check(self, before: State, event: Event, effects: tuple[Effect, ...]) -> None:
        if self.state == before:
            return
        assert self.state.course.epoch == before.course.epoch + 1
        assert self.alive == due(self.state)
        assert not any(isinstance(effect, Refused) for effect in effects)
        if isinstance(event, Control):
            assert event.may
            assert event.epoch in {None, before.course.epoch}
        if isinstance(event, TimeUp):
            assert event.epoch == before.course.epoch


def told(setup: Setup, seconds: list[float], story: list[tuple[float, Event]]) -> Told:
    telling = Told(Lobby(Course(setup, tuple(seconds))))
    for wait, event in story:
        telling.now += timedelta(seconds=wait)
        telling.on(event)
    return telling


@given(setups, lengths, stories)
def test_every_question_is_opened_in_order_and_dealt_with_once(setup, seconds, story):
    effects = told(setup, seconds, story).effects

    opened = [effect.at for effect in effects if isinstance(effect, Opened)]
    ended = [effect.at for effect in effects if isinstance(effect, Closed | Skipped)]
    assert opened == list(range(len(opened)))
    assert ended == opened[: len(ended)]
    assert len(opened) - len(ended) in {0, 1}


@given(setups, lengths, stories)
def test_no_question_is_skipped_without_a_word(setup, seconds, story):
    telling = told(setup, seconds, story)

    said = [effect.at for effect in telling.effects if isinstance(effect, Closed | Skipped)]
    skipped = [effect.at for effect in telling.effects if isinstance(effect, Skipped)]
    assert handled(telling.state) == said
    assert list(telling.state.course.skipped) == skipped


@given(setups, lengths, stories)
def test_there_is_one_standing_and_only_at_the_end(setup, seconds, story):
    telling = told(setup, seconds, story)

    ends = [effect for effect in telling.effects if isinstance(effect, Standing | Cancelled)]
    assert len(ends) == isinstance(telling.state, Over)


@given(setups, lengths, stories)
def test_whoever_answers_at_any_moment_counts_once_on_a_question_that_is_open(
    setup, seconds, story
):
    telling = Told(Lobby(Course(setup, tuple(seconds))))
    first: dict[int, Response] = {}
    for wait, event in story:
        telling.now += timedelta(seconds=wait)
        telling.on(event)
        for at in range(QUESTIONS):
            judged = judge(telling.state, at, telling.now, 1.0, first.get(at))
            if isinstance(judged, Counted):
                assert isinstance(telling.state, Asking)
                assert telling.state.at == at
                assert setup.changes or at not in first
                first.setdefault(at, Response(("a",)))
    assert set(first) <= {e.at for e in telling.effects if isinstance(e, Opened)}


@given(setups, lengths, stories, st.floats(0, 1000))
def test_a_pause_gives_back_exactly_the_time_that_it_took(setup, seconds, story, length):
    telling = told(setup, seconds, story)
    before = telling.state
    telling.on(Control(Act.PAUSE, may=True))
    if not isinstance(telling.state, Paused):
        return
    telling.now += (lost := timedelta(seconds=length))

    telling.on(Control(Act.RESUME, may=True))

    rang = due(before)
    assert due(telling.state) == (rang + lost if rang else None)


@given(setups, lengths, stories, st.floats(0.001, 1000))
def test_an_outage_gives_back_exactly_the_time_that_it_took(setup, seconds, story, length):
    telling = told(setup, seconds, story)
    before, since = telling.state, telling.now
    telling.now += (lost := timedelta(seconds=length))

    telling.on(Outage(since))

    rang = due(before)
    if rang is None or rang <= since or (isinstance(before, Shown) and before.onward is None):
        assert due(telling.state) == rang
    else:
        assert due(telling.state) == rang + lost
