"""A live quiz on the page, from the teacher's form to the standing, without JavaScript."""

import re
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from bot.core.roles import Role
from bot.core.words import say
from bot.frontends.web.markup import MARKUP
from bot.frontends.web.reach import ANY_V4, Reach
from bot.service.desk import Desk
from bot.service.granting import role_name
from bot.store.store import SqlStore
from tests.frontends.web.live_class import SCRIPT, LiveClass, hidden
from tests.frontends.web.visitor import Visitor
from tests.quizzes import BUILT, CAVEAT, FLOOD, ORDER, PAIRS, SEVERAL, WHEELS, WORD, YEAR, library
from tests.service.clocks import Time

LAN = "192.168.1.20"


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
async def desk(database: str, time: Time) -> AsyncGenerator[Desk]:
    tokens = (f"token{number:011}" for number in range(10_000))
    async with SqlStore.open(database) as store:
        yield Desk(store, library(BUILT), {"web": MARKUP}, time.clock, lambda: next(tokens))


@pytest.fixture
def school(desk: Desk, time: Time) -> LiveClass:
    return LiveClass(desk, time)


async def begun(school: LiveClass, **chosen: str) -> tuple[Visitor, Visitor, Visitor]:
    """Return a teacher and two pupils at the first question."""
    teacher = await school.teacher()
    await school.opened(teacher, **chosen)
    owl, fox = await school.pupil("Owl"), await school.pupil("Fox")
    await school.act(teacher, "start")
    return teacher, owl, fox


async def board(school: LiveClass) -> Visitor:
    return await school.somebody().open(f"/live/{school.code}/board")


async def test_a_class_plays_a_quiz_from_the_lobby_to_the_standing(school: LiveClass) -> None:
    teacher, owl, fox = await begun(school)
    assert "Question 1 of 1" in (await board(school)).words
    assert "0 of 2 have answered" in (await board(school)).words

    await school.answer(owl, "a")
    await school.answer(fox, "b")
    assert "You answered A. Saved." in owl.words
    assert "2 of 2 have answered" in (await board(school)).words
    assert "Right" not in (await board(school)).words

    await school.act(teacher, "next")
    shown = await board(school)
    assert "1 of 2, 50 %" in shown.words
    assert "The first sentence has the year." in shown.words
    assert CAVEAT in shown.words
    assert "Right." in (await owl.open(f"/join/{school.code}")).words
    assert "Not right." in (await fox.open(f"/join/{school.code}")).words

    await school.act(teacher, "next")
    assert "1 Owl 1 of 1 points, 1 right" in (await board(school)).words
    assert "Your place: 1 of 2." in (await owl.open(f"/join/{school.code}")).words
    assert "Your place: 2 of 2." in (await fox.open(f"/join/{school.code}")).words


async def test_the_form_offers_only_topics_with_questions_for_a_class_and_says_so(
    desk: Desk, school: LiveClass
) -> None:
    desk.library = library(BUILT, FLOOD, YEAR, replace(WHEELS, topic="other"))

    form = await (await school.teacher()).open("/live")

    assert 'value="mill/mill"' in form.page
    assert 'value="mill/flood"' not in form.page
    assert "2 questions to choose the answer of. 1 more is answered by writing" in form.words
    assert "1 sensitive question is left out" in form.words


async def test_everybody_finds_where_to_join_from_any_page(school: LiveClass) -> None:
    home = await school.somebody().open("/")

    assert '<a href="/join">Join a quiz</a>' in home.page
    assert '<a href="/join" aria-current="page">' in (await home.open("/join")).page


async def test_the_big_screen_shows_how_to_join(desk: Desk, time: Time) -> None:
    school = LiveClass(desk, time, Reach(ANY_V4, (), lambda _: LAN))
    code = await school.opened(await school.teacher())
    shown = await board(school)
    assert f"Open {LAN}:8321/join and enter the code" in shown.words
    assert f'src="/live/{code}/qr.svg" alt="Picture code that leads to http://{LAN}' in shown.page
    drawn = await school.somebody().open(f"/live/{code}/qr.svg")
    assert drawn.response.headers["content-type"] == "image/svg+xml"
    assert say("web.board.alone") not in shown.words


async def test_a_page_for_its_own_machine_alone_says_how_to_open_it(school: LiveClass) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    assert "WEB_HOST=0.0.0.0" in teacher.words
    assert "WEB_HOST=0.0.0.0" in (await board(school)).words


async def test_only_who_has_a_role_opens_and_leads_a_quiz(school: LiveClass) -> None:
    await school.opened(await school.teacher())
    pupil = await school.pupil("Owl")
    for path in ("/live", f"/live/{school.code}", f"/live/{school.code}/part"):
        assert (await pupil.open(path)).response.status_code == 403
    assert role_name(Role.TEACHER) in pupil.words
    pressed = await pupil.post(f"/live/{school.code}", do="start", epoch="0")
    assert pressed.response.status_code == 403


async def test_a_control_without_the_token_of_the_page_is_refused(school: LiveClass) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    await teacher.post(f"/live/{school.code}", do="start", epoch=hidden(teacher, "epoch"))
    assert teacher.response.status_code == 403


async def test_a_control_pressed_twice_acts_once(school: LiveClass) -> None:
    teacher, *_ = await begun(school)
    known = {name: hidden(teacher, name) for name in ("csrf", "epoch")}
    await teacher.post(f"/live/{school.code}", do="next", **known)
    again = await teacher.post(f"/live/{school.code}", do="next", **known)
    assert again.response.status_code == 409
    assert say("web.live.changed") in again.words
    assert "Show the end" in again.words


async def test_the_clock_closes_the_question_and_a_late_answer_is_told_so(
    school: LiveClass,
) -> None:
    _, owl, _ = await begun(school)
    assert "30 s left" in (await board(school)).words
    await school.pass_(33)
    await school.answer(owl, "a")
    assert owl.response.status_code == 409
    assert re.search("Not counted", owl.words)
    assert "Nobody" not in owl.words


async def test_the_first_answer_counts_and_who_presses_again_is_told(school: LiveClass) -> None:
    _, owl, _ = await begun(school)
    await school.answer(owl, "a")
    await school.answer(owl, "b")
    assert owl.response.status_code == 409
    assert "You answered A. The first answer counts." in owl.words


async def test_an_answer_may_be_changed_where_the_teacher_allows_it(school: LiveClass) -> None:
    _, owl, _ = await begun(school, changes="1")
    await school.answer(owl, "a")
    assert say("web.play.change") in owl.words
    await school.answer(owl, "b")
    assert "You answered B. Saved." in owl.words


async def test_a_script_gets_the_confirmation_alone(school: LiveClass) -> None:
    _, owl, _ = await begun(school)
    sent = await owl.client.post(
        f"/join/{school.code}",
        data={"do": "answer", "at": "0", "choose": "a"},
        headers={"Origin": owl.here, **SCRIPT},
    )
    assert "You answered A. Saved." in sent.text
    assert "<html" not in sent.text
    again = await owl.client.post(
        f"/join/{school.code}",
        data={"do": "answer", "at": "0", "choose": "b"},
        headers={"Origin": owl.here, **SCRIPT},
    )
    assert (again.status_code, "The first answer counts." in again.text) == (409, True)


async def test_a_closed_tab_comes_back_by_its_recovery_code(school: LiveClass) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    owl = await school.pupil("Owl")
    [recovery] = re.findall(r"recovery code: ([A-Z0-9-]+)", owl.words)
    assert recovery not in (await owl.open(f"/join/{school.code}")).words
    await school.act(teacher, "start")

    phone = await school.somebody().open(f"/join/{school.code}")
    await phone.post(f"/join/{school.code}", do="recover", recovery="AAAA-BBBB-CCCC")
    assert say("web.join.unrecovered") in phone.words
    await phone.post(f"/join/{school.code}", do="recover", recovery=recovery.lower())
    assert "You are Owl." in phone.words
    await school.answer(phone, "a")
    assert "You answered A. Saved." in phone.words


async def test_a_code_is_taken_however_it_is_written(school: LiveClass) -> None:
    code = await school.opened(await school.teacher())
    pupil = await school.somebody().open("/join")
    await pupil.post("/join", code=f" {code[:3].lower()} {code[3:]}")
    assert say("web.join.to", title="The old mill") in pupil.words
    await pupil.post("/join", code="ZZZZZZ")
    assert (pupil.response.status_code, say("web.join.unknown") in pupil.words) == (404, True)


async def test_who_joins_may_keep_the_name_that_is_suggested(school: LiveClass) -> None:
    await school.opened(await school.teacher())
    pupil = await school.somebody().open(f"/join/{school.code}")
    [suggested] = re.findall(r'name="name" value="([A-Z][a-z]+ [A-Z][a-z]+)"', pupil.page)
    await pupil.post(f"/join/{school.code}", do="join", name=suggested)
    assert f"You are {suggested}." in pupil.words


async def test_a_hostile_name_is_shown_as_text(school: LiveClass) -> None:
    await school.opened(await school.teacher())
    await school.pupil("<script>x</script>\u202e")
    shown = await board(school)
    assert "<script>x" not in shown.page
    assert "&lt;script&gt;x" in shown.page


async def test_a_browser_without_cookies_is_told_so(school: LiveClass) -> None:
    await school.opened(await school.teacher())
    stranger = await school.somebody().post(f"/join/{school.code}", do="join", name="Owl")
    assert stranger.response.status_code == 422
    assert say("web.join.cookies") in stranger.words


async def test_a_form_that_is_none_of_ours_is_refused(school: LiveClass) -> None:
    _, owl, _ = await begun(school)
    await owl.post(f"/join/{school.code}", do="dance")
    assert owl.response.status_code == 400
    await school.answer(owl, "nothing")
    assert (owl.response.status_code, say("web.play.unreadable") in owl.words) == (409, True)


async def test_a_pause_is_told_and_takes_no_answers(school: LiveClass) -> None:
    teacher, owl, _ = await begun(school)
    await school.act(teacher, "pause")
    assert say("web.board.paused") in (await board(school)).words
    await school.answer(owl, "a")
    assert say("web.play.held") in owl.words
    await school.act(teacher, "resume")
    await school.answer(owl, "a")
    assert "You answered A. Saved." in owl.words


async def test_more_time_is_given_silently_to_who_has_it(school: LiveClass) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    owl = await school.pupil("Owl")
    await school.pupil("Fox")
    async with school.desk.store.work(school.time.now) as work:
        session = await work.sessions.by_code(school.code)
        assert session
        people = await work.sessions.participants(session.id)
        await work.sessions.put_factor(session.host, people[0].person, 2.0)
    await school.act(teacher, "start")
    assert "1:00 left" in (await owl.open(f"/join/{school.code}")).words
    assert "30 s left" in (await board(school)).words
    await school.pass_(35)
    assert say("web.board.closing") in (await board(school)).words
    await school.answer(owl, "a")
    assert "Right." in owl.words


async def test_several_right_ones_are_ticked_and_sent(desk: Desk, time: Time) -> None:
    school = LiveClass(replace(desk, library=library(SEVERAL)), time)
    teacher, owl, _ = await begun(school)
    await owl.open(f"/join/{school.code}")
    assert owl.page.count('type="checkbox" name="choose"') == 3
    await school.answer(owl, "b", "a")
    assert "You answered A, B. Saved." in owl.words
    await school.act(teacher, "next")
    assert "Right." in (await owl.open(f"/join/{school.code}")).words


async def test_the_answers_come_at_the_end_where_the_teacher_wants_it_so(
    desk: Desk, time: Time
) -> None:
    school = LiveClass(replace(desk, library=library(BUILT, WHEELS)), time)
    teacher, owl, _ = await begun(school, reveal="end")
    await school.answer(owl, "a")
    await school.act(teacher, "next")
    for page in (await board(school), await owl.open(f"/join/{school.code}")):
        assert "The answers come at the end." in page.words
        assert say("web.board.right") not in page.words
    await school.act(teacher, "next")
    await school.act(teacher, "next")
    await school.act(teacher, "next")
    assert say("live.over.keys") in (await board(school)).words


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        ({"length": "0"}, "from 1 to 50"),
        ({"length": "many"}, "from 1 to 50"),
        ({"grace": "nan"}, "from 0 to 10"),
        ({"seconds": "7"}, "none that this page offers"),
        ({"scoring": "luck"}, "none that this page offers"),
        ({"pack": "nowhere"}, "no such pack"),
        ({"topic": "mill/nothing"}, "no question is left"),
    ],
)
async def test_a_setup_that_cannot_be_is_given_back_with_a_cure(
    school: LiveClass, chosen: dict[str, str], what: str
) -> None:
    teacher = await school.teacher()
    await school.opened(teacher, **chosen)
    assert teacher.response.status_code == 422
    assert what in teacher.words


async def test_what_was_chosen_holds(school: LiveClass) -> None:
    chosen = {"topic": "mill/mill", "seconds": "untimed", "scoring": "speed", "onward": "5"}
    await school.opened(await school.teacher(), **chosen, early="1", note="1")
    found = await school.live.board(school.code)
    assert found
    setup = found.setup
    assert (setup.topics, setup.seconds, setup.scoring) == (("mill",), 0.0, "speed")
    assert (setup.onward, setup.early, setup.note, setup.changes) == (5.0, True, True, False)


async def test_quizzes_under_way_are_found_again(school: LiveClass) -> None:
    teacher = await school.teacher()
    code = await school.opened(teacher)
    assert f"code {code}" in (await teacher.open("/live")).words
    await school.act(teacher, "stop")
    assert f"code {code}" not in (await teacher.open("/live")).words


async def test_without_questions_there_is_nothing_to_set_up(desk: Desk, time: Time) -> None:
    school = LiveClass(replace(desk, library=library()), time)
    assert say("web.live.none") in (await (await school.teacher()).open("/live")).words


@pytest.mark.parametrize("path", ["board", "board/part", "qr.svg", "events"])
async def test_a_code_that_is_none_is_not_found(school: LiveClass, path: str) -> None:
    assert (await school.somebody().open(f"/live/ZZZZZZ/{path}")).response.status_code == 404


async def test_the_stream_of_a_quiz_that_is_over_is_not_asked_for_again(
    school: LiveClass,
) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    await school.act(teacher, "stop")
    ended = await school.somebody().open(f"/live/{school.code}/events")
    assert ended.response.status_code == 204


async def test_nobody_joins_a_quiz_that_is_over(school: LiveClass) -> None:
    teacher, *_ = await begun(school)
    await school.act(teacher, "stop")
    late = await school.somebody().open(f"/join/{school.code}")
    assert say("web.join.ended") in late.words


async def test_no_live_page_has_a_script_or_a_style_inside(school: LiveClass) -> None:
    teacher, owl, _ = await begun(school)
    for page in (
        await teacher.open("/live"),
        await teacher.open(f"/live/{school.code}"),
        await board(school),
        await owl.open(f"/join/{school.code}"),
        await owl.open("/join"),
    ):
        assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page.page) == []
        assert page.page.count("<h1") == 1
        assert page.page.count('class="caveat"') >= (0 if page.page.count('id="code"') else 1)


async def test_every_page_that_shows_a_question_ends_with_the_caveat(school: LiveClass) -> None:
    teacher, owl, _ = await begun(school)
    for path in (f"/join/{school.code}/part", f"/live/{school.code}/board/part"):
        assert CAVEAT in (await owl.open(path)).words
    assert CAVEAT in (await teacher.open(f"/live/{school.code}/part")).words


async def test_a_pupil_reports_a_question_in_the_version_that_was_asked(
    school: LiveClass,
) -> None:
    teacher = await school.teacher()
    await school.opened(teacher)
    pupil = await school.pupil("Fox")
    await school.act(teacher, "start")
    await school.answer(pupil, "a")
    await school.act(teacher, "next")
    await pupil.open(f"/join/{school.code}")
    assert say("web.play.report") in pupil.words

    await pupil.post(f"/join/{school.code}", do="report", at="0", text="The key is wrong.")
    assert say("web.play.reported") in pupil.words
    await pupil.post(f"/join/{school.code}", do="report", at="0", text="I want to die.")
    assert say("kind") in pupil.words
    await pupil.post(f"/join/{school.code}", do="report", at="0", text=" ")
    await pupil.post(f"/join/{school.code}", do="report", at="99", text="Which one?")

    async with school.desk.store.work(school.desk.clock()) as work:
        [flag] = await work.flags.reports()
        held = await work.sessions.by_code(school.code)
        assert held
        asked = (await work.sessions.questions(held.id))[0].question
    assert flag.words == "The key is wrong."
    assert flag.facts[0].hash == asked.hash


async def test_pupils_write_a_number_and_the_big_screen_never_shows_what_they_wrote(
    desk: Desk, school: LiveClass
) -> None:
    desk.library = library(YEAR)
    teacher, owl, fox = await begun(school, writing="1")
    assert say("web.board.how.number") in (await board(school)).words
    assert say("web.play.number") in (await owl.open(f"/join/{school.code}")).words

    await school.answer(owl, text="what <b>year</b>?")
    assert owl.response.status_code == 409
    assert say("web.play.unreadable.number") in owl.words
    assert 'value="what &lt;b&gt;year&lt;/b&gt;?"' in owl.page
    await school.answer(owl, text=" 1820 ")
    assert "You answered 1820. Saved." in owl.words
    await school.answer(owl, text="1850")
    assert "You answered 1820." in owl.words
    await school.answer(fox, "a", text="666")

    await school.act(teacher, "next")
    shown = await board(school)
    assert "The answer: 1820." in shown.words
    assert "1 of 2 had it right." in shown.words
    assert "666" not in shown.words
    assert "Right." in (await owl.open(f"/join/{school.code}")).words
    mine = await fox.open(f"/join/{school.code}")
    assert "Not right." in mine.words
    assert "You answered 666." in mine.words
    assert "1 of 2 had it right." in (await teacher.open(f"/live/{school.code}")).words


async def test_a_short_text_is_escaped_and_cut_where_it_is_said_again(
    desk: Desk, school: LiveClass
) -> None:
    desk.library = library(WORD)
    _, owl, _ = await begun(school, writing="1")

    await school.answer(owl, text=f"<script>alert(1)</script> {'x' * 900}")

    assert "You answered “<script>alert(1)</script> xxx" in owl.words
    assert "<script>alert" not in owl.page


async def test_pupils_put_in_order_and_match_where_the_quiz_runs_on_the_page_alone(
    desk: Desk, school: LiveClass
) -> None:
    desk.library = library(ORDER, PAIRS)
    teacher, owl, fox = await begun(school, arranging="1")
    answers = {
        ORDER.stem: (("0", "1", "2"), ("0", "1", "1"), "1. Built, 2. Flooded, 3. Mended"),
        PAIRS.stem: (("0", "1", "0"), ("0", "1"), "Mill: 1820; Bridge: 1790; Barn: 1820"),
    }
    for at in (0, 1):
        page = (await owl.open(f"/join/{school.code}")).words
        right, broken, words = answers[next(stem for stem in answers if stem in page)]
        await school.answer(owl, *broken, at=at)
        assert owl.response.status_code == 409
        await school.answer(owl, *right, at=at)
        assert f"You answered {words}. Saved." in owl.words
        await school.act(teacher, "next")
        shown = (await board(school)).words
        assert f"The answer: {words}." in shown
        assert "1 of 1 had it right." in shown
        await school.act(teacher, "next")

    assert "2 of 2 points, 2 right" in (await board(school)).words
    assert fox.response.status_code == 200


async def test_topics_whose_questions_are_all_written_need_that_kind(
    desk: Desk, school: LiveClass
) -> None:
    desk.library = library(BUILT, replace(YEAR, topic="other"))
    teacher = await school.teacher()

    await school.opened(teacher, topic="mill/other")
    assert say("web.live.wrong.empty") in teacher.words
    await school.opened(teacher, topic="mill/other", writing="1")
    assert len(school.code) == 6
