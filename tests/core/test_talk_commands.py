import pytest

from bot.core.answer import Answer, Outcome
from bot.core.effects import Expect, Tell
from bot.core.events import Commanded, Place
from bot.core.retention import Retention
from bot.core.roles import Role
from bot.core.talk import Context, Effects, step
from tests.bridge import ARCHES, GONE, LIBRARY, OPENED, answer, notice, text, told
from tests.cast import ALICE, GROUP, private_chat

HOME = private_chat(ALICE)


def command(
    name: str, argument: str = "", context: Context | None = None, place: Place = HOME
) -> Effects:
    quoted = "30" if context and context.shown is not None else ""
    event = Commanded(place, ALICE, name, argument, "12", quoted=quoted)
    return step(event, context or Context(), LIBRARY)


@pytest.mark.parametrize("payload", ["", "hello", "f_", "q_opened"])
def test_start_says_hello(payload: str):
    assert notice(command("start", payload)) == "start"


@pytest.mark.parametrize("payload", ["f_opened", "f_opened_0000000000000001"])
def test_a_link_opens_its_fact(payload: str):
    assert answer(command("start", payload)).facts == (OPENED,)


@pytest.mark.parametrize("fact", ["nothing", "workers", "../opened", "OPENED"])
def test_a_link_to_nothing_or_to_a_restricted_fact_is_answered_in_words(fact: str):
    said = answer(command("start", f"f_{fact}"))

    assert (said.outcome, said.facts) == (Outcome.DECLINED, ())
    assert "ask in your own words" in text(said)


def test_help_in_a_group_names_the_bot_with_every_command():
    private = text(told(command("help")))
    in_group = text(told(command("help", place=GROUP, context=Context(bot="checkbot"))))

    assert "/ask@checkbot" in in_group
    assert all("/" not in rest or rest.count("@checkbot") for rest in in_group.split("\n"))
    assert "@" not in private


@pytest.mark.parametrize("name", ["about", "topics", "sources"])
def test_what_stands_behind_the_answers_is_shown_with_the_caveat(name: str):
    assert isinstance(told(command(name)), Answer)


def test_privacy_says_how_long_things_are_kept():
    from_settings = Context(retention=Retention(receipts=Retention().reports * 2))

    assert "30 days" in text(told(command("privacy")))
    assert "120 days" in text(told(command("privacy", context=from_settings)))
    assert "24 hours" in text(told(command("privacy")))


def test_ask_answers_what_stands_behind_it():
    assert answer(command("ask", "how many arches does the bridge have", place=GROUP)).facts == (
        ARCHES,
    )


@pytest.mark.parametrize("argument", ["", "   "])
def test_ask_alone_asks_for_the_question(argument: str):
    assert notice(command("ask", argument)) == "ask.what"


def test_check_as_a_reply_shows_the_sources_of_that_answer():
    said = answer(command("check", context=Context(shown=(ARCHES,))))

    assert said.facts == (ARCHES,)
    assert "Minutes" in text(said)


@pytest.mark.parametrize("shown", [None, (), (GONE,)])
def test_check_of_anything_else_asks_its_words(shown: tuple[()] | None):
    context = Context(shown=shown)

    assert answer(command("check", "how many arches does the bridge have", context)).facts == (
        ARCHES,
    )
    assert notice(command("check", "", context)) == "check.how"


def test_sources_as_a_reply_shows_those_of_that_answer():
    assert answer(command("sources", context=Context(shown=(ARCHES,)))).facts == (ARCHES,)


def test_a_command_that_nobody_knows_is_answered_kindly():
    assert notice(command("frobnicate", "now")) == "unknown-command"


def test_another_command_ends_the_report_that_was_begun():
    effects = command("topics", context=Context(expected="report"))

    assert effects[0] == Expect("")
    assert isinstance(told(effects), Answer)


def test_cancel_ends_what_was_begun():
    effects = command("cancel", context=Context(expected="report"))

    assert effects[0] == Expect("")
    assert notice(effects) == "cancelled"


def test_cancel_of_nothing_says_so():
    assert notice(command("cancel")) == "nothing-to-cancel"


@pytest.mark.parametrize(
    ("role", "listed"),
    [
        (Role.TEACHER, ["/live"]),
        (Role.EDITOR, ["/live", "/bank"]),
        (Role.ADMIN, ["/live", "/bank", "/grant"]),
        (Role.OWNER, ["/live", "/bank", "/grant"]),
    ],
)
def test_help_lists_what_somebody_may_do_by_their_role(role: Role, listed: list[str]):
    told_first, added = command("help", context=Context(role=role))

    assert isinstance(told_first, Tell)
    assert isinstance(added, Tell)
    words = text(added.what)
    assert f"Your role here is {role.word}." in words
    assert [name for name in ("/live", "/bank", "/grant") if name in words] == listed
