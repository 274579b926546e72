"""What is documented exists, and what exists is documented."""

import importlib
import pkgutil
import re
import subprocess
import tomllib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import pytest
from pydantic import SecretStr

import bot
from bot.config import Settings
from bot.core.words import say
from bot.formats.packs import read_pack
from bot.frontends.telegram.commands import (
    ADMINS,
    GROUP,
    MORE_GROUP,
    MORE_PRIVATE,
    PRIVATE,
    WITH_ROLE,
)
from bot.store.catalogue import metadata

ROOT = Path(__file__).parent.parent
PAGES = ["README.md", "CHANGELOG.md", *sorted(f"docs/{p.name}" for p in ROOT.glob("docs/*.md"))]
GIT = ["git", "-C", str(ROOT)]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def example() -> dict[str, tuple[str, str]]:
    """Return each setting of .env.example with its value and the comment right above it."""
    found = re.findall(r"((?:^# .+\n)+)^#([A-Z_]+)=(.*)$", read(".env.example"), re.MULTILINE)
    return {name: (value, comment) for comment, name, value in found}


def default_of(name: str) -> str:
    field = Settings.model_fields[name]
    match field.get_default():
        case SecretStr() as address:
            return address.get_secret_value().replace("+aiosqlite", "")
        case True:
            return "on"
        case str() | int() as plain:
            return str(plain)
        case _:
            return ""  # nothing, or found out when the bot starts


def tracked() -> list[Path]:
    if not (ROOT / ".git").exists():
        return [p for p in ROOT.rglob("*") if ".venv" not in p.parts and p.is_file()]
    names = subprocess.run([*GIT, "ls-files"], check=True, capture_output=True, text=True)  # noqa: S603
    return [ROOT / name for name in names.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_setting_stands_in_the_example_and_the_reverse():
    assert set(example()) == {name.upper() for name in Settings.model_fields}


def test_every_line_of_the_example_is_a_setting_or_a_comment():
    lines = [line for line in read(".env.example").splitlines() if line]

    assert [line for line in lines if not re.match(r"# |#[A-Z_]+=", line)] == []


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_the_example_says_what_a_setting_does_and_holds_its_default(name):
    value, comment = example()[name.upper()]

    assert comment.strip("# \n")
    assert value == default_of(name)


def test_the_changelog_begins_with_the_version_of_the_package():
    newest = re.search(r"^## \[([^\]]+)\]", read("CHANGELOG.md"), re.MULTILINE)
    declared = tomllib.loads(read("pyproject.toml"))["project"]["version"]

    assert newest
    assert newest[1] == declared == version("doublecheck")


@pytest.mark.parametrize(
    "name", [module.name for module in pkgutil.walk_packages(bot.__path__, "bot.")]
)
def test_every_module_can_be_imported(name):
    assert importlib.import_module(name)


def test_no_file_names_a_place_on_somebodys_machine():
    # Written so that this file itself does not.
    place = re.compile(
        "|".join(["/wo" + "rk/", "/fa" + "rm/", "/ho" + r"me/\w", "/t" + "mp/", "/ro" + "ot/"])
    )
    texts = {path: path.read_text(encoding="utf-8", errors="ignore") for path in tracked()}

    assert [path for path, text in texts.items() if place.search(text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", read(page))

    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_and_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)", read(page)))
    settings = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)[`=]", read(page))) - {"NO_COLOR"}

    assert named <= targets
    assert settings <= {name.upper() for name in Settings.model_fields}


def files_in(page: str) -> dict[str, str]:
    """Return the blocks of YAML on a page that begin with the name of their file."""
    blocks = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", read(page), re.MULTILINE | re.DOTALL)
    return dict(blocks)


@pytest.mark.parametrize("page", ["README.md", "docs/packs.md"])
def test_the_smallest_pack_of_the_pages_can_be_read(page, tmp_path):
    for name in ("pack.yaml", "facts.yaml"):
        text = files_in(page)[f"questions/harbour/{name}"]
        (tmp_path / name).write_text(text, encoding="utf-8")

    pack = read_pack(tmp_path)

    assert pack.id == "harbour"
    assert pack.facts[0].id == "harbour-opened"


def test_the_commands_of_the_readme_are_those_of_the_menus():
    documented = set(re.findall(r"`/([a-z]+)", read("README.md"))) - {"newbot", "setinline"}

    assert documented == {*PRIVATE, *GROUP, *WITH_ROLE, *MORE_PRIVATE, *MORE_GROUP, *ADMINS}


def test_help_names_every_command_to_those_who_can_use_it():
    learner = say("help") + say("help.group", at="")
    teacher = "".join(say(f"role.help.{role}") for role in ("teacher", "editor", "admin"))
    led = {"pause", "resume", "next", "skip", "extend", "end"}  # they stand on the buttons as well

    def missing(names: Iterable[str], text: str) -> set[str]:
        return {name for name in names if not re.search(rf"/{name}\b", text)}

    assert (
        missing(
            {*PRIVATE, *GROUP, *MORE_PRIVATE, *MORE_GROUP} - {"start", "help"}, learner + teacher
        )
        == set()
    )
    assert missing({*WITH_ROLE, *ADMINS} - led, teacher) == set()


def test_every_table_about_people_stands_in_the_privacy_page():
    page = (ROOT / "docs/privacy.md").read_text()
    kept = {"people", "chats", "participants", "receipts"}
    about = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in kept
    }
    assert sorted(name for name in about | kept if f"`{name}`" not in page) == []
