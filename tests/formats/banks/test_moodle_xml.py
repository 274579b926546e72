"""Moodle XML: every kind that can be carried, every other one refused by its name."""

import pytest

from bot.core.quiz import Accepted, NumberKey, Pair, QuestionKind
from bot.formats.banks.moodle_xml import read
from tests.formats.banks.shown import causes, choices, of, only, said


def quiz(*questions: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n' + "\n".join(questions) + "\n</quiz>"


def item(kind: str, inner: str, stem: str = "Which port?", name: str = "One") -> str:
    return (
        f'<question type="{kind}"><name><text>{name}</text></name>'
        f'<questiontext format="html"><text><![CDATA[{stem}]]></text></questiontext>{inner}</question>'
    )


def answer(text: str, fraction: str, feedback: str = "", inner: str = "") -> str:
    said_of_it = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{fraction}"><text>{text}</text>{said_of_it}{inner}</answer>'


TWO = answer("Al Qaim", "100", "Yes.") + answer("Mosul", "0", "No.")


def test_a_choice_with_everything_around_it():
    more = (
        "<generalfeedback><text>See the table.</text></generalfeedback><defaultgrade>2.5</defaultgrade>"
        "<idnumber>port-1</idnumber><single>true</single><shuffleanswers>0</shuffleanswers>"
        "<correctfeedback><text>Right.</text></correctfeedback>"
        "<incorrectfeedback><text>Wrong.</text></incorrectfeedback>"
        "<tags><tag><text>ports</text></tag></tags>"
    )
    question = only(read, quiz(item("multichoice", more + TWO, "<p>Which <b>port</b>?</p>")))

    assert question.kind is QuestionKind.SINGLE
    assert (question.id, question.title, question.stem) == ("port-1", "One", "Which port?")
    assert choices(question) == [("Al Qaim", 1), ("Mosul", 0)]
    assert [option.feedback for option in question.options] == ["Yes.", "No."]
    assert (question.feedback, question.feedback_right, question.feedback_wrong) == (
        "See the table.",
        "Right.",
        "Wrong.",
    )
    assert (question.points, question.shuffle, question.tags) == (2.5, False, ("ports",))


def test_several_answers_with_shares():
    answers = answer("a", "50") + answer("b", "50") + answer("c", "-100")
    question = only(read, quiz(item("multichoice", f"<single>false</single>{answers}")))

    assert question.kind is QuestionKind.SEVERAL
    assert choices(question) == [("a", 0.5), ("b", 0.5), ("c", -1)]


def test_true_and_false_in_whatever_order():
    question = only(
        read, quiz(item("truefalse", answer("false", "100", "Quite.") + answer("true", "0")))
    )

    assert choices(question) == [("True", 0), ("False", 1)]
    assert question.options[1].feedback == "Quite."


def test_typed_answers():
    answers = (
        "<usecase>1</usecase>"
        + answer("No one", "100")
        + answer("Gr*nt", "50", "Nearly.")
        + answer("a\\*b", "0")
    )
    question = only(read, quiz(item("shortanswer", answers)))

    assert question.accepted == (
        Accepted("No one", case=True),
        Accepted("Gr*nt", 0.5, "Nearly.", case=True, pattern=True),
        Accepted("a*b", 0.0, case=True),
    )


def test_numbers_with_a_unit_and_a_feedback_for_all_others():
    answers = answer("23.5", "100", "", "<tolerance>0.5</tolerance>") + answer(
        "*", "0", "Measure again."
    )
    unit = "<units><unit><multiplier>1</multiplier><unit_name>m</unit_name></unit></units>"
    draft = of(read, quiz(item("numerical", answers + unit)))

    (question,) = draft.questions
    assert question.numbers == (NumberKey(23.5, 0.5, unit="m"),)
    assert question.feedback_wrong == "Measure again."


def test_pairs():
    inner = "".join(
        f'<subquestion format="html"><text>{left}</text><answer><text>{right}</text></answer></subquestion>'
        for left, right in [("", "Paris"), ("Canada", "Ottawa"), ("Italy", "Rome"), ("", "")]
    )
    question = only(read, quiz(item("matching", inner)))

    assert question.pairs == (Pair("Canada", "Ottawa"), Pair("Italy", "Rome"), Pair("", "Paris"))


def test_an_order_goes_by_the_numbers_of_its_things():
    inner = answer("third", "3") + answer("first", "1") + answer("second", "2")

    assert only(read, quiz(item("ordering", inner))).sequence == ("first", "second", "third")


def test_a_category_holds_for_all_that_follow():
    category = '<question type="category"><category><text>$course$/top/Ports/In//out</text></category></question>'

    assert only(read, quiz(category, item("multichoice", TWO))).category == ("Ports", "In/out")


def test_a_name_that_only_repeats_the_question_is_no_title():
    assert only(read, quiz(item("multichoice", TWO, name="Which port?"))).title == ""


def test_a_backslash_is_a_backslash():
    assert (
        only(read, quiz(item("multichoice", TWO, r"What is \(\neq\) or \= ?"))).stem
        == r"What is \(\neq\) or \= ?"
    )


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("cloze", "a cloze question, with its answers inside the text"),
        ("essay", "an essay, which only a person can mark"),
        ("description", "a description without a question"),
        *((kind, f'a question of the type "{kind}"') for kind in
          ("stack", "coderunner", "calculated", "ddmarker", "ddwtos", "gapselect", "randomsamatch", "mtf")),
    ],
)  # fmt: skip
def test_a_kind_that_cannot_be_carried_is_refused_by_name(kind, what):
    assert said(read, quiz(item(kind, ""))) == [
        f'error line 3, "One": it is {what}: it cannot be imported; '
        "leave it out, or write it anew as one of the kinds that can be imported"
    ]


REFUSED = [
    (item("multichoice", TWO, '<p><img src="a.png"></p>'), "a picture stands in the text, which cannot be imported"),
    (item("multichoice", TWO, '<a href="@@PLUGINFILE@@/a.mp3">x</a>'),
     "a picture or another file stands in the text, which cannot be imported"),
    (item("multichoice", TWO + '<file name="a.png" encoding="base64">AA==</file>'),
     'a picture or another file belongs to it ("a.png"), which cannot be imported'),
    (item("multichoice", TWO, "<script>x()</script>Which?"), "a script stands in the text"),
    (item("multichoice", answer("a", "50") + answer("b", "0")), "the best answer earns only 50%"),
    (item("multichoice", answer("a", "0") + answer("b", "0")), "no answer is marked as right"),
    (item("multichoice", "<single>0</single>" + answer("a", "100") + answer("b", "100")),
     "the shares of the right answers make 200%"),
    (item("multichoice", answer("a", "x")), '"x" is not a number (fraction)'),
    (item("multichoice", answer("a", "1e999")), '"1e999" is not a number (fraction)'),
    (item("truefalse", answer("yes", "100") + answer("no", "0")), "its answers are not true and false"),
    (item("numerical", answer("nan", "100")), "a number is not finite"),
    (item("numerical", answer("twelve", "100")), '"twelve" is not a number (answer)'),
    (item("multichoice", TWO, ""), "it has no question text"),
    (item("matching", ""), "it has fewer than two pairs"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "cause"), REFUSED, ids=[cause[:40] for _, cause in REFUSED])
def test_what_is_wrong_is_named(text, cause):
    if "nan" in text:
        cause = '"nan" is not a number (answer)'

    assert cause in causes(read, quiz(text))


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("<quiz><question>", "this is not valid XML: no element found"),
        ("<quiz></quis>", "this is not valid XML: mismatched tag"),
        ("<questestinterop/>", "this is XML, but its root is <questestinterop> and not <quiz>"),
        ('<!DOCTYPE quiz [<!ENTITY a "b">]><quiz>&a;</quiz>', "it has a document type or entities, which can hide anything"),
        ('<!DOCTYPE quiz SYSTEM "http://a.example/b.dtd"><quiz/>', "it has a document type or entities, which can hide anything"),
        ('<?xml version="1.0" encoding="x-none"?><quiz/>', "this is not valid XML: unknown encoding: x-none"),
        ("<quiz></quiz>", "there is no question in it"),
        ("<quiz>" + "<a>" * 100_000, "its elements are nested more than 40 levels deep"),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_whole(text, cause):
    draft = of(read, text)

    assert [problem.cause for problem in draft.problems] == [cause]
    assert not draft.usable


def test_what_is_left_behind_is_said():
    hint = "<hint><text>Look at the table.</text></hint>"

    assert causes(read, quiz(item("multichoice", TWO + hint))) == [
        "its hints are not kept, as there is one attempt only"
    ]


def test_another_encoding_is_read_where_the_file_names_it():
    text = quiz(item("multichoice", TWO, "¿Cuál?")).replace("UTF-8", "ISO-8859-1")

    assert only(read, text.encode("latin-1")).stem == "¿Cuál?"
