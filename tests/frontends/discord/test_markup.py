import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.facts import Verdict
from bot.core.page import UNSEEN, Role, Style
from bot.frontends.discord.markup import EMBED, MARKUP, units, visible
from tests.frontends.discord.markdown import links, living

ANY = st.text(st.characters(exclude_categories=["Cs"]))
TRICKS = st.text("*_~`|\\[]()<>@:#-+.1 \nahtps/&!", max_size=40)


@given(ANY | TRICKS)
def test_no_text_of_a_person_means_anything(text):
    assert living(MARKUP.escape(text)) == []


@given(ANY | TRICKS)
def test_any_text_is_shown_as_it_stands(text):
    assert visible(MARKUP.escape(text)) == text.translate(UNSEEN)


@pytest.mark.parametrize(
    "text",
    [
        "@everyone", "<@123>", "<@&5>", "<#7>", "</ask:1>", "<t:0:R>", "<:grin:1>", "<a:b:1>",
        "[here](https://evil.example)", "https://evil.example", "# a title", "-# small", "> said",
        "- item", "1. first", "||spoiler||", "`code`", "```\nblock\n```", "***x***", "__x__",
    ],
)  # fmt: skip
def test_no_trick_of_markdown_survives(text):
    assert living(MARKUP.escape(text)) == []
    assert visible(MARKUP.escape(text)) == text


@given(st.text("ab *", min_size=1), st.sampled_from([Style.STRONG, Style.QUIET]))
def test_a_style_keeps_the_words_and_the_spaces_around_them(text, how):
    styled = MARKUP.style(how, MARKUP.escape(text))

    assert visible(styled) == text
    assert styled.strip() == text.strip() or styled.strip().startswith("*")


@given(ANY | TRICKS, TRICKS)
def test_a_link_leads_to_its_address_and_nowhere_else(words, path):
    written = MARKUP.link(f"x{words.replace(chr(10), ' ')}", f"https://a.example/{path}")

    [(shown, url)] = links(written)
    assert shown == f"x{words.replace(chr(10), ' ')}".translate(UNSEEN)
    assert url.startswith("https://a.example/")


def test_a_link_that_is_not_of_the_web_shows_its_words_alone():
    assert MARKUP.link("a [page]", "javascript:alert(1)") == r"a \[page\]"


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_shows_its_words_beside_its_sign(verdict):
    sign, _, words = MARKUP.mark(verdict, "Other_others").partition(" ")
    assert sign
    assert words == r"Other\_others"


def test_letters_beyond_the_basic_plane_count_twice():
    assert units("a😀") == 3


def test_a_line_of_ours_fits_above_any_page():
    assert MARKUP.limit < EMBED


def test_items_have_bullets_and_the_caveat_stands_apart():
    laid = [
        (Role.HEADLINE, "Three."),
        (Role.ITEM, "one"),
        (Role.ITEM, "two"),
        (Role.WHERE, "Where: here."),
        (Role.CAVEAT, "Check."),
    ]
    assert MARKUP.lay(laid) == "Three.\n- one\n- two\n-# Where: here.\n\nCheck."
