"""Questions that came from other banks stand in quiz.yaml with everything that they hold."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from bot.core.facts import Pack
from bot.core.quiz import Question, QuestionKind
from bot.formats import archive
from bot.formats.packs import read_texts
from bot.formats.problems import PackError
from bot.formats.quizzes_imported import imported_text
from tests.formats.banks.banks import questions

PACK = "id: p\ntitle: P\nlanguage: en\n"
BLOCK = '- {id: q, imported: a.gift, kind: true-false, stem: Late?, key: "true"}\n'


def pack_of(quiz: str, **files: str) -> Pack:
    return read_texts({"pack.yaml": PACK, "quiz.yaml": quiz, **files})


def bare(question: Question) -> Question:
    return replace(question, source=("", 0), hash="")


@settings(max_examples=60)
@given(questions())
def test_everything_of_a_question_is_kept(question: Question):
    question = replace(question, id="q", facts=())

    pack = pack_of(imported_text(question, "bank.gift") + "\n")

    assert [bare(found) for found in pack.questions] == [bare(question)]


def test_a_pack_of_questions_alone_needs_no_facts():
    pack = pack_of(BLOCK)

    assert pack.facts == ()
    assert pack.questions[0].kind is QuestionKind.TRUE_FALSE
    assert pack.questions[0].hash


def test_a_pack_without_questions_needs_facts():
    with pytest.raises(PackError, match=r"facts\.yaml: the file is missing"):
        read_texts({"pack.yaml": PACK})


def test_questions_keep_the_order_of_the_file():
    facts = "- {id: f, claim: It is so.}\n"
    own = (
        '- {id: own, kind: true-false, stem: "Is it so?", key: "true", feedback: Yes it is., '
        "facts: [f]}\n"
    )

    pack = pack_of(own + BLOCK, **{"facts.yaml": facts})

    assert [question.id for question in pack.questions] == ["own", "q"]


@pytest.mark.parametrize(
    ("block", "message"),
    [
        (
            BLOCK.replace('"true"', '"maybe"'),
            '"q": `key` of the question must be yes or no; write true, false, yes or no',
        ),
        (BLOCK.replace("id: q, ", ""), "question 1: it has no `id`; add `id:`"),
        (BLOCK + BLOCK, '"q" stands twice, first in line 1'),
        (BLOCK.replace("}", ", facts: [x]}"), '"q" names the unknown fact "x"; leave it out'),
        (
            "- {id: q, imported: a, kind: single, stem: Which?, options: [a, b]}\n",
            '"q": no answer is marked as right; mark the right one',
        ),
        (
            "- {id: q, imported: a, kind: single, stem: Which?, options: [a, b], colour: red}\n",
            '"q": the question has the unknown key "colour"',
        ),
        ("- {id: q, imported: a, kind: single, stem: no}\n", '"q": the bare word no'),
    ],
)
def test_what_is_wrong_is_named(block: str, message: str):
    with pytest.raises(PackError) as refused:
        pack_of(block)

    assert message in str(refused.value)


DEAD = """\
- id: named
  claim: The list has Ada Example.
  restricted: true
  opening: The names differ.
  entities: [{id: ada, name: Ada Example, kind: person}]
"""


def test_nobody_is_named_whom_only_who_asks_for_is_told_of():
    block = "- {id: q, imported: a, kind: true-false, stem: Was Ada Example there?, key: true}\n"

    with pytest.raises(PackError, match='"q" names one of the dead'):
        pack_of(block, **{"facts.yaml": DEAD})


def test_one_that_rests_on_facts_is_held_to_what_is_fair():
    facts = "- {id: f, claim: Two drowned., sensitive: true}\n"

    with pytest.raises(PackError, match="is sensitive, and would be scored"):
        pack_of(BLOCK.replace("}", ", facts: [f]}"), **{"facts.yaml": facts})


def test_a_pack_is_the_same_when_it_was_stored():
    texts = {"pack.yaml": PACK, "quiz.yaml": BLOCK}
    pack = read_texts(texts)

    assert archive.unpacked(archive.packed(texts)) == texts
    assert archive.known(archive.kept(pack)) == pack


def test_what_other_readers_understood_is_read_again():
    kept = archive.kept(read_texts({"pack.yaml": PACK, "quiz.yaml": BLOCK}))
    other = archive.zlib.compress(b"older\n" + archive.zlib.decompress(kept).partition(b"\n")[2])
    torn = archive.zlib.compress(archive.zlib.decompress(kept).partition(b"\n")[0] + b"\n{}")

    assert archive.known(other) is None
    assert archive.known(torn) is None


def test_a_digest_minds_every_change_but_the_ends_of_lines(tmp_path: Path):
    one, other = {"pack.yaml": "a\nb\n"}, {"pack.yaml": "a\r\nb\r\n"}

    assert archive.digest(one) == archive.digest(other)
    assert archive.digest(one) != archive.digest({"pack.yaml": "a\nc\n"})
    assert archive.digest(one) != archive.digest({**one, "quiz.yaml": ""})


def test_the_files_of_a_pack_are_those_with_their_names(tmp_path: Path):
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no", encoding="utf-8")

    assert archive.texts_in(tmp_path) == {"pack.yaml": PACK}
