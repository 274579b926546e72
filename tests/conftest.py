"""What every test may ask for."""

from datetime import datetime

import pytest

from tests.cast import NOON


@pytest.fixture
def noon() -> datetime:
    """The moment at which every test happens."""
    return NOON
