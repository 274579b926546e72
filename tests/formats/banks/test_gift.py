"""GIFT as Moodle documents it, and the traps in which Moodle loses or misreads questions without a word."""

import pytest

from bot.core.quiz import Accepted, NumberKey, Pair, QuestionKind
from bot.formats.banks import detect
from bot.formats.banks.gift import read
from tests.formats.banks.shown import causes, choices, of, only, said


def test_a_choice_with_a_name_and_feedback():
    question = only(read, "::Spectrum:: Which colour lies between orange and green? "
                    "{ =yellow # quite so ~red # too far ~blue # on the other side }")  # fmt: skip

    assert question.kind is QuestionKind.SINGLE
    assert question.title == "Spectrum"
    assert question.stem == "Which colour lies between orange and green?"
    assert choices(question) == [("yellow", 1), ("red", 0), ("blue", 0)]
    assert [option.feedback for option in question.options] == [
        "quite so",
        "too far",
        "on the other side",
    ]


def test_a_gap_in_the_middle_is_shown_as_a_line():
    assert only(read, "Two plus {=two =2} equals four.").stem == "Two plus _____ equals four."


def test_answers_at_the_end_leave_no_line():
    assert only(read, "Two plus two equals {=four =4}").stem == "Two plus two equals"


@pytest.mark.parametrize(
    ("answers", "shares"),
    [
        ("~%50%Ann ~%50%Ben ~%-100%Cid", [0.5, 0.5, -1.0]),
        (
            "~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-50%d",
            [0.3333333, 0.3333333, 0.3333333, -0.5],
        ),
        ("~%100%a ~b", [1.0, 0.0]),
    ],
)
def test_weights_without_a_right_sign_mean_several_answers(answers, shares):
    question = only(read, f"Who is buried there? {{{answers}}}")

    assert question.kind is QuestionKind.SEVERAL
    assert [share for _, share in choices(question)] == shares


def test_a_choice_of_one_may_give_part_of_the_mark():
    question = only(read, "He came from {~Rome#no ~%25%Bari#born there =Pisa#yes}.")

    assert question.kind is QuestionKind.SINGLE
    assert choices(question) == [("Rome", 0), ("Bari", 0.25), ("Pisa", 1)]


@pytest.mark.parametrize(("word", "truth"), [("T", 1), ("TRUE", 1), ("F", 0), ("FALSE", 0)])
def test_true_and_false(word, truth):
    question = only(read, f"The sun rises in the east.{{{word}}}")

    assert question.kind is QuestionKind.TRUE_FALSE
    assert choices(question) == [("True", truth), ("False", 1 - truth)]


def test_the_first_feedback_of_true_or_false_is_for_who_is_wrong():
    question = only(
        read,
        "Grant is buried there.{FALSE#No one is buried there.#Right!####It is a tomb above ground.}",
    )

    true, false = question.options
    assert (true.feedback, false.feedback) == ("No one is buried there.", "Right!")
    assert question.feedback == "It is a tomb above ground."


def test_typed_answers_with_shares_and_a_star():
    question = only(read, "Who lived there? {=No one =%75%nobody*#nearly \n=%0%Grant}")

    assert question.kind is QuestionKind.TEXT
    assert question.accepted == (
        Accepted("No one"),
        Accepted("nobody*", 0.75, "nearly", pattern=True),
        Accepted("Grant", 0.0),
    )


@pytest.mark.parametrize(
    ("answers", "keys"),
    [
        ("#3.14159:0.0005", (NumberKey(3.14159, 0.0005),)),
        ("#3.141..3.142", (NumberKey(low=3.141, high=3.142),)),
        ("#-5..-1", (NumberKey(low=-5.0, high=-1.0),)),
        ("#=1822:0#yes =%50%1822:2#near", (NumberKey(1822.0, 0.0, feedback="yes"), NumberKey(1822.0, 2.0, fraction=0.5, feedback="near"))),
        ("#12", (NumberKey(12.0),)),
    ],
)  # fmt: skip
def test_numbers(answers, keys):
    question = only(read, f"How much? {{{answers}}}")

    assert question.kind is QuestionKind.NUMBER
    assert question.numbers == keys


def test_feedback_for_any_other_number():
    question = only(read, "When was he born? {#=1822#right ~#look it up}")

    assert question.numbers == (NumberKey(1822.0, feedback="right"),)
    assert question.feedback_wrong == "look it up"


def test_pairs_and_what_belongs_to_nothing():
    question = only(read, "Which capital? {=Canada -> Ottawa\n= -> Paris\n=Italy -> Rome}")

    assert question.kind is QuestionKind.MATCHING
    assert question.pairs == (Pair("Canada", "Ottawa"), Pair("Italy", "Rome"), Pair("", "Paris"))


def test_things_to_put_in_order():
    question = only(read, "Oldest first {>3 ALL VERTICAL\nAmr\nBea\nCho\n}")

    assert question.kind is QuestionKind.ORDER
    assert question.sequence == ("Amr", "Bea", "Cho")


def test_escaped_signs_are_text():
    question = only(
        read, r"Which equation \{a\=b\} holds\: 2\+2? {=x \= 4 \~ y \# z ~a\\b ~line\nbreak}"
    )

    assert question.stem == r"Which equation {a=b} holds: 2\+2?"
    assert [text for text, _ in choices(question)] == ["x = 4 ~ y # z", "a\\b", "line\nbreak"]


def test_comments_carry_ids_and_tags():
    question = only(read, "// question 7 [id:q-7] [tag:ports] [tag:two words]\nIs it deep? {T}")

    assert question.id == "q-7"
    assert question.tags == ("ports", "two words")


def test_a_category_holds_for_all_that_follow():
    draft = of(
        read,
        "$CATEGORY: $course$/top/Ports/In//out\n\nA? {T}\n\nB? {F}\n\n$CATEGORY: Other\n\nC? {T}",
    )

    assert [q.category for q in draft.questions] == [
        ("Ports", "In/out"),
        ("Ports", "In/out"),
        ("Other",),
    ]


def test_html_becomes_text():
    question = only(read, "[html]<p>What is H<sub>2</sub>O &amp; 10<sup>-3</sup>?</p><ul><li>one</li></ul>"
                    "{=<b>Water</b>#<i>yes</i> ~Air}")  # fmt: skip

    assert question.stem == "What is H₂O & 10⁻³?\n• one"
    assert question.options[0].text == "Water"


def test_a_lone_tag_without_a_format_is_what_the_question_is_about():
    assert (
        only(read, "What does <br> do? {=breaks the line ~nothing}").stem == "What does <br> do?"
    )


def test_old_macs_and_windows_end_lines_their_own_way():
    assert len(of(read, "A? {T}\r\rB? {F}\r").questions) == 2
    assert len(of(read, "A? {T}\r\n\r\nB? {F}\r\n").questions) == 2


def test_the_teachers_sign_for_a_right_answer_after_a_tilde():
    assert choices(only(read, "Pick {~a~=b~c}")) == [("a", 0), ("b", 1), ("c", 0)]


# What Moodle loses or misreads.


def test_a_category_without_a_blank_line_loses_nothing():
    draft = of(read, "$CATEGORY: Ports\n::One:: A? {=a ~b}\n\n::Two:: B? {=a ~b}")

    assert [q.title for q in draft.questions] == ["One", "Two"]
    assert said(read, "$CATEGORY: Ports\n::One:: A? {=a ~b}") == [
        'warning line 2, "One": no blank line after $CATEGORY, so that Moodle drops this question; '
        "put a blank line before it"
    ]


def test_questions_without_a_blank_line_between_them_are_told_apart():
    draft = of(read, "::One:: A? {=a\n~b}\n::Two:: B? {=a ~b}")

    assert [q.title for q in draft.questions] == ["One", "Two"]
    assert "Moodle reads it as part of the one before" in draft.problems[0].cause


def test_a_blank_line_inside_braces_is_read_over():
    draft = of(read, "A? {\n=a\n\n~b\n}\n\nB? {T}")

    assert [len(q.options) for q in draft.questions] == [2, 2]
    assert said(read, "A? {\n=a\n\n~b\n}") == [
        'warning line 3, "A? { =a ~b }": a blank line stands inside { }, where Moodle ends the question; '
        "delete the blank line"
    ]


REFUSED = [
    ("The cat {1:SHORTANSWER:=sat} on {2:MC:~a~=mat}.",
     'error line 1, "The cat {1:SHORTANSWER:=sat} on {2:MC:~a~=mat}.": it is a cloze question, with its answers inside '
     "the text, which GIFT cannot hold; export it as Moodle XML, or write a question for each gap"),
    ("I {=am ~is} and you {=are ~is}.",
     'error line 1, "I {=am ~is} and you {=are ~is}.": it has 2 pairs of braces, of which Moodle reads the first only; '
     "put a blank line between questions, write one for each gap, or put a \\ before braces that are text"),
    ("Which?\n=a\n~b", 'error line 1, "Which? =a ~b": it has answers without { }; '
     "put { before the first answer and } behind the last one"),
    ("Read this first.", 'error line 1, "Read this first.": it is a description without a question, which cannot be '
     "imported; put the answers in { }, or leave it out"),
    ("Tell a story. {}", 'error line 1, "Tell a story. {}": it is an essay, with empty { }, which cannot be marked; '
     "write the answers, or leave it out"),
    ("A?\n{=a\n~b", 'error line 2, "A? {=a ~b": { is never closed; '
     "add } behind the last answer, or put a \\ before a { that is text"),
    ("A? =a}", 'error line 1, "A? =a}": } closes nothing; put { before the answers, or a \\ before this }'),
    ("A? {={x} ~b}", 'error line 1, "A? {={x} ~b}": braces stand inside { }; '
     "put a \\ before each brace that is text: \\{ and \\}"),
    ("::A? {=a ~b}", 'error line 1, "A? {=a ~b}": the name that begins with :: never ends; put :: behind the name too'),
    ("A? {~a ~b}", 'error line 1, "A? {~a ~b}": no answer is marked as right; mark the right ones'),
    ("A? {~%50%a ~%20%b}", 'error line 1, "A? {~%50%a ~%20%b}": the right answers together earn 0.7 of 1, not all of '
     "it; give the right ones shares that make 100 % together"),
    ("A? {~%100%a ~%100%b}", 'error line 1, "A? {~%100%a ~%100%b}": the weights of the right answers make 200%; '
     "give the right ones weights that make 100 % together"),
    ("A? {~%37%a ~%63%b}", 'error line 1, "A? {~%37%a ~%63%b}": 37 % is not a weight that Moodle knows; '
     "use one of 100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, …"),
    ("A? {~%--50%a ~%50%b}", 'error line 1, "A? {~%--50%a ~%50%b}": %--50% is not a weight; '
     "write it as in %50% or %-33.33333%"),
    ("A? {#abc}", 'error line 1, "A? {#abc}": "abc" is not a number; '
     "write digits with a point, as in 3.14 or 3.14:0.01 or 1..5"),
    ("A? {#3,5}", 'error line 1, "A? {#3,5}": "3,5" is not a number; write a point instead of the comma'),
    ("A? {#5..1}", 'error line 1, "A? {#5..1}": the range 5 to 1 is the wrong way round; write the smaller number first'),
    ("A? {#5:-1}", 'error line 1, "A? {#5:-1}": the tolerance -1 is negative; write how far off is still right'),
    ("A? {#=5 ~7#no}", 'error line 1, "A? {#=5 ~7#no}": a wrong number cannot be named after ~: "7"; '
     "write =%0% before it, or only ~# and the feedback"),
    ("A? {=a -> 1 =b}", 'error line 1, "A? {=a -> 1 =b}": a pair has no -> in it: "b"; write = left -> right'),
    ("A? {=a -> 1}", 'error line 1, "A? {=a -> 1}": it has fewer than two pairs; write at least two'),
    ("A? {=a}\n\n{=a ~b}", 'error line 3, "{=a ~b}": it has no question text; write the question before its answers'),
    ("A? {=a ~a}", 'error line 1, "A? {=a ~a}": the answer "a" stands twice, with different marks; delete one of them'),
    ("A? {\n=a\n~b = c\n}", 'error line 3, "A? { =a ~b = c }": an = stands inside an answer, where Moodle begins a new '
     "one; put a \\ before it: \\="),
    ("A? {right ~b}", 'error line 1, "A? {right ~b}": text stands before the first answer: "right"; '
     "put = or ~ before it, or delete it"),
    ("A? {=a ~}", 'error line 1, "A? {=a ~}": an answer is empty; write it, or delete its sign'),
    ("A? {~a}", 'error line 1, "A? {~a}": it has fewer than two answers to choose from; write at least two'),
    ("A? {=*}", 'error line 1, "A? {=*}": the accepted answer * fits whatever is written; write what is right'),
    ("[html]A <img src\\=\"x.png\"> {T}", 'error line 1, "[html]A <img src\\=\\"x.png\\"> {T}": a picture stands in the '
     "text, which cannot be imported; say in words what it shows, or leave the question out"),
    ("[markdown]A ![b](c.png) {T}", 'error line 1, "[markdown]A ![b](c.png) {T}": a picture stands in the text, which '
     "cannot be imported; say in words what it shows, or leave the question out"),
    ("[html]A <script>x</script> {T}", 'error line 1, "[html]A <script>x</script> {T}": a script stands in the text; '
     "delete it"),
    ("A \u202e? {T}", 'error line 1, "A \u202e? {T}": the invisible character U+202E (right-to-left override) stands in '
     "it; delete it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text[:30] for text, _ in REFUSED])
def test_what_is_refused_is_refused_by_name(text, message):
    assert message.replace('\\"', '"') in said(read, text)


@pytest.mark.parametrize("text", [text for text, _ in REFUSED if "\n\n" not in text])
def test_a_refused_question_leaves_the_others_alone(text):
    draft = of(read, f"::Before:: A? {{T}}\n\n{text}\n\n::After:: B? {{F}}")

    assert [question.title for question in draft.questions] == ["Before", "After"]
    assert draft.seen == 3
    assert draft.usable
    assert not draft.whole


WARNED = [
    ("A? {true}", "{true} is read as true; Moodle takes it for a word to be typed"),
    ("A? {yes}", "the answer stands without ="),
    ("A? {~%33%a ~%33%b ~%33%c}", "the weight 33 % is read as 33.33333 %"),
    (
        "A? {=a =b ~c}",
        "2 answers are marked as right, and one is to be chosen: any of them counts",
    ),
    ("A? {=a ~b ~b}", 'the answer "b" stands twice'),
    ("A\u200b? {T}", "1 characters without width were taken out"),
]


@pytest.mark.parametrize(("text", "warning"), WARNED)
def test_what_can_be_kept_is_kept_with_a_warning(text, warning):
    draft = of(read, text)

    assert draft.whole
    assert warning in causes(read, text)


def test_two_questions_of_one_name_get_different_ids():
    draft = of(read, "::Port:: A? {T}\n\n::Port:: B? {T}\n\n::Port-2:: C? {T}")

    ids = [question.id for question in draft.questions]
    assert len(set(ids)) == 3
    assert ids[:2] == ["port", "port-2"]


def test_a_question_keeps_where_it_stands():
    assert of(read, "// note\n\n\n::Port:: A? {T}").questions[0].source == ("bank.txt", 4)


def test_a_marker_of_gift_goes_before_lists_that_look_like_yaml():
    text = "::Links::[markdown]See:\n- one\n- two\n{=a ~b}\n\n::More::\nWhich:\n- x\n{T}\n"

    draft = detect.read(text.encode())

    assert (draft.format, len(draft.questions)) == ("gift", 2)


def test_a_table_with_tabs_and_a_formula_is_not_taken_for_gift():
    draft = detect.read(b"1 x 1 =\t1\nsquare of \\(\\sqrt{x}\\)\tx\n")

    assert draft.questions == ()
    assert "this is no format that can be imported" in draft.problems[0].cause
