"""What is looked up before an event is handled: rights, files, what a poll is about."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.core.cards import Card
from bot.core.effects import Effect, Tell
from bot.core.events import Changed, Commanded, PolledIn, Pressed, Sent, Voted
from bot.core.page import Page
from bot.core.words import notice, say
from bot.frontends.telegram import rights
from bot.frontends.telegram.poll import FetchingBot
from bot.frontends.telegram.reception import Reception
from bot.frontends.telegram.rights import Rights
from bot.service.desk import Handled
from bot.service.parts import Given, Visit, Visiting
from bot.service.poll_ports import KeptPoll
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, GROUP, NOON, TEACHER, private_chat
from tests.frontends.telegram import fake, updates
from tests.frontends.telegram.fake import FakeTelegram
from tests.frontends.telegram.scene import Scene
from tests.frontends.telegram.updates import (
    chat,
    document,
    in_group,
    membership,
    poll,
    update,
    user,
)


@dataclass
class Taking:
    """A part that takes everything, and says that it did."""

    commands: frozenset[str] = frozenset({"bank", "live"})
    verbs: str = "x."
    awaits: str = ""
    links: frozenset[str] = frozenset({"l_"})
    takes_files: bool = True
    takes_polls: bool = True
    watches: bool = True
    controls: frozenset[str] = frozenset({"live", "x."})
    seen: list[Visiting] = field(default_factory=list[Visiting])

    async def take(self, visit: Visit) -> Sequence[Effect]:
        self.seen.append(visit.event)
        return () if isinstance(visit.event, Changed) else (Tell(notice("cancelled")),)


@pytest.fixture
def part(scene: Scene) -> Taking:
    part = Taking()
    scene.desk.parts = (part,)
    return part


async def test_a_file_is_fetched_for_the_part_that_takes_it(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    telegram.files["f1"] = b"a,b\n"
    await scene.alice.sends(document=document(), caption="my bank")

    (sent,) = part.seen
    assert isinstance(sent, Sent)
    assert (sent.name, sent.content, sent.size) == ("bank.csv", b"a,b\n", 4)


async def test_a_file_with_another_command_under_it_is_that_command(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    (answer,) = await scene.alice.sends(document=document(), caption="/privacy")

    assert part.seen == []
    assert answer.text.startswith("I keep only what I need")
    assert telegram.of("getFile") == []


async def test_a_file_that_is_too_large_is_not_fetched_and_its_sender_is_told(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    (answer,) = await scene.alice.sends(document=document(size=5_000_001))

    assert answer.text == say("file.large", most=5)
    assert part.seen == telegram.of("getFile") == []


async def test_a_file_that_turns_out_too_large_is_not_fetched_either(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    telegram.files["f1"] = b"x" * 5_000_001
    (asked, answer) = await scene.alice.sends(document=document(size=4))

    assert asked.method == "getFile"
    assert answer.text == say("file.large", most=5)
    assert part.seen == []


async def test_where_nobody_takes_files_the_answer_is_what_it_was(
    scene: Scene, telegram: FakeTelegram
):
    (answer,) = await scene.alice.sends(document=document(), caption="when did the harbour open?")

    assert answer.text.startswith("4 May 2025")
    assert telegram.of("getFile") == []


async def test_every_file_of_an_album_is_taken_and_without_a_taker_it_has_one_answer(
    scene: Scene, telegram: FakeTelegram
):
    album = [await scene.alice.sends(document=document(), media_group_id="1") for _ in range(3)]
    assert [len(calls) for calls in album] == [1, 0, 0]

    scene.desk.parts = (part := Taking(),)
    telegram.files["f1"] = b"a"
    for _ in range(3):
        await scene.alice.sends(document=document(), media_group_id="2")
    assert len(part.seen) == 3


async def test_a_poll_is_handed_to_the_part_that_takes_it(scene: Scene, part: Taking):
    await scene.alice.sends(poll=poll(correct_option_ids=[1]))

    (found,) = part.seen
    assert isinstance(found, PolledIn)
    assert found.right == (1,)


async def test_an_admin_of_the_group_is_known_at_each_command_and_press(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    telegram.admins.add((updates.GROUP, 103))
    await scene.bob.writes("/live@doublecheck_bot", updates.GROUP)
    await scene.alice.writes("/live@doublecheck_bot", updates.GROUP)
    await scene.happens(scene.bob.press("1|x.stop|t", updates.GROUP))
    await scene.bob.writes("/start@doublecheck_bot l_K7M2QX", updates.GROUP)

    assert [(e.by, e.by.admin) for e in part.seen if not isinstance(e, Sent)] == [
        (BOB, True),
        (ALICE, False),
        (BOB, True),
        (BOB, True),
    ]


async def test_what_needs_no_rights_does_not_ask_for_them(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    await scene.alice.writes("/live")
    await scene.alice.writes("/bank@doublecheck_bot", updates.GROUP)
    await scene.alice.writes("/help@doublecheck_bot", updates.GROUP)

    assert telegram.of("getChatMember") == []


async def test_an_admin_without_a_name_confirms_as_themselves(
    scene: Scene, telegram: FakeTelegram, part: Taking
):
    telegram.admins.add((updates.GROUP, 103))
    nameless = in_group("/live@doublecheck_bot harbour", sender_chat=chat(updates.GROUP))
    (asked,) = await scene.happens(update(message=nameless))
    assert asked.text == say("group.confirm")
    assert part.seen == []

    await scene.alice.presses(say("group.confirm.button"), asked)
    await scene.bob.presses(say("group.confirm.button"), asked)

    stranger, admin = part.seen
    assert stranger == replace(Commanded(GROUP, ALICE, "live", "harbour"))
    assert admin == Commanded(GROUP, BOB, "live", "harbour")
    assert (stranger.by.admin, admin.by.admin) == (False, True)


class TestRights:
    """Who runs a group."""

    @pytest.fixture
    def now(self) -> list:
        return [NOON]

    @pytest.fixture
    def who(self, bot: FetchingBot, now: list) -> Rights:
        return Rights(bot, lambda: now[0])

    async def test_an_answer_holds_for_seconds_only(self, who, now, telegram):
        telegram.admins.add((updates.GROUP, 101))
        assert await who.may_control(GROUP, TEACHER.key)
        telegram.admins.clear()
        assert await who.may_control(GROUP, TEACHER.key)

        now[0] += rights.FRESH
        assert not await who.may_control(GROUP, TEACHER.key)

    @pytest.mark.parametrize(
        "trouble", [fake.unreachable, fake.bad("chat not found"), fake.broken]
    )
    async def test_where_telegram_does_not_say_nobody_may(self, who, telegram, trouble):
        telegram.admins.add((updates.GROUP, 101))
        telegram.trouble("getChatMember", trouble)

        assert not await who.may_control(GROUP, TEACHER.key)
        assert await who.may_control(GROUP, TEACHER.key)

    async def test_the_name_of_a_group_and_a_private_chat_have_no_admins(self, who, telegram):
        assert not await who.may_control(GROUP, GROUP.chat)
        assert not await who.may_control(private_chat(TEACHER), TEACHER.key)
        assert telegram.calls == []

    async def test_not_everybody_is_remembered_for_ever(self, who, telegram, monkeypatch):
        monkeypatch.setattr(rights, "MOST", 2)
        for person in (TEACHER, ALICE, BOB, TEACHER):
            await who.may_control(GROUP, person.key)
        assert len(telegram.of("getChatMember")) == 4


async def test_a_group_that_takes_the_bot_in_is_greeted_once(scene: Scene, part: Taking):
    added = update(my_chat_member=membership(chat(updates.GROUP), "left", "member"))
    (hello,) = await scene.happens(added)

    assert hello.text == say("group.hello", at="@doublecheck_bot")
    assert await scene.happens(added) == []
    assert len(part.seen) == 1


async def test_a_group_that_moves_takes_what_waits_along(
    scene: Scene, store: SqlStore, part: Taking
):
    async with store.work(NOON) as work:
        await work.queue(GROUP, Card((Page("for the class"),)))

    calls = await scene.happens(update(message=in_group(migrate_to_chat_id=-100222)))
    again = await scene.happens(
        update(message=updates.message(chat=chat(-100222), migrate_from_chat_id=updates.GROUP))
    )

    assert [(call.params["chat_id"], call.text) for call in calls] == [(-100222, "for the class")]
    assert again == []
    assert {event.place.chat for event in part.seen} == {"telegram:-100222"}


@dataclass
class Ballot:
    """Takes votes and answers, and waits until so many have begun."""

    together: asyncio.Barrier | None = None
    taken: list[tuple[Given, str]] = field(default_factory=list[tuple[Given, str]])

    def takes(self, event: Given) -> bool:
        return isinstance(event, Voted) or event.action.startswith("1|l.a")

    async def take(self, event: Given, update: str) -> Handled:
        if self.together:
            await self.together.wait()
        self.taken.append((event, update))
        return Handled(toast=Card((Page("Saved"),)))


@pytest.fixture
def ballot(scene: Scene) -> Ballot:
    scene.desk.express = ballot = Ballot()
    return ballot


async def test_answers_of_one_chat_do_not_wait_for_each_other(
    scene: Scene, telegram: FakeTelegram, ballot: Ballot
):
    ballot.together = asyncio.Barrier(30)
    async with asyncio.TaskGroup() as tasks:
        for number in range(300, 330):
            telegram.waiting.add(f"p{number}")
            standing = {"message_id": 1, "date": 1, "chat": chat(updates.GROUP)}
            pressed = updates.press("1|l.a|t|0", standing, f"p{number}", user(number))
            tasks.create_task(scene.happens(update(callback_query=pressed)))

    assert len({event.by.key for event, _ in ballot.taken}) == 30
    assert [call.params["text"] for call in telegram.of("answerCallbackQuery")] == ["Saved"] * 30


async def test_a_vote_arrives_with_our_names(scene: Scene, store: SqlStore, ballot: Ballot):
    async with store.work(NOON) as work:
        await work.polls.keep(KeptPoll("telegram:5", "K7M2QX:0", {"o0": "a", "o1": "b"}))

    for chosen in (["o1"], [], ["o7"]):
        answer = {
            "poll_id": "5",
            "user": user(),
            "option_ids": [],
            "option_persistent_ids": chosen,
        }
        await scene.happens(update(poll_answer=answer))

    votes = [event for event, _ in ballot.taken]
    assert votes == [
        Voted(private_chat(ALICE), ALICE, "K7M2QX:0", chosen) for chosen in (("b",), (), ())
    ]


async def test_a_vote_waits_for_its_poll_to_be_noted_and_not_for_ever(
    bot: FetchingBot, scene: Scene, store: SqlStore, ballot: Ballot
):
    stop = asyncio.Event()
    stop.set()  # so that the wait takes no time
    reception = Reception(bot, bot.bot, scene.desk, stop)
    answer = {"poll_id": "5", "user": user(), "option_ids": [], "option_persistent_ids": []}
    await reception.take(update(poll_answer=answer))
    assert ballot.taken == []

    async with store.work(NOON) as work:
        await work.polls.keep(KeptPoll("telegram:5", "K7M2QX:0", {}))
    await reception.take(update(poll_answer=answer))
    assert len(ballot.taken) == 1


async def test_what_nobody_takes_is_confirmed_all_the_same(scene: Scene, store: SqlStore):
    async with store.work(NOON) as work:
        await work.polls.keep(KeptPoll("telegram:5", "K7M2QX:0", {}))
    answer = {"poll_id": "5", "user": user(), "option_ids": [], "option_persistent_ids": []}
    assert await scene.happens(update(poll_answer=answer)) == []


def test_a_press_for_control_is_no_answer(ballot: Ballot):
    assert not ballot.takes(Pressed(GROUP, ALICE, "1|x.stop|t"))
    assert timedelta(seconds=10) >= rights.FRESH
