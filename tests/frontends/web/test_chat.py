"""The conversation, as a browser without JavaScript has it."""

import html
import re
from dataclasses import replace
from pathlib import Path

from bot.core.words import say
from bot.frontends.web.reach import ANY_V4, Reach
from bot.frontends.web.session import COOKIE
from bot.service.desk import Desk, Limits
from tests.frontends.web.visitor import Visitor, question

SOURCES, REPORT = say("button.sources"), say("button.report")


async def test_the_empty_page_offers_questions_and_ends_with_the_caveat(visitor: Visitor) -> None:
    await visitor.open()
    assert "The bridge at Oldbrook" in visitor.words
    assert 'name="text" value="When did the bridge open?"' in visitor.page
    intro = visitor.page.partition('id="intro"')[2].partition("</section>")[0]
    assert intro.rstrip().endswith(
        '<p class="caveat">Please double-check this with another source, because the leaflet was made up.</p>'
    )


async def test_a_page_without_packs_says_so(without_packs: Visitor) -> None:
    await without_packs.open()
    assert say("web.intro.none") in without_packs.words


async def test_a_question_is_answered_on_the_page_that_the_form_leads_to(visitor: Visitor) -> None:
    await visitor.open()
    sent = await visitor.send(once=visitor.once, text="when did the bridge open?")
    assert (sent.status_code, sent.headers["location"]) == (303, "/#latest")
    await visitor.open()
    assert question("when did the bridge open?") in visitor.page
    assert "2 May 1931" in visitor.words
    assert visitor.page.count('id="latest"') == 1


async def test_a_correction_comes_with_the_answer(visitor: Visitor) -> None:
    await visitor.ask("how many arches does the bridge have?")
    assert "Other sources disagree: 4" in visitor.words
    assert 'class="verdict contradicted"' in visitor.page


async def test_the_same_form_sent_again_asks_once(visitor: Visitor) -> None:
    await visitor.open()
    once = visitor.once
    for _ in range(2):
        await visitor.send(once=once, text="when did the bridge open?")
    await visitor.open()
    assert visitor.page.count(question("when did the bridge open?")) == 1


async def test_an_old_form_with_other_words_is_heard(visitor: Visitor) -> None:
    await visitor.open()
    once = visitor.once
    await visitor.send(once=once, text="when did the bridge open?")
    await visitor.send(once=once, text="colour of the ribbon")
    await visitor.open()
    assert question("colour of the ribbon") in visitor.page


async def test_a_button_shows_what_stood_on_it_and_what_it_brings(visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    await visitor.press(SOURCES)
    assert question(SOURCES) in visitor.page
    assert 'href="https://records.example/minutes?year=1931&amp;month=5"' in visitor.page


async def test_only_the_last_answer_has_buttons(visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    await visitor.ask("colour of the ribbon")
    assert visitor.page.count('class="buttons"') == 1
    assert visitor.page.rindex(question("colour of the ribbon")) < visitor.page.index(
        'class="buttons"'
    )


async def test_two_likely_facts_are_asked_back(visitor: Visitor) -> None:
    await visitor.ask("in which year did the council raise the toll on the bridge?")
    assert len(re.findall(r"<li>\s*<button", visitor.page)) >= 2
    await visitor.press(say("button.none"))
    assert question(say("button.none")) in visitor.page


async def test_a_choice_brings_its_fact(visitor: Visitor) -> None:
    await visitor.ask("in which year did the council raise the toll on the bridge?")
    horses = next(label for label in visitor.buttons if "horses" in label)
    await visitor.press(horses)
    assert "1938, according to the leaflet" in visitor.words


async def test_nothing_is_asked_by_an_empty_question(visitor: Visitor) -> None:
    await visitor.ask("  \r\n ")
    assert visitor.response.status_code == 422
    assert say("web.empty") in visitor.words
    assert "article class" not in visitor.page


async def test_a_question_that_is_too_long_is_given_back(visitor: Visitor) -> None:
    text = "how <long> & how many? " * 200
    await visitor.ask(text)
    assert visitor.response.status_code == 422
    assert say("web.too-long", length=len(text.strip()), limit=4096) in visitor.words
    assert html.escape(text.strip()) in visitor.page


async def test_the_longest_question_is_answered(visitor: Visitor) -> None:
    await visitor.ask(("ü\r\n" * 2048)[:-2] + "x")
    assert visitor.response.status_code == 200
    assert 'id="latest"' in visitor.page


async def test_a_question_can_do_nothing_to_the_page(visitor: Visitor) -> None:
    said = "</h2><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}'; DROP TABLE transcript; --"
    await visitor.ask(said)
    assert question(said) in visitor.page
    assert "<script>" not in visitor.page
    assert "<img src=x" not in visitor.page


async def test_the_conversation_is_each_browser_s_own(desk: Desk, visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    stranger = await Visitor(desk).open()
    assert "article class" not in stranger.page


async def test_the_conversation_outlives_the_site(desk: Desk, visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    later = Visitor(desk)
    later.client.cookies = visitor.client.cookies
    assert question("when did the bridge open?") in (await later.open()).page


async def test_clearing_forgets_what_was_said_and_who_said_it(visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    before = dict(visitor.client.cookies)
    await visitor.submit(clear="1")
    assert "article class" not in visitor.page
    assert before[COOKIE] != visitor.client.cookies[COOKIE]
    visitor.client.cookies.update(before)
    assert "article class" not in (await visitor.open()).page


async def test_a_browser_without_cookies_gets_its_answer_at_once(visitor: Visitor) -> None:
    await visitor.open()
    visitor.client.cookies.clear()
    await visitor.send(once=visitor.once, text="when did the bridge open?")
    assert visitor.response.status_code == 200
    assert "2 May 1931" in visitor.words


async def test_a_report_is_asked_for_and_kept(desk: Desk, visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    await visitor.press(REPORT)
    assert f'<label for="text">{say("web.report.label")}</label>' in visitor.page
    await visitor.submit(text="It opened a year later")
    assert f'<label for="text">{say("web.ask.label")}</label>' in visitor.page
    [report] = await desk.store.reports(9)
    assert (report.words, report.facts[0].fact) == ("It opened a year later", "opened")


async def test_a_report_can_be_cancelled(desk: Desk, visitor: Visitor) -> None:
    await visitor.ask("when did the bridge open?")
    await visitor.press(REPORT)
    await visitor.submit(text="/cancel")
    assert say("cancelled") in visitor.words
    assert await desk.store.reports(9) == []


async def test_a_command_can_be_typed(visitor: Visitor) -> None:
    await visitor.ask("/topics")
    assert question("/topics") in visitor.page
    assert "The opening" in visitor.buttons


async def test_too_many_questions_are_answered_kindly(desk: Desk) -> None:
    hurried = Visitor(replace(desk, limits=Limits(questions_a_minute=2)))
    for text in ("when did it open?", "how many arches?", "which ribbon?"):
        await hurried.ask(text)
    assert "Please wait" in hurried.words


async def test_the_cookie_is_out_of_reach(visitor: Visitor) -> None:
    await visitor.open()
    cookie = visitor.response.headers["set-cookie"]
    assert cookie.endswith("HttpOnly; Max-Age=86400; Path=/; SameSite=lax")


async def test_the_cookie_keeps_to_https_where_the_page_does(desk: Desk) -> None:
    visitor = await Visitor(desk, "https://bot.example", Reach(ANY_V4)).open()
    assert "; Secure" in visitor.response.headers["set-cookie"]


async def test_the_store_never_learns_the_cookie(visitor: Visitor, tmp_path: Path) -> None:
    await visitor.ask("when did the bridge open?")
    token = visitor.client.cookies[COOKIE].encode()
    assert b"when did the bridge open?" in stored(tmp_path)
    assert token not in stored(tmp_path)


def stored(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("doublecheck.db*"))
