"""The quiz alone, as people have it on Telegram, with the pack of the mill."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.quiz import Question
from bot.core.words import say
from bot.frontends.telegram.poll import FetchingBot
from bot.store.store import SqlStore
from tests.frontends.telegram.fake import Call, FakeTelegram
from tests.frontends.telegram.scene import Scene
from tests.frontends.telegram.updates import GROUP
from tests.quizzes import (
    BUILT,
    CAVEAT,
    FLOOD,
    ORDER,
    PAIRS,
    SEVERAL,
    TRUE,
    WHEELS,
    WORD,
    YEAR,
    library,
)

Stage = Callable[..., Scene]


@pytest.fixture
def stage(bot: FetchingBot, telegram: FakeTelegram, store: SqlStore) -> Stage:
    """A stage with a quiz of these questions."""

    def staged(*questions: Question) -> Scene:
        return Scene(bot, telegram, store, library(*questions))

    return staged


def sent(calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.method in {"sendMessage", "editMessageText"}]


def toast(calls: list[Call]) -> str:
    [call] = [call for call in calls if call.method == "answerCallbackQuery"]
    return str(call.params.get("text", ""))


def labels(call: Call) -> list[str]:
    return [button["text"] for button in call.buttons]


async def test_a_whole_quiz(stage: Stage):
    scene = stage(BUILT, WHEELS, FLOOD)
    alice = scene.alice

    topics = await alice.asks("/quiz")
    assert labels(topics) == ["Everything", "The mill", "The flood"]
    assert "It speaks of a flood." in topics.text

    [kinds] = sent(await alice.presses("Everything", topics))
    assert labels(kinds) == ["All kinds", "Only double-check questions"]
    [first] = sent(await alice.presses("All", kinds))
    assert "Question 1 of 3 · The mill" in first.text
    assert labels(first)[:3] == ["A 1820", "B 1850", "C 1790"]

    [told] = sent(await alice.presses("A", first))
    assert told.text.startswith("Right: A, 1820.")
    assert "According to the leaflet, the mill was built in 1820." in told.text
    assert "Where: “Lead”, first sentence." in told.text

    [second] = sent(await alice.presses("Next", told))
    [told] = sent(await alice.presses("A", second))
    assert told.text.startswith("Not right. The answer is: B, Looking at the plans")
    assert "Other sources disagree" in told.text

    [third] = sent(await alice.presses("Next", told))
    assert "For reflection, without points." in third.text
    told, summary = sent(await alice.presses("B", third))
    assert told.text.startswith("There are no points for this one.")
    assert "Right" not in told.text

    assert "1 of 2 right." in summary.text
    assert "For reflection, without points: 1." in summary.text
    assert "The leaflet counts four wheels." in summary.text
    for call in (topics, kinds, first, told, second, third, summary):
        assert call.text.endswith(CAVEAT)


async def test_written_answers_are_forgiven_their_spelling_and_asked_for_again(stage: Stage):
    scene = stage(WORD)
    first = await scene.alice.asks("/quiz")
    assert "Write your answer in a few words." in first.text
    assert (await scene.alice.asks("?!")).text == say("quiz.unreadable")

    told, summary = await scene.alice.writes("Water-mil")
    assert told.text.startswith("Not right. The answer is: The mill.")
    assert "0 of 1 right." in summary.text


async def test_a_number_may_be_written_in_words(stage: Stage):
    scene = stage(YEAR)
    await scene.alice.asks("/quiz")
    assert (await scene.alice.asks("1820 or 1821")).text == say("quiz.unreadable.number")

    told, _ = await scene.alice.writes("one thousand eight hundred and twenty")
    assert told.text.startswith("Right: 1820.")


async def test_to_edit_an_answer_changes_nothing(stage: Stage):
    scene = stage(YEAR, BUILT)
    [first] = await scene.alice.writes("/quiz 2")
    if "year" not in first.text:
        [told] = sent(await scene.alice.presses("A", first))
        [first] = sent(await scene.alice.presses("Next", told))
    number = scene.alice.last + 1
    assert sent(await scene.alice.writes("1821"))[0].text.startswith("Not right.")

    assert sent(await scene.alice.edits(number, "1820")) == []


async def test_a_press_repeated_or_old_is_told_so_and_changes_nothing(stage: Stage):
    scene = stage(BUILT, WHEELS)
    first = await scene.alice.asks("/quiz 2")
    [told] = sent(await scene.alice.presses("A", first))

    again = await scene.alice.presses("B", first)
    assert sent(again) == []
    assert toast(again) == say("quiz.twice")

    [second] = sent(await scene.alice.presses("Next", told))
    assert toast(await scene.alice.presses("Next", told)) == say("quiz.old")
    assert toast(await scene.alice.presses("C", first)) == say("quiz.twice")
    assert "Question 2 of 2" in second.text


async def test_the_same_update_brought_twice_counts_once(stage: Stage):
    scene = stage(BUILT, WHEELS)
    first = await scene.alice.asks("/quiz 2")
    data = first.buttons[0]["callback_data"]
    raw = scene.alice.press(data, first.params["chat_id"])

    assert len(sent(await scene.happens(raw))) == 1
    assert sent(await scene.happens(raw)) == []


async def test_nobody_presses_for_somebody_else(stage: Stage):
    scene = stage(BUILT)
    first = await scene.alice.asks("/quiz")

    calls = await scene.bob.presses("A", first)

    assert sent(calls) == []
    assert toast(calls) == say("quiz.old")


async def test_several_are_chosen_in_place(stage: Stage):
    scene = stage(SEVERAL)
    first = await scene.alice.asks("/quiz")
    assert toast(await scene.alice.presses("Done", first)) == say("quiz.choose")

    [changed] = sent(await scene.alice.presses("A", first))
    assert changed.method == "editMessageText"
    assert labels(changed)[:3] == ["[x] A Mill", "B Wheels", "C Sails"]
    assert "So far: A, Mill" in changed.text
    [changed] = sent(await scene.alice.presses("B", changed))
    told, _ = sent(await scene.alice.presses("Done", changed))
    assert told.text.startswith("Right: A, Mill; B, Wheels.")


async def test_things_are_put_in_order_one_after_the_other(stage: Stage):
    scene = stage(ORDER)
    call = await scene.alice.asks("/quiz")
    names = {label[2:]: label for label in labels(call)}

    [call] = sent(await scene.alice.presses(names["Built"], call))
    assert names["Built"] not in labels(call)
    told, _ = sent(await scene.alice.presses(names["Flooded"], call))
    assert told.text.startswith("Right: 1. Built, 2. Flooded, 3. Mended.")


async def test_pairs_are_matched_one_after_the_other(stage: Stage):
    scene = stage(PAIRS)
    call = await scene.alice.asks("/quiz")
    names = {label[2:]: label for label in labels(call)}
    assert "What belongs to “Mill”?" in call.text

    [call] = sent(await scene.alice.presses(names["1820"], call))
    assert "What belongs to “Bridge”?" in call.text
    [call] = sent(await scene.alice.presses(names["1820"], call))
    told, _ = sent(await scene.alice.presses(names["1820"], call))
    assert told.text.startswith("Partly right. The whole answer is: Mill: 1820; Bridge: 1790")


async def test_a_quiz_is_skipped_through_paused_and_resumed_days_later(stage: Stage):
    scene = stage(BUILT, WHEELS)
    first = await scene.alice.asks("/quiz 2")
    [second] = sent(await scene.alice.presses("Skip", first))
    [paused] = sent(await scene.alice.presses("Pause", second))
    assert paused.text.startswith("Paused at question 2 of 2.")

    scene.passes(timedelta(days=3))
    again = await scene.alice.asks("/quiz")
    assert "Your quiz goes on here." in again.text
    assert "Question 2 of 2" in again.text
    _, summary = sent(await scene.alice.presses("B", again))
    assert "1 of 1 right." in summary.text
    assert "Skipped: 1." in summary.text


async def test_a_quiz_goes_on_after_a_restart(stage: Stage, tmp_path: Path):
    before = stage(BUILT, TRUE)
    first = await before.alice.asks("/quiz 2")

    after = stage(BUILT, TRUE)  # nothing but the database is the same
    [told] = sent(await after.alice.presses("A", first))
    assert told.text.startswith("Right: A, 1820.")
    [second] = sent(await after.alice.presses("Next", told))
    assert "Question 2 of 2" in second.text


@pytest.mark.parametrize("command", ["/stop", "/cancel"])
async def test_a_quiz_is_paused_by_command_and_words_are_questions_again(
    stage: Stage, command: str
):
    scene = stage(YEAR)
    await scene.alice.asks("/quiz")
    assert (await scene.alice.asks(command)).text.startswith("Paused at question 1 of 1.")

    answer = await scene.alice.asks("when was the mill built?")
    assert answer.text.startswith("1820, according to the leaflet.")


async def test_after_half_an_hour_words_are_questions_again(stage: Stage):
    scene = stage(YEAR)
    await scene.alice.asks("/quiz")
    scene.passes(timedelta(minutes=31))

    answer = await scene.alice.asks("when was the mill built?")
    assert answer.text.startswith("1820, according to the leaflet.")


async def test_a_question_can_be_asked_in_between(stage: Stage):
    scene = stage(YEAR)
    await scene.alice.asks("/quiz")
    assert (await scene.alice.asks("/ask when was the mill built?")).text.startswith("1820, acc")

    told, _ = await scene.alice.writes("1820")
    assert told.text.startswith("Right: 1820.")


async def test_distress_is_not_marked(stage: Stage):
    scene = stage(WORD)
    await scene.alice.asks("/quiz")
    assert (await scene.alice.asks("i want to kill myself")).text == say("kind")

    told, _ = await scene.alice.writes("the mill")
    assert told.text.startswith("Right:")


async def test_a_question_is_reported_by_its_version(stage: Stage):
    scene = stage(BUILT)
    first = await scene.alice.asks("/quiz")
    [ask] = sent(await scene.alice.presses("Report", first))
    assert ask.text == say("report.ask")
    await scene.alice.writes("It is the bridge that is older.")

    [report] = await scene.store.reports(1)
    assert [(key.fact, key.hash) for key in report.facts] == [("q/built-1", BUILT.hash)]


async def test_what_was_missed_is_practised_when_it_is_due(stage: Stage):
    scene = stage(BUILT, WHEELS)
    assert (await scene.alice.asks("/missed")).text == say("quiz.missed.none")
    first = await scene.alice.asks("/quiz 2")
    [told] = sent(await scene.alice.presses("B", first))
    [second] = sent(await scene.alice.presses("Next", told))
    await scene.alice.presses("B", second)

    later = await scene.alice.asks("/missed")
    assert later.text.startswith("Nothing is due now. Of the 1 questions")
    scene.passes(timedelta(minutes=11))
    practice = await scene.alice.asks("/missed")
    assert "Question 1 of 1" in practice.text
    assert "You missed this one before." in practice.text
    assert BUILT.stem in practice.text
    await scene.alice.presses("A", practice)
    assert (await scene.alice.asks("/missed")).text.startswith("Nothing is due now.")


async def test_what_was_missed_can_be_practised_at_once(stage: Stage):
    scene = stage(BUILT)
    first = await scene.alice.asks("/quiz")
    _, summary = sent(await scene.alice.presses("B", first))

    [practice] = sent(await scene.alice.presses("Practise", summary))
    assert BUILT.stem in practice.text


async def test_a_sensitive_question_is_never_practised(stage: Stage):
    scene = stage(FLOOD)
    first = await scene.alice.asks("/quiz")
    await scene.alice.presses("B", first)

    assert (await scene.alice.asks("/missed")).text == say("quiz.missed.none")


async def test_a_group_is_led_to_a_private_chat(stage: Stage):
    scene = stage(BUILT)
    led = await scene.alice.asks("/quiz@doublecheck_bot", GROUP)
    assert led.text == say("quiz.private")
    [button] = led.buttons
    assert button["url"] == "https://t.me/doublecheck_bot?start=quiz"

    assert BUILT.stem in (await scene.alice.asks("/start quiz")).text


async def test_a_pack_without_questions_says_so(stage: Stage):
    assert (await stage().alice.asks("/quiz")).text == say("quiz.none")


async def test_the_buttons_fit_their_platform(stage: Stage):
    scene = stage(BUILT, SEVERAL, ORDER)
    call = await scene.alice.asks("/quiz 3")

    assert all(
        len(b["callback_data"].encode()) <= 64 for b in call.buttons if "callback_data" in b
    )
