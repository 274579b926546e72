import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.facts import Verdict
from bot.core.page import Role, Style
from bot.frontends.telegram.markup import MARKUP, size
from tests.frontends.telegram.html_rules import shown, utf16

TELEGRAMS_OWN = st.characters(exclude_categories=["Cs", "Cc"])


@given(st.text(TELEGRAMS_OWN), st.sampled_from(Style))
def test_any_text_is_valid_html_that_shows_the_text(text: str, style: Style):
    turned = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert shown(MARKUP.style(style, MARKUP.escape(text))) == text.translate(turned)


@given(st.text(TELEGRAMS_OWN), st.text(TELEGRAMS_OWN))
def test_any_link_is_valid_html(text: str, url: str):
    assert utf16(shown(MARKUP.link(text, f"https://{url}"))) == size(MARKUP.escape(text))


def test_a_link_that_is_not_of_the_web_shows_its_words_alone():
    assert MARKUP.link("a <page>", "javascript:alert(1)") == "a &lt;page&gt;"


def test_quotes_in_an_address_stay_inside_of_it():
    assert MARKUP.link("x", 'https://a.example/"><b>') == (
        '<a href="https://a.example/&quot;&gt;&lt;b&gt;">x</a>'
    )


def test_letters_that_turn_the_writing_round_are_left_out():
    assert MARKUP.escape("a\u202eb\x00c\nd") == "abc\nd"


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_shows_its_words_beside_its_sign(verdict: Verdict):
    sign, _, words = MARKUP.mark(verdict, "Other & others").partition(" ")
    assert sign
    assert words == "Other &amp; others"


def test_letters_beyond_the_basic_plane_count_twice():
    assert size("a😀&amp;") == 4


def test_a_message_is_too_long_when_it_has_more_links_than_telegram_keeps():
    linked = MARKUP.link("x", "https://a.example")
    assert size(linked * 100) <= MARKUP.limit < size(linked * 101)


def test_items_have_bullets_and_the_caveat_stands_apart():
    laid = [
        (Role.HEADLINE, "Three."),
        (Role.ITEM, "one"),
        (Role.ITEM, "two"),
        (Role.WHERE, "Where: here."),
        (Role.CAVEAT, "Check."),
    ]
    assert MARKUP.lay(laid) == "Three.\n• one\n• two\n<i>Where: here.</i>\n\nCheck."
