"""The local page in a real browser."""

import re
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Locator, Page, expect

from bot.core.words import say
from tests.browser.served import Served

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(120)]

OpenPage = Callable[..., Awaitable[Page]]
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
NO_SCRIPT = {"java_script_enabled": False}


def field(page: Page) -> Locator:
    return page.locator("#text")


def entry(page: Page, number: int) -> Locator:
    return page.locator("article").nth(number)


async def ask(page: Page, question: str) -> Locator:
    """Ask, and return the exchange once it stands there."""
    before = await page.locator("article").count()
    await field(page).fill(question)
    await page.get_by_role("button", name=say("web.ask.send"), exact=True).click()
    await expect(page.locator("article")).to_have_count(before + 1)
    return entry(page, before)


async def press(page: Page, label: str) -> Locator:
    before = await page.locator("article").count()
    await page.get_by_role("button", name=label, exact=True).click()
    await expect(page.locator("article")).to_have_count(before + 1)
    return entry(page, before)


async def test_everything_works_by_keyboard_alone(open_page: OpenPage) -> None:
    page = await open_page()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name=say("web.skip"))).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("when did the bridge open?")
    await page.keyboard.press("Enter")
    await expect(entry(page, 0)).to_contain_text("2 May 1931")
    await expect(field(page)).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name=say("button.report"))).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(field(page)).to_be_focused()
    await page.keyboard.type("It opened later")
    await page.keyboard.press("Enter")
    await expect(entry(page, 2)).to_contain_text("Thank you")


async def test_shift_and_enter_begin_a_new_line(open_page: OpenPage) -> None:
    page = await open_page()
    await field(page).press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await expect(field(page)).to_have_value("one\ntwo")


async def test_an_example_is_asked_by_a_press(open_page: OpenPage) -> None:
    page = await open_page()
    await press(page, "When did the bridge open?")
    await expect(page.locator("#intro")).to_have_count(0)


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
async def test_an_answer_shows_verdict_sources_and_caveat(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = await open_page(**options)
    answer = await ask(page, "how many arches does the bridge have?")
    await expect(answer.locator(".verdict")).to_have_text(re.compile("✘.*Other sources disagree"))
    await expect(answer.locator(".caveat").last).to_be_visible()
    sources = await press(page, say("button.sources"))
    await expect(sources.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
async def test_a_problem_can_be_reported(open_page: OpenPage, options: dict[str, object]) -> None:
    page = await open_page(**options)
    await ask(page, "when did the bridge open?")
    await press(page, say("button.report"))
    await page.get_by_label(say("web.report.label")).last.fill("It opened later")
    await press(page, say("web.report.send"))
    await expect(entry(page, 2)).to_contain_text("Thank you")
    await expect(page.locator("label")).to_have_text(say("web.ask.label"))


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
async def test_the_bot_asks_back_and_understands_the_choice(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = await open_page(**options)
    asked = await ask(page, "in which year did the council raise the toll on the bridge?")
    await expect(asked.get_by_role("button", name=say("button.none"))).to_be_visible()
    await asked.get_by_role("button", name=re.compile("horses")).click()
    await expect(entry(page, 1)).to_contain_text("1938")


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
async def test_the_newest_question_is_in_sight(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = await open_page(**options, **PHONE)
    for question in ("when did the bridge open?", "colour of the ribbon", "how many arches?"):
        newest = await ask(page, question)
    await expect(newest.locator("h2")).to_be_in_viewport()


async def test_without_a_script_a_reload_sends_nothing_again(open_page: OpenPage) -> None:
    page = await open_page(**NO_SCRIPT)
    await ask(page, "when did the bridge open?")
    assert page.url.endswith("/#latest")
    await page.reload()
    await expect(page.locator("article")).to_have_count(1)


async def test_going_back_and_asking_something_else_works(open_page: OpenPage) -> None:
    page = await open_page(**NO_SCRIPT)
    await ask(page, "when did the bridge open?")
    await page.go_back()
    await field(page).fill("how many arches?")
    await page.get_by_role("button", name=say("web.ask.send"), exact=True).click()
    await expect(page.locator("article")).to_have_count(2)


async def test_the_conversation_outlives_a_reload_and_a_restart(
    open_page: OpenPage, server: Served
) -> None:
    page = await open_page()
    await ask(page, "when did the bridge open?")
    await server.stop()
    await server.start()
    await page.reload()
    await expect(entry(page, 0)).to_contain_text("2 May 1931")
    await press(page, say("button.sources"))


async def test_clearing_empties_the_page(open_page: OpenPage) -> None:
    page = await open_page()
    await ask(page, "when did the bridge open?")
    await page.get_by_role("button", name=say("web.clear")).click()
    await expect(page.locator("#intro")).to_be_visible()
    await expect(page.locator("article")).to_have_count(0)


async def test_words_are_kept_while_the_bot_is_away(open_page: OpenPage, server: Served) -> None:
    page = await open_page()
    await server.stop()
    await field(page).fill("when did the bridge open?")
    await page.keyboard.press("Enter")
    await expect(page.locator("#status")).to_have_text(say("web.unreachable"))
    await expect(field(page)).to_have_value("when did the bridge open?")
    await server.start()
    await page.keyboard.press("Enter")
    await expect(entry(page, 0)).to_contain_text("2 May 1931")
    await expect(page.locator("#status")).to_have_text("")


async def test_a_screen_reader_hears_only_what_is_new(open_page: OpenPage) -> None:
    page = await open_page()
    await expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    first = await ask(page, "when did the bridge open?")
    await first.evaluate("element => { element.heard = true }")
    await ask(page, "how many arches?")
    assert await first.evaluate("element => element.heard")


async def test_what_a_button_brings_takes_the_focus(open_page: OpenPage) -> None:
    page = await open_page()
    await ask(page, "when did the bridge open?")
    sources = await press(page, say("button.sources"))
    await expect(sources.locator("h2")).to_be_focused()


async def test_a_question_that_is_too_long_is_given_back(open_page: OpenPage) -> None:
    page = await open_page()
    await field(page).fill("how many " * 500)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("4096")
    await expect(field(page)).to_have_value(("how many " * 500).strip())


@pytest.mark.parametrize("options", [{}, NO_SCRIPT], ids=["script", "no script"])
async def test_far_too_much_is_refused_in_words(
    open_page: OpenPage, options: dict[str, object]
) -> None:
    page = await open_page(**options)
    await field(page).fill("x" * 1_000_000)
    await page.get_by_role("button", name=say("web.ask.send"), exact=True).click()
    await expect(page.locator("main")).to_contain_text(say("web.error.413.what", limit=4096))


async def test_every_control_shows_its_focus(open_page: OpenPage) -> None:
    page = await open_page()
    await ask(page, "when did the bridge open?")
    await page.keyboard.press("Control+Home")
    seen: set[str] = set()
    while (name := await page.evaluate("document.activeElement.outerHTML")) not in seen:
        seen.add(name)
        await page.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        drawn = await page.evaluate(
            f"document.activeElement.matches('body') || {style}.outlineStyle"
        )
        assert drawn in {True, "solid"}
    assert len(seen) > 10


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
async def test_nothing_scrolls_sideways(open_page: OpenPage, width: int) -> None:
    page = await open_page(viewport={"width": width, "height": 700})
    await ask(page, "when did the bridge open? " + "x" * 400)
    await ask(page, "how many arches?")
    await press(page, say("button.sources"))
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_dark_is_dark_and_light_is_light(open_page: OpenPage) -> None:
    paper = "getComputedStyle(document.documentElement).backgroundColor.match(/\\d+/g).map(Number)"
    dark = await (await open_page(color_scheme="dark")).evaluate(paper)
    light = await (await open_page(color_scheme="light")).evaluate(paper)
    assert max(dark) < 64
    assert min(light) > 224


async def test_nothing_moves_for_who_wants_it_still(open_page: OpenPage) -> None:
    motion = "getComputedStyle(document.documentElement).scrollBehavior"
    still = await open_page(reduced_motion="reduce")
    moving = await open_page(reduced_motion="no-preference")
    assert [await page.evaluate(motion) for page in (still, moving)] == ["auto", "smooth"]


async def test_paper_shows_the_answers_and_where_links_lead(open_page: OpenPage) -> None:
    page = await open_page()
    await ask(page, "when did the bridge open?")
    await press(page, say("button.sources"))
    await page.emulate_media(media="print")
    await expect(page.locator(".composer")).to_be_hidden()
    await expect(page.locator(".caveat").last).to_be_visible()
    link = "getComputedStyle(document.querySelector('.card a'), '::after').content"
    assert "records.example" in await page.evaluate(link)
