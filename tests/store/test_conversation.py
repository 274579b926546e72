"""A conversation on either engine, through the desk: what SQLite's one writer hides, shows here."""

import asyncio
from itertools import count

from bot.core.events import Pressed, Said
from bot.frontends.telegram.markup import MARKUP
from bot.service.desk import Desk
from bot.service.outbox import Outbox
from bot.store.deliveries import LEASE
from bot.store.store import SqlStore
from tests.bridge import LIBRARY
from tests.cast import ALICE, BOB, GROUP, NOON, TEACHER, private_chat
from tests.service.clocks import Time
from tests.service.postman import Postman
from tests.store.things import queue

WHEN, ARCHES = "when did the bridge open", "how many arches does the bridge have"


def desk_on(store: SqlStore, name: str = "token") -> Desk:
    numbers = count()
    return Desk(
        store,
        LIBRARY,
        {"telegram": MARKUP},
        lambda: NOON,
        lambda: f"{name}{next(numbers)}",
        admins=(TEACHER.key,),
    )


async def test_questions_at_once_are_answered_in_the_order_of_each_chat(store: SqlStore):
    desk = desk_on(store)
    chats = (private_chat(ALICE), private_chat(BOB), GROUP)
    questions = [
        Said(chats[n % 3], (ALICE, BOB)[n % 2], (WHEN, ARCHES)[n % 2], str(n)) for n in range(30)
    ]

    await asyncio.gather(*(desk.handle(asked, asked.message) for asked in questions))

    replies: dict[str, list[int]] = {}
    while claimed := await store.claim("telegram", NOON, 9):
        for outgoing in claimed:
            replies.setdefault(outgoing.place.chat, []).append(int(outgoing.reply_to))
            await store.delivered(outgoing, [str(1000 + outgoing.id)])
    assert sorted(replies.values()) == [list(range(n, 30, 3)) for n in range(3)]


async def test_two_workers_with_the_same_updates_answer_each_once(store: SqlStore, url: str):
    questions = [Said(private_chat(ALICE), ALICE, WHEN, str(n)) for n in range(8)]

    async with SqlStore.open(url) as other:
        desks = (desk_on(store, "one"), desk_on(other, "two"))
        handled = await asyncio.gather(
            *(desk.handle(asked, asked.message) for asked in questions for desk in desks)
        )

    assert sorted(each.repeated for each in handled) == [False] * 8 + [True] * 8


async def test_a_report_with_hostile_words_reaches_the_admins(store: SqlStore):
    desk, home = desk_on(store), private_chat(ALICE)
    words = "'); DROP TABLE reports; --\0 \ud800 <script> 🙃"
    await desk.handle(Said(home, ALICE, WHEN, "12"), "1")
    await desk.handle(Pressed(home, ALICE, "1|p|token0", "p", "30"), "2")
    await desk.handle(Said(home, ALICE, words, "13"), "3")

    [report] = await store.reports(9)
    alert = [o for o in await store.claim("telegram", NOON, 9) if o.place.chat == TEACHER.key]

    assert report.words == "'); DROP TABLE reports; -- � <script> 🙃"
    assert "&lt;script&gt;" in alert[0].card.pages[0].text


async def test_a_sender_takes_over_what_a_killed_one_left(store: SqlStore, url: str):
    await queue(store, "answer")
    async with SqlStore.open(url) as killed:
        await killed.claim("telegram", NOON, 1)
    postman, time = Postman(), Time()
    outbox = Outbox("telegram", store, postman, time.clock, time.until_rung)

    task = asyncio.create_task(outbox.run())
    time.pass_(seconds=LEASE.total_seconds())
    outbox.wake()
    await postman.next()
    outbox.stop()
    await task

    assert postman.taken == ["answer"]
