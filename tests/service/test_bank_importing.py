"""Files of questions become part of a draft: all of it or nothing, and nothing of others is lost."""

import pytest

from bot.core.quiz import Option, QuestionKind
from bot.core.roles import LOCAL_OWNER
from bot.service.bank_editing import QUIZ
from bot.service.bank_importing import About, Brought, Importer, pack_named
from bot.service.bank_problems import Refusal
from bot.service.bank_publishing import Publisher
from bot.service.banks import Banks
from bot.store.store import SqlStore
from tests.cast import ALICE, STRANGER
from tests.service import banking
from tests.service.clocks import Time

GIFT = b"::One:: Which? {=a#yes ~%-50%b}\n\n::Two:: Late? {T}\n"
BAD = GIFT + b"\n::Three:: Which? {~a ~b}\n"


@pytest.fixture
async def banks(store: SqlStore, time: Time) -> Banks:
    await banking.grant(store)
    return banking.banks_in(store, time)


async def quiz(banks: Banks, number: int) -> list[str]:
    return [question.id for question in (await banks.draft(number)).pack.questions]


async def test_a_file_becomes_a_bank_of_its_own(banks: Banks):
    about = About(
        "Lesson 3", "en", "the textbook", "Please double-check this with another source.", "Check."
    )
    brought = Brought("lesson3.gift", GIFT, about=about)

    done = await Importer(banks).import_bank(brought, "lesson3", ALICE.key)

    assert (done.done, done.added, done.replaced, done.same) == (True, 2, 0, 0)
    assert done.draft
    pack = (await banks.draft(done.draft.id)).pack
    assert (pack.id, pack.title, pack.source.name) == ("lesson3", "Lesson 3", "the textbook")
    assert pack.caveat_short == "Check."
    assert pack.questions[0].kind is QuestionKind.SINGLE
    assert pack.questions[0].options == (Option("a", "a", 1.0, "yes"), Option("b", "b", -0.5))


async def test_nothing_is_kept_of_a_file_with_a_problem(banks: Banks):
    done = await Importer(banks).import_bank(Brought("x.gift", BAD), "x", ALICE.key)

    assert (done.done, done.draft, done.seen) == (False, None, 3)
    assert [p.cause for p in done.problems] == ["no answer is marked as right"]
    assert await banks.drafts() == []


async def test_what_cannot_be_imported_is_left_out_when_somebody_says_so(banks: Banks):
    brought = Brought("x.gift", BAD, leave_out=True)

    done = await Importer(banks).import_bank(brought, "x", ALICE.key)

    assert done.draft
    assert await quiz(banks, done.draft.id) == ["one", "two"]


async def test_questions_join_those_of_a_bank_which_stay_as_they_are_written(banks: Banks):
    first = await banks.open_draft("ports", ALICE.key, banking.TEXTS)

    done = await Importer(banks).import_bank(Brought("x.gift", GIFT), "ports", ALICE.key)

    opened = await banks.draft(first.id)
    assert done.draft
    assert done.draft.id == first.id
    assert opened.texts[QUIZ].startswith(banking.QUIZ)
    assert [q.id for q in opened.pack.questions] == ["when", "one", "two"]


async def test_the_same_file_again_replaces_its_own_questions(banks: Banks):
    await Importer(banks).import_bank(Brought("x.gift", GIFT), "x", ALICE.key)

    changed = GIFT.replace(b"{T}", b"{F}")
    done = await Importer(banks).import_bank(Brought("x.gift", changed), "x", ALICE.key)
    again = await Importer(banks).import_bank(Brought("x.gift", changed), "x", ALICE.key)

    assert (done.added, done.replaced, done.same) == (0, 1, 1)
    assert (again.added, again.replaced, again.same) == (0, 0, 2)
    assert again.draft is None


async def test_questions_of_the_same_title_from_another_file_replace_nothing(banks: Banks):
    await Importer(banks).import_bank(Brought("x.gift", GIFT), "x", ALICE.key)

    other = b"::One:: Which river? {=Nile ~Rhine}\n"
    done = await Importer(banks).import_bank(Brought("y.gift", other), "x", ALICE.key)

    assert (done.added, done.replaced) == (1, 0)
    assert done.draft
    assert await quiz(banks, done.draft.id) == ["one", "two", "one-2"]


async def test_an_id_in_the_file_means_that_question(banks: Banks):
    await Importer(banks).import_bank(Brought("x.gift", GIFT), "x", ALICE.key)

    named = b"// [id:two]\n::Anything:: Early? {F}\n"
    done = await Importer(banks).import_bank(Brought("y.gift", named), "x", ALICE.key)

    assert (done.added, done.replaced) == (0, 1)


async def test_a_try_keeps_nothing(banks: Banks):
    done = await Importer(banks).import_bank(Brought("x.gift", GIFT), "x", ALICE.key, dry=True)

    assert (done.done, done.added, done.draft) == (True, 2, None)
    assert await banks.drafts() == []


async def test_a_question_on_facts_is_written_like_the_banks_own(banks: Banks):
    draft = await banks.open_draft("ports", ALICE.key, banking.TEXTS)
    own = banking.QUIZ.replace("id: when", "id: when-2").encode()

    await Importer(banks).import_bank(Brought("x.yaml", own), "ports", ALICE.key)

    opened = await banks.draft(draft.id)
    assert "imported" not in opened.texts[QUIZ]
    assert opened.pack.questions[1].facts == ("opened",)


async def test_what_a_file_would_change_is_shown_without_importing_it(banks: Banks):
    draft = await banks.open_draft("ports", LOCAL_OWNER, banking.TEXTS)
    await Publisher(banks).publish(draft.id, 1, LOCAL_OWNER, alone=True)

    found = await Importer(banks).compare(Brought("x.gift", GIFT), "ports")

    assert [item.id for item in found.diff.items] == ["one", "two"]
    assert await banks.drafts() == []


async def test_progress_is_told_for_a_large_file(banks: Banks):
    told: list[int] = []
    data = b"".join(b"::q%d:: Late? {T}\n\n" % n for n in range(2_500))

    await Importer(banks).import_bank(Brought("x.gift", data), "x", ALICE.key, told=told.append)

    assert told == [1_000, 2_000]


async def test_a_stranger_imports_nothing(banks: Banks):
    with pytest.raises(Refusal, match="role does not allow"):
        await Importer(banks).import_bank(Brought("x.gift", GIFT), "x", STRANGER.key)


@pytest.mark.parametrize("name", ["../etc", "", "x y", "-x"])
async def test_a_name_that_is_none_is_refused(banks: Banks, name: str):
    with pytest.raises(Refusal, match="cannot be the name of a bank"):
        await Importer(banks).import_bank(Brought("x.gift", GIFT), name, ALICE.key)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("lesson3.gift", "lesson3"),
        ("C:\\My Files\\Übung 3.final.xml", "bung-3"),
        ("../../.hidden", "bank"),
    ],
)
def test_a_bank_is_called_as_its_file(file: str, name: str):
    assert pack_named(file) == name
