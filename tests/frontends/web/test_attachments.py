"""Files that were handed over in a conversation on the page."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.answer import Notice
from bot.core.cards import File
from bot.core.effects import Effect, Tell
from bot.core.words import notice
from bot.service.desk import Desk
from bot.service.parts import Visit
from tests.frontends.web.visitor import Visitor

TABLE = File.of("marks ü.csv", "text/csv", b"name,mark\n")
PICTURE = File.of("chart.png", "image/png", b"\x89PNG", "Two bars: <3 right, 1 wrong")
DRAWING = File.of("chart.svg", "image/svg+xml", b"<svg/>", "A drawing")


class Handing:
    """A part of the conversation that hands a file over."""

    commands, verbs, awaits, links = ("hand",), "", "", ()

    def __init__(self, file: File) -> None:
        self._file = file

    async def take(self, visit: Visit) -> Sequence[Effect]:
        said: Notice = notice("cancelled")
        return (Tell(said, file=self._file),)


async def handed(desk: Desk, file: File) -> Visitor:
    return await Visitor(replace(desk, parts=(Handing(file),))).ask("/hand")


async def test_a_table_is_saved_by_a_link(desk: Desk) -> None:
    visitor = await handed(desk, TABLE)
    [address] = re.findall(r'<a class="button" href="(/file/[^"]*)" download=', visitor.page)
    assert "Save marks ü.csv" in visitor.words
    await visitor.open(address)
    assert visitor.response.content == b"name,mark\n"
    assert visitor.response.headers["content-type"].startswith("text/csv")
    assert visitor.response.headers["content-disposition"] == (
        "attachment; filename*=utf-8''marks%20%C3%BC.csv"
    )


async def test_a_picture_is_shown_with_its_words(desk: Desk) -> None:
    visitor = await handed(desk, PICTURE)
    [(address, alt)] = re.findall(r'<img src="(/file/[^"]*)" alt="([^"]*)"', visitor.page)
    assert alt == "Two bars: &lt;3 right, 1 wrong"
    await visitor.open(address)
    assert visitor.response.content == PICTURE.content
    assert visitor.response.headers["content-disposition"].startswith("inline")


async def test_a_drawing_that_could_run_a_script_is_saved_not_shown(desk: Desk) -> None:
    visitor = await handed(desk, DRAWING)
    assert '<img src="/file/' not in visitor.page
    [address] = re.findall(r'href="(/file/[^"]*)"', visitor.page)
    assert (
        (await visitor.open(address))
        .response.headers["content-disposition"]
        .startswith("attachment")
    )


@pytest.mark.parametrize("file", [TABLE, PICTURE], ids=["table", "picture"])
async def test_nobody_else_gets_the_file(desk: Desk, file: File) -> None:
    visitor = await handed(desk, file)
    [address] = re.findall(r'"(/file/[^"]*)"', visitor.page)
    assert (await Visitor(desk).open(address)).response.status_code == 404
