from telegram import ForceReply, InlineKeyboardMarkup

from bot.core.answer import Choice
from bot.core.cards import Card
from bot.core.page import Page
from bot.frontends.telegram.drawing import keyboard, under


def labels(*names: str) -> list[list[str]]:
    drawn = keyboard(Card((Page("x"),), tuple(Choice(name, "1|s|t") for name in names)))
    assert drawn
    return [[button.text for button in row] for row in drawn.inline_keyboard]


def test_short_buttons_stand_side_by_side():
    assert labels("Sources", "Related", "Report a problem") == [
        ["Sources", "Related"],
        ["Report a problem"],
    ]


def test_long_buttons_stand_under_each_other():
    assert labels("When was the drone attack?", "When were the strikes?") == [
        ["When was the drone attack?"],
        ["When were the strikes?"],
    ]


def test_many_buttons_move_together_rather_than_get_lost():
    drawn = labels(*(f"The topic with number {n}" for n in range(12)))
    assert len(drawn) <= 8
    assert sum(map(len, drawn)) == 12


def test_there_are_never_more_than_eight_rows():
    assert len(labels(*("x" * 60 for _ in range(60)))) == 8


def test_a_label_that_is_too_long_is_cut_and_shows_it():
    ((label,),) = labels("word " * 30)
    assert len(label) <= 60
    assert label.endswith("…")


def test_a_card_without_choices_has_no_keyboard():
    assert under(Card((Page("x"),)), private=True) is None


def test_a_link_is_a_button_with_an_address():
    drawn = keyboard(Card((Page("x"),), (Choice("Open", "", "https://a.example"),)))
    assert drawn
    ((button,),) = drawn.inline_keyboard
    assert (button.url, button.callback_data) == ("https://a.example", None)


def test_a_notice_that_asks_for_words_opens_a_reply_in_a_group():
    asks = Card((Page("What?"),), notice="ask.what")
    assert isinstance(under(asks, private=False), ForceReply)
    assert under(asks, private=True) is None


def test_buttons_stay_where_a_reply_cannot_be_opened():
    asks = Card((Page("What?"),), (Choice("Cancel", "1|x|t"),), notice="report.ask")
    assert isinstance(under(asks, private=True), InlineKeyboardMarkup)
