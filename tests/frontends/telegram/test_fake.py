"""The fake must refuse what Telegram refuses, or the other tests prove nothing."""

import json
from typing import Any

import pytest

from tests.frontends.telegram import make_api_table
from tests.frontends.telegram.api import TABLE, read
from tests.frontends.telegram.html_rules import Refused, shown

TEXT = {"chat_id": "102", "text": "hello"}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "A",
    "input_message_content": {"message_text": "x"},
}


def sends(**params: Any) -> None:
    read("sendMessage", {**TEXT, **{name: _raw(value) for name, value in params.items()}})


def offers(*results: dict[str, Any]) -> None:
    read("answerInlineQuery", {"inline_query_id": "1", "results": json.dumps(results)})


def _raw(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def button(**content: str) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "A", **content}]]}


def test_what_we_send_is_taken():
    sends(
        text="<b>a</b> &lt; " + "😀" * 2046,
        parse_mode="HTML",
        reply_markup=button(callback_data="x"),
    )
    offers(ARTICLE, {**ARTICLE, "id": "2"})


@pytest.mark.parametrize(
    "params",
    [
        {"text": "x" * 4097},
        {"text": "😀" * 2049},
        {"text": "  \n "},
        {"text": "<b> </b>", "parse_mode": "HTML"},
        {"colour": "red"},
        {"chat_id": "true"},
        {"reply_parameters": {"message_id": "7"}},
        {"reply_parameters": {"allow_sending_without_reply": True}},
        {"link_preview_options": {"is_disabled": 1}},
        {"reply_markup": button(callback_data="x" * 65)},
        {"reply_markup": button(callback_data="")},
        {"reply_markup": button()},
        {"reply_markup": button(url="javascript:alert(1)")},
        {"reply_markup": button(callback_data="x", text=" ")},
        {"reply_markup": {"inline_keyboard": [[]]}},
        {"reply_markup": {"keyboard": []}},
    ],
    ids=lambda params: ",".join(params),
)
def test_a_message_that_breaks_a_rule_is_refused(params: dict[str, Any]):
    with pytest.raises(Refused):
        sends(**params)


@pytest.mark.parametrize(
    "text",
    [
        "<b>a",
        "a</b>",
        "<b><i>a</b></i>",
        "<p>a</p>",
        "<b class='x'>a</b>",
        "1 < 2",
        "<>",
        "<a src=x>a</a>",
    ],
)
def test_html_that_telegram_cannot_read_is_refused(text: str):
    with pytest.raises(Refused):
        shown(text)


def test_only_the_entities_of_telegram_are_read():
    assert shown("&lt;&amp;lt;&quot;&#33;&#x41;&nbsp;&") == '<&lt;"!A&nbsp;&'


@pytest.mark.parametrize(
    "results",
    [
        [ARTICLE, ARTICLE],
        [{**ARTICLE, "id": str(n)} for n in range(51)],
        [{**ARTICLE, "title": " "}],
        [{**ARTICLE, "id": "x" * 65}],
        [{**ARTICLE, "input_message_content": {"message_text": ""}}],
        [{**ARTICLE, "reply_markup": button(callback_data="x")}],
    ],
    ids=["same id", "too many", "no title", "long id", "no text", "a field that we do not use"],
)
def test_inline_results_that_break_a_rule_are_refused(results: list[dict[str, Any]]):
    with pytest.raises(Refused):
        offers(*results)


def test_a_confirmation_has_at_most_200_letters():
    with pytest.raises(Refused):
        read("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201})


def test_a_method_that_we_do_not_use_is_refused():
    with pytest.raises(Refused):
        read("banChatMember", {"chat_id": "1", "user_id": "2"})


def test_the_table_has_what_its_maker_takes_out():
    made = {
        name: set(fields) for part in ("methods", "types") for name, fields in TABLE[part].items()
    }
    wanted = {**make_api_table.METHODS, **make_api_table.TYPES}
    assert made == {name: set(fields.split()) for name, fields in wanted.items()}
