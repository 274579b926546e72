"""How answers look on a terminal, and as plain text."""

from bot.core.facts import Verdict
from bot.core.page import Role, Style
from bot.frontends.cli.markup import markup

PLAIN = markup()


def test_plain_text_has_no_signs_of_its_own():
    blocks = [
        (Role.HEADLINE, PLAIN.style(Style.STRONG, "Four.")),
        (Role.ITEM, "one"),
        (Role.WHERE, PLAIN.style(Style.QUIET, "Where: lead.")),
        (Role.CAVEAT, "Double-check this."),
    ]

    assert PLAIN.lay(blocks) == "Four.\n• one\nWhere: lead.\n\nDouble-check this."


def test_a_verdict_is_a_sign_and_its_words():
    assert PLAIN.mark(Verdict.CONTRADICTED, "Other sources disagree") == "✘ Other sources disagree"


def test_a_link_shows_its_address():
    assert PLAIN.link("Evening Post", "https://a.example") == "Evening Post <https://a.example>"
    assert PLAIN.link("https://a.example", "https://a.example") == "https://a.example"


def test_what_steers_a_terminal_is_taken_out():
    hostile = "\x1b[31mred\x07 \u202edrow\u202c \ud800 \x9b2J"

    assert PLAIN.escape(hostile) == "[31mred drow  2J"


def test_a_terminal_shows_what_stands_out():
    terminal = markup(colour=True, width=80)

    assert terminal.style(Style.STRONG, "Four.") == "\x1b[1mFour.\x1b[0m"
    assert terminal.style(Style.QUIET, "lead") == "\x1b[2mlead\x1b[0m"
    assert terminal.style(Style.PLAIN, "said") == "said"


def test_lines_are_broken_between_words_and_items_are_indented():
    narrow = markup(width=12)

    assert narrow.lay([(Role.BODY, "one two three four")]) == "one two\nthree four"
    assert narrow.lay([(Role.ITEM, "one two three")]) == "• one two\n  three"


def test_highlighting_takes_no_room_on_a_line():
    narrow = markup(colour=True, width=12)
    text = f"{narrow.style(Style.STRONG, 'one two')} three"

    assert narrow.lay([(Role.BODY, text)]) == f"{text.removesuffix(' three')}\nthree"


def test_a_word_that_is_longer_than_a_line_stays_whole():
    address = "https://a.example/a/long/address"

    assert markup(width=10).lay([(Role.BODY, f"see {address} there")]) == f"see\n{address}\nthere"
