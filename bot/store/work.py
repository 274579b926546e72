"""One transaction: what an event changes, kept whole or not at all."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, desc, false, func, select
from sqlalchemy import insert as plain_insert

from bot.core.answer import FactKey
from bot.core.cards import Card
from bot.core.events import Person, Place
from bot.service.ports import Exchange, Receipt, Retention
from bot.store.assignments import SqlAssignments
from bot.store.banks import SqlBanks
from bot.store.classes import SqlClasses
from bot.store.deadlines import SqlDeadlines
from bot.store.flags import SqlFlags, begin_triage
from bot.store.forgetting import forget
from bot.store.moving import move_chat
from bot.store.names import Names, insert
from bot.store.personal import SqlPersonal
from bot.store.polls import SqlPolls
from bot.store.results import SqlResults
from bot.store.roles import SqlRoles
from bot.store.rows import card_json, cards_json, keys_json, to_exchange, to_receipt
from bot.store.sessions import SqlSessions
from bot.store.solos import SqlQuizzes
from bot.store.steady import Steady
from bot.store.tables import (
    asked,
    chats,
    expecting,
    outbox,
    people,
    receipts,
    reports,
    seen,
    sent,
    transcript,
)
from bot.store.wishes import SqlWishes


class SqlWork:
    """Work on an open transaction; see `bot.service.ports.Work`."""

    def __init__(
        self,
        connection: Steady,
        now: datetime,
        owners: Sequence[str] = (),
        retention: Retention | None = None,
    ) -> None:
        self._connection = connection
        self._retention = retention or Retention()
        self._now = now
        self._names = Names(connection)
        self.quizzes = SqlQuizzes(connection, self._names)
        self.results = SqlResults(connection, now)
        self.polls = SqlPolls(connection, now)
        self.sessions = SqlSessions(connection, self._names)
        self.deadlines = SqlDeadlines(connection)
        self.personal = SqlPersonal(connection, now)
        self.roles = SqlRoles(connection, self._names, now, owners)
        self.classes = SqlClasses(connection, self._names)
        self.assignments = SqlAssignments(connection, self._names)
        self.banks = SqlBanks(connection, self._names)
        self.wishes = SqlWishes(connection, self._names, now)
        self.flags = SqlFlags(connection, self._names, now)
        self._dedupe: Iterator[str] = iter(())

    async def first_time(self, platform: str, update: str) -> bool:
        """Note an update; return False where it was noted before."""
        self._dedupe = (f"{platform}:{update}:{n}" for n in count())
        noting = insert(self._connection, seen).values(
            platform=platform, update=update, at=self._now
        )
        # Another worker with the same update waits here until this transaction has ended.
        noted = await self._connection.execute(
            noting.on_conflict_do_nothing().returning(seen.c.at)
        )
        return noted.first() is not None

    async def first_times(
        self, updates: Collection[tuple[str, str]]
    ) -> Collection[tuple[str, str]]:
        """Note updates, each of a platform; return those that were not noted before."""
        if not updates:
            return ()
        rows = [
            {"platform": platform, "update": update, "at": self._now}
            for platform, update in sorted(set(updates))
        ]
        # The rows apart from the statement: one of five hundred rows takes longer to write than to run.
        noting = insert(self._connection, seen).on_conflict_do_nothing()
        returning = noting.returning(seen.c.platform, seen.c.update)
        noted = await self._connection.execute(returning, rows)
        return {(row.platform, row.update) for row in noted}

    async def keep_receipt(self, receipt: Receipt) -> None:
        """Keep what an answer showed."""
        await self._connection.execute(
            plain_insert(receipts).values(
                token=receipt.token,
                person=await self._names.person(receipt.person),
                chat=await self._names.chat(receipt.place),
                thread=receipt.place.thread,
                question=receipt.question,
                at=receipt.at,
                notice=receipt.notice,
                facts=keys_json(receipt.facts),
                offers=keys_json(receipt.offers),
            )
        )

    async def receipt(self, token: str) -> Receipt | None:
        """Return the receipt of that token."""
        return await self._receipt(_receipts().where(receipts.c.token == token))

    async def last_receipts(
        self, place: Place, person: str, since: datetime, most: int
    ) -> Sequence[Receipt]:
        """Return a person's answers in a chat and thread since a moment, newest first."""
        here = and_(chats.c.key == place.chat, receipts.c.thread == place.thread)
        theirs = and_(people.c.key == person, receipts.c.at >= since, ~receipts.c.notice)
        query = _receipts().where(here, theirs).order_by(desc(receipts.c.id))
        return [to_receipt(row) for row in await self._connection.execute(query.limit(most))]

    async def receipt_of(self, place: Place, message: str) -> Receipt | None:
        """Return the receipt of the answer which stands in, or was asked by, that message."""
        if not message:
            return None
        here = _receipts().where(chats.c.key == place.chat)
        standing = here.join(sent, sent.c.receipt == receipts.c.token).where(
            sent.c.chat == chats.c.id, sent.c.message == message
        )
        # An edited question has a receipt for each of its answers; the last one counts.
        asking = here.where(receipts.c.question == message).order_by(desc(receipts.c.id)).limit(1)
        return await self._receipt(standing) or await self._receipt(asking)

    async def sent(self, receipt: str) -> Sequence[str]:
        """Return the platform's ids of the messages in which that answer stands."""
        return await sent_messages(self._connection, receipt)

    async def queue(
        self,
        place: Place,
        card: Card,
        *,
        reply_to: str = "",
        replaces: str = "",
        receipt: str = "",
    ) -> None:
        """Put a card into the outbox."""
        if replaces:
            await self._leave_out(await self._names.chat(place), replaces)
        row = insert(self._connection, outbox).values(
            chat=await self._names.chat(place),
            thread=place.thread,
            card=card_json(card),
            reply_to=reply_to,
            replaces=replaces or None,
            receipt=receipt or None,
            dedupe=next(self._dedupe, None),
            at=self._now,
            not_before=self._now,
            tries=0,
            done=[],
        )
        await self._connection.execute(row.on_conflict_do_nothing(index_elements=["dedupe"]))

    async def _leave_out(self, chat: int, replaces: str) -> None:
        """Drop what may be left out and still waits: it must not come after what takes its place."""
        passing = func.coalesce(outbox.c.card["passing"].as_boolean(), false())
        same = and_(outbox.c.chat == chat, outbox.c.replaces == replaces)
        waits = and_(passing, outbox.c.leased_until.is_(None))
        await self._connection.execute(delete(outbox).where(same, waits))

    async def expect(
        self, place: Place, person: str, what: str, receipt: str, until: datetime
    ) -> None:
        """Await words of a sort from a person as their next message here; "" ends it."""
        where = {
            "person": await self._names.person(person),
            "chat": await self._names.chat(place),
            "thread": place.thread,
        }
        same = and_(*(expecting.c[name] == value for name, value in where.items()))
        await self._connection.execute(delete(expecting).where(same))
        if what:
            row = {**where, "what": what, "receipt": receipt, "until": until}
            await self._connection.execute(plain_insert(expecting).values(row))

    async def expected(self, place: Place, person: str, now: datetime) -> tuple[str, str] | None:
        """Return what is awaited from a person here and for which receipt."""
        query = (
            select(expecting.c.what, expecting.c.receipt)
            .join(chats, expecting.c.chat == chats.c.id)
            .join(people, expecting.c.person == people.c.id)
            .where(chats.c.key == place.chat, expecting.c.thread == place.thread)
            .where(people.c.key == person, expecting.c.until > now)
        )
        row = (await self._connection.execute(query)).first()
        return (row.what, row.receipt) if row else None

    async def file_report(
        self, person: Person, facts: Sequence[FactKey], words: str, at: datetime
    ) -> int:
        """Keep a problem report and return its number."""
        row = plain_insert(reports).values(
            person=await self._names.person(person.key), facts=keys_json(facts), words=words, at=at
        )
        filed = await self._connection.execute(row.returning(reports.c.number))
        number: int = filed.scalar_one()
        await begin_triage(self._connection, number, person.language)
        return number

    async def may_ask(
        self, person: str, at: datetime, most: int, window: timedelta, group: Place | None = None
    ) -> float:
        """Count one more question of a person; return 0, or the seconds to wait where it is too many."""
        who = await self._names.person(person)
        theirs = and_(asked.c.person == who, asked.c.at > at - window)
        if wait := await self._wait(theirs, at, most, window):
            return wait
        here = await self._names.chat(group) if group else None
        await self._connection.execute(plain_insert(asked).values(person=who, chat=here, at=at))
        return 0.0

    async def crowded(self, group: Place, at: datetime, most: int, window: timedelta) -> float:
        """Return the seconds to wait where too many questions were asked in a group, else 0."""
        here = select(chats.c.id).where(chats.c.key == group.chat).scalar_subquery()
        return await self._wait(
            and_(asked.c.chat == here, asked.c.at > at - window), at, most, window
        )

    async def _wait(
        self, counted: ColumnElement[bool], at: datetime, most: int, window: timedelta
    ) -> float:
        # With `most` counted, the next one may come when the oldest of them has left the window.
        newest = (
            select(asked.c.at).where(counted).order_by(desc(asked.c.at)).limit(most).subquery()
        )
        counting = select(func.count().label("many"), func.min(newest.c.at).label("first"))
        found = (await self._connection.execute(counting.select_from(newest))).one()
        if found.many < most:
            return 0.0
        return float((found.first + window - at).total_seconds())

    async def note(self, place: Place, exchange: Exchange) -> None:
        """Add an exchange to the transcript of a chat."""
        await self._connection.execute(
            plain_insert(transcript).values(
                chat=await self._names.chat(place),
                said=exchange.said,
                cards=cards_json(exchange.cards),
                at=exchange.at,
            )
        )

    async def transcript(self, place: Place, since: datetime, most: int) -> Sequence[Exchange]:
        """Return the newest exchanges of a chat since a moment, oldest first."""
        query = (
            select(transcript)
            .join(chats, transcript.c.chat == chats.c.id)
            .where(chats.c.key == place.chat, transcript.c.at >= since)
            .order_by(desc(transcript.c.id))
        )
        newest = [to_exchange(row) for row in await self._connection.execute(query.limit(most))]
        return newest[::-1]

    async def move_chat(self, place: Place, to: str) -> None:
        """Let everything that was kept of a chat follow it to its new key."""
        await move_chat(self._connection, place.chat, to)

    async def wipe(self, place: Place) -> None:
        """Delete the transcript of a chat at once."""
        here = select(chats.c.id).where(chats.c.key == place.chat).scalar_subquery()
        await self._connection.execute(delete(transcript).where(transcript.c.chat == here))

    async def forget(self) -> None:
        """Delete what has passed its retention time."""
        await forget(self._connection, self._now, self._retention)

    async def _receipt(self, query: Select[Any]) -> Receipt | None:
        row = (await self._connection.execute(query)).first()
        return to_receipt(row) if row else None


def _receipts() -> Select[Any]:
    return (
        select(
            receipts,
            chats.c.key.label("chat_key"),
            chats.c.platform,
            chats.c.private,
            people.c.key.label("person_key"),
        )
        .join(chats, receipts.c.chat == chats.c.id)
        .join(people, receipts.c.person == people.c.id)
    )


async def sent_messages(connection: Steady, receipt: str) -> Sequence[str]:
    """Return the platform's ids of the messages in which an answer stands, in their order."""
    query = select(sent.c.message).where(sent.c.receipt == receipt).order_by(sent.c.id)
    return (await connection.scalars(query)).all()
