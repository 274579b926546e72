"""What real files do, and other programs let through: read as a person would, or refused by name."""

import pytest

from bot.formats.banks.detect import read
from tests.formats.banks.shown import causes, choices, of, only

HEAD = "question,answer 1,answer 2,answer 3,correct answer\n"


def xml(body: str, kind: str = "multichoice", stem: str = "Q?", head: str = "") -> str:
    asked = f'<questiontext format="html"><text>{stem}</text></questiontext>'
    return f'{head}<quiz><question type="{kind}"><name><text>n</text></name>{asked}{body}</question></quiz>'


def answers(*given: tuple[int, str]) -> str:
    return "".join(f'<answer fraction="{f}"><text>{text}</text></answer>' for f, text in given)


FINE = answers((100, "a"), (0, "b"))
ASKED = (
    '{"type": "multiple", "question": "%s", "correct_answer": "%s", "incorrect_answers": ["b"]}'
)
OURS = '{"id": "%s", "kind": "single", "stem": "%s", "options": ["*a", "b"]}'

REFUSED = {
    "a cloze question with one gap": ("The {1:SHORTANSWER:=sun~moon} is hot", "it is a cloze question, with its answers inside the text, which GIFT cannot hold"),
    "two general feedbacks": ("Q {=a ~b ####one ####two}", "#### stands twice, and there is one feedback for everybody only"),
    "an = in an address": ("Q {=http://a.b/?x=1 ~z}", "an = stands inside an address or a tag, where Moodle begins a new answer"),
    "an = in a tag": ("Q {=<img src=x> ~b}", "an = stands inside an address or a tag, where Moodle begins a new answer"),
    "a pair with a weight": ("Q {=%50%a -> 1 =%50%b -> 2}", "a pair has a weight"),
    "code in braces": ('function f() {return "x";}', "what stands in the braces begins with none of = ~ # T F"),
    "the address of a picture": ("@@PLUGINFILE@@/x.png {T}", "a picture or another file stands in the text, which cannot be imported"),
    "a script in a tag": ("<b onclick=x()>Q</b> {T}", "a script stands in the text"),
    "a script in a link": ('[html]<a href\\="javascript:x()">Q</a> {T}', "a script stands in the text"),
    "hidden letters": ("Q \U000e0041 {T}", "the invisible character U+E0041 (tag latin capital letter a) stands in it"),
    "a blank that looks like an answer": ("Q {=a ~\u3164}", "an answer is empty"),
    "HTML as elements": (xml(answers((100, "<b>a</b>"), (0, "b"))), "<b> stands in a text, of which XML makes an element"),
    "an old picture": (xml("<image>x.gif</image>" + FINE), 'a picture or another file belongs to it ("x.gif"), which cannot be imported'),
    "true and false both right": (xml(answers((100, "true"), (100, "false")), "truefalse"), "both true and false are marked as right"),
    "a number with a line in it": (xml(answers((100, "1_000")), "numerical"), '"1_000" is not a number (answer)'),
    "points below nothing": (xml("<defaultgrade>-1</defaultgrade>" + FINE), "it has -1 points"),
    "several languages at once": (xml(FINE, stem='<![CDATA[<span class="multilang" lang="en">Hi</span>]]>'), "it stands there in several languages at once (multilang)"),
    "another root": ('<?xml version="1.0"?><assessment><title>x</title></assessment>', "this is XML, but its root is <assessment> and not <quiz>"),
    "XML in Latin-1 that says nothing of it": (xml(answers((100, "é"), (0, "b"))).encode("latin-1"), "the byte 0xE9 is not UTF-8; the file looks like Windows-1252 or ISO-8859-1 (Western Europe)"),
    "XML that says Latin-1 and is not": (xml(answers((100, "é"), (0, "b")), head='<?xml version="1.0" encoding="ISO-8859-1"?>'), "it says that it is in ISO-8859-1, but it is in UTF-8"),
    "a key before the answers": ("A) x\n\nANSWER: A\n\nQ\nA) a\nB) b\nANSWER: A", "it has no answers before ANSWER:"),
    "no key before the next question": ("Q\nA. a\nB. b\n\nR\nA. a\nB. b\nANSWER: A", "it does not say which answer is right"),
    "a picture in Aiken": ('Q <img src="x.png">\nA. a\nB. b\nANSWER: A', "a picture stands in the text, which cannot be imported"),
    "a row that a comma moved": (HEAD + "What, now?,1,2,3,2\n", "the row has more cells than there are headings (5)"),
    "a heading twice": ("question,answer 1,answer 1,correct answer\nQ,a,b,1\n", 'the heading "answer 1" stands twice'),
    "a number without one": ("id,kind,question,answer 1,answer 2,correct answer\nx,number,Q,,,\n", "no number is accepted"),
    "an anchor in a list of Red": ("Q?: &x\n- a\nR?: *x\n", 'anchors and aliases are not allowed ("x")'),
    "an anchor in our YAML": ('- &x {id: a, kind: single, stem: Q, options: ["*x", y]}\n- *x\n', 'anchors and aliases are not allowed ("x")'),
    "an id twice in our JSON": (f'{{"questions": [{OURS % ("a", "Q")}, {OURS % ("a", "R")}]}}', 'the id "a" stands twice'),
    "no id in our JSON": (f'{{"questions": [{OURS % ("a b", "Q")}]}}', '"a b" is no id that can be kept'),
    "JSON in single quotes": ("{'questions': []}", "this is not valid JSON: Expecting property name enclosed in double quotes"),
    "the end cut off": ("Q {=a ~b} é".encode()[:-1], "the file ends in the middle of a letter: a part of it is missing"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "cause"), REFUSED.values(), ids=REFUSED.keys())
def test_what_would_be_read_wrongly_is_refused_by_name(data, cause):
    draft = of(read, data)

    assert not draft.whole
    assert cause in [problem.cause for problem in draft.problems if problem.severity != "warning"]


WARNED = {
    "a comment behind the braces": ("Q {=a ~b} // checked", "a comment stands behind }, where Moodle takes it for a part of the question"),
    "a weight behind its answer": ("Q {=a%100% ~b}", "%100% stands behind an answer, and is read as part of it"),
    "feedback for a pair": ("Q {=a -> 1#x =b -> 2}", "a # stands in a pair, which has no feedback of its own: it is kept as text"),
    "an id twice": ("// [id:x]\nQ {T}\n\n// [id:x]\nR {F}", 'the id "x" stands twice'),
    "an id that is none": ("// [id:x_1]\nQ {T}", '"x_1" is no id that can be kept'),
    "a question twice": ("Q {T}\n\n::again:: Q {T}", "the same question stands twice, first in line 1"),
    "a letter that was lost": ("Q\ufffd {T}", 'the question holds the sign � for a letter that was lost: "Q�"'),
    "answers that look the same": ("Q {=Ａ ~A}", 'the answers "Ａ" and "A" look the same, with different marks'),
    "a hidden question": (xml("<hidden>1</hidden>" + FINE), "it was hidden in Moodle, or an old version"),
    "a column that means nothing": (HEAD.strip() + ",Note\nQ,a,b,c,2,mind this\n", 'the column "Note" is not kept'),
}  # fmt: skip


@pytest.mark.parametrize(("data", "cause"), WARNED.values(), ids=WARNED.keys())
def test_what_is_not_kept_or_doubtful_is_said(data, cause):
    draft = of(read, data)

    assert draft.whole
    assert cause in [problem.cause for problem in draft.problems]


@pytest.mark.parametrize(
    "stem",
    [
        "One<br>two",
        "One<br/>two",
        "One <br /> <b>two</b>",
        "<p>One<br>two",
        "<p>One</p><p>two</p>",
    ],
)
def test_a_line_break_in_the_text_of_moodle_is_one(stem):
    assert only(read, f"{stem} {{T}}").stem.splitlines() == ["One", "two"]


@pytest.mark.parametrize("stem", ["What does <br> do?", "<br>", "Where does <p> stand?"])
def test_a_tag_that_is_spoken_of_stays(stem):
    assert only(read, f"{stem} {{T}}").stem == stem


def test_several_right_answers_after_tilde_and_equals_are_to_be_chosen():
    question = of(read, "Most of my family {~=eat~=eats} meat").questions[0]

    assert choices(question) == [("eat", 1.0), ("eats", 1.0)]


def test_the_numbers_of_one_line_are_said_once():
    assert len(causes(read, "Q {~%33%a ~%33%b ~%33%c}")) == 1


def test_one_unit_is_kept_without_a_word():
    unit = "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit></units>"

    question = only(read, xml(answers((100, "3")) + unit, "numerical"))

    assert [key.unit for key in question.numbers] == ["km"]


@pytest.mark.parametrize(
    "text",
    ["Q\nA)one\nB)two\nANSWER: B", "Q\nA.one\nB.two\nANSWER: B", "Q\rA. one\rB. two\rANSWER: B\r"],
)
def test_letters_of_aiken_need_no_space_and_lines_may_end_in_cr(text):
    assert choices(only(read, text)) == [("one", 0.0), ("two", 1.0)]


def test_the_question_after_one_without_a_key_is_kept():
    draft = of(read, "Q\nA. a\nB. b\n\nR\nA. a\nB. b\nANSWER: A")

    assert [question.stem for question in draft.questions] == ["R"]


def test_pasted_text_may_name_the_right_answer_by_its_words():
    draft = of(read, "1. Q?\nA) one\nB) two\nAnswer: two\nExplanation: counted")

    (question,) = draft.questions
    assert choices(question) == [("one", 0.0), ("two", 1.0)]
    assert question.feedback == "counted"


@pytest.mark.parametrize("space", ["+", "%20"])
def test_trivia_in_percent_signs_is_read_alike_in_each_question(space):
    results = ", ".join([ASKED % (f"What{space}now%3F", "a%26b"), ASKED % ("Name", "x%2By")])

    draft = of(read, f'{{"response_code": 0, "results": [{results}]}}')

    found = [(question.stem, question.options[0].text) for question in draft.questions]
    assert found == [("What now?", "a&b"), ("Name", "x+y")]


def test_a_flag_made_of_tags_is_no_hidden_text():
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"

    assert only(read, f"Whose is {flag}? {{T}}").stem == f"Whose is {flag}?"


def test_json_may_begin_with_the_comments_of_the_program_that_showed_it():
    item = ASKED % ("What now?", "a")

    draft = of(
        read, f'// 2022\n// https://opentdb.com\n\n{{"response_code": 0, "results": [{item}]}}'
    )

    assert [question.stem for question in draft.questions] == ["What now?"]
