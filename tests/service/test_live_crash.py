from pathlib import Path

import pytest

from benchmarks.crash import faults, play

SESSIONS = 6


@pytest.mark.timeout(180)
async def test_a_process_that_is_killed_in_the_middle_of_quizzes_spoils_nothing(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/crash.db"

    history = await play(url, kills=3, sessions=SESSIONS, seed=7)

    assert history.kills == 3
    assert len(history.confirmed) > history.sessions
    assert await faults(url, history) == []
    # It would have been noticed.
    history.confirmed.append(("AAAAAA", 0, "telegram:999", "a"))
    assert len(await faults(url, history)) == 1
