"""Live quizzes as they are kept: their state and setup as JSON beside the kind of their phase."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from bot.core.live_types import Over, Setup, State
from bot.service.live_ports import Json, Session

_state: TypeAdapter[State] = TypeAdapter(Annotated[State, Field(discriminator="kind")])
_setup = TypeAdapter(Setup)


def state_of(session: Session) -> State:
    """Return the state of a live quiz."""
    return _state.validate_python(session.state)


def state_json(state: State) -> Json:
    """Return a state as it is kept."""
    kept: dict[str, Any] = _state.dump_python(state, mode="json")
    return kept


def setup_json(setup: Setup) -> Json:
    """Return a setup as it is kept."""
    kept: dict[str, Any] = _setup.dump_python(setup, mode="json")
    return kept


def with_state(session: Session, state: State, now: datetime) -> Session:
    """Return a session with another state."""
    return replace(
        session,
        state=state_json(state),
        phase=state.kind,
        epoch=state.course.epoch,
        ended=(session.ended or now) if isinstance(state, Over) else None,
    )
