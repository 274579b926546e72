from bot.core.effects import AlertAdmins, Expect, FileReport
from bot.core.events import Commanded, Said
from bot.core.talk import Context, Effects, filed, step
from bot.core.turn import LONGEST_REPORT
from tests.bridge import ARCHES, LIBRARY, OPENED, notice, text, told
from tests.cast import ALICE, private_chat

HOME = private_chat(ALICE)
BEGUN = Context(previous=(ARCHES,), shown=(OPENED,), receipt="token", expected="report")


def say(words: str, context: Context = BEGUN) -> Effects:
    return step(Said(HOME, ALICE, words, "12"), context, LIBRARY)


def report(words: str, context: Context) -> Effects:
    return step(Commanded(HOME, ALICE, "report", words, "12"), context, LIBRARY)


def test_the_next_words_are_filed_with_the_facts_of_the_answer():
    assert say(" the date\nis wrong ") == (
        Expect(""),
        FileReport((OPENED,), "the date\nis wrong"),
    )


def test_words_are_filed_also_when_the_answer_is_forgotten_meanwhile():
    assert say("wrong", Context(expected="report"))[1] == FileReport((), "wrong")


def test_a_report_without_words_is_asked_for_again():
    effects = say("  ")

    assert notice(effects) == "report.ask"
    assert len(effects) == 1


def test_a_very_long_report_is_cut():
    [_, filing] = say("x" * 99_999)

    assert isinstance(filing, FileReport)
    assert len(filing.words) == LONGEST_REPORT


def test_the_command_asks_what_is_wrong_with_the_last_answer():
    effects = report("", Context(shown=(OPENED,), receipt="token"))

    assert effects[0] == Expect("report", "token")
    assert notice(effects) == "report.ask"


def test_the_command_with_words_files_them_at_once():
    effects = report("the date is wrong", Context(shown=(), receipt="token"))

    assert effects == (Expect(""), FileReport((), "the date is wrong"))


def test_where_nothing_was_answered_there_is_nothing_to_report():
    assert notice(report("", Context())) == "report.nothing"
    assert notice(report("all wrong", Context())) == "report.nothing"


def test_a_filed_report_has_a_number_and_goes_to_the_admins_with_its_version():
    [thanks, alert] = filed(7, FileReport((OPENED, ARCHES), "the date\nis <wrong>"), "en")

    assert notice((thanks,)) == "report.saved"
    assert "7" in text(told((thanks,)))
    assert isinstance(alert, AlertAdmins)
    for part in ("Report 7", "town/opened (0000000000000001)", "town/arches", "is <wrong>"):
        assert part in text(alert.what)


def test_the_alert_of_a_report_about_no_facts_says_so():
    [_, alert] = filed(7, FileReport((), "{number} {0} %s"), "en")

    assert isinstance(alert, AlertAdmins)
    assert "an answer without facts" in text(alert.what)
    assert "{number} {0} %s" in text(alert.what)
