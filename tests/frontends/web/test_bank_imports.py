"""Files that are sent to the page: sized before, reported on, imported whole or as far as one says."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.core.words import say
from tests.cast import ALICE, BOB
from tests.frontends.web.bank_office import Editor, Office, office_in

GOOD = b"::one:: Which is it? {=this ~that}\n\n::two:: And which now? {=here ~there}\n"
BAD = GOOD + b"\n::three:: No key {~a ~b}\n"


@pytest.fixture
async def office(empty: Path, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office_in(tmp_path, empty) as opened:
        yield opened


@pytest.fixture
async def alice(office: Office) -> Editor:
    return await office.signed(ALICE)


async def test_a_file_becomes_a_draft(office: Office, alice: Editor):
    await alice.upload("lesson.gift", GOOD, pack="ports")

    assert "2 questions are in draft 2 of ports: 2 new" in alice.words
    assert 'href="/bank/ports/draft/2"' in alice.page
    assert (await office.banks.standings())[0].version == 1

    await alice.upload("lesson.gift", GOOD, pack="ports")
    assert "all 2 questions stand in ports just so" in alice.words


async def test_a_file_with_mistakes_is_reported_and_imported_without_them_when_told(
    office: Office, alice: Editor
):
    await alice.upload("lesson.gift", BAD, pack="ports")
    assert say("web.bank.not-imported") in alice.words
    assert 'line 5, "three"' in alice.words
    assert "What to do:" in alice.words
    assert not await office.banks.drafts()
    fields = alice.form("csrf")

    bob = await office.signed(BOB)
    await bob.open(alice.address)
    assert bob.response.status_code == 404

    await alice.post(alice.address, **fields, do="rest")
    assert "2 questions are in draft 2 of ports" in alice.words
    assert say("bank.imported.left", left=1, seen=3) in alice.words


async def test_an_import_is_dropped(office: Office, alice: Editor):
    await alice.upload("lesson.gift", BAD, pack="ports")
    await alice.post(alice.address, **alice.form("csrf"), do="cancel")
    assert alice.address == "/bank"
    assert not await office.banks.drafts()


async def test_a_new_bank_is_called_as_it_was_said(office: Office, alice: Editor):
    await alice.upload(
        "lesson.gift", GOOD, pack="+", id="lesson-1", title="A <b>lesson</b>", source="the book"
    )

    assert "draft 2 of lesson-1" in alice.words
    pack = (await office.banks.draft(2)).pack
    assert (pack.id, pack.title, pack.source.name) == ("lesson-1", "A <b>lesson</b>", "the book")
    await alice.open("/bank/lesson-1")
    assert "<b>lesson" not in alice.page

    await alice.upload("two.gift", GOOD, pack="+")
    assert "draft 3 of two" in alice.words
    await alice.upload("two.gift", GOOD, pack="+", id="../etc")
    assert "cannot be the name of a bank" in alice.words


@pytest.mark.parametrize(
    ("name", "content"),
    [("bomb.xlsx", b"PK\x03\x04" + b"\x00" * 50), ("x.gift", b"\xff\xfe\xfd"), ("<script>.txt", b"<script>alert(1)</script>")],
)  # fmt: skip
async def test_what_is_no_bank_is_refused_with_its_cause(
    office: Office, alice: Editor, name: str, content: bytes
):
    await alice.upload(name, content, pack="ports")
    assert say("web.bank.not-imported") in alice.words
    assert "What to do:" in alice.words
    assert "<script>" not in alice.page.replace('<script src="/static', "")
    assert not await office.banks.drafts()


async def test_nothing_and_too_much_are_refused(office: Office, alice: Editor):
    await alice.upload("empty.gift", b"", pack="ports")
    assert say("web.bank.file.none") in alice.words

    await alice.upload("large.gift", b"x" * 30_200_000, pack="ports")
    assert alice.response.status_code == 413
    assert say("web.bank.file.large", most=30) in alice.words


async def test_a_file_without_the_mark_of_its_form_is_refused(office: Office, alice: Editor):
    answer = await alice.client.post(
        "/bank",
        data={"csrf": "0" * 64, "pack": "ports"},
        files={"file": ("a.gift", GOOD)},
        headers={"Origin": alice.here},
    )
    assert answer.status_code == 403
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        headers = {"Origin": alice.here, "Content-Type": kind}
        answer = await alice.client.post("/bank", content=b"--y\r\n", headers=headers)
        assert answer.status_code in (400, 403, 415), kind
    assert not await office.banks.drafts()


async def test_the_state_of_an_import_is_told_bit_by_bit(alice: Editor):
    await alice.upload("lesson.gift", GOOD, pack="ports")
    await alice.open(f"{alice.address}/part")
    assert alice.response.headers["x-over"] == "1"
    assert "2 questions are in draft 2" in alice.words
