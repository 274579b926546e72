"""Two sets of changes to the same files, put together or refused."""

import pytest

from bot.formats.merging import merge
from bot.formats.problems import PackError

BASE = {"pack.yaml": "id: p\n", "facts.yaml": "- id: a\n  claim: A.\n- id: b\n  claim: B.\n"}


def facts(text: str) -> dict[str, str]:
    return {**BASE, "facts.yaml": text}


def test_changes_of_different_items_are_put_together():
    ours = facts("- id: a\n  claim: Other.\n- id: b\n  claim: B.\n- id: c\n  claim: C.\n")
    theirs = facts("- id: a\n  claim: A.\n")

    assert merge(BASE, ours, theirs)["facts.yaml"] == (
        "- id: a\n  claim: Other.\n\n- id: c\n  claim: C.\n"
    )


def test_an_item_that_we_took_out_is_out():
    ours, theirs = facts("- id: a\n  claim: A.\n"), facts(BASE["facts.yaml"] + "- id: d\n")

    assert "id: b" not in merge(BASE, ours, theirs)["facts.yaml"]
    assert "id: d" in merge(BASE, ours, theirs)["facts.yaml"]


def test_the_same_change_on_both_sides_is_one():
    both = facts("- id: a\n  claim: Other.\n- id: b\n  claim: B.\n")

    assert merge(BASE, both, both) == both


def test_a_file_that_one_side_changed_is_taken():
    assert merge(BASE, {**BASE, "pack.yaml": "id: q\n"}, BASE)["pack.yaml"] == "id: q\n"
    assert merge(BASE, BASE, {**BASE, "sources.yaml": "a: b\n"})["sources.yaml"] == "a: b\n"


def test_a_file_that_one_side_took_out_is_out():
    base = {**BASE, "checks.yaml": "- id: c\n"}

    assert "checks.yaml" not in merge(base, BASE, base)


@pytest.mark.parametrize(
    ("ours", "theirs", "cause"),
    [
        (
            facts("- id: a\n  claim: X.\n- id: b\n  claim: B.\n"),
            facts("- id: a\n  claim: Y.\n- id: b\n  claim: B.\n"),
            'both changed "a"',
        ),
        (
            facts("- id: b\n  claim: B.\n"),
            facts("- id: a\n  claim: Y.\n- id: b\n  claim: B.\n"),
            'both changed "a"',
        ),
        (
            {**BASE, "pack.yaml": "id: x\n"},
            {**BASE, "pack.yaml": "id: y\n"},
            "both changed this file",
        ),
    ],
)
def test_what_both_changed_is_refused_by_name(
    ours: dict[str, str], theirs: dict[str, str], cause: str
):
    with pytest.raises(PackError) as refused:
        merge(BASE, ours, theirs)

    assert [problem.cause for problem in refused.value.problems] == [cause]
