"""The pages beside the conversation, and what is said when something goes wrong."""

import re
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.library import Library
from bot.core.words import say
from bot.frontends.web.texts import COMMANDS
from bot.frontends.web.view import STATIC
from bot.service.desk import Desk
from tests.frontends.web.visitor import Visitor

PAGES = ("/", *(f"/{name}" for name in COMMANDS), "/f/opened", "/nowhere")


@pytest.mark.parametrize("name", COMMANDS)
async def test_a_command_has_a_page(visitor: Visitor, name: str) -> None:
    await visitor.open(f"/{name}")
    assert f"<h1>{say(f'web.nav.{name}')}</h1>" in visitor.page
    assert f'<a href="/{name}" aria-current="page">' in visitor.page
    assert 'class="card' in visitor.page


async def test_the_button_of_a_page_leads_into_the_conversation(visitor: Visitor) -> None:
    await visitor.open("/topics")
    await visitor.press("The bridge itself")
    assert visitor.response.url.path == "/"
    assert "</span>The bridge itself</h2>" in visitor.page


async def test_opening_a_page_says_nothing_in_the_conversation(visitor: Visitor) -> None:
    await visitor.open("/topics")
    assert "article class" not in (await visitor.open()).page


async def test_a_fact_has_an_address(visitor: Visitor) -> None:
    await visitor.open("/f/arches")
    assert "Other sources disagree: 4" in visitor.words
    await visitor.press(say("button.sources"))
    assert "Town records" in visitor.words


async def test_a_fact_that_is_gone_is_not_found(visitor: Visitor) -> None:
    await visitor.open("/f/pillars")
    assert visitor.response.status_code == 404


async def test_a_monitor_learns_that_all_is_well_and_nothing_else(visitor: Visitor) -> None:
    await visitor.open("/health")
    assert visitor.response.json() == {"status": "ok", "packs": 1}


async def test_a_monitor_learns_that_the_store_is_out_of_order(
    visitor: Visitor, tmp_path: Path
) -> None:
    broken(tmp_path)
    assert (await visitor.open("/health")).response.status_code == 500


async def test_a_fault_is_admitted_in_words(visitor: Visitor, tmp_path: Path) -> None:
    broken(tmp_path)
    await visitor.open()
    assert visitor.response.status_code == 500
    assert say("web.error.500") in visitor.words
    assert "sqlite" not in visitor.page.lower()
    assert "content-security-policy" in visitor.response.headers


async def test_the_log_tells_of_a_fault_but_not_what_was_asked(
    visitor: Visitor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await visitor.open()
    broken(tmp_path)
    await visitor.submit(text="a most private question")
    assert "web: " in caplog.text
    assert "private" not in caplog.text


def broken(folder: Path) -> None:
    """Take a table out of the visitor's database."""
    sqlite3.connect(folder / "doublecheck.db").execute("DROP TABLE transcript").connection.close()


async def refused(visitor: Visitor, status: int) -> None:
    assert visitor.response.status_code == status
    assert f"<h1>{say(f'web.error.{status}')}</h1>" in visitor.page


async def test_an_unknown_address_is_refused_in_words(visitor: Visitor) -> None:
    await visitor.open("/nowhere")
    await refused(visitor, 404)


async def test_sending_to_a_page_that_only_shows_is_refused_in_words(visitor: Visitor) -> None:
    visitor.response = await visitor.client.post(
        "/about", data={}, headers={"Origin": visitor.here}
    )
    await refused(visitor, 405)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "when?"},
        {"text": "when?", "once": "short"},
        {"once": "x" * 20},
        {f"field{number}": "x" for number in range(20)},
    ],
)
async def test_a_form_that_is_not_ours_is_refused_in_words(
    visitor: Visitor, fields: dict[str, str]
) -> None:
    await visitor.send(**fields)
    await refused(visitor, 400)


async def test_other_kinds_of_content_are_refused_in_words(visitor: Visitor) -> None:
    visitor.response = await visitor.client.post("/", json={"text": "when?"})
    await refused(visitor, 415)


async def test_more_than_a_form_can_hold_is_refused_in_words(visitor: Visitor) -> None:
    await visitor.open()
    await visitor.send(once=visitor.once, text="x" * 70_000)
    await refused(visitor, 413)


async def test_a_flood_is_not_read_to_its_end(visitor: Visitor) -> None:
    await visitor.send(once="x" * 20, text="x" * 5_000_000)
    await refused(visitor, 413)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "\xff"]
)
async def test_a_form_on_another_site_is_refused_in_words(visitor: Visitor, origin: str) -> None:
    await visitor.open()
    form = {"once": visitor.once, "text": "when did the bridge open?"}
    visitor.response = await visitor.client.post(
        "/", data=form, headers={"Origin": origin.encode("latin-1")}
    )
    await refused(visitor, 403)


async def test_a_browser_that_names_no_origin_is_asked_where_the_form_was(
    visitor: Visitor,
) -> None:
    await visitor.open()
    form = {"once": visitor.once, "text": "when did the bridge open?"}
    strange = await visitor.client.post("/", data=form, headers={"Sec-Fetch-Site": "cross-site"})
    own = await visitor.client.post("/", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    assert (strange.status_code, own.status_code) == (403, 303)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8321", "[", ""])
async def test_a_name_that_is_not_ours_is_refused_in_words(visitor: Visitor, host: str) -> None:
    visitor.response = await visitor.client.get("/", headers={"Host": host})
    await refused(visitor, 421)


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost", "LOCALHOST:80", "[::1]:8321"])
async def test_this_machine_s_own_names_are_ours(visitor: Visitor, host: str) -> None:
    response = await visitor.client.get("/", headers={"Host": host})
    assert response.status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/health", "/static/page.css", "/static/none"])
async def test_every_response_tells_browsers_what_to_forbid(visitor: Visitor, path: str) -> None:
    await visitor.open(path)
    headers = visitor.response.headers
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_has_a_script_or_a_style_inside(visitor: Visitor, path: str) -> None:
    await visitor.open(path)
    assert re.findall(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", visitor.page) == []


@pytest.mark.parametrize("path", PAGES)
async def test_no_page_loads_anything_from_outside(visitor: Visitor, path: str) -> None:
    await visitor.open(path)
    loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"', visitor.page)
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_has_its_landmarks_and_one_first_heading(
    visitor: Visitor, path: str
) -> None:
    await visitor.open(path)
    found = [
        len(re.findall(f"<{tag}[ >]", visitor.page)) for tag in ("header", "nav", "main", "h1")
    ]
    assert found == [1, 1, 1, 1]
    assert '<html lang="en">' in visitor.page


async def test_what_is_private_is_not_kept_by_browsers(visitor: Visitor) -> None:
    assert (await visitor.open()).response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", sorted(path.name for path in STATIC.iterdir()))
async def test_static_files_are_kept_for_good(visitor: Visitor, name: str) -> None:
    await visitor.open(f"/static/{name}")
    assert "immutable" in visitor.response.headers["cache-control"]
    assert visitor.response.content == (STATIC / name).read_bytes()
    assert visitor.response.headers["content-type"].startswith(
        {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}[name.split(".")[1]]
    )


async def test_several_packs_are_all_named(desk: Desk) -> None:
    [shelf] = desk.library.shelves
    other = replace(shelf, pack=replace(shelf.pack, id="other", title="The tunnel"))
    visitor = await Visitor(replace(desk, library=Library((shelf, other)))).open()
    assert "2 packs" in visitor.words
    assert "The bridge at Oldbrook, The tunnel" in visitor.words
