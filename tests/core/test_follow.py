"""Follow-ups, on hits made by hand."""

from dataclasses import replace

from bot.core.decide import decide
from bot.core.follow import follow
from tests.hits import COUNT, ELSEWHERE, PLACE, SAID, SUBMARINES, found, hit


def follows(question, before, *hits, alone=None):
    again = found(*hits)
    return follow(question, before, again, alone or decide(question, ()))


def test_a_follow_up_takes_another_fact_than_the_one_before():
    decision = follows("where was it", COUNT, hit(COUNT), hit(PLACE, 9, 0.5))

    assert decision
    assert decision.chosen
    assert decision.chosen.fact is PLACE


def test_a_doubt_is_about_the_fact_before():
    decision = follows("is that true?", COUNT, hit(PLACE), hit(COUNT, 9, 0.5))

    assert decision
    assert decision.chosen
    assert decision.chosen.fact is COUNT


def test_a_question_that_is_clear_alone_is_not_bent():
    alone = decide("where was the camp", found(hit(PLACE, nearness=1.0)))

    assert follows("where was the camp", COUNT, hit(SAID), alone=alone) is None


def test_a_follow_up_with_a_word_that_the_pack_lacks_is_not_answered():
    assert follows("and the submarines", COUNT, hit(PLACE, missing=(SUBMARINES,))) is None


def test_how_old_was_he_is_about_whom_the_last_answer_was_about():
    one = replace(SAID, id="one", entities=("ida",))
    other = replace(SAID, id="other", entities=("ben",))
    before = replace(PLACE, entities=("ida",))

    decision = follows("how old was she", before, hit(other, 10), hit(one, 8))

    assert decision
    assert decision.chosen
    assert decision.chosen.fact is one


def test_why_alone_takes_what_tells_why():
    decision = follows(
        "why?", COUNT, hit(PLACE, 10, bare=True, kindred=0.5), hit(SAID, 8, bare=True, kindred=1.0)
    )

    assert decision
    assert decision.chosen
    assert decision.chosen.fact is SAID


def test_a_word_that_the_pack_has_elsewhere_does_not_stop_a_follow_up():
    assert follows("and the boats there", COUNT, hit(PLACE, missing=(ELSEWHERE,)))
