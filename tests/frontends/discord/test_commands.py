"""What Discord allows a command to be called, and what can be chosen while typing."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.frontends.discord.choosing import CHOICES, DESCRIPTION, NAME, choices
from bot.frontends.discord.teaching_commands import payload

MOST_COMMANDS, MOST_OPTIONS, MOST_LETTERS = 100, 25, 8000
MANAGE_MESSAGES, MANAGE_SERVER = 1 << 13, 1 << 5


@pytest.fixture
def commands(scene) -> list[dict[str, Any]]:
    tree = scene.env.bot.tree
    return [command.to_dict(tree) for command in tree.get_commands()]


def parts(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command and everything in it that has a name."""
    yield command
    for option in command.get("options") or ():
        yield from parts(option)


def letters(command: dict[str, Any]) -> int:
    own = len(command["name"]) + len(command.get("description", ""))
    own += sum(len(c["name"]) + len(str(c["value"])) for c in command.get("choices") or ())
    return own + sum(letters(option) for option in command.get("options") or ())


async def test_every_command_fits_what_discord_allows(commands):
    assert len(commands) <= MOST_COMMANDS
    for command in commands:
        assert letters(command) <= MOST_LETTERS
        for part in parts(command):
            assert len(part.get("description", "")) <= DESCRIPTION, part["name"]
            assert len(part.get("options") or ()) <= MOST_OPTIONS
            assert len(part.get("choices") or ()) <= CHOICES


async def test_every_command_is_for_servers_that_took_the_bot_in_and_for_direct_messages(commands):
    assert all(command["contexts"] == [0, 1] for command in commands)
    assert all(command["integration_types"] == [0] for command in commands)


async def test_what_leads_a_class_and_what_changes_banks_is_not_shown_to_everybody(commands):
    shown = {c["name"]: c.get("default_member_permissions") for c in commands}

    assert {name: needed for name, needed in shown.items() if needed} == {
        "live": MANAGE_MESSAGES,
        "results": MANAGE_MESSAGES,
        "items": MANAGE_MESSAGES,
        "bank": MANAGE_SERVER,
    }


@given(st.text(max_size=20), st.lists(st.text(max_size=200), max_size=60))
def test_choices_fit_and_hold_what_was_typed(typed, titles):
    offered = choices(typed, titles)

    assert len(offered) <= CHOICES
    assert all(1 <= len(choice.name) <= NAME for choice in offered)
    assert len({choice.value for choice in offered}) <= len(offered)


def test_what_begins_as_typed_comes_first():
    assert [c.value for c in choices("ha", ["A harbour", "Harbour", "Town"])] == [
        "Harbour",
        "A harbour",
    ]


@given(st.text())
def test_any_text_can_be_opened(text):
    assert isinstance(payload(text), str)
