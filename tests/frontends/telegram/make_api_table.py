"""Write api_table.json: what the Bot API says of the methods and parameters that we use.

    python -m tests.frontends.telegram.make_api_table SPEC.json

The specification is the JSON file of github.com/PaulSonOfLars/telegram-bot-api-spec.
"""

import json
import sys
from pathlib import Path
from typing import Any

METHODS = {
    "getMe": "",
    "getUpdates": "offset timeout allowed_updates",
    "setWebhook": "url max_connections allowed_updates secret_token",
    "deleteWebhook": "",
    "setMyCommands": "commands scope",
    "sendMessage": "chat_id message_thread_id text parse_mode link_preview_options "
    "reply_parameters reply_markup",
    "editMessageText": "chat_id message_id text parse_mode link_preview_options reply_markup",
    "sendPhoto": "chat_id message_thread_id photo caption parse_mode reply_parameters "
    "reply_markup",
    "sendDocument": "chat_id message_thread_id document caption parse_mode "
    "disable_content_type_detection reply_parameters reply_markup",
    "sendPoll": "chat_id message_thread_id question options is_anonymous type "
    "allows_multiple_answers allows_revoting shuffle_options correct_option_ids explanation "
    "open_period description reply_parameters reply_markup",
    "stopPoll": "chat_id message_id",
    "deleteMessage": "chat_id message_id",
    "getFile": "file_id",
    "getChatMember": "chat_id user_id",
    "answerCallbackQuery": "callback_query_id text",
    "answerInlineQuery": "inline_query_id results cache_time is_personal",
}
TYPES = {
    "BotCommand": "command description",
    "BotCommandScopeAllPrivateChats": "type",
    "BotCommandScopeAllGroupChats": "type",
    "BotCommandScopeAllChatAdministrators": "type",
    "InputPollOption": "text",
    "LinkPreviewOptions": "is_disabled",
    "ReplyParameters": "message_id allow_sending_without_reply",
    "InlineKeyboardMarkup": "inline_keyboard",
    "InlineKeyboardButton": "text url callback_data",
    "ForceReply": "force_reply selective",
    "InlineQueryResultArticle": "type id title description input_message_content",
    "InputTextMessageContent": "message_text parse_mode link_preview_options",
}
TABLE = Path(__file__).parent / "api_table.json"


def table(spec: dict[str, Any]) -> dict[str, Any]:
    """Take out of the specification what we use, and of each union the members that we use."""
    used = {"Integer", "Boolean", "String", *TYPES}
    return {
        "version": spec["version"],
        "methods": {
            n: _fields(spec["methods"][n], names, spec, used) for n, names in METHODS.items()
        },
        "types": {n: _fields(spec["types"][n], names, spec, used) for n, names in TYPES.items()},
    }


def _fields(
    entry: dict[str, Any], names: str, spec: dict[str, Any], used: set[str]
) -> dict[str, Any]:
    known = {field["name"]: field for field in entry.get("fields", ())}
    required = {name for name, field in known.items() if field["required"]}
    missing = required - set(names.split())
    if missing:
        raise SystemExit(f"{entry['name']}: {missing} must be given")
    return {
        name: {
            "types": [t for kind in known[name]["types"] for t in _members(kind, spec, used)],
            "required": known[name]["required"],
        }
        for name in names.split()
    }


def _members(kind: str, spec: dict[str, Any], used: set[str]) -> list[str]:
    array, _, inner = kind.rpartition("Array of ")
    prefix = f"{array}Array of " if "Array of " in kind else ""
    members = spec["types"].get(inner, {}).get("subtypes") or [inner]
    return [prefix + member for member in members if member in used]


if __name__ == "__main__":
    read = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    TABLE.write_text(json.dumps(table(read), indent=1) + "\n", encoding="utf-8")
