"""Setting up says clearly what is missing; a browser that is missing is no failure of the set-up."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SH = "/bin/sh"


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder that is the whole PATH, with what the scripts need besides Python."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def install(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!{SH}\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def run(script: str, tools: Path, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own scripts
        [SH, str(ROOT / ".ci" / script)],
        cwd=tmp_path, env={"PATH": str(tools)}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_an_old_python_is_named_with_what_is_needed(tools, tmp_path):
    install(tools, "python3", '[ "$1" = --version ] && echo Python 3.9.6 || exit 1')

    done = run("environment", tools, tmp_path)

    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.6" in done.stderr


def test_no_python_at_all_is_said_too(tools, tmp_path):
    done = run("environment", tools, tmp_path)

    assert done.returncode == 1
    assert "needs Python 3.11 or newer" in done.stderr


def test_a_python_without_venv_comes_with_the_package_to_install(tools, tmp_path):
    install(
        tools, "python3.12",
        'case "$2" in *version_info\\[*) echo 3.12;; *ensurepip*) exit 1;; esac',
    )  # fmt: skip

    done = run("environment", tools, tmp_path)

    assert done.returncode == 1
    assert "apt install python3.12-venv" in done.stderr


def test_the_newest_python_that_will_do_is_taken(tools, tmp_path):
    for name in ("python3.11", "python3.13", "python3"):
        install(tools, name, f'[ "$1" = -m ] && echo {name} makes "$5" || exit 0')

    done = run("environment", tools, tmp_path)

    assert done.returncode == 0
    assert "python3.13 makes" in done.stdout


def test_an_environment_that_works_is_left_alone(tools, tmp_path):
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    install(tmp_path / ".venv" / "bin", "python", "exit 0")

    assert run("environment", tools, tmp_path).returncode == 0


def test_a_browser_that_is_there_is_not_installed_again(tools, tmp_path):
    install(tools, "chromium", "exit 0")
    install(tools, "apt-get", "echo called")

    assert run("browser", tools, tmp_path).stdout == ""


@pytest.mark.parametrize(("user", "works"), [("0", "exit 1"), ("1000", "exit 0")])
def test_where_no_browser_can_be_had_it_is_said_and_the_rest_goes_on(tools, tmp_path, user, works):
    install(tools, "id", f"echo {user}")
    install(tools, "apt-get", works)

    done = run("browser", tools, tmp_path)

    assert done.returncode == 0
    assert "left out" in done.stdout


def test_as_root_a_browser_is_installed_after_one_update(tools, tmp_path):
    install(tools, "id", "echo 0")
    install(tools, "apt-get", 'echo "$1" >> calls')

    done = run("browser", tools, tmp_path)

    assert "left out" not in done.stdout
    assert (tmp_path / "calls").read_text().split() == ["update", "install"]


def test_make_lists_every_target(tmp_path):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)

    assert {"run", "test", "check", "fix", "bench", "cover"} <= set(targets)
    assert all(
        os.access(ROOT / ".ci" / name, os.X_OK) for name in ("run", "environment", "browser")
    )
