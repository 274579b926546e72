from dataclasses import replace

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answer import Answer, Block, Caveat, Choice, Outcome, Role, Text
from bot.core.cards import Card, File, card
from bot.core.facts import Verdict
from bot.core.page import Page
from bot.frontends.discord.buttons import (
    BUTTON_LABEL,
    CUSTOM_ID,
    OPTION_LABEL,
    OPTIONS,
    ROWS,
    WIDTH,
)
from bot.frontends.discord.drawing import (
    ALL_EMBEDS,
    COLOURS,
    CONTENT,
    EMBEDS,
    MIXED,
    Under,
    cut,
    draw,
    verdict_of,
)
from bot.frontends.discord.markup import EMBED, MARKUP, units

CAVEAT = Caveat("Please double-check this with another source.", "Double-check this.")
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000)
blocks = st.builds(lambda text, role: Block((Text(text),), role), words, st.sampled_from(
    [role for role in Role if role is not Role.CAVEAT]
))  # fmt: skip
choices = st.lists(
    st.builds(
        lambda n, label: Choice(label, f"c|{n}"), st.integers(0, 999), st.text(max_size=200)
    ),
    max_size=60,
)


def answer(*texts: str, picks: tuple[Choice, ...] = ()) -> Answer:
    found = tuple(Block((Text(text),)) for text in texts)
    return Answer(found, CAVEAT, Outcome.ANSWERED, choices=picks)


@settings(max_examples=60)
@given(st.lists(blocks, min_size=1, max_size=12), choices)
async def test_every_message_fits_and_every_embed_ends_with_the_caveat(found, picks):
    said = Answer(tuple(found), CAVEAT, Outcome.ANSWERED, choices=tuple(picks))

    for message in draw(card(said, MARKUP, "token_of_22_characters")):
        new = message.new()
        held = [embed.description for embed in new["embeds"]]
        assert len(held) <= EMBEDS
        assert sum(map(units, held)) <= ALL_EMBEDS
        assert all(units(text) <= EMBED for text in held)
        assert all(text.endswith(MARKUP.escape(CAVEAT.long)) for text in held)
        assert new["allowed_mentions"].to_dict() == {"parse": []}
        assert fits(new.get("view"))


def fits(view: discord.ui.View | None) -> bool:
    """Tell whether Discord would take the buttons and menus of a view."""
    rows = view.to_components() if view else []
    items = [item for row in rows for item in row["components"]]
    ids = [item["custom_id"] for item in items]
    options = [option for item in items for option in item.get("options", ())]
    return (
        len(rows) <= ROWS
        and all(len(row["components"]) <= WIDTH for row in rows)
        and len(ids) == len(set(ids))
        and all(len(i) <= CUSTOM_ID for i in ids)
        and all(1 <= units(i["label"]) <= BUTTON_LABEL for i in items if i["type"] == 2)
        and all(1 <= len(i["options"]) <= OPTIONS for i in items if i["type"] == 3)
        and all(1 <= units(o["label"]) <= OPTION_LABEL for o in options)
    )


@given(choices)
async def test_no_choice_gets_lost(picks):
    unique = {choice.action: choice for choice in picks}

    [message] = draw(card(answer("x", picks=tuple(unique.values())), MARKUP, "t"))

    view = message.new().get("view")
    rows = view.to_components() if view else []
    items = [item for row in rows for item in row["components"]]
    reached = [o["value"] for i in items for o in i.get("options", ())]
    reached += [i["custom_id"].split("|", 2)[2] for i in items if i["type"] == 2]
    assert sorted(reached) == sorted(f"1|c|t|{a.split('|')[1]}" for a in unique)


def test_pages_share_a_message_as_long_as_they_fit():
    pages = tuple(Page("x" * 2900) for _ in range(5))

    sizes = [len(message.card.pages) for message in draw(Card(pages))]

    assert sizes == [2, 2, 1]


def test_choices_stand_under_the_last_message_and_a_file_above_the_first():
    pages = tuple(Page("x" * 3500) for _ in range(2))
    file = File.of("a.png", "image/png", b"png", "A picture.")
    whole = Card(pages, (Choice("Sources", "1|s|t"),), file=file)

    first, last = draw(whole, Under("c", show="t"))

    assert (first.card.file, last.card.file) == (file, None)
    assert (first.card.choices, last.card.choices) == ((), whole.choices)
    assert (first.under, last.under) == (Under(), Under("c", show="t"))


async def test_a_file_goes_along_with_what_it_shows_in_words():
    file = File.of("a.png", "image/png", b"png", "A picture.")

    [message] = draw(Card((Page("x"),), file=file))

    sent = message.new()["file"]
    assert (sent.filename, sent.description, sent.fp.read()) == ("a.png", "A picture.", b"png")


async def test_a_sentence_of_ours_needs_no_embed_unless_it_is_long():
    [short] = draw(Card((Page("Saved."),), notice="report.saved"))
    [long] = draw(Card((Page("x" * (CONTENT + 1)),), notice="help"))

    assert short.new()["content"] == "Saved."
    assert "embeds" not in short.new()
    assert "content" not in long.new()


async def test_an_edit_takes_away_what_stood_there_before():
    [message] = draw(Card((Page("Saved."),), notice="report.saved"))

    edit = message.edit()
    assert edit.pop("allowed_mentions").to_dict() == {"parse": []}
    assert edit == {"content": "Saved.", "embeds": [], "view": None, "attachments": []}


def test_one_verdict_is_the_side_and_several_are_none_of_theirs():
    one = replace(answer("x"), verdicts=(Verdict.CONTRADICTED,) * 2)
    two = replace(answer("x"), verdicts=(Verdict.CONTRADICTED, Verdict.CORROBORATED))
    none = answer("x")

    sides = [draw(card(a, MARKUP))[0].edit()["embeds"][0].colour for a in (one, none)]
    assert [side.value if side else None for side in sides] == [
        COLOURS[Verdict.CONTRADICTED],
        None,
    ]
    assert card(two, MARKUP).verdicts == two.verdicts


def test_colours_tell_verdicts_apart():
    assert len({*COLOURS.values(), MIXED}) == len(Verdict) + 1
    assert all(verdict_of(colour) == (verdict,) for verdict, colour in COLOURS.items())
    assert len(verdict_of(MIXED)) > 1
    assert verdict_of(None) == ()


async def test_a_link_is_a_button_with_an_address_unless_it_is_not_of_the_web():
    links = (Choice("Open", "", "https://a.example"), Choice("Evil", "", "javascript:x"))

    [message] = draw(Card((Page("x"),), links))

    [row] = message.new()["view"].to_components()
    assert [(i["label"], i["url"]) for i in row["components"]] == [("Open", "https://a.example")]


async def test_awaited_words_have_a_button_that_opens_a_field():
    [message] = draw(Card((Page("Who?"),)), Under("c", writes=True))

    [row] = message.new()["view"].to_components()
    assert [item["custom_id"] for item in row["components"]] == ["dc|c|w"]


def test_a_label_is_cut_and_shows_it():
    assert cut("😀" * 100, 80) == "😀" * 39 + "…"
    assert cut("", 80) == "…"
