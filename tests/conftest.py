"""What every test may ask for."""

import asyncio
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.store.store import SqlStore

# A busy machine is no fault of the code: only a test as a whole has its time.
settings.register_profile(
    "patient",
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("patient")

PACK = """\
id: harbour
title: The new harbour
language: en
source: {name: the article}
caveat:
  long: Please double-check this with another source.
  short: Double-check this.
"""

FACTS = """\
- id: harbour-opened
  claim: The new harbour opened on 4 May 2025.
  answer: 4 May 2025
  kind: date
  verdict: corroborated
  references: [{publisher: Evening Post, date: 2025-05-05, url: "https://post.example/harbour"}]
  asks: [when did the harbour open, opening day of the port]
- id: harbour-cost
  claim: Building the new harbour cost 31 million euros.
  answer: 31 million euros
  kind: number
  verdict: contradicted
  correct: 48 million euros
  correction: The accounts of the town put the cost at 48 million euros.
  references: [{publisher: Town of Example, type: official}]
  asks: [what did the harbour cost, price of the new port]
- id: harbour-cranes
  claim: The new harbour has six cranes.
  answer: "6"
  kind: number
  asks: [how many cranes does the harbour have]
- id: harbour-figures
  claim: The article gives the opening day and the cost of the new harbour.
  answer: The opening day and the cost
  kind: list
  verdict: contradicted
  correction: The cost is another one in the accounts of the town.
  derived_from: [harbour-opened, harbour-cost]
  asks: [list all figures about the harbour]
"""

CHECKS = """\
- id: opened
  question: when did the harbour open
  expect: {facts: [harbour-opened]}
- id: architect
  question: who was the architect of the opera house
  expect: {decline: true}
"""


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with nothing in it. To make one takes longer than most tests, a copy nothing."""
    file = tmp_path_factory.mktemp("empty") / "doublecheck.db"

    async def make() -> None:
        async with SqlStore.open(f"sqlite:///{file}"):
            pass

    asyncio.run(make())
    return file


@pytest.fixture
def database(empty: Path, tmp_path: Path) -> str:
    """The address of an empty database of the test's own."""
    shutil.copy(empty, tmp_path / "doublecheck.db")
    return f"sqlite:///{tmp_path}/doublecheck.db"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder with one small pack in it, which is called harbour."""
    folder = tmp_path / "questions" / "harbour"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "checks.yaml").write_text(CHECKS, encoding="utf-8")
    return folder.parent
