"""A teacher on Telegram asks how a quiz went: words, a picture with its words, a file."""

import pytest

from bot.frontends.telegram.poll import FetchingBot
from bot.service.results_part import ResultsPart
from bot.store.store import SqlStore
from tests.bridge import LIBRARY, PACK
from tests.cast import ALICE
from tests.frontends.telegram.fake import ME, Call, FakeTelegram
from tests.frontends.telegram.scene import Actor, Scene
from tests.frontends.telegram.updates import GROUP
from tests.held import BRIDGE, FLOOD, RIVER, taken
from tests.held_in_store import How, hold

LESSON = taken(
    [RIVER, BRIDGE, FLOOD],
    *["a c a"] * 9, *["b b b"] * 2, "a b -", joined=14, pack=PACK.id,
)  # fmt: skip


@pytest.fixture
async def scene(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore) -> Scene:
    scene = Scene(bot, telegram, store, LIBRARY)
    scene.desk.parts = (ResultsPart(scene.desk),)
    await hold(store, LESSON, how=How(host=ALICE))
    return scene


async def summary(alice: Actor) -> Call:
    listed = await alice.asks("/results")
    [card] = [call for call in await alice.presses("23 Nov 2026", listed) if call.buttons]
    return card


async def made(scene: Scene, label: str) -> list[Call]:
    """Press a button for a file; return the calls that hand it over."""
    card = await summary(scene.alice)
    begin = len(scene.telegram.calls)
    confirmed = await scene.alice.presses(label, card)
    [part] = scene.desk.parts
    assert isinstance(part, ResultsPart)
    await part.errands.finish()
    await scene.deliver()
    assert "One moment" in confirmed[0].params["text"]
    return [c for c in scene.telegram.calls[begin:] if c.method.startswith("send")]


async def test_a_summary_stands_where_the_list_stood(scene: Scene):
    card = await summary(scene.alice)

    assert card.method == "editMessageText"
    assert "12 of 14 took part" in card.text
    assert "9 of 12 chose “1937”" in card.text
    assert PACK.caveat_long in card.text


async def test_a_picture_comes_with_its_words(scene: Scene):
    [photo] = await made(scene, "Picture")

    assert photo.method == "sendPhoto"
    assert photo.files["photo"][1].startswith(b"\x89PNG")
    assert "question 2 25 %" in photo.text
    assert PACK.caveat_short in photo.text or PACK.caveat_long in photo.text


async def test_tables_come_as_documents(scene: Scene):
    answers, learners = await made(scene, "CSV")

    assert answers.method == learners.method == "sendDocument"
    assert answers.files["document"][0] == "answers-1.csv"
    assert answers.files["document"][2] == "text/csv"


async def test_a_group_gets_words_alone(scene: Scene):
    await hold(scene.store, LESSON, how=How(host=ALICE, code="ABC235"))
    said = await scene.alice.asks(f"/results@{ME['username']}", where=GROUP)

    assert "12 of 14 took part" in said.text
    assert said.buttons == []
