"""The lock on every way out: each page fits its platform and ends with the caveat, whatever is said."""

import html
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answer import (
    Answer,
    Block,
    Caveat,
    Link,
    Mark,
    Outcome,
    Role,
    Span,
    Style,
    Text,
)
from bot.core.cards import card
from bot.core.facts import Verdict
from bot.core.page import Laid, Markup, pages
from bot.core.words import notice
from bot.frontends.cli.markup import markup as terminal
from bot.frontends.discord.markup import MARKUP as DISCORD
from bot.frontends.telegram.markup import MARKUP as TELEGRAM
from bot.frontends.web.markup import MARKUP as WEB

CAVEAT = Caveat("Please double-check <this> & that with another source.", "Double-check this.")


def laid(blocks: Laid) -> str:
    return "\n".join(text for _, text in blocks)


STRICT = Markup(
    escape=html.escape,
    style=lambda style, text: f"<{style}>{text}</{style}>",
    link=lambda text, url: f'<a href="{html.escape(url)}">{html.escape(text)}</a>',
    mark=lambda verdict, label: f"[{verdict.value}] {html.escape(label)}",
    lay=laid,
    size=len,
    limit=4096,
)
"""A platform that counts every letter of its markup, which is harder than the real ones."""

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=400)
spans: st.SearchStrategy[Span] = st.one_of(
    st.builds(Text, words, st.sampled_from(Style)),
    st.builds(Link, words, st.builds("https://a.example/{}".format, words)),
    st.builds(Mark, st.sampled_from(Verdict), words),
)
roles = st.sampled_from([role for role in Role if role is not Role.CAVEAT])
blocks = st.builds(Block, st.lists(spans, min_size=1, max_size=4).map(tuple), roles)
answers = st.builds(
    Answer,
    blocks=st.lists(blocks, min_size=1, max_size=8).map(tuple),
    caveat=st.just(CAVEAT),
    outcome=st.sampled_from(Outcome),
)


def said(text: str, *more: Block) -> Answer:
    return Answer((Block((Text(text),)), *more), CAVEAT, Outcome.ANSWERED)


@given(answers, st.integers(min_value=160, max_value=5000))
def test_every_page_fits_and_ends_with_the_caveat(answer, limit):
    narrow = replace(STRICT, limit=limit)
    caveat = narrow.style(Style.PLAIN, narrow.escape(CAVEAT.long))

    written = pages(answer, narrow)

    assert written
    assert all(len(page.text) <= limit for page in written)
    assert all(page.text.endswith(caveat) for page in written)


@pytest.mark.parametrize("platform", [TELEGRAM, DISCORD, WEB, terminal(), terminal(colour=True)])
@given(answer=answers)
def test_every_real_platform_shows_the_caveat_last(platform, answer):
    for page in pages(answer, platform):
        shown = page.text.rstrip()
        assert platform.size(page.text) <= platform.limit
        assert platform.escape(CAVEAT.long) in shown[-len(CAVEAT.long) - 60 :]


@given(st.lists(st.text("abc ", min_size=1, max_size=300), min_size=1, max_size=6))
def test_no_word_is_lost_when_an_answer_is_split(texts):
    answer = Answer(tuple(Block((Text(t),)) for t in texts), CAVEAT, Outcome.ANSWERED)
    small = replace(STRICT, style=lambda _style, text: text, limit=160)

    split = " ".join(
        page.text.removesuffix(html.escape(CAVEAT.long)) for page in pages(answer, small)
    )

    assert "".join(split.split()) == "".join("".join(texts).split())


def test_what_fits_stays_on_one_page():
    assert len(pages(said("Four.", Block((Text("Three, say others."),))), STRICT)) == 1


def test_a_link_whose_address_is_too_long_still_shows_its_words():
    long = Block((Link("the accounts", "https://a.example/" + "x" * 500),))

    written = pages(said("Four.", long), replace(STRICT, limit=200))

    assert any("the accounts" in page.text for page in written)
    assert not any("xxx" in page.text for page in written)


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_caveat_cannot_be_blank(blank):
    with pytest.raises(ValueError, match="cannot be empty"):
        Caveat(blank, "short")
    with pytest.raises(ValueError, match="cannot be empty"):
        Caveat("long", blank)


def test_an_answer_cannot_say_nothing():
    with pytest.raises(ValueError, match="says something"):
        Answer((), CAVEAT, Outcome.DECLINED)


def test_only_what_is_on_the_short_list_goes_without_a_caveat():
    with pytest.raises(ValueError, match="may stand without"):
        notice("about.head")


def test_a_card_has_the_pages_and_the_short_caveat():
    written = card(said("Four."), STRICT)

    assert written.short == CAVEAT.short
    assert written.pages == pages(said("Four."), STRICT)
