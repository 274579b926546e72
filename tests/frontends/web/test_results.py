"""Results on the page: whose they are, what stands there, what can be taken along."""

import csv
import io
import re
from collections.abc import AsyncGenerator
from dataclasses import replace
from itertools import count

import httpx
import pytest

from bot.core.library import Library, Shelf
from bot.core.roles import Role
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.service.desk import Desk
from bot.service.regrading import offer_regrades
from bot.service.results_part import ResultsPart
from bot.service.signing import sign_in_link
from bot.store.store import SqlStore
from tests.bridge import LIBRARY, PACK
from tests.cast import ALICE, BOB, STRANGER, TEACHER, private_chat
from tests.frontends.web.visitor import Visitor
from tests.held import BRIDGE, FLOOD, RIVER, mended, taken
from tests.held_in_store import How, hold
from tests.service.clocks import Time
from tests.service.room import Room

LESSON = taken(
    [RIVER, BRIDGE, FLOOD],
    *["a c a"] * 9, *["b b b"] * 2, "a b -", joined=14, pack=PACK.id,
)  # fmt: skip
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def desk(database: str) -> AsyncGenerator[Desk]:
    tokens = (f"token{number:011}" for number in count())
    async with SqlStore.open(database, owners=(TEACHER.key,)) as store:
        desk = Desk(
            store, LIBRARY, {"web": WEB, "telegram": TELEGRAM}, Time().clock, lambda: next(tokens)
        )
        desk.parts = (ResultsPart(desk),)
        yield desk


async def post(visitor: Visitor, path: str, **fields: str) -> httpx.Response:
    headers = {"Origin": visitor.here, "Content-Type": FORM}
    return await visitor.client.post(path, data=fields, headers=headers)


async def signed(desk: Desk, person: str = TEACHER.key) -> Visitor:
    visitor = Visitor(desk)
    async with desk.store.work(desk.clock()) as work:
        path = await sign_in_link(work, person, desk.clock())
    await visitor.open(path)
    csrf = re.findall(r'name="csrf" value="([^"]*)"', visitor.page)
    await post(visitor, path, **({"csrf": csrf[-1]} if csrf else {}))
    return visitor


@pytest.fixture
async def teacher(desk: Desk) -> Visitor:
    await hold(desk.store, LESSON, [ALICE, BOB])
    return await signed(desk)


def cells(visitor: Visitor, table: str) -> list[list[str]]:
    """Return the rows of a table, as they are read."""
    [part] = re.findall(
        rf'aria-labelledby="{table}".*?<tbody>(.*?)</tbody>', visitor.page, re.DOTALL
    )
    rows = re.findall(r"<tr>(.*?)</tr>", part.replace("\xa0", " "), re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


async def test_the_list_leads_to_a_session_in_words_and_tables(teacher: Visitor):
    await teacher.open("/results")
    assert 'href="/results/1"' in teacher.page

    await teacher.open("/results/1")

    assert "12 of 14 took part" in teacher.words
    assert "Question 2 may have a wrong key" in teacher.words
    assert PACK.caveat_long in teacher.words
    assert cells(teacher, "scores") == [["0", "0"], ["1", "11"], ["2", "1"]]
    assert cells(teacher, "questions")[1][:5] == ["2", BRIDGE.stem, "1931", "12", "25 %"]
    assert cells(teacher, "learners")[0] == ["Fox 1", "1", "1", "0"]


async def test_reflection_stands_with_counts_alone(teacher: Visitor):
    await teacher.open("/results/1")

    [flood] = [row for row in cells(teacher, "questions") if row[0] == "3"]
    assert flood[2:7] == ["–", "11", "–", "–", "–"]
    assert "a source and a time: 9" in flood[8]


async def test_tables_are_sorted_by_links(teacher: Visitor):
    await teacher.open("/results/1?questions=facility&learners=-total")

    assert [row[0] for row in cells(teacher, "questions")] == ["2", "1", "3"]
    assert cells(teacher, "learners")[0][0] == "Fox 12"
    assert 'aria-sort="ascending"' in teacher.page
    assert 'href="?questions=-facility#questions"' in teacher.page

    await teacher.open("/results/1?questions=nothing&learners=")
    assert [row[0] for row in cells(teacher, "questions")] == ["1", "2", "3"]


async def test_the_picture_has_its_words_and_is_drawn(teacher: Visitor):
    await teacher.open("/results/1")
    assert 'alt="Scores of 12 learners, from 0 to 2: ' in teacher.page

    await teacher.open("/results/1/picture.png")
    assert teacher.response.headers["content-type"] == "image/png"
    assert teacher.response.content.startswith(b"\x89PNG")


async def test_files_are_handed_over(teacher: Visitor):
    await teacher.open("/results/1")
    names = re.findall(r'href="(/results/1/[^"]*)" download', teacher.page)
    found: dict[str, bytes] = {}
    for name in names:
        await teacher.open(name)
        assert teacher.response.headers["content-disposition"].startswith("attachment")
        found[name.rpartition("/")[2]] = teacher.response.content

    assert list(found) == ["results.xlsx", "answers.csv", "learners.csv", "gradebook-first.csv"]
    assert found["results.xlsx"].startswith(b"PK")
    rows = list(csv.DictReader(io.StringIO(found["answers.csv"].decode("utf-8-sig"))))
    assert len(rows) == 24
    assert b"telegram" not in b"".join(found.values())


@pytest.mark.parametrize(
    "path",
    ["/results/1/nothing.csv", "/results/2", "/results/12345678901", "/results/2/picture.png", "/results/mended/9"],
)  # fmt: skip
async def test_what_is_not_there_is_not_found(teacher: Visitor, path: str):
    await teacher.open(path)

    assert teacher.response.status_code == 404


PATHS = [
    "/results", "/items", "/results/1", "/results/1/picture.png", "/results/1/answers.csv",
    "/results/1/results.xlsx", "/results/mended/1",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
async def test_who_is_not_signed_in_sees_nothing(desk: Desk, path: str):
    await hold(desk.store, LESSON, [ALICE, BOB])
    visitor = Visitor(desk)

    await visitor.open(path)

    assert visitor.response.status_code == 403
    assert "Fox" not in visitor.page


@pytest.mark.parametrize("path", PATHS[2:])
async def test_another_teacher_sees_nothing(desk: Desk, path: str):
    await hold(desk.store, LESSON, [ALICE, BOB])
    async with desk.store.work(desk.clock()) as work:
        await work.roles.grant(STRANGER.key, Role.TEACHER, TEACHER.key)
    other = await signed(desk, STRANGER.key)

    await other.open(path)

    assert other.response.status_code == 404


async def test_who_has_held_nothing_is_told_how_to_begin(desk: Desk):
    visitor = await signed(desk)

    await visitor.open("/results")
    assert say("results.none") in visitor.words
    await visitor.open("/items")
    assert say("items.none") in visitor.words


async def test_a_session_nobody_answered_has_neither_files_nor_picture(desk: Desk):
    await hold(desk.store, taken([BRIDGE], "-", pack=PACK.id))
    visitor = await signed(desk)

    await visitor.open("/results/1")
    assert "Nobody has answered anything yet." in visitor.words
    assert "download" not in visitor.page
    for name in ("picture.png", "answers.csv", "results.xlsx"):
        await visitor.open(f"/results/1/{name}")
        assert visitor.response.status_code == 404


async def test_questions_stand_by_version_over_all_sessions(desk: Desk, teacher: Visitor):
    await hold(desk.store, LESSON, how=How(code="ABC235"))

    await teacher.open("/items?questions=facility")

    assert cells(teacher, "questions")[0][:4] == [BRIDGE.stem, "24", "1931", "24"]
    assert "check the key" in teacher.words


async def test_hostile_names_stay_words(desk: Desk):
    hostile = replace(LESSON.learners[0], pseudonym="<script>alert(1)</script>")
    await hold(desk.store, replace(LESSON, learners=(hostile, *LESSON.learners[1:])))
    visitor = await signed(desk)

    await visitor.open("/results/1")

    assert "<script>alert" not in visitor.page
    assert "&lt;script&gt;" in visitor.page


async def test_a_mended_key_is_looked_at_applied_and_undone(desk: Desk, teacher: Visitor):
    pack = replace(PACK, questions=(RIVER, mended(BRIDGE, "c"), FLOOD))
    desk.library = Library((Shelf(pack, LIBRARY.shelves[0].rank),))
    await offer_regrades(desk)
    await teacher.open("/results")
    assert "to be decided" in teacher.words

    await teacher.open("/results/mended/1")
    assert "Fox 1: 1 → 2 of 2" in teacher.words
    await decide(teacher, "apply")
    assert "State: applied" in teacher.words
    assert "The key was “1931” and is now “1937”." in teacher.words
    await teacher.open("/results/1")
    assert "Middle score 2 of 2." in teacher.words

    await teacher.open("/results/mended/1")
    await decide(teacher, "undo")
    assert "State: undone" in teacher.words
    await decide(teacher, "apply")
    assert "State: undone" in teacher.words


async def decide(visitor: Visitor, what: str) -> None:
    csrf = re.findall(r'name="csrf" value="([^"]*)"', visitor.page)[-1]
    sent = await post(visitor, "/results/mended/1", csrf=csrf, do=what)
    assert sent.status_code == 303
    await visitor.open(sent.headers["location"])


async def test_a_form_of_another_page_decides_nothing(desk: Desk, teacher: Visitor):
    sent = await post(teacher, "/results/mended/1", csrf="wrong", do="apply")

    assert sent.status_code == 403


async def test_in_the_conversation_of_the_page_files_are_links(desk: Desk, teacher: Visitor):
    await teacher.ask("/results")
    await teacher.press("23 Nov 2026 · 7B · Bridges (12)")

    assert "12 of 14 took part" in teacher.words
    assert 'href="/results/1"' in teacher.page
    assert "CSV" not in teacher.buttons
    await teacher.press(say("results.button.items"))
    assert "2. 25 % right" in teacher.words


async def test_learners_in_chats_are_told_of_what_was_applied_on_the_page(
    desk: Desk, teacher: Visitor
):
    room = Room(desk, Time(), private_chat(ALICE))
    await room.say(ALICE, "when did the bridge open")
    pack = replace(PACK, questions=(RIVER, mended(BRIDGE, "c"), FLOOD))
    desk.library = Library((Shelf(pack, LIBRARY.shelves[0].rank),))
    await offer_regrades(desk)

    await teacher.open("/results/mended/1")
    await decide(teacher, "apply")

    [told] = await room.deliver()
    assert told.place.chat == ALICE.key
