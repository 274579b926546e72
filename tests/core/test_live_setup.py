from dataclasses import replace

import pytest

from bot.core.answer import Answer
from bot.core.library import Library, Shelf
from bot.core.live_setup import SETTINGS, Dialog, card, read, setup_of, written
from bot.core.live_types import Reveal, Scoring, Setup, Way
from bot.search.engine import build
from tests.quizzes import ALL, BUILT, FLOOD, ORDER, WORD, YEAR, library, pack

LIBRARY = library(*ALL, more=(pack(BUILT, name="harbour"),))


def test_the_first_dialog_has_sensible_defaults():
    assert setup_of(Dialog(), LIBRARY) == Setup("mill", length=10)


@pytest.mark.parametrize(
    ("setting", "field", "value"),
    [
        ("pack", "pack", "harbour"),
        ("topic", "topics", ("mill",)),
        ("length", "length", 15),
        ("seconds", "seconds", 20.0),
        ("scoring", "scoring", Scoring.SPEED),
        ("reveal", "reveal", Reveal.END),
        ("way", "way", Way.POLLS),
        ("changes", "changes", True),
        ("onward", "onward", 5.0),
        ("note", "note", True),
        ("writing", "writing", True),
    ],
)
def test_each_button_turns_one_setting(setting, field, value):
    turned = setup_of(Dialog().turned(setting, LIBRARY), LIBRARY)

    assert getattr(turned, field) == value
    changed = [f for f in ("length", "scoring", "way") if f != field]
    assert all(getattr(turned, f) == getattr(Setup("mill"), f) for f in changed)


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_comes_round_to_where_it_began(setting):
    dialog = Dialog()
    for _ in range(40):
        dialog = dialog.turned(setting, LIBRARY)
        if dialog.of(setting) == Dialog().of(setting):
            break

    assert dialog == Dialog()


def test_a_dialog_is_read_back_from_its_button():
    dialog = Dialog().turned("seconds", LIBRARY).turned("pack", LIBRARY)

    assert read(written(dialog), LIBRARY) == dialog


@pytest.mark.parametrize(
    "text", ["", "0", "z" * 11, "0000000000000", "90100000000", "00100é00000"]
)
def test_what_is_no_dialog_is_refused(text):
    assert read(text, LIBRARY) is None


def test_every_button_fits_a_platform():
    shown = card(Dialog(), LIBRARY)

    token = "x" * 22
    longest = max(len(f"1|{choice.action}|{token}|12".encode()) for choice in shown.choices)
    assert longest <= 64


def test_polls_are_offered_only_where_there_are_any():
    labels = [choice.label for choice in card(Dialog(), LIBRARY, polls=False).choices]

    assert not any(label.startswith("Answer by") for label in labels)


def test_the_dialog_says_how_many_sensitive_questions_are_left_out():
    one = card(Dialog(), library(BUILT, FLOOD))
    two = card(Dialog(), library(BUILT, FLOOD, replace(FLOOD, id="flood-2")))
    none = card(Dialog(), library(BUILT))

    def said(shown: Answer) -> str:
        return " ".join(span.text for block in shown.blocks for span in block.spans)

    assert "1 sensitive question is left out" in said(one)
    assert "2 sensitive questions are left out" in said(two)
    assert "left out" not in said(none)


def test_a_pack_without_a_note_offers_none():
    mill = pack(BUILT)
    plain = Library((Shelf(replace(mill, content_note=""), build(mill)),))

    shown = card(Dialog(), plain)

    assert not any("note" in choice.label for choice in shown.choices)


def words(shown: Answer) -> str:
    return " ".join(span.text for block in shown.blocks for span in block.spans)


def test_the_dialog_says_what_is_written_and_what_only_the_page_can_ask():
    one = library(BUILT, YEAR, ORDER)

    assert "2 questions whose answer is written are left out" in words(card(Dialog(), LIBRARY))
    assert "2 questions to put in order or to match are left out" in words(card(Dialog(), LIBRARY))
    assert "1 question whose answer is written is left out" in words(card(Dialog(), one))
    assert "1 question to put in order or to match is left out" in words(card(Dialog(), one))
    assert "left out" not in words(card(Dialog(), library(BUILT)))


def test_with_questions_to_write_the_dialog_says_how_each_room_answers_them():
    dialog = Dialog().turned("writing", LIBRARY)
    alone = words(card(Dialog().turned("writing", library(BUILT, YEAR)), library(BUILT, YEAR)))

    said = words(card(dialog, LIBRARY))
    assert "6 questions to draw from." in said
    assert "2 of them are answered by writing" in said
    assert "in a Telegram group in private" in said
    assert "1 of them is answered by writing" in alone


def test_questions_to_write_are_offered_only_where_there_are_any():
    labels = [choice.label for choice in card(Dialog(), library(BUILT, ORDER)).choices]

    assert not any(label.startswith("Questions to write") for label in labels)


def test_a_pack_whose_questions_are_all_written_can_be_asked():
    written = library(YEAR, replace(WORD, topic="flood"))

    dialog = Dialog().turned("writing", written).turned("topic", written)

    assert setup_of(dialog, written) == Setup("mill", ("mill",), writing=True)
    assert "Questions: 1" in [choice.label for choice in card(dialog, written).choices]


def test_with_polls_the_dialog_names_the_questions_that_cannot_be_polls():
    long = replace(BUILT, id="long-1", stem=f"According to the leaflet, {'and ' * 90}when?")
    more = [replace(long, id=f"long-{number}") for number in range(2, 8)]
    dialog = Dialog((0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0))

    one = words(card(dialog, library(BUILT, long)))
    many = words(card(dialog, library(BUILT, long, *more)))

    assert "cannot be polls: 1." in one
    assert "“According to the leaflet, and and" in one
    assert "…”: it is too long for a poll." in one
    assert "And 2 more." in many
    assert "A poll shows what was right to whoever has voted, at once" in one
    assert "Each of them can be asked as a poll." in words(card(dialog, library(BUILT)))
    assert "polls" not in words(card(Dialog(), library(BUILT, long)))
    assert "as a poll" not in words(card(dialog, library(BUILT), polls=False))
