"""What is kept about somebody at the page: handed over, and erased."""

import json
import re
from dataclasses import replace

import pytest

from bot.frontends.web.session import COOKIE
from bot.service.data_part import DataPart
from bot.service.desk import Desk
from tests.frontends.web.visitor import Visitor, question


@pytest.fixture
def alice(desk: Desk) -> Visitor:
    """Somebody at the page, who may ask what is kept."""
    return Visitor(replace(desk, parts=(DataPart(),)))


async def test_everything_kept_comes_as_a_file(alice: Visitor):
    await alice.ask("how many arches does the bridge have")
    await alice.ask("/mydata")

    [address] = re.findall(r'href="(/file/[^"]*)"', alice.page)
    told = json.loads((await alice.client.get(address)).content)
    assert "how many arches" in str(told["kept"]["transcript"])


async def test_who_is_erased_goes_on_as_somebody_new(alice: Visitor):
    await alice.ask("how many arches does the bridge have")
    before = alice.client.cookies[COOKIE]
    await alice.ask("/deletemydata")
    await alice.press("Erase everything")

    assert "nothing here knows you any more" in alice.words
    assert alice.client.cookies[COOKIE] != before
    await alice.open()
    assert question("/deletemydata") not in alice.page
    await alice.ask("/mydata")
    assert "how many arches" not in alice.words
