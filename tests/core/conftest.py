"""The shipped pack, opened once."""

import pytest

from tests.shipped import Desk, shipped


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The pack that the bot comes with, open for questions."""
    return shipped()
