import pytest

from bot.core.events import Commanded, Event, Pressed, Said, Searched, cleaned
from tests.cast import ALICE, private_chat

HOME = private_chat(ALICE)
DIRTY, CLEAN = "how\0 many \ud83d bombs 🙃", "how many � bombs 🙃"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (Said(HOME, ALICE, DIRTY), Said(HOME, ALICE, CLEAN)),
        (Searched(ALICE, DIRTY, "q"), Searched(ALICE, CLEAN, "q")),
        (Commanded(HOME, ALICE, DIRTY, DIRTY), Commanded(HOME, ALICE, CLEAN, CLEAN)),
        (Pressed(HOME, ALICE, DIRTY), Pressed(HOME, ALICE, CLEAN)),
    ],
)
def test_what_no_database_would_take_is_taken_out_of_the_words(dirty: Event, clean: Event):
    assert cleaned(dirty) == clean
