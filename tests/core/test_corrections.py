"""Which changes of a fact are corrections, and how they are told."""

from dataclasses import replace

import pytest

from bot.core.answer import FactKey
from bot.core.corrections import concerns, corrected, told
from bot.core.facts import Fact, Pack, Verdict
from tests.bridge import ARCHES, OPENED, PACK, text


def with_fact(place: int, **changes: object) -> Pack:
    """Return the pack with one fact written otherwise."""
    facts: list[Fact] = list(PACK.facts)
    facts[place] = replace(facts[place], hash=f"new{place}", **changes)
    return replace(PACK, facts=tuple(facts))


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.CONTRADICTED},
        {"answer": "3 May 1931"},
        {"correct": "1932"},
        {"claim": "The bridge at Oldbrook opened on 3 May 1931."},
        {"correction": "The records have another day."},
    ],
)
def test_another_verdict_answer_or_correction_is_a_correction(changes):
    assert set(corrected(PACK, with_fact(0, **changes))) == {"opened"}


@pytest.mark.parametrize(
    "changes",
    [
        {"claim": "On 2 May 1931 the bridge at Oldbrook was opened."},
        {"evidence": "Read again."},
        {"topic": "bridge"},
        {"where": "second line"},
    ],
)
def test_other_words_for_the_same_are_none(changes):
    assert corrected(PACK, with_fact(0, **changes)) == {}


def test_what_is_new_or_gone_is_no_correction():
    fewer = replace(PACK, facts=PACK.facts[1:])

    assert corrected(PACK, fewer) == corrected(fewer, PACK) == {}


def test_only_who_was_shown_another_version_is_concerned():
    new = with_fact(0, answer="3 May 1931")
    found = corrected(PACK, new)

    assert [one.new.id for one in concerns((OPENED, ARCHES), found)] == ["opened"]
    assert concerns((FactKey("town", "opened", "new0"),), found) == ()


def test_a_correction_says_what_was_and_what_is():
    [one] = corrected(PACK, with_fact(0, answer="3 May 1931")).values()

    answer = told(PACK, [one])

    assert "Before: 2 May 1931" in text(answer)
    assert "Now: 3 May 1931" in text(answer)
    assert "Other sources agree" in text(answer)
    assert answer.caveat.long == PACK.caveat_long
    assert [choice.action for choice in answer.choices] == ["c|0"]
    assert answer.offers == (FactKey("town", "opened", "new0"),)


def test_many_corrections_are_cut_short():
    facts = [replace(PACK.facts[0], id=f"fact-{n}") for n in range(7)]
    old = replace(PACK, facts=tuple(facts))
    new = replace(PACK, facts=tuple(replace(f, answer="never", hash="9") for f in facts))

    answer = told(new, list(corrected(old, new).values()))

    assert text(answer).startswith("7 things that I told you were corrected.")
    assert "and 2 more" in text(answer)
    assert len(answer.choices) == 5
