"""The pages for banks: who may open them, the list, drafts, versions, exports."""

import io
import zipfile
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.core.answer import FactKey
from bot.core.roles import LOCAL_OWNER, Role
from bot.core.words import say
from bot.service.bank_editing import FACTS, PutText, item
from bot.service.bank_publishing import Publisher
from tests.cast import ALICE, BOB, NOON, STRANGER, TEACHER
from tests.frontends.web.bank_office import Editor, Office, office_in
from tests.frontends.web.visitor import Visitor
from tests.service import banking

PAGES = (
    "/bank", "/bank/ports", "/bank/ports/q/when", "/bank/ports/f/depth", "/bank/ports/new/q",
    "/bank/ports/new/f", "/bank/ports/history", "/bank/ports/q/when/history",
    "/bank/ports/draft/1", "/bank/ports/export/yaml",
)  # fmt: skip

NOWHERE = (
    "/bank/nothing", "/bank/ports/q/nothing", "/bank/ports/f/nothing", "/bank/ports/draft/99",
    "/bank/ports/draft/99999999999999999999", "/bank/other/draft/1", "/bank/nothing/history",
    "/bank/ports/f/nothing/history", "/bank/ports/export/nothing", "/bank/nothing/export/yaml",
    "/bank/ports/import/nothing", "/bank/ports/export/yaml?version=9", "/bank/ports?draft=99",
)  # fmt: skip


@pytest.fixture
async def office(empty: Path, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office_in(tmp_path, empty) as opened:
        yield opened


@pytest.fixture
async def alice(office: Office) -> Editor:
    return await office.signed(ALICE)


@pytest.fixture
async def admin(office: Office) -> Editor:
    return await office.signed(TEACHER)


async def deeper(office: Office, by: str = ALICE.key) -> int:
    """Let somebody change a fact in a draft; return its number."""
    draft = await office.banks.open_draft("ports", by)
    texts = (await office.banks.draft(draft.id)).texts
    plain = {
        **item(texts, FACTS, "depth"),
        "answer": "14 metres",
        "claim": "The harbour is 14 metres deep.",
    }
    return (await office.banks.put_fact(draft.id, 1, by, plain)).id


async def test_pages_of_banks_are_for_editors(office: Office):
    async with office.store.work(NOON) as work:
        await work.roles.grant(STRANGER.key, Role.TEACHER, LOCAL_OWNER)

    for visitor in (Visitor(office.desk), await office.signed(STRANGER)):
        for path in PAGES:
            await visitor.open(path)
            assert visitor.response.status_code == 403, path
            assert say("web.role.403") in visitor.words


async def test_editors_open_every_page_of_banks(alice: Editor):
    found = {path: (await alice.open(path)).response.status_code for path in PAGES}
    assert found == dict.fromkeys(PAGES, 200)


async def test_what_is_not_there_is_said_so(alice: Editor):
    found = {path: (await alice.open(path)).response.status_code for path in NOWHERE}
    assert found == dict.fromkeys(NOWHERE, 404)


async def test_the_list_of_banks_counts_and_leads_on(office: Office, alice: Editor):
    await deeper(office)
    await alice.open("/bank")

    assert "ports Ports version 1 3 1 1" in alice.words
    assert 'href="/bank/ports/draft/2"' in alice.page


async def test_items_are_searched_in_all_of_their_texts(alice: Editor):
    await alice.open("/bank/ports?search=HOW+deep")
    assert "1 of 4 facts and questions" in alice.words
    assert "/bank/ports/f/depth" in alice.page

    await alice.open("/bank/ports?search=register")
    assert "/bank/ports/q/when" in alice.page

    await alice.open("/bank/ports?search=nothing+of+the+kind")
    assert say("web.bank.found.none") in alice.words


async def test_items_are_filtered_by_what_kind_topic_verdict_and_marks(
    office: Office, alice: Editor
):
    async with office.store.work(NOON) as work:
        await work.file_report(BOB, [FactKey("ports", "q/when", "x")], "wrong year", NOON)
    number = await deeper(office)

    for query, found in (
        ("what=q", ["q/when"]),
        ("kind=single", ["q/when"]),
        ("topic=depths", ["f/depth"]),
        ("verdict=unchecked", ["f/opened", "f/depth", "f/drowned"]),
        ("verdict=unchecked&topic=depths", ["f/depth"]),
        ("marked=sensitive", ["f/drowned"]),
        ("marked=flags", ["q/when"]),
        (f"marked=changed&draft={number}", ["f/depth"]),
    ):
        await alice.open(f"/bank/ports?{query}")
        assert f"{len(found)} of 4" in alice.words, query
        assert all(f"/bank/ports/{name}" in alice.page for name in found), query


async def test_items_are_sorted_by_links_that_turn_round(alice: Editor):
    await alice.open("/bank/ports?sort=id")
    names = ["/f/depth", "/f/drowned", "/f/opened", "/q/when"]
    places = [alice.page.index(f'"/bank/ports{name}') for name in names]
    assert places == sorted(places)
    assert 'aria-sort="ascending"' in alice.page

    await alice.open("/bank/ports?sort=-id")
    places = [alice.page.index(f'"/bank/ports{name}') for name in names]
    assert places == sorted(places, reverse=True)


async def test_long_lists_have_pages(office: Office, alice: Editor):
    facts = "".join(f"- {{id: n-{n}, claim: The {n}th mast stands.}}\n" for n in range(120))
    draft = await office.banks.open_draft("ports", ALICE.key)
    edit = PutText(FACTS, banking.FACTS + facts)
    await office.banks.edit(draft.id, 1, ALICE.key, edit)

    await alice.open("/bank/ports?search=mast&page=2")
    assert "Page 2 of 3" in alice.words
    assert "/bank/ports/f/n-50" in alice.page
    assert "/bank/ports/f/n-49" not in alice.page

    await alice.open("/bank/ports?search=mast&page=99")
    assert "Page 3 of 3" in alice.words


# Drafts.


async def test_a_draft_shows_what_it_changes_and_touches(office: Office, alice: Editor):
    number = await deeper(office)
    await alice.open(f"/bank/ports/draft/{number}")

    assert "1 key changed" in alice.words
    assert "12 metres 14 metres" in alice.words
    assert say("bank.diff.touches.nothing") in alice.words
    assert say("web.bank.publish.admin") in alice.words


async def test_an_admin_publishes_is_told_and_goes_back(office: Office, admin: Editor):
    number = await deeper(office)
    await admin.open(f"/bank/ports/draft/{number}")
    # A check names the direct answer of nothing, so it is met as before.
    await admin.act("publish")

    assert "ports: version 2 is published in place of version 1." in admin.words
    assert admin.address == "/bank/ports/history"

    await admin.open("/bank/ports/rollback/1")
    assert "Publish version 1 of ports again?" in admin.words
    assert "14 metres 12 metres" in admin.words
    await admin.post("/bank/ports/rollback/1", **admin.form("before"))

    assert "ports: version 1 is published again, in place of version 2." in admin.words
    assert 'href="/bank/ports/rollback/2"' in admin.page
    found = await office.banks.version("ports")
    assert found.texts[FACTS] == banking.FACTS


async def test_a_rollback_over_what_was_not_seen_is_refused(office: Office, admin: Editor):
    await Publisher(office.banks).publish(await deeper(office), 2, TEACHER.key)
    await admin.open("/bank/ports/rollback/1")
    await Publisher(office.banks).publish(await shallow(office), 2, TEACHER.key)

    await admin.post("/bank/ports/rollback/1", **admin.form("before"))

    assert admin.response.status_code == 409
    assert say("web.bank.rollback.behind", version=3) in admin.words
    assert (await office.banks.standings())[0].version == 3


async def shallow(office: Office) -> int:
    draft = await office.banks.open_draft("ports", ALICE.key)
    return (await office.banks.rename_topic(draft.id, 1, ALICE.key, "depths", "Deep")).id


async def test_a_bank_is_withdrawn_and_brought_back(office: Office, admin: Editor):
    await admin.open("/bank/ports/rollback/0")
    assert "4 removed" in admin.words
    await admin.post("/bank/ports/rollback/0", **admin.form("before"))
    assert say("web.bank.moved.withdrawn", pack="ports") in admin.words

    await admin.open("/bank/ports/rollback/1")
    await admin.post("/bank/ports/rollback/1", **admin.form("before"))
    assert (await office.banks.standings())[0].version == 1


async def test_editors_do_not_publish_nor_roll_back(office: Office, alice: Editor):
    number = await deeper(office)
    await alice.open(f"/bank/ports/draft/{number}")
    fields = alice.form("revision")

    await alice.post(f"/bank/ports/draft/{number}", **{**fields, "do": "publish"})
    assert alice.response.status_code == 403
    await alice.post("/bank/ports/rollback/0", before="1", csrf=fields["csrf"])
    assert alice.response.status_code == 403
    assert (await office.banks.standings())[0].version == 1


async def test_a_draft_that_changed_is_not_published_unseen(office: Office, admin: Editor):
    number = await deeper(office)
    await admin.open(f"/bank/ports/draft/{number}")
    await office.banks.rename_topic(number, 2, ALICE.key, "depths", "Deep")

    await admin.act("publish")

    assert admin.response.status_code == 409
    assert f"Draft {number} was changed meanwhile, by {ALICE.key}" in admin.words


async def test_a_draft_that_breaks_a_check_says_which(office: Office, admin: Editor):
    draft = await office.banks.open_draft("ports", ALICE.key)
    painted = {"id": "depth", "claim": "Ships are painted each spring."}
    await office.banks.put_fact(draft.id, 1, ALICE.key, painted)
    await admin.open(f"/bank/ports/draft/{draft.id}")

    await admin.act("publish")

    assert admin.response.status_code == 409
    assert "Nothing was published: 1 of the 2 checks" in admin.words
    assert "how deep is the harbour" in admin.words


async def test_a_sensitive_change_waits_for_a_second_editor(office: Office, admin: Editor):
    draft = await office.banks.open_draft("ports", TEACHER.key)
    texts = (await office.banks.draft(draft.id)).texts
    plain = {**item(texts, FACTS, "drowned"), "answer": "Three divers"}
    await office.banks.put_fact(draft.id, 1, TEACHER.key, plain)
    await admin.open(f"/bank/ports/draft/{draft.id}")
    assert say("web.bank.second.wanted") in admin.words
    assert say("web.bank.approve") not in admin.words
    await admin.act("publish")
    assert "a second person must look at them" in admin.words
    assert (await office.banks.standings())[0].version == 1

    bob = await office.signed(BOB)
    await bob.open(f"/bank/ports/draft/{draft.id}")
    await bob.act("approve")
    assert say("web.bank.draft.done.approve", draft=draft.id) in bob.words

    await admin.open(f"/bank/ports/draft/{draft.id}")
    await admin.act("publish")
    assert "version 2 is published" in admin.words


async def test_a_draft_goes_into_the_bin_and_comes_back(office: Office, alice: Editor):
    number = await deeper(office)
    await alice.open(f"/bank/ports/draft/{number}")
    await alice.act("throw")
    assert say("web.bank.draft.done.throw", draft=number) in alice.words
    await alice.open("/bank")
    assert say("web.bank.bin", count=1) in alice.words

    await alice.open(f"/bank/ports/draft/{number}")
    await alice.act("restore")
    assert say("web.bank.draft.done.restore", draft=number) in alice.words


async def test_a_draft_is_moved_onto_what_was_published_meanwhile(office: Office, alice: Editor):
    number = await deeper(office)
    await Publisher(office.banks).publish(await shallow(office), 2, TEACHER.key)
    await alice.open(f"/bank/ports/draft/{number}")
    assert say("web.bank.draft.behind", version=2) in alice.words

    await alice.act("rebase")

    assert say("web.bank.draft.done.rebase", draft=number, version=2) in alice.words
    assert "1 key changed" in alice.words


async def test_changes_that_clash_are_named(office: Office, alice: Editor):
    number, other = await deeper(office), await deeper(office, BOB.key)
    texts = (await office.banks.draft(other)).texts
    plain = {**item(texts, FACTS, "depth"), "answer": "15 metres"}
    await office.banks.put_fact(other, 2, BOB.key, plain)
    await Publisher(office.banks).publish(other, 3, TEACHER.key)
    await alice.open(f"/bank/ports/draft/{number}")

    await alice.act("rebase")

    assert alice.response.status_code == 409
    assert 'both changed "depth"' in alice.words


async def test_unknown_acts_are_refused(office: Office, alice: Editor):
    number = await deeper(office)
    await alice.open(f"/bank/ports/draft/{number}")
    await alice.act("explode")
    assert alice.response.status_code == 400


# Exports.


async def test_every_format_is_handed_over(alice: Editor):
    for form in ("yaml", "json", "gift", "moodle-xml", "csv", "kahoot", "aiken", "claims"):
        await alice.open(f"/bank/ports/export/{form}")
        if "attachment" not in alice.response.headers.get("content-disposition", ""):
            assert say("web.bank.export.sure") in alice.words, form
            await alice.open(f"/bank/ports/export/{form}?sure=1")
        assert alice.response.headers["content-disposition"].startswith("attachment"), form

    await alice.open("/bank/ports/export/files")
    with zipfile.ZipFile(io.BytesIO(alice.response.content)) as archive:
        assert archive.read("quiz.yaml").decode() == banking.QUIZ


async def test_what_a_format_cannot_hold_is_said_before(alice: Editor):
    await alice.open("/bank/ports/export/aiken")
    assert say("web.bank.export.lost") in alice.words
    assert "the facts that it rests on (when)" in alice.words


async def test_a_version_that_is_not_there_is_not_gone_back_to(admin: Editor):
    for number in ("99", "99999999999999999999"):
        await admin.open(f"/bank/ports/rollback/{number}")
        assert admin.response.status_code == 404
