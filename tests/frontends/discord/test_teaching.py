"""Classes, assignments, results and one's own data, as people have them on Discord."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.core.events import Person
from bot.core.roles import Role
from bot.core.words import say
from bot.frontends.discord.inbound import key
from bot.frontends.discord.teaching_commands import payload
from bot.service.assign_part import AssignPart
from bot.service.class_part import ClassPart
from bot.service.data_part import DataPart
from bot.service.desk import Desk
from bot.service.results_part import ResultsPart
from bot.service.role_part import RolePart
from tests.bridge import LIBRARY, PACK
from tests.frontends.discord.scene import Scene, items, labels, opened, said, text
from tests.held import BRIDGE, FLOOD, RIVER, taken
from tests.held_in_store import How, hold
from tests.quizzes import BUILT, WHEELS, YEAR, library

LESSON = taken(
    [RIVER, BRIDGE, FLOOD],
    *["a c a"] * 9, *["b b b"] * 2, "a b -", joined=14, pack=PACK.id,
)  # fmt: skip


def everything(desk: Desk) -> None:
    desk.parts = (DataPart(), RolePart(names=lambda: desk.names), ClassPart(), AssignPart())


def results(desk: Desk) -> None:
    desk.parts = (ResultsPart(desk),)


@pytest.fixture
async def scene(store) -> AsyncIterator[Scene]:
    """A school whose manager is a teacher."""
    async with opened(store, library(BUILT, WHEELS), everything) as scene:
        await scene.grants(scene.manager, Role.TEACHER)
        yield scene


async def founded(scene: Scene) -> str:
    """Found a class; return its code."""
    made = await scene.manager.slash(scene.channel, "class new", name="7B")
    card = text(*said(made))
    return card.partition("Code to join: ")[2][:8]


async def test_a_class_is_founded_and_joined_by_its_code(scene: Scene):
    code = await founded(scene)

    asked = await scene.alice.slash(scene.channel, "class join", code=code)
    joined = await scene.alice.click(asked.response, label="Join 7B")

    assert asked.ephemeral
    assert "You are in 7B" in text(joined.response)
    assert scene.channel.last_message is None


async def test_who_is_no_teacher_founds_no_class(scene: Scene):
    refused = await scene.alice.slash(scene.channel, "class new", name="7B")

    assert "teacher" in text(refused.response)


async def test_what_a_class_asks_for_is_written_into_a_field(scene: Scene):
    asked = await scene.manager.slash(scene.channel, "class new")
    assert labels(asked.response) == [say("discord.button.write")]

    field = await scene.manager.click(asked.response, label=say("discord.button.write"))
    made = await scene.manager.submit_modal(field, {"words": "7B"})

    assert "The class 7B is there." in text(*said(made))


@pytest.mark.parametrize(
    "pasted", ["{}", "https://t.me/checkbot?start=c_{}", "https://x.example/c/{}"]
)
async def test_a_code_or_a_pasted_link_opens_a_class(scene: Scene, pasted: str):
    code = await founded(scene)

    asked = await scene.alice.slash(scene.channel, "open", code=pasted.format(code))

    assert "Join 7B" in labels(asked.response)


@pytest.mark.parametrize(
    ("pasted", "leads"),
    [
        ("K7M2QX", "l_K7M2QX"),
        ("k7m 2qx", "l_k7m2qx"),
        ("ABCD-2345", "c_ABCD2345"),
        ("x" * 22, "a_" + "x" * 22),
        ("https://page.example/a/abc", "a_abc"),
        ("https://page.example/live/K7M2QX/board", "l_K7M2QX"),
        ("https://page.example/invited/abc", "g_abc"),
        ("https://t.me/checkbot?start=g_abc", "g_abc"),
        ("f_fact-1", "f_fact-1"),
        ("nonsense", "c_nonsense"),
    ],
)
def test_what_a_code_leads_to_is_seen_by_its_form(pasted: str, leads: str):
    assert payload(pasted) == leads


async def assigned(scene: Scene, *, here: bool = False):
    """Set an assignment; publish it; return what the teacher is told."""
    form = await scene.manager.slash(scene.channel, "assign new", here=here)
    shown = said(form)[-1]
    if "time zone" in text(shown):  # it is asked for once
        zones = items(shown)[0]
        form = await scene.manager.select(
            shown, [zones["options"][0]["value"]], custom_id=zones["custom_id"]
        )
        shown = said(form)[-1]
    done = await scene.manager.click(shown, label=say("assign.button.publish"))
    await scene.delivers()
    return done


async def test_an_assignment_begun_in_a_channel_is_posted_there_and_taken_alone(scene: Scene):
    done = await assigned(scene, here=True)
    assert "Published" in text(*said(done))

    posted = scene.channel.last_message
    begin = await scene.alice.click(posted, label=say("assign.button.take"))

    assert begin.ephemeral
    assert labels(begin.response)
    assert len(scene.channel.history()) == 1


async def test_an_assignment_is_done_to_its_end(scene: Scene):
    await assigned(scene, here=True)
    shown = await scene.alice.click(scene.channel.last_message, label=say("assign.button.take"))
    for _ in range(12):
        card = said(shown)[-1]
        pressable = [i for i in items(card) if i.get("custom_id", "").startswith("dc|p|1|a.")]
        if not pressable:
            break
        shown = await scene.alice.click(card, custom_id=pressable[0]["custom_id"])

    listed = await scene.alice.slash(scene.channel, "assign list")

    assert "double-check" in text(*said(shown))
    assert said(listed)


async def test_a_question_of_an_assignment_is_answered_in_a_field(store):
    async with opened(store, library(YEAR), everything) as scene:
        await scene.grants(scene.manager, Role.TEACHER)
        await assigned(scene, here=True)
        posted = scene.channel.last_message
        intro = await scene.alice.click(posted, label=say("assign.button.take"))

        asked = await scene.alice.click(said(intro)[-1], label=labels(said(intro)[-1])[0])
        field = await scene.alice.click(said(asked)[-1], label=say("discord.button.write"))
        told = await scene.alice.submit_modal(field, {"words": "1820"})

        assert "1820" in text(*said(told))
        assert say("discord.button.write") not in labels(said(told)[-1])


async def test_what_is_kept_comes_as_a_file_and_can_be_deleted(scene: Scene):
    await scene.alice.slash(scene.channel, "ask", question="when was the mill built?")

    mine = await scene.alice.slash(scene.channel, "mydata")
    [attached] = mine.response.attachments
    kept = json.loads(await attached.read())
    sure = await scene.alice.slash(scene.channel, "deletemydata")
    erased = await scene.alice.click(sure.response, label=say("data.erase"))

    assert attached.filename == "my-data.json"
    assert kept["kept"]
    assert say("data.erased") in text(*said(erased))
    async with scene.store.work(scene.now) as work:
        left = await work.personal.everything(key(scene.alice.id))
    assert not set(left) - {"seen", "outbox"}


async def test_a_role_is_handed_on_by_a_code(scene: Scene):
    await scene.grants(scene.manager, Role.ADMIN)

    made = await scene.manager.slash(scene.channel, "grant", role="teacher", whom="Ms A.")
    code = text(made.response).partition("code:")[2].split()[0]
    taken_ = await scene.alice.slash(scene.channel, "accept", code=code)

    assert made.ephemeral
    assert "teacher" in text(taken_.response)
    async with scene.store.work(scene.now) as work:
        assert await work.roles.role_of(key(scene.alice.id)) is Role.TEACHER


async def test_results_come_with_pictures_and_files_to_their_teacher_alone(store):
    async with opened(store, LIBRARY, results) as scene:
        await hold(store, LESSON, how=How(host=Person(key(scene.manager.id))))
        listed = await scene.manager.slash(scene.channel, "results mine")
        first = items(listed.response)[0]
        card = await scene.manager.click(listed.response, custom_id=first["custom_id"])
        confirmed = await scene.manager.click(card.response, label="Picture")
        [part] = scene.desk.parts
        await part.errands.finish()
        await scene.delivers()

        assert listed.ephemeral
        assert "12 of 14 took part" in text(card.response)
        assert "One moment" in text(*said(confirmed))
        picture = scene.manager.user.dm_channel.last_message
        assert picture.attachments[0].filename.endswith(".png")
        assert "double-check" in text(picture)


async def test_a_channel_gets_words_alone(store):
    async with opened(store, LIBRARY, results) as scene:
        shown = await scene.manager.slash(scene.channel, "results channel")

        assert not shown.ephemeral
        assert text(shown.response) == say("results.none.group")


async def test_the_packs_are_offered_for_items(store):
    async with opened(store, LIBRARY, results) as scene:
        offered = await scene.manager.autocomplete(scene.channel, "items", "pack", "")

        assert [choice["value"] for choice in offered] == [PACK.id]
