"""What is written comes back: whole in our own formats, but for what was named as lost in the others."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings

from bot.core.quiz import ONE_OF, Option, Pair, Question, QuestionKind, Response, mark
from bot.formats.banks.careful import faults
from bot.formats.banks.detect import read
from bot.formats.banks.formats import WRITERS
from bot.formats.banks.moodle_xml import name_of
from tests.formats.banks.banks import banks

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without shrinking: a failing bank is small anyway."""
OURS = {"difficulty": 2, "topic": "", "facts": (), "sensitive": False}
CHOICES = (*ONE_OF, QuestionKind.SEVERAL)


def bare(question: Question) -> Question:
    """Return a question without the place where it stands."""
    return replace(question, source=("", 0))


def fair(bank: tuple[Question, ...]) -> bool:
    return not any(fault.severity == "error" for question in bank for fault in faults(question))


def back(bank: tuple[Question, ...], form: str) -> dict[str, Question]:
    """Return what a bank is after it was written and read, with its format found by content."""
    written = WRITERS[form](bank)
    left_out = {name for loss in written.left_out for name in loss.questions}
    if len(left_out) == len(bank):
        return {}
    draft = read(written.data, "bank")
    assert [str(p) for p in draft.problems if p.severity != "warning"] == []
    found = {question.id: bare(question) for question in draft.questions}
    assert len(draft.questions) == len(bank) - len(left_out)
    return found


@pytest.mark.parametrize("form", ["yaml", "json"])
@given(bank=banks())
@settings(max_examples=50, phases=QUICK)
def test_our_own_formats_hold_everything(form, bank):
    if fair(bank):
        assert back(bank, form) == {question.id: question for question in bank}


def rounded(question: Question) -> Question:
    """Return a question with its shares as Moodle writes them, with five digits."""
    return replace(
        question,
        options=tuple(replace(o, fraction=round(o.fraction, 6)) for o in question.options),
        accepted=tuple(replace(k, fraction=round(k.fraction, 6)) for k in question.accepted),
        numbers=tuple(replace(k, fraction=round(k.fraction, 6)) for k in question.numbers),
    )


def moodles(question: Question) -> Question:
    """Return a question without what Moodle does not know."""
    kind = QuestionKind.SINGLE if question.kind is QuestionKind.DOUBLE_CHECK else question.kind
    shuffle = question.shuffle and kind is not QuestionKind.TRUE_FALSE
    title = "" if question.title == name_of(question.stem) else question.title
    return rounded(replace(question, kind=kind, shuffle=shuffle, title=title, **OURS))


def gifts(question: Question) -> Question:
    """Return a question without what GIFT does not hold."""
    number = question.kind is QuestionKind.NUMBER
    return replace(
        moodles(question),
        accepted=tuple(replace(key, case=False) for key in moodles(question).accepted),
        title=question.title,
        feedback_right="",
        feedback_partial="",
        feedback_wrong=question.feedback_wrong if number else "",
        points=1.0,
        shuffle=question.kind is not QuestionKind.TRUE_FALSE,
    )


@given(bank=banks())
@settings(max_examples=50, phases=QUICK)
def test_gift_comes_back(bank):
    if fair(bank):
        found = back(bank, "gift")
        known = {question.id: gifts(question) for question in bank if question.id in found}
        assert {name: rounded(question) for name, question in found.items()} == known


def in_the_middle(question: Question) -> Question:
    """Return a question whose ranges are written as a middle and a tolerance."""
    numbers = tuple(
        key if key.low is None else replace(
            key, value=(key.low + key.high) / 2, tolerance=(key.high - key.low) / 2, low=None, high=None
        )
        for key in question.numbers
    )  # fmt: skip
    return replace(question, numbers=numbers)


@given(bank=banks())
@settings(max_examples=50, phases=QUICK)
def test_moodle_xml_comes_back(bank):
    if fair(bank):
        found = back(bank, "moodle-xml")
        known = {q.id: in_the_middle(moodles(q)) for q in bank if q.id in found}
        assert {name: rounded(question) for name, question in found.items()} == known


@given(bank=banks())
@settings(max_examples=50, phases=QUICK)
def test_our_table_brings_back_questions_and_keys(bank):
    if fair(bank):
        found = back(bank, "csv")
        for question in bank:
            if question.id in found:
                same = found[question.id]
                assert (same.kind, same.stem) == (question.kind, question.stem)
                assert [o.text for o in same.options] == [o.text for o in question.options]
                assert same.sequence == question.sequence
                assert [(p.left, p.right) for p in same.pairs] == [
                    (p.left, p.right) for p in question.pairs
                ]


@pytest.mark.parametrize("form", ["kahoot", "aiken"])
@given(bank=banks(CHOICES))
@settings(max_examples=50, phases=QUICK)
def test_tables_of_choices_bring_back_the_key(form, bank):
    if fair(bank):
        written = WRITERS[form](bank)
        left_out = {name for loss in written.left_out for name in loss.questions}
        kept = [question for question in bank if question.id not in left_out]
        draft = read(written.data, "bank")
        if kept:
            assert [" ".join(q.stem.split()) for q in draft.questions] == [
                " ".join(q.stem.split()) for q in kept
            ]
            assert [rights(q) for q in draft.questions] == [rights(q) for q in kept]


def rights(question: Question) -> set[str]:
    least = 1e-9 if question.kind is QuestionKind.SEVERAL else 1 - 1e-9
    return {" ".join(o.text.split()) for o in question.options if o.fraction > least}


@given(bank=banks((QuestionKind.SEVERAL,)))
@settings(max_examples=50, phases=QUICK)
def test_several_right_answers_are_marked_alike_in_moodle(bank):
    plain = tuple(
        replace(q, options=tuple(replace(o, fraction=float(o.fraction > 0)) for o in q.options))
        for q in bank
    )
    if fair(plain):
        found = back(plain, "gift")
        for question in plain:
            same = found.get(question.id, question)
            for option in question.options:
                one = Response((option.id,))
                assert mark(same, one).fraction == pytest.approx(
                    mark(question, one).fraction, abs=1e-4
                )


def test_what_a_format_cannot_hold_is_named():
    data = b"- {id: a, kind: text, stem: Name it, accepted: [b], sensitive: true, facts: [c], points: 2}\n"
    bank = read(data, "bank").questions

    said = {form: [str(loss) for loss in writer(bank).lost] for form, writer in WRITERS.items()}

    assert said["yaml"] == said["json"] == []
    assert said["gift"] == [
        "that it is sensitive and must not be scored (a)",
        "the facts that it rests on (a)",
        "the points (a)",
    ]
    assert [str(loss) for loss in WRITERS["aiken"](bank).left_out] == [
        "a question of the kind text, which Aiken does not have (a)"
    ]


def test_no_cell_of_a_table_is_a_formula():
    data = b'- {id: a, kind: single, stem: "=1+1", options: ["*@SUM(A1)", "+x", "-5", "plain"]}\n'
    bank = read(data, "bank").questions
    assert bank

    rows = WRITERS["csv"](bank).data.decode().splitlines()

    assert rows[1].startswith(
        '"a","single","","","","2","\'=1+1","\'@SUM(A1)","\'+x","-5","plain"'
    )


def test_words_like_a_call_of_a_function_come_back_from_a_table():
    options = (Option("a", "=yes(no)", 1.0), Option("b", "@no(yes)"))
    question = Question("q-0", QuestionKind.SINGLE, "=Which(one)?", options)

    found = back((question,), "csv")["q-0"]

    assert (found.stem, [o.text for o in found.options]) == (
        "=Which(one)?",
        ["=yes(no)", "@no(yes)"],
    )


def test_a_pair_that_begins_like_a_marker_comes_back_from_gift():
    pairs = (Pair("[html]?", "one"), Pair("two", "[plain]2"))
    question = Question("q-0", QuestionKind.MATCHING, "Which belongs to which?", pairs=pairs)

    assert [found.pairs for found in back((question,), "gift").values()] == [pairs]
