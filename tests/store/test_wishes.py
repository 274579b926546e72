"""What people and chats have chosen, on both engines."""

from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, private_chat


async def test_a_wish_is_kept_changed_and_forgotten(store: SqlStore):
    async with store.work(NOON) as work:
        await work.wishes.put(ALICE.key, "reminders")
        await work.wishes.put(ALICE.key, "practice", "18:00")
        await work.wishes.put(ALICE.key, "practice", "19:00")
        await work.wishes.put(BOB.key, "practice", "20:00")

    async with store.work(NOON) as work:
        assert await work.wishes.get(ALICE.key, "practice") == "19:00"
        assert await work.wishes.all_of(ALICE.key) == {"reminders": "on", "practice": "19:00"}
        assert await work.wishes.wishing("practice") == {ALICE.key: "19:00", BOB.key: "20:00"}
        await work.wishes.drop(ALICE.key, "practice")
        await work.wishes.drop("telegram:1", "practice")
        assert await work.wishes.get(ALICE.key, "practice") is None
        assert await work.wishes.wishing("practice") == {BOB.key: "20:00"}


async def test_a_chat_has_settings_of_its_own(store: SqlStore):
    async with store.work(NOON) as work:
        await work.wishes.put_setting(GROUP, "content-note", "on")
        await work.wishes.put_setting(GROUP, "content-note", "off")

    async with store.work(NOON) as work:
        assert await work.wishes.setting(GROUP, "content-note") == "off"
        assert await work.wishes.setting(private_chat(ALICE), "content-note") is None
        await work.wishes.drop_setting(GROUP, "content-note")
        assert await work.wishes.setting(GROUP, "content-note") is None
