"""Signing in on the page, taking a role there, and what only some may see."""

import csv
import html
import json
import re
from collections.abc import AsyncGenerator
from datetime import timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import httpx
import pytest

from bot.core.library import Library
from bot.core.roles import IDLE, LOCAL_OWNER, Role
from bot.core.words import say
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB
from bot.frontends.web.reach import Reach
from bot.frontends.web.session import COOKIE, SIGNED
from bot.service.desk import Desk
from bot.service.granting import invite
from bot.service.role_part import RolePart
from bot.service.signing import owners_link, sign_in_link
from bot.store.store import SqlStore
from tests.cast import ALICE, BOB, NOON, TEACHER
from tests.frontends.web.visitor import HERE, Visitor, question
from tests.service.clocks import Time

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def desk(town: Library, database: str, time: Time) -> AsyncGenerator[Desk]:
    """A desk with Telegram beside the page, and somebody who owns the bot."""
    tokens = (f"token{number:011}" for number in count())
    async with SqlStore.open(database, owners=(TEACHER.key,)) as store:
        yield Desk(
            store,
            town,
            {"web": WEB, "telegram": TELEGRAM},
            time.clock,
            lambda: next(tokens),
            names={"telegram": "checkbot"},
            parts=(RolePart(lambda: HERE, lambda: {"telegram": "checkbot"}),),
        )


async def post(visitor: Visitor, path: str, **fields: str) -> httpx.Response:
    """Send a form, and follow where it leads."""
    headers = {"Origin": visitor.here, "Content-Type": FORM}
    visitor.response = await visitor.client.post(path, data=fields, headers=headers)
    sent = visitor.response
    if sent.is_redirect:
        await visitor.open(sent.headers["location"])
    return sent


def csrf(visitor: Visitor) -> str:
    return re.findall(r'name="csrf" value="([^"]*)"', visitor.page)[-1]


async def signed(desk: Desk, person: str = LOCAL_OWNER) -> Visitor:
    """Somebody who has signed in by a link."""
    visitor = Visitor(desk)
    async with desk.store.work(desk.clock()) as work:
        path = await sign_in_link(work, person, desk.clock())
    await visitor.open(path)
    await post(visitor, path)
    return visitor


async def grant(desk: Desk, person: str, role: Role, label: str = "") -> None:
    async with desk.store.work(desk.clock()) as work:
        await work.roles.grant(person, role, TEACHER.key, label)


async def role(desk: Desk, person: str) -> Role | None:
    async with desk.store.work(desk.clock()) as work:
        return await work.roles.role_of(person)


async def test_whoever_started_the_bot_signs_in_by_the_printed_address(desk: Desk) -> None:
    visitor = Visitor(desk)
    path = await owners_link(desk.store, desk.clock())

    await visitor.open(path)
    assert say("web.role.signin.ask") in visitor.words
    await post(visitor, path)

    assert visitor.response.url.path == "/"
    who = say("role.who.local")
    assert say("web.role.signed", who=who, role="owner") in visitor.words
    assert say("web.role.nav.team") in visitor.words


async def test_the_preview_of_a_link_does_not_use_it_up(desk: Desk) -> None:
    path = await owners_link(desk.store, desk.clock())
    for _ in range(3):
        assert (await Visitor(desk).open(path)).response.status_code == 200

    visitor = Visitor(desk)
    await post(visitor, path)

    assert say("web.role.signout") in visitor.words


async def test_a_link_signs_in_once_and_says_so(desk: Desk) -> None:
    path = await owners_link(desk.store, desk.clock())
    await post(Visitor(desk), path)

    late = Visitor(desk)
    await post(late, path)

    assert (late.response.status_code, COOKIE in late.client.cookies) == (410, False)
    assert say("role.link.used") in late.words
    assert say("role.link.used") in (await late.open(path)).words


async def test_a_newer_start_and_the_hours_end_a_link(desk: Desk, time: Time) -> None:
    older = await owners_link(desk.store, desk.clock())
    newer = await owners_link(desk.store, desk.clock())

    assert say("role.link.expired") in (await Visitor(desk).open(older)).words
    time.now += timedelta(hours=12)
    assert say("role.link.expired") in (await Visitor(desk).open(newer)).words
    unknown = await Visitor(desk).open("/signin/nothing-that-was-ever-made")
    assert unknown.response.status_code == 404
    assert say("role.link.unknown") in unknown.words


async def test_signing_in_changes_the_cookie(desk: Desk) -> None:
    visitor = await Visitor(desk).open()
    planted = visitor.client.cookies[COOKIE]
    path = await owners_link(desk.store, desk.clock())

    await post(visitor, path)

    assert visitor.client.cookies[COOKIE] != planted
    stranger = Visitor(desk)
    stranger.client.cookies.set(COOKIE, planted)
    assert say("web.role.signout") not in (await stranger.open()).words


async def test_a_cookie_that_was_made_up_is_nobody(desk: Desk) -> None:
    visitor = Visitor(desk)
    visitor.client.cookies.set(COOKIE, SIGNED + "x" * 22)

    assert (await visitor.open()).response.status_code == 200
    assert say("web.role.signout") not in visitor.words


async def test_the_cookie_keeps_to_https_where_the_page_does(desk: Desk) -> None:
    visitor = Visitor(desk, "https://bot.example", Reach(names=("bot.example",)))
    path = await owners_link(desk.store, desk.clock())
    headers = {"Origin": visitor.here, "Content-Type": FORM}
    visitor.response = await visitor.client.post(path, headers=headers)

    cookie = visitor.response.headers["set-cookie"]
    assert "; Secure" in cookie
    assert "; HttpOnly" in cookie


async def test_another_site_cannot_sign_anybody_in(desk: Desk) -> None:
    visitor = Visitor(desk)
    path = await owners_link(desk.store, desk.clock())

    refused = await visitor.client.post(path, data={}, headers={"Origin": "https://evil.example"})

    assert refused.status_code == 403
    assert (await visitor.open(path)).response.status_code == 200


async def test_signing_out_ends_it_and_changes_the_cookie(desk: Desk) -> None:
    visitor = await signed(desk)
    before = visitor.client.cookies[COOKIE]

    await post(visitor, "/signout", csrf=csrf(visitor))

    assert say("web.role.signout") not in visitor.words
    again = Visitor(desk)
    again.client.cookies.set(COOKIE, before)
    assert say("web.role.signout") not in (await again.open()).words


@pytest.mark.parametrize("fields", [{}, {"csrf": "0" * 64}, {"csrf": "ü"}])
async def test_a_form_without_the_token_of_the_session_is_refused(
    desk: Desk, fields: dict[str, str]
) -> None:
    visitor = await signed(desk)

    out = await post(visitor, "/signout", **fields)
    invited = await post(visitor, "/team", role="teacher", **fields)

    assert (out.status_code, invited.status_code) == (403, 403)
    assert say("web.role.signout") in (await visitor.open()).words
    async with desk.store.work(desk.clock()) as work:
        assert await work.roles.invitations() == []


async def test_nobody_who_is_not_signed_in_can_sign_out(desk: Desk) -> None:
    visitor = await Visitor(desk).open()

    assert (await post(visitor, "/signout")).status_code == 303


async def test_who_does_nothing_for_twelve_hours_is_signed_out(desk: Desk, time: Time) -> None:
    visitor = await signed(desk)
    time.now += IDLE - timedelta(minutes=1)
    assert say("web.role.signout") in (await visitor.open()).words
    time.now += IDLE - timedelta(minutes=1)
    assert say("web.role.signout") in (await visitor.open()).words
    time.now += IDLE

    assert say("web.role.signout") not in (await visitor.open()).words


async def test_who_clears_the_conversation_stays_signed_in(desk: Desk) -> None:
    visitor = await signed(desk)
    await visitor.ask("when did the bridge open?")
    before = visitor.client.cookies[COOKIE]

    await visitor.submit(clear="1")

    assert question("when did the bridge open?") not in visitor.page
    assert say("web.role.signout") in visitor.words
    assert visitor.client.cookies[COOKIE] != before


@pytest.mark.parametrize("path", ["/team", "/audit", "/audit.csv", "/audit.json"])
async def test_pages_for_admins_say_what_they_need(desk: Desk, path: str) -> None:
    await grant(desk, ALICE.key, Role.EDITOR)
    stranger, editor = await Visitor(desk).open(path), await signed(desk, ALICE.key)
    await editor.open(path)

    for visitor in (stranger, editor):
        assert visitor.response.status_code == 403
        assert say("web.role.403.what", role="admin") in visitor.words
    assert say("role.signin.here") in stranger.words
    assert say("role.signin.here") not in editor.words


async def test_a_role_that_is_lost_is_lost_on_the_open_page_too(desk: Desk) -> None:
    await grant(desk, ALICE.key, Role.ADMIN)
    visitor = await (await signed(desk, ALICE.key)).open("/team")
    async with desk.store.work(desk.clock()) as work:
        [granted] = await work.roles.granted()
        await work.roles.revoke(granted.number)

    refused = await post(visitor, "/team", csrf=csrf(visitor), role="teacher")

    assert refused.status_code == 403


async def test_there_is_a_page_on_how_to_sign_in(desk: Desk) -> None:
    visitor = await Visitor(desk).open("/signin")
    assert say("role.signin.here") in visitor.words
    owner = await signed(desk)
    assert say("role.signin.already") in (await owner.open("/signin")).words


async def made(visitor: Visitor, name: str, label: str = "") -> list[str]:
    """Make an invitation on the page; return its addresses."""
    await visitor.open("/team")
    await post(visitor, "/team", csrf=csrf(visitor), role=name, label=label)
    return [html.unescape(one) for one in re.findall(r"<code>([^<]*)</code>", visitor.page)]


async def test_a_role_is_handed_on_and_taken_on_the_page(desk: Desk) -> None:
    owner, teacher = await signed(desk), Visitor(desk)
    on_telegram, on_page = await made(owner, "teacher", "Ms <K>")
    assert on_telegram.startswith("https://t.me/checkbot?start=g_")
    path = on_page.removeprefix(HERE)

    await teacher.open(path)
    assert say("web.role.invited", role="teacher") in teacher.words
    await post(teacher, path)

    assert "Ms <K> (only on the page)" in teacher.words
    assert say("web.role.taken.what") in teacher.words
    assert "<K>" not in teacher.page
    assert say("web.role.nav.team") not in teacher.words
    late = Visitor(desk)
    await post(late, path)
    assert (late.response.status_code, say("role.link.used") in late.words) == (410, True)
    assert on_page not in (await owner.open("/team")).page


async def test_who_is_signed_in_takes_a_role_as_themselves(desk: Desk) -> None:
    await grant(desk, ALICE.key, Role.TEACHER)
    async with desk.store.work(desk.clock()) as work:
        invitation = await invite(work, TEACHER.key, Role.EDITOR, "", desk.clock())
    assert invitation
    alice = await signed(desk, ALICE.key)

    await post(alice, f"/invited/{invitation.token}")

    assert await role(desk, ALICE.key) is Role.EDITOR
    [told] = await desk.store.claim("telegram", desk.clock(), 9)
    assert (told.place.chat, told.card.notice) == (TEACHER.key, "role.accepted.by")
    await alice.open(f"/invited/{invitation.token}")
    assert say("role.link.used") in alice.words


async def test_somebody_known_only_to_the_page_gets_another_link_to_sign_in(desk: Desk) -> None:
    owner, teacher = await signed(desk), Visitor(desk)
    _, on_page = await made(owner, "teacher", "Ms K")
    await post(teacher, on_page.removeprefix(HERE))
    await post(teacher, "/signout", csrf=csrf(teacher))
    await owner.open("/team")
    number = re.findall(r'name="link" value="(\d+)"', owner.page)[0]

    await post(owner, "/team", csrf=csrf(owner), link=number)
    [link] = re.findall(rf"<code>{HERE}(/signin/[^<]*)</code>", owner.page)
    await post(teacher, link)

    assert "Ms K" in teacher.words
    assert say("web.role.signout") in teacher.words


async def test_nobody_gets_a_link_to_sign_in_as_somebody_with_an_account(desk: Desk) -> None:
    await grant(desk, ALICE.key, Role.TEACHER)
    owner = await (await signed(desk)).open("/team")
    assert 'name="link"' not in owner.page

    await post(owner, "/team", csrf=csrf(owner), link="1")

    assert "<code>" not in owner.page


async def test_a_role_is_taken_away_on_the_page_and_its_holder_told(desk: Desk) -> None:
    await grant(desk, ALICE.key, Role.TEACHER, "Alice")
    alice, owner = await signed(desk, ALICE.key), await (await signed(desk)).open("/team")
    number = re.findall(r'name="revoke" value="(\d+)"', owner.page)[0]

    await post(owner, "/team", csrf=csrf(owner), revoke=number)

    assert "Alice" not in owner.words
    assert await role(desk, ALICE.key) is None
    assert say("web.role.signout") not in (await alice.open()).words
    [told] = await desk.store.claim("telegram", desk.clock(), 9)
    assert (told.place.chat, told.card.notice) == (ALICE.key, "role.revoke.told")
    await post(owner, "/team", csrf=csrf(owner), revoke=number)
    assert owner.response.status_code == 200


async def test_an_invitation_is_withdrawn_on_the_page(desk: Desk) -> None:
    owner = await signed(desk)
    _, on_page = await made(owner, "admin")
    number = re.findall(r'name="withdraw" value="(\d+)"', owner.page)[0]

    await post(owner, "/team", csrf=csrf(owner), withdraw=number)

    assert 'name="withdraw"' not in owner.page
    dead = await Visitor(desk).open(on_page.removeprefix(HERE))
    assert say("role.link.withdrawn") in dead.words


async def test_admins_are_offered_and_can_do_only_what_is_below_them(desk: Desk) -> None:
    await grant(desk, ALICE.key, Role.ADMIN, "Alice")
    await grant(desk, BOB.key, Role.ADMIN, "Bob")
    alice = await (await signed(desk, ALICE.key)).open("/team")
    assert re.findall(r'<option value="(\w+)"', alice.page) == ["teacher", "editor"]
    async with desk.store.work(desk.clock()) as work:
        numbers = {one.label: one.number for one in await work.roles.granted()}

    await post(alice, "/team", csrf=csrf(alice), role="admin")
    await post(alice, "/team", csrf=csrf(alice), revoke=str(numbers["Bob"]))

    assert await role(desk, BOB.key) is Role.ADMIN
    async with desk.store.work(desk.clock()) as work:
        assert await work.roles.invitations() == []


@pytest.mark.parametrize("fields", [{"role": "janitor"}, {"revoke": "x"}, {"withdraw": ""}, {}])
async def test_a_form_of_nonsense_is_refused(desk: Desk, fields: dict[str, str]) -> None:
    owner = await signed(desk)

    sent = await post(owner, "/team", csrf=csrf(owner), **fields)

    assert sent.status_code == 400


async def test_the_log_is_read_on_the_page_and_handed_over(desk: Desk) -> None:
    owner = await signed(desk)
    await made(owner, "teacher", "=cmd()")
    async with desk.store.work(desk.clock()) as work:
        await work.roles.record(TEACHER.key, "bank.publish", "<town>", "3", "=4")

    await owner.open("/audit")
    assert "bank.publish <town>" in owner.words
    assert "<town>" not in owner.page
    await owner.open("/audit.csv")
    rows = list(csv.reader(StringIO(owner.response.content.decode("utf-8-sig"))))
    assert [row[3] for row in rows[1:]] == ["bank.publish", "role.invite", "sign-in"]
    assert rows[1][6] == "'=4"
    await owner.open("/audit.json")
    shown = json.loads(owner.page)
    assert [one["act"] for one in shown] == ["bank.publish", "role.invite", "sign-in"]
    assert shown[0]["at"] == NOON.isoformat()


async def test_the_store_learns_neither_link_nor_cookie(desk: Desk, tmp_path: Path) -> None:
    path = await owners_link(desk.store, desk.clock())
    visitor = Visitor(desk)
    await post(visitor, path)
    owner_links = await made(visitor, "teacher")

    stored = everything(tmp_path)
    for secret in (path, visitor.client.cookies[COOKIE], *owner_links):
        assert secret.rpartition("/")[2].rpartition("g_")[2].encode() not in stored


def everything(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("doublecheck.db*"))
