"""One item of a list in YAML changes; every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.items import cut, plain_block, plain_item, same_item, written_item
from bot.formats.problems import PackError

LIST = """\
# A head.

- id: one
  claim: First.   # a remark
  asks:
  - what
# about the second
- id: "two"
  claim: >-
    Second, over
    two lines.

- {id: three, claim: Third.}
# the end
"""


def test_a_list_that_is_cut_is_the_same_when_put_together():
    listed = cut(LIST)

    assert listed.text == LIST
    assert [chunk.id for chunk in listed.chunks] == ["one", "two", "three"]


def test_an_item_is_replaced_and_all_else_stays():
    changed = cut(LIST).with_items({"two": "- id: two\n  claim: Other."}).text

    assert changed == LIST.replace(
        '- id: "two"\n  claim: >-\n    Second, over\n    two lines.\n',
        "- id: two\n  claim: Other.\n",
    )


def test_a_new_item_comes_last():
    changed = cut("- id: a\n\n- id: b").with_items({"c": "- id: c"}).text

    assert changed == "- id: a\n\n- id: b\n\n- id: c\n"


def test_new_items_stand_as_close_as_the_others():
    assert cut("- id: a\n- id: b\n- id: d\n").with_items({"c": "- id: c"}).text == (
        "- id: a\n- id: b\n- id: d\n- id: c\n"
    )


def test_an_empty_list_takes_items():
    listed = cut("# nothing yet\n").with_items({"a": "- id: a", "b": "- id: b"})

    assert listed.text == "# nothing yet\n- id: a\n\n- id: b\n"


def test_an_item_that_is_taken_out_leaves_the_comments_of_others():
    text = cut(LIST).without("one").text

    assert text == LIST.replace("- id: one\n  claim: First.   # a remark\n  asks:\n  - what\n", "")
    assert "# about the second" in text
    assert cut(LIST).without("three").text.endswith("two lines.\n\n# the end\n")


@pytest.mark.parametrize("text", ["[{id: a}]", "a: b\n", "- a\n- b\n", "-\n"])
def test_a_list_written_otherwise_is_refused(text: str):
    with pytest.raises(PackError):
        plain_item(text, "a")


def test_the_id_need_not_come_first():
    assert [c.id for c in cut("- claim: x\n  id: late\n- {claim: y, id: later}\n").chunks] == [
        "late",
        "later",
    ]


def test_an_item_is_texts_lists_and_maps():
    assert plain_item(LIST, "one") == {"id": "one", "claim": "First.", "asks": ["what"]}
    assert plain_block("- id: a\n  flag: no\n") == {"id": "a", "flag": "no"}


def test_an_item_that_is_not_there_is_named():
    with pytest.raises(PackError, match='it has no item "four"'):
        plain_item(LIST, "four")


SEEN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cn", "Co", "Cs"))
TEXT = st.text(SEEN, min_size=1).filter(lambda text: text and " ".join(text.split()) == text)
KEY = st.from_regex("k_[a-z]{1,6}", fullmatch=True)


@given(st.dictionaries(KEY, TEXT | st.lists(TEXT)))
def test_whatever_is_written_is_read_again_as_the_same(plain: dict[str, object]):
    item = {"id": "it", **plain}

    assert same_item(plain_block(written_item(item)), item)
