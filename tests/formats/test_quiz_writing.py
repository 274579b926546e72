"""What is written as `quiz.yaml` is read again as the same."""

from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import packs_folder
from bot.core.build import build
from bot.core.quiz import Accepted, NumberKey, Option, Pair, Question, QuestionKind
from bot.formats.hashes import question_with_hash
from bot.formats.packs import read_pack
from bot.formats.quiz_models import QuestionEntry
from bot.formats.quiz_writing import quiz_text
from bot.formats.quizzes import question
from bot.formats.reading import read_entry
from bot.formats.strict_yaml import ListNode, read_yaml
from tests.quizzes import ALL


def read_again(text: str) -> list[Question]:
    root = read_yaml(text.encode(), "quiz.yaml")
    assert isinstance(root, ListNode)
    found: list[Question] = []
    for node in root.items:
        read, problems = read_entry(QuestionEntry, node, "one", "quiz.yaml")
        assert read, problems
        found.append(question(read))
    return found


def plain(one: Question) -> Question:
    return replace(question_with_hash(one), source=("", 0))


def test_every_kind_comes_back():
    again = read_again(quiz_text(ALL))

    assert [plain(one) for one in again] == [plain(one) for one in ALL]


def test_what_is_built_can_be_read_as_the_quiz_of_its_pack(tmp_path: Path):
    [source] = [path for path in packs_folder().iterdir() if (path / "pack.yaml").exists()][:1]
    for file in source.glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    built = build(read_pack(source), 3, 100)
    (tmp_path / "quiz.yaml").write_text(quiz_text(built), encoding="utf-8")

    assert [plain(one) for one in read_pack(tmp_path).questions] == [plain(one) for one in built]


# A text of a file has no spaces at its ends, nor two in a row.
STARTS = st.sampled_from(["x", "*x", "#x", "- x", '"x', "x: ", "{x", "true"])
LETTERS = st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"])
TEXTS = st.tuples(STARTS, st.text(LETTERS, max_size=40)).map(
    lambda parts: " ".join("".join(parts).split())
)


@settings(max_examples=40)
@given(TEXTS, TEXTS, TEXTS, st.floats(-1e6, 1e6).map(lambda number: round(number, 4) + 0.0))
def test_odd_texts_and_numbers_come_back(one: str, two: str, three: str, number: float):
    base = Question("x", QuestionKind.SINGLE, one, feedback=two, facts=("f",))
    options = (Option("a", one, 1.0, two), Option("b", three))
    questions = (
        replace(base, options=options, shuffle=False, tags=(three,), sensitive=True),
        replace(base, kind=QuestionKind.TEXT, accepted=(Accepted(one), Accepted(two, 0.0, three))),
        replace(base, kind=QuestionKind.NUMBER, numbers=(NumberKey(number, 0.5, unit=three),)),
        replace(
            base,
            kind=QuestionKind.NUMBER,
            numbers=(NumberKey(low=number, high=round(number + 1, 4)),),
        ),
        replace(base, kind=QuestionKind.ORDER, sequence=(one, two, three)),
        replace(base, kind=QuestionKind.MATCHING, pairs=(Pair(one, two, three), Pair(two, one))),
    )
    stems = [replace(q, stem=q.stem.lstrip("*") or "x") for q in questions]

    assert [plain(q) for q in read_again(quiz_text(stems))] == [plain(q) for q in stems]
