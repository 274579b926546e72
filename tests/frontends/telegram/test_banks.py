"""Banks on Telegram, through the real library: a file is sent, a poll passed on, a card pressed."""

import pytest

from bot.core.roles import LOCAL_OWNER, Role
from bot.service.bank_part import BankPart
from bot.service.banks import Banks
from tests.cast import NOON
from tests.frontends.telegram.fake import Call, FakeTelegram
from tests.frontends.telegram.scene import Scene
from tests.frontends.telegram.updates import document, poll
from tests.service.banking import TEXTS

CAVEAT = "double-check"
GIFT = b"::tide:: When is the tide high? {=At noon ~At dusk ~At dawn}\n"
MOST_DATA = 64


@pytest.fixture
async def part(scene: Scene) -> BankPart:
    banks = Banks(scene.store, lambda: scene.now)
    part = BankPart(scene.desk, banks, lambda: "http://here")
    scene.desk.parts = (part,)
    async with scene.store.work(NOON) as work:
        await work.roles.grant("telegram:102", Role.ADMIN, LOCAL_OWNER)
    await banks.open_draft("ports", LOCAL_OWNER, TEXTS)
    await scene.alice.writes("/bank publish")
    await done(scene, part)
    return part


async def done(scene: Scene, part: BankPart) -> Call:
    """Wait for what is done aside, and return the last message."""
    await part.errands.finish()
    await scene.deliver()
    said = ("sendMessage", "sendDocument")
    return [call for call in scene.telegram.calls if call.method in said][-1]


async def test_a_file_becomes_a_published_question(
    scene: Scene, part: BankPart, telegram: FakeTelegram
):
    telegram.files["f1"] = GIFT
    *_, which = await scene.alice.sends(document=document("f1", len(GIFT), "tides.gift"))
    await scene.alice.presses("ports", which)
    draft = await done(scene, part)
    await scene.alice.presses("Publish", draft)
    published = await done(scene, part)

    assert "tides.gift is here. Into which bank" in which.text
    assert "1 added" in draft.text
    assert "When is the tide high?" in draft.text
    assert CAVEAT in draft.text.lower()
    assert "version 2 is published, in place of version 1" in published.text
    buttons = [*which.buttons, *draft.buttons, *published.buttons]
    assert all(len(b["callback_data"].encode()) <= MOST_DATA for b in buttons)


async def test_a_poll_that_tells_its_answer_becomes_a_question(scene: Scene, part: BankPart):
    [which] = await scene.alice.sends(poll=poll(correct_option_ids=[1], explanation="So it is."))
    await scene.alice.presses("ports", which)
    draft = await done(scene, part)

    assert "When was the mill built?" in draft.text
    assert "[1850]" in draft.text


async def test_an_export_is_sent_as_a_file(scene: Scene, part: BankPart):
    await scene.alice.writes("/bank export ports gift")
    handed = await done(scene, part)

    assert handed.method == "sendDocument"
    assert "as gift: 1 questions" in handed.text
