import pytest

from bot.core.direct import direct_answer
from bot.core.facts import Fact, Kind, Verdict, Wording
from bot.core.library import Hit, Missing

COUNT = Fact(
    "count",
    "Six boats sank.",
    answer="6",
    kind=Kind.NUMBER,
    verdict=Verdict.CONTRADICTED,
    asks=(Wording("did more than five boats sink", "Yes, 6"), Wording("number of boats", "Six")),
)
SAID = Fact("said", "Nobody claimed it.", answer="Nobody", kind=Kind.STATEMENT, positive=False)
HOPE = Fact("hope", "Talks will go on.", answer="Yes, it says so", kind=Kind.FORECAST)
LONG = Fact("long", "It lies inland.", answer="Far from the sea, " * 5, kind=Kind.PLACE)
CLASH = Fact("clash", "It says both.", answer="It disagrees with itself", kind=Kind.CONTRADICTION)


def hit(fact, **more):
    return Hit(fact, 1.0, 1.0, **more)


@pytest.mark.parametrize(
    ("question", "fact", "answer"),
    [
        ("did the boats sink", COUNT, "Yes: 6"),
        ("did they claim it", SAID, "No"),
        ("will talks go on", HOPE, "Yes, it says so"),
        ("is it inland", LONG, "Yes"),
    ],
)
def test_a_yes_no_question_gets_yes_or_no(question, fact, answer):
    assert direct_answer(question, hit(fact), negative=False) == answer


def test_a_plain_question_gets_the_answer_of_the_fact():
    assert direct_answer("how many boats sank", hit(COUNT), negative=False) == ""


def test_what_the_fact_does_not_have_is_a_no_with_what_it_has():
    assert direct_answer("did nine boats sink", hit(COUNT), negative=True) == "No: 6"


def test_a_no_can_stand_alone():
    bare = Fact("bare", "Six boats sank.")

    assert direct_answer("did nine boats sink", hit(bare), negative=True) == "No"


def test_what_only_others_say_is_a_no_to_what_the_source_says():
    denied = hit(COUNT, denied=("4",))

    assert direct_answer("did four boats sink", denied, negative=False) == "No: 6"


def test_a_negated_question_gets_neither_yes_nor_no():
    assert direct_answer("did the boats not sink", hit(COUNT), negative=False) == ""
    assert direct_answer("didn't the boats sink", hit(COUNT), negative=False) == ""


def test_a_word_that_the_fact_lacks_gets_neither_yes_nor_no():
    lacking = hit(COUNT, missing=(Missing("slowly"),))
    assert direct_answer("did the boats sink slowly", lacking, negative=False) == ""


def test_a_fact_that_disagrees_with_itself_gets_neither():
    assert direct_answer("did it say so", hit(CLASH), negative=False) == ""


def test_a_wording_that_is_near_lends_its_own_answer():
    near = hit(COUNT, wording="did more than five boats sink", nearness=0.9)

    assert direct_answer("did more than five boats sink", near, negative=False) == "Yes, 6"


def test_a_wording_that_is_far_lends_nothing():
    far = hit(COUNT, wording="did more than five boats sink", nearness=0.3)

    assert direct_answer("did the boats sink", far, negative=False) == "Yes: 6"


def test_a_yes_is_not_lent_to_a_question_that_wants_a_number():
    near = hit(COUNT, wording="did more than five boats sink", nearness=0.9)

    assert direct_answer("how many more than five boats sank", near, negative=False) == ""


def test_a_number_is_not_lent_to_a_question_that_wants_yes_or_no():
    near = hit(COUNT, wording="number of boats", nearness=0.9)

    assert direct_answer("did a number of boats sink", near, negative=False) == "Yes: 6"


def test_what_may_come_is_no_yes_to_whether_it_was():
    may = Fact("may", "They may strike.", answer="Possibly", kind=Kind.FORECAST)

    assert direct_answer("did they strike", hit(may), negative=False) == ""
    assert direct_answer("will they strike", hit(may), negative=False) == "Yes"
