"""Questions and facts on their forms: saved in drafts, never over others, with a preview."""

import re
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.core.quiz import QuestionKind
from bot.core.words import say
from bot.service.bank_editing import FACTS, item
from tests.cast import ALICE, BOB, NOON, TEACHER
from tests.frontends.web.bank_office import Editor, Office, office_in
from tests.service import banking

WHEN, DEPTH = "/bank/ports/q/when", "/bank/ports/f/depth"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}&amp;"


@pytest.fixture
async def office(empty: Path, tmp_path: Path) -> AsyncGenerator[Office]:
    async with office_in(tmp_path, empty) as opened:
        yield opened


@pytest.fixture
async def alice(office: Office) -> Editor:
    return await office.signed(ALICE)


@pytest.fixture
async def bob(office: Office) -> Editor:
    return await office.signed(BOB)


async def stem(office: Office, number: int = 2, name: str = "when") -> str:
    found = (await office.banks.draft(number)).pack.question(name)
    return found.stem if found else ""


async def test_a_question_is_saved_in_a_draft_of_ones_own(office: Office, alice: Editor):
    await alice.open(WHEN)
    await alice.save(stem="In which year did the harbour open?")

    assert say("web.bank.done.saved", draft=2) in alice.words
    assert await stem(office) == "In which year did the harbour open?"
    texts = (await office.banks.draft(2)).texts
    assert texts[FACTS] == banking.FACTS
    assert (await office.banks.standings())[0].version == 1

    await alice.open(WHEN)
    await alice.save(**{"options.1.text": "1951"})
    assert [draft.id for draft in await office.banks.drafts("ports")] == [2]


async def test_what_was_not_changed_is_not_written(office: Office, alice: Editor):
    for path in (WHEN, DEPTH, "/bank/ports/f/drowned"):
        await alice.open(path)
        await alice.save()
        assert say("web.bank.done.same") in alice.words
    assert not await office.banks.drafts("ports")


async def test_a_fact_is_saved_with_all_that_its_form_has(office: Office, alice: Editor):
    await alice.open(DEPTH)
    await alice.save(
        **{
            "answer": "14 metres",
            "verdict": "contradicted",
            "correct": "13 metres",
            "correction": "A survey found 13 metres.",
            "references.0.publisher": "Port office",
            "references.0.url": "https://port.example/survey",
            "references.0.date": "2024-01-28",
            "asks.1.ask": "depth in feet",
            "asks.1.own_answer": "46 feet",
            "values.0.type": "number",
            "values.0.value": "14",
            "values.0.unit": "metres",
            "entities": '{id: port, name: "The port", kind: place, spellings: [harbour]}',
            "related": "opened",
            "sensitive": "on",
        }
    )

    fact = (await office.banks.draft(2)).pack.fact("depth")
    assert fact
    assert (fact.answer, fact.correct, str(fact.verdict)) == (
        "14 metres",
        "13 metres",
        "contradicted",
    )
    assert [(r.publisher, r.date) for r in fact.references] == [("Port office", "2024-01-28")]
    assert [(a.text, a.answer) for a in fact.asks][1] == ("depth in feet", "46 feet")
    assert (fact.sensitive, fact.entities, fact.related) == (True, ("port",), ("opened",))
    await alice.open(DEPTH)
    assert alice.form("seen")["references.0.publisher"] == "Port office"
    await alice.save()
    assert say("web.bank.done.same") in alice.words


async def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    office: Office, alice: Editor
):
    await alice.open(WHEN)
    await alice.save(**{"stem": "x" * 281, "feedback": "", "options.0.text": "y" * 91})

    assert alice.response.status_code == 422
    assert "“Question” has 281 characters, at most 280 are allowed" in alice.words
    assert 'href="#f-options.0.text"' in alice.page
    assert re.search(r'id="f-feedback"[^>]*aria-invalid="true"', alice.page)
    assert alice.form("seen")["stem"] == "x" * 281
    assert not await office.banks.drafts("ports")


@pytest.mark.parametrize(
    ("path", "changed", "field", "cause"),
    [
        (WHEN, {"options.0.right": ""}, "f-options", "right"),
        (WHEN, {"facts": "nothing"}, "f-facts", "unknown fact"),
        (WHEN, {"topic": "nothing"}, "f-topic", "unknown topic"),
        (DEPTH, {"related": "nothing"}, "f-related", "nothing"),
        (DEPTH, {"references.0.url": "ftp://x", "references.0.publisher": "P"}, "f-references", "web address"),
        (DEPTH, {"entities": "{id: x"}, "f-entities", ""),
        (DEPTH, {"verdict": "contradicted"}, "f-", "contradicted"),
    ],
)  # fmt: skip
async def test_what_the_bank_refuses_is_said_at_its_field(
    office: Office, path: str, changed: dict[str, str], field: str, cause: str
):
    alice = await office.signed(ALICE)
    await alice.open(path)
    await alice.save(**changed)

    assert alice.response.status_code == 422
    assert f'href="#{field}' in alice.page
    assert cause in alice.words
    assert not await office.banks.drafts("ports")


async def test_who_comes_second_is_told_and_keeps_their_words(
    office: Office, alice: Editor, bob: Editor
):
    await alice.open(DEPTH)
    await alice.save(answer="13 metres")
    await bob.open(f"{WHEN}?draft=2")
    await alice.open(WHEN)
    await alice.save(stem="When was the harbour opened?")

    await bob.save(stem="Since when is there a harbour?")

    assert bob.response.status_code == 409
    assert say("web.bank.behind") in bob.words
    assert "When was the harbour opened? Since when is there a harbour?" in bob.words
    assert bob.form("seen")["stem"] == "Since when is there a harbour?"
    assert await stem(office) == "When was the harbour opened?"

    await bob.save()
    assert await stem(office) == "Since when is there a harbour?"


async def test_changes_of_two_editors_to_different_items_are_both_kept(
    office: Office, alice: Editor, bob: Editor
):
    await alice.open(DEPTH)
    await alice.save(answer="13 metres")
    await bob.open(f"{WHEN}?draft=2")
    await alice.open(DEPTH)
    await alice.save(answer="14 metres")

    await bob.save(stem="Since when is there a harbour?")

    assert say("web.bank.done.meanwhile", draft=2) in bob.words
    opened = await office.banks.draft(2)
    assert item(opened.texts, FACTS, "depth")["answer"] == "14 metres"
    assert await stem(office) == "Since when is there a harbour?"


async def test_what_was_removed_meanwhile_can_be_put_back(
    office: Office, alice: Editor, bob: Editor
):
    await alice.open(DEPTH)
    await alice.save(answer="13 metres")
    await bob.open(f"{WHEN}?draft=2")
    await alice.open(WHEN)
    await alice.save("remove")
    assert "when was taken out of draft 2" in alice.words

    await bob.save(stem="Since when is there a harbour?")
    assert bob.response.status_code == 409
    assert say("web.bank.gone") in bob.words
    assert bob.form("seen")["stem"] == "Since when is there a harbour?"


async def test_a_draft_that_is_gone_makes_way_for_a_new_one(
    office: Office, alice: Editor, bob: Editor
):
    await alice.open(DEPTH)
    await alice.save(answer="13 metres")
    await alice.open(WHEN)
    await office.banks.throw_away(2, BOB.key)

    await alice.save(stem="Since when is there a harbour?")

    assert say("web.bank.done.saved", draft=3) in alice.words
    assert item((await office.banks.draft(3)).texts, FACTS, "depth")["answer"] == "12 metres"


async def test_a_role_that_is_gone_between_opening_and_saving_saves_nothing(
    office: Office, alice: Editor
):
    await alice.open(WHEN)
    fields = alice.form("seen") | {"stem": "Other?", "do": "save"}
    async with office.store.work(NOON) as work:
        [grant] = [one for one in await work.roles.granted() if one.person == ALICE.key]
        await work.roles.revoke(grant.number)

    await alice.post(WHEN, **fields)

    assert alice.response.status_code == 403
    assert say("web.role.403") in alice.words
    assert not await office.banks.drafts("ports")


async def test_forms_of_elsewhere_are_refused(office: Office, alice: Editor):
    await alice.open(WHEN)
    fields = alice.form("seen") | {"stem": "Other?", "do": "save"}

    await alice.post(WHEN, **{**fields, "csrf": "0" * 64})
    assert alice.response.status_code == 403
    other = await alice.client.post(WHEN, data=fields, headers={"Origin": "https://evil.example"})
    assert other.status_code == 403
    plain = await alice.client.post(
        WHEN, content=b"{}", headers={"Origin": alice.here, "Content-Type": "application/json"}
    )
    assert plain.status_code == 415
    assert not await office.banks.drafts("ports")


# New ones, copies, removal.


async def test_a_new_question_gets_an_id_of_its_text(office: Office, alice: Editor):
    await alice.open("/bank/ports/new/q")
    await alice.save(
        **{
            "stem": "How deep is the harbour, according to this pack?",
            "kind": "number",
            "numbers.0.value": "12",
            "numbers.0.tolerance": "0.5",
            "numbers.0.unit": "metres",
            "feedback": "The pack says so.",
            "facts": "depth",
        }
    )

    assert alice.address.startswith("/bank/ports/q/how-deep-is-the-harbour")
    question = (await office.banks.draft(2)).pack.question(alice.address.rpartition("/")[2])
    assert question
    assert (question.kind, question.numbers[0].tolerance) == (QuestionKind.NUMBER, 0.5)


KINDS = {
    "single": {"options.0.text": "A", "options.0.right": "on", "options.1.text": "B"},
    "several": {
        "options.0.text": "A", "options.0.share": "50", "options.1.text": "B", "options.1.share": "50",
        "options.2.text": "C", "options.2.feedback": "No.",
    },
    "true-false": {"truth": "false", "said_true": "Not quite."},
    "number": {"numbers.0.low": "10", "numbers.0.high": "14", "numbers.1.value": "9", "numbers.1.share": "50"},
    "text": {"accepted.0.text": "Tyne", "accepted.0.right": "on", "accepted.1.text": "T*", "accepted.1.share": "50",
             "accepted.1.pattern": "on", "accepted.1.case": "on"},
    "order": {"sequence": "first\nsecond\nthird"},
    "matching": {"pairs.0.left": "1", "pairs.0.other": "one", "pairs.1.left": "2", "pairs.1.other": "two"},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_question_is_written_and_read_again(
    office: Office, alice: Editor, kind: str
):
    await alice.open("/bank/ports/new/q?own=0")
    await alice.save(stem="What is it?", kind=kind, id="x-1", feedback="", facts="", **KINDS[kind])
    assert alice.address == "/bank/ports/q/x-1"

    fields = alice.form("seen")
    assert {name: fields.get(name) for name in KINDS[kind]} == KINDS[kind]
    await alice.save()
    assert say("web.bank.done.same") in alice.words


async def test_ids_are_held_to_their_form_and_taken_once(office: Office, alice: Editor):
    await alice.open("/bank/ports/new/f")
    await alice.save(claim="The mole is long.", id="a b")
    assert say("web.bank.wrong.id") in alice.words
    await alice.save(claim="The mole is long.", id="depth")
    assert say("web.bank.wrong.taken", id="depth") in alice.words
    await alice.save(claim="The mole is long.", id="")
    assert alice.address == "/bank/ports/f/mole-long"


async def test_a_copy_is_another_question(office: Office, alice: Editor):
    await alice.open("/bank/ports/new/q?from=when")
    await alice.save(stem="When was the harbour opened to ships?", id="when-2")
    pack = (await office.banks.draft(2)).pack
    assert [question.id for question in pack.questions] == ["when", "when-2"]


async def test_a_removal_is_undone(office: Office, alice: Editor):
    for path, name in ((WHEN, "when"), (DEPTH, "depth")):
        before = await alice.open(path)
        fields = before.form("seen")
        kept = {
            key: text for key, text in fields.items() if key not in ("seen", "revision", "draft")
        }
        if path == DEPTH:
            # Nothing may rest on a fact that is gone; nothing does on this one.
            fields["draft"] = "2"
        await alice.save("remove")
        assert f"{name} was taken out of draft 2" in alice.words
        undo = alice.form("own")
        await alice.post(f"/bank/ports/new/{path.split('/')[3]}", **{**undo, "do": "save"})
        assert alice.address == path
        again = alice.form("seen")
        assert {key: again.get(key) for key in kept} == kept


async def test_a_fact_that_others_rest_on_is_not_removed(office: Office, alice: Editor):
    await alice.open("/bank/ports/f/opened")
    await alice.save("remove")
    assert alice.response.status_code == 409
    assert 'unknown fact "opened"' in alice.words


async def test_rows_are_added_and_dropped_without_a_script(office: Office, alice: Editor):
    await alice.open(WHEN)
    await alice.save("add.options", stem="Other?")
    assert 'name="options.5.text"' in alice.page
    await alice.save("drop.options.1")
    assert alice.form("seen")["options.1.text"] == "1995"
    assert alice.form("seen")["stem"] == "Other?"
    await alice.save("kind", kind="order")
    assert re.search(r'data-only="order">', alice.page)
    assert not await office.banks.drafts("ports")


# History.


async def test_an_item_has_a_history_and_comes_back_from_it(office: Office, alice: Editor):
    await alice.open(DEPTH)
    await alice.save(answer="14 metres")
    admin = await office.signed(TEACHER)
    await admin.open("/bank/ports/draft/2")
    await admin.act("publish")

    await alice.open(f"{DEPTH}/history")
    assert "12 metres -> 14 metres" in alice.words
    assert TEACHER.key in alice.words
    await alice.post(f"{DEPTH}/history", **alice.form("seen"), version="1")

    assert alice.form("seen")["answer"] == "12 metres"
    await alice.open(f"{WHEN}/history")
    await alice.post(f"{WHEN}/history", **alice.form("seen"), version="1")
    assert alice.address == WHEN


async def test_a_restored_item_never_covers_a_newer_one(
    office: Office, alice: Editor, bob: Editor
):
    await alice.open(DEPTH)
    await alice.save(answer="13 metres")
    await bob.open(f"{DEPTH}/history?draft=2")
    await alice.open(DEPTH)
    await alice.save(answer="14 metres")

    await bob.post(f"{DEPTH}/history", **bob.form("seen"), version="1")

    assert bob.response.status_code == 409
    assert item((await office.banks.draft(2)).texts, FACTS, "depth")["answer"] == "14 metres"


# Preview.


async def test_the_preview_shows_the_message_the_buttons_and_the_poll(alice: Editor):
    await alice.open(WHEN)
    fields = alice.form("seen") | {"stem": "Since when is there a harbour?"}
    await alice.post("/bank/ports/preview/q", **fields)

    assert "<html" not in alice.page
    assert "Since when is there a harbour?" in alice.words
    assert "30/300" in alice.words
    assert "right: 1905" in alice.words
    assert "Please double-check this with another source." in alice.words


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sensitive": "on"}, "poll.no-key"),
        ({"stem": "\N{GRINNING FACE}" * 151}, "poll.question"),
        ({"kind": "order", "sequence": "a\nb\nc"}, "poll.kind"),
        ({"options.1.text": "x" * 101}, "poll.options"),
    ],
)
async def test_the_preview_says_why_there_can_be_no_poll(
    alice: Editor, changed: dict[str, str], why: str
):
    await alice.open(WHEN)
    await alice.post("/bank/ports/preview/q", **(alice.form("seen") | changed))
    assert say("web.bank.preview.no-poll", why=say(why)) in alice.words


async def test_the_preview_says_what_is_missing(alice: Editor):
    await alice.open("/bank/ports/new/q")
    await alice.post("/bank/ports/preview/q", **alice.form("seen"))
    assert say("web.bank.preview.lacking") in alice.words
    await alice.open("/bank/ports/new/f")
    await alice.post("/bank/ports/preview/f", **alice.form("seen"))
    assert say("web.bank.preview.lacking") in alice.words


async def test_the_preview_of_a_fact_is_the_answer_to_who_asks(alice: Editor):
    await alice.open(DEPTH)
    changed = {
        "verdict": "contradicted",
        "correct": "13 metres",
        "correction": "A survey found 13 metres.",
        "answer": "14 metres",
        "references.0.publisher": "Port office",
    }
    await alice.post("/bank/ports/preview/f", **(alice.form("seen") | changed))
    assert "14 metres, according to this pack. Other sources disagree: 13 metres." in alice.words


# Hostile texts.


async def test_hostile_texts_are_shown_and_never_run(office: Office, alice: Editor):
    await alice.open(DEPTH)
    await alice.save(answer=NASTY, note_editors=NASTY)
    assert alice.form("seen")["answer"] == NASTY
    for path in (DEPTH, "/bank/ports", "/bank/ports/draft/2", f"{DEPTH}/history?draft=2"):
        await alice.open(path)
        assert "<script>alert" not in alice.page
        assert "<img" not in alice.page.replace('<img src="/static', "")
        assert "49" not in alice.form("seen").get("answer", "") if path == DEPTH else True


async def test_hidden_characters_and_endless_texts_are_refused_with_the_text_kept(
    office: Office, alice: Editor
):
    await alice.open(DEPTH)
    for text in ("a\u202eb", "a\x00b", "y" * 100_000):
        await alice.save(claim=text)
        assert alice.response.status_code == 422, text[:5]
        assert alice.form("seen")["claim"] == text
    assert not await office.banks.drafts("ports")


async def test_far_too_much_is_refused_at_the_door(alice: Editor):
    await alice.open(DEPTH)
    await alice.save(claim="y" * 2_100_000)
    assert alice.response.status_code == 413
