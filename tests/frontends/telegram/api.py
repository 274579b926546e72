"""Checks a call against the Bot API: its method, parameters, types, texts and limits."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from telegram.constants import (
    BotCommandLimit,
    CallbackQueryLimit,
    InlineKeyboardButtonLimit,
    InlineQueryLimit,
    InlineQueryResultLimit,
    MessageLimit,
    PollLimit,
)

from tests.frontends.telegram.html_rules import Refused, shown, utf16

TABLE = json.loads((Path(__file__).parent / "api_table.json").read_text(encoding="utf-8"))
PLAIN: dict[str, type] = {"Integer": int, "String": str, "Boolean": bool}
Params = dict[str, Any]


def read(method: str, raw: dict[str, str]) -> Params:
    """Take a call apart as Telegram would; raise Refused where Telegram would refuse it."""
    fields = TABLE["methods"].get(method)
    if fields is None:
        raise Refused(f"method {method} is not in the table")
    params = {name: _decoded(fields.get(name), text) for name, text in raw.items()}
    _check_fields(method, fields, params)
    RULES.get(method, lambda _: None)(params)
    return params


def _decoded(field: dict[str, Any] | None, text: str) -> Any:
    if field is None or field["types"] == ["String"]:
        return text
    return json.loads(text)


def _check_fields(name: str, fields: dict[str, Any], given: Params) -> None:
    if not isinstance(given, dict):
        raise Refused(f"{name} must be an object")
    for field in given:
        if field not in fields:
            raise Refused(f"{name} has no field {field!r} in the table")
    for field, rule in fields.items():
        if field in given:
            _check_type(f"{name}.{field}", rule["types"], given[field])
        elif rule["required"]:
            raise Refused(f"{name} lacks {field!r}")


def _check_type(where: str, types: list[str], value: Any) -> None:
    complaints = [complaint for kind in types if (complaint := _misfit(where, kind, value))]
    if len(complaints) == len(types):
        raise Refused("; ".join(complaints))


def _misfit(where: str, kind: str, value: Any) -> str:
    try:
        if kind in PLAIN:
            return "" if type(value) is PLAIN[kind] else f"{where} must be {kind}: {value!r}"
        if kind.startswith("Array of "):
            for item in value:
                _check_type(f"{where}[]", [kind.removeprefix("Array of ")], item)
        else:
            _check_fields(f"{where}:{kind}", TABLE["types"][kind], value)
    except Refused as refusal:
        return str(refusal)
    return ""


def _message(params: Params) -> None:
    _text(params["text"], params.get("parse_mode"))
    for row in (params.get("reply_markup") or {}).get("inline_keyboard", ()):
        _row(row)


def _text(text: str, parse_mode: str | None) -> None:
    seen = shown(text) if parse_mode == "HTML" else text
    if not seen.strip():
        raise Refused("message text is empty")
    if utf16(seen) > MessageLimit.MAX_TEXT_LENGTH:
        raise Refused("message is too long")


def _paper(params: Params) -> None:
    caption = params.get("caption", "")
    seen = shown(caption) if params.get("parse_mode") == "HTML" else caption
    if utf16(seen) > MessageLimit.CAPTION_LENGTH:
        raise Refused("message caption is too long")
    for row in (params.get("reply_markup") or {}).get("inline_keyboard", ()):
        _row(row)


def _poll(params: Params) -> None:
    _within(
        "POLL_QUESTION_INVALID", "x" * utf16(params["question"]), PollLimit.MAX_QUESTION_LENGTH
    )
    if not 1 <= len(params["options"]) <= PollLimit.MAX_OPTION_NUMBER:
        raise Refused("POLL_ANSWERS_INVALID")
    for option in params["options"]:
        length = "x" * utf16(option["text"].strip())
        _within("POLL_OPTION_INVALID", length, PollLimit.MAX_OPTION_LENGTH)
    _poll_words(params)
    right = params.get("correct_option_ids", [])
    known = all(0 <= place < len(params["options"]) for place in right)
    if not right or sorted(set(right)) != right or not known:
        raise Refused("QUIZ_CORRECT_ANSWER_INVALID")
    if len(right) > 1 and not params.get("allows_multiple_answers"):
        raise Refused("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    if not PollLimit.MIN_OPEN_PERIOD <= params.get("open_period", 5) <= PollLimit.MAX_OPEN_PERIOD:
        raise Refused("OPEN_PERIOD_INVALID")


def _poll_words(params: Params) -> None:
    explanation = params.get("explanation", "")
    if utf16(explanation) > PollLimit.MAX_EXPLANATION_LENGTH or explanation.count("\n") > 2:
        raise Refused("QUIZ_EXPLANATION_INVALID")
    if utf16(params.get("description", "")) > PollLimit.MAX_DESCRIPTION_CHARACTERS:
        raise Refused("POLL_DESCRIPTION_INVALID")


def _row(row: list[Params]) -> None:
    if not 1 <= len(row) <= 8:
        raise Refused("a row of an inline keyboard has 1 to 8 buttons")
    for button in row:
        if not button["text"].strip():
            raise Refused("button text is empty")
        if ("url" in button) == ("callback_data" in button):
            raise Refused("a button has an address or data, and not both")
        _within(
            "BUTTON_DATA_INVALID",
            button.get("callback_data", "x").encode(),
            InlineKeyboardButtonLimit.MAX_CALLBACK_DATA,
        )
        if not button.get("url", "https://").startswith(("http://", "https://", "tg://")):
            raise Refused("BUTTON_URL_INVALID")


def _within(complaint: str, value: str | bytes, most: int) -> None:
    if not 1 <= len(value) <= most:
        raise Refused(f"{complaint}: {value!r}")


def _confirmation(params: Params) -> None:
    if utf16(params.get("text", "")) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise Refused("MESSAGE_TOO_LONG")


def _results(params: Params) -> None:
    results = params["results"]
    if len(results) > InlineQueryLimit.RESULTS:
        raise Refused("RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise Refused("RESULT_ID_DUPLICATE")
    for result in results:
        _within("RESULT_ID_INVALID", result["id"].encode(), InlineQueryResultLimit.MAX_ID_LENGTH)
        _within("ARTICLE_TITLE_EMPTY", result["title"].strip(), 256)
        _within("description", result.get("description", "x"), 512)
        content = result["input_message_content"]
        _text(content["message_text"], content.get("parse_mode"))


def _menu(params: Params) -> None:
    for command in params["commands"]:
        name = command["command"]
        if not (name.isascii() and name.replace("_", "a").isalnum() and name.islower()):
            raise Refused("BOT_COMMAND_INVALID")
        _within("BOT_COMMAND_INVALID", name, BotCommandLimit.MAX_COMMAND)
        _within(
            "BOT_COMMAND_DESCRIPTION_INVALID",
            command["description"],
            BotCommandLimit.MAX_DESCRIPTION,
        )


def _hook(params: Params) -> None:
    secret = params.get("secret_token", "x")
    if not 1 <= len(secret) <= 256 or not secret.replace("_", "a").replace("-", "a").isalnum():
        raise Refused("secret token contains unallowed characters")


RULES: dict[str, Callable[[Params], None]] = {
    "sendMessage": _message,
    "editMessageText": _message,
    "sendPhoto": _paper,
    "sendDocument": _paper,
    "sendPoll": _poll,
    "answerCallbackQuery": _confirmation,
    "answerInlineQuery": _results,
    "setMyCommands": _menu,
    "setWebhook": _hook,
}
