"""How the page writes answers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answer import Answer, Block, Caveat, Link, Mark, Outcome, Role, Style, Text
from bot.core.facts import Verdict
from bot.core.page import pages, write
from bot.core.words import SIGNS, say
from bot.frontends.web.markup import MARKUP

CAVEAT = Caveat("Check it <twice>.", "Check.")


def written(*blocks: Block) -> str:
    [page] = pages(Answer(blocks, CAVEAT, Outcome.ANSWERED), MARKUP)
    return page.text


@given(st.lists(st.text(min_size=1), min_size=1, max_size=5))
def test_whatever_is_said_the_page_ends_with_the_caveat(texts: list[str]) -> None:
    page = written(*(Block((Text(text),)) for text in texts))
    assert page.endswith('<p class="caveat">Check it &lt;twice&gt;.</p>')


@given(st.text())
def test_no_text_can_open_a_tag_or_a_quote(text: str) -> None:
    shown = MARKUP.escape(text).replace("<br>", "")
    assert not set("<>\"'") & set(shown)


@given(st.text(), st.text())
def test_a_link_leads_to_the_web_or_nowhere(text: str, rest: str) -> None:
    for url in (rest, f"javascript:{rest}", f"data:text/html,{rest}"):
        if not url.lower().startswith(("http://", "https://")):
            assert "<a" not in MARKUP.link(text, url)


def test_a_link_tells_the_other_site_nothing() -> None:
    shown = MARKUP.link("Stars & Stripes", 'https://a.example/?b="c"&d')
    assert shown == (
        '<a href="https://a.example/?b=&quot;c&quot;&amp;d" rel="noopener noreferrer">'
        "Stars &amp; Stripes</a>"
    )


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_a_sign_and_words(verdict: Verdict) -> None:
    label = say(f"verdict.{verdict}")
    shown = write(Mark(verdict, label), MARKUP)
    assert SIGNS[verdict] in shown
    assert re.sub(r"<[^>]*>", "", shown).endswith(label)


def test_items_that_follow_one_another_are_one_list() -> None:
    items = [Block((Text(text),), Role.ITEM) for text in ("one", "two")]
    page = written(Block((Text("Both"),), Role.HEADLINE), *items, Block((Text("after"),)))
    assert page.splitlines()[:3] == [
        '<p class="headline">Both</p>',
        "<ul><li>one</li><li>two</li></ul>",
        "<p>after</p>",
    ]


def test_lines_and_styles_are_kept() -> None:
    quiet = Text("a\nb", Style.QUIET)
    page = written(Block((quiet, Text(" & "), Text("c", Style.STRONG)), Role.WHERE))
    assert page.splitlines()[0] == (
        '<p class="where"><span class="quiet">a<br>b</span> &amp; <strong>c</strong></p>'
    )


def test_signs_that_turn_the_direction_of_writing_are_left_out() -> None:
    assert MARKUP.escape("a\u202eb\x00c\x1b") == "abc"


def test_the_full_stop_after_a_badge_is_heard_but_not_seen() -> None:
    page = written(Block((Mark(Verdict.PARTLY, "Partly right"), Text(". More exactly: 4."))))
    assert '</span></span><span class="unseen">.</span> More exactly: 4.' in page


def test_a_link_without_an_address_shows_its_words() -> None:
    assert write(Link("Minutes", ""), MARKUP) == "Minutes"
