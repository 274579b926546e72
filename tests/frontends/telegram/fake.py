"""Telegram's side of the network: it keeps chats, records every call, and refuses what it must."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from tests.frontends.telegram.api import Params, read
from tests.frontends.telegram.html_rules import Refused, shown

TOKEN = "4242:the-token-of-a-bot-that-is-not"
ME = {"id": 4242, "is_bot": True, "first_name": "Doublecheck", "username": "doublecheck_bot"}
BATCH = 100

ADMIN_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages",
    "can_manage_video_chats", "can_restrict_members", "can_promote_members", "can_change_info",
    "can_invite_users", "can_post_stories", "can_edit_stories", "can_delete_stories",
)  # fmt: skip

Upload = tuple[str, bytes, str]
"""A file on its way: its name, its content and its kind."""
Reply = tuple[int, dict[str, Any]]
Trouble = Callable[[Callable[[], Any]], Reply]
"""Given what would happen otherwise, answers instead."""


@dataclass(frozen=True)
class Call:
    """One call that Telegram took, and what its text shows."""

    method: str
    params: Params
    files: Mapping[str, Upload] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """Everything in it that a person may read as a message, without its markup."""
        if self.method == "answerInlineQuery":
            contents = [result["input_message_content"] for result in self.params["results"]]
            return [shown(content["message_text"]) for content in contents]
        if self.method == "sendPoll":
            return [self.params["description"]]
        text = self.params.get("text") or self.params.get("caption")
        return [shown(text) if self.params.get("parse_mode") == "HTML" else text] if text else []

    @property
    def text(self) -> str:
        """What it shows, where that is one text."""
        (text,) = self.texts
        return text

    @property
    def buttons(self) -> list[dict[str, str]]:
        """The buttons, row after row."""
        rows = (self.params.get("reply_markup") or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass
class Chats:
    """What stands in the chats, by chat and message."""

    messages: dict[tuple[int, int], Params] = field(default_factory=dict)
    last: int = 100

    def add(self, chat: int, params: Params) -> int:
        """Put a message into a chat."""
        self.last += 1
        self.messages[chat, self.last] = params
        return self.last

    def texts(self, chat: int) -> list[str]:
        """Return what the bot's messages in a chat show, oldest first."""
        mine = [p for (where, _), p in self.messages.items() if where == chat and "chat_id" in p]
        return [shown(words_of(params)) for params in mine]


def words_of(params: Params) -> str:
    """Return the words of a message, which may stand under a picture or in a poll."""
    return params.get("text") or params.get("caption") or params.get("question") or ""


class FakeTelegram(BaseRequest):
    """Takes the place of the network under python-telegram-bot."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[Call] = []
        self.refused: list[str] = []
        self.chats = Chats()
        self.waiting: set[str] = set()
        """The presses and inline queries that have no answer yet."""
        self.updates: list[dict[str, Any]] = []
        self.came = asyncio.Event()
        self.files: dict[str, bytes] = {}
        """What people sent, by its number, to be fetched."""
        self.admins: set[tuple[int, int]] = set()
        """Who runs which chat."""
        self.denying: set[int] = set()
        """The chats that have blocked the bot."""
        self.polls: dict[tuple[int, int], Params] = {}
        self._troubles: deque[tuple[str, Trouble]] = deque()
        self._awaited: dict[str, list[asyncio.Event]] = {}
        self._rules: dict[str, Callable[[Params], Any]] = {
            "getMe": lambda _: ME,
            "sendMessage": self._send,
            "editMessageText": self._edit,
            "sendPhoto": self._send,
            "sendDocument": self._send,
            "sendPoll": self._send_poll,
            "stopPoll": self._stop_poll,
            "deleteMessage": self._delete,
            "getFile": self._file,
            "getChatMember": self._member,
            "answerCallbackQuery": lambda p: self._answered(p["callback_query_id"]),
            "answerInlineQuery": lambda p: self._answered(p["inline_query_id"]),
        }

    def trouble(self, method: str, *troubles: Trouble) -> None:
        """Let the next calls of a method go wrong."""
        self._troubles.extend((method, trouble) for trouble in troubles)

    def deny(self, chat: int) -> None:
        """Let a chat take nothing from the bot any more."""
        self.denying.add(chat)

    @property
    def troubles_left(self) -> int:
        """How many of them have not happened yet."""
        return len(self._troubles)

    def on(self, method: str) -> asyncio.Event:
        """Return what is set by the next call of a method."""
        self._awaited.setdefault(method, []).append(event := asyncio.Event())
        return event

    def of(self, *methods: str) -> list[Call]:
        """Return the calls of some methods."""
        return [call for call in self.calls if call.method in methods]

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **timeouts: Any
    ) -> tuple[int, bytes]:
        if method == "GET":
            return 200, self.files[url.rpartition("/")[2]]
        head, _, name = url.rpartition("/")
        if head.rpartition("/bot")[2] != self.token:
            code, body = refusal(401, "Unauthorized")
        else:
            raw = request_data.json_parameters if request_data else {}
            files = request_data.multipart_data if request_data else {}
            code, body = await self.answer(name, raw, files)
        return code, json.dumps(body).encode()

    async def answer(
        self, name: str, raw: dict[str, str], files: Mapping[str, Upload] | None = None
    ) -> Reply:
        """Answer one call."""
        files = files or {}
        try:
            params = read(name, {**raw, **{field: files[field][0] for field in files}})
        except Refused as problem:
            self.refused.append(str(problem))
            return refusal(400, f"Bad Request: {problem}")
        if name == "getUpdates" and not self._in_trouble(name):
            return 200, {"ok": True, "result": await self._batch(params)}
        return self._answer(name, params, files)

    def _answer(self, name: str, params: Params, files: Mapping[str, Upload]) -> Reply:
        def happens() -> Any:
            result = self._rules.get(name, lambda _: True)(params)
            self.calls.append(Call(name, params, files))
            self._happened(name)
            return result

        if params.get("chat_id") in self.denying:
            return blocked(None)
        try:
            if self._in_trouble(name):
                return self._troubles.popleft()[1](happens)
            return 200, {"ok": True, "result": happens()}
        except Refused as problem:
            return refusal(400, f"Bad Request: {problem}")

    def _happened(self, name: str) -> None:
        for event in (*self._awaited.pop(name, ()), *self._awaited.pop("", ())):
            event.set()

    async def until(self, words: str, method: str = "") -> Call:
        """Wait for a call that shows these words, and return it."""
        while True:
            came = self.on("")
            for call in reversed(self.calls):
                shown_ = [*call.texts, *(button["text"] for button in call.buttons)]
                if any(words in text for text in shown_) and method in ("", call.method):
                    return call
            await came.wait()

    def _in_trouble(self, name: str) -> bool:
        return bool(self._troubles) and self._troubles[0][0] == name

    def _send(self, params: Params) -> dict[str, Any]:
        chat = params["chat_id"]
        reply = params.get("reply_parameters")
        # Inside a forum, the permission to send without the reply is not looked at.
        free = not reply or (
            reply.get("allow_sending_without_reply") and "message_thread_id" not in params
        )
        if not free and (chat, reply["message_id"]) not in self.chats.messages:
            raise Refused("message to be replied not found")
        return self._message(chat, self.chats.add(chat, params))

    def _edit(self, params: Params) -> dict[str, Any]:
        where = (params["chat_id"], params["message_id"])
        standing = self.chats.messages.get(where)
        if standing is None or "chat_id" not in standing:
            raise Refused("message to edit not found")
        if "text" not in standing:
            raise Refused("there is no text in the message to edit")
        if all(standing.get(name) == params.get(name) for name in ("text", "reply_markup")):
            raise Refused("message is not modified: specified new message content is the same")
        self.chats.messages[where] = {**params}
        return self._message(*where)

    def _delete(self, params: Params) -> bool:
        if not self.chats.messages.pop((params["chat_id"], params["message_id"]), None):
            raise Refused("message to delete not found")
        return True

    def _message(self, chat: int, number: int) -> dict[str, Any]:
        text = words_of(self.chats.messages[chat, number])
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": number,
            "date": 0,
            "chat": {"id": chat, "type": kind},
            "from": ME,
            "text": shown(text),
        }

    def _send_poll(self, params: Params) -> dict[str, Any]:
        message = self._send(params)
        where = (params["chat_id"], message["message_id"])
        poll = {
            "id": f"7{where[1]}",
            "question": params["question"],
            "options": [
                {"text": option["text"], "voter_count": 0, "persistent_id": f"o{place}"}
                for place, option in enumerate(params["options"])
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": params["is_anonymous"],
            "type": params["type"],
            "allows_multiple_answers": params["allows_multiple_answers"],
            "allows_revoting": params["allows_revoting"],
            "members_only": False,
        }
        self.polls[where] = {**poll, "voters": set()}
        del message["text"]
        return {**message, "poll": poll}

    def _stop_poll(self, params: Params) -> dict[str, Any]:
        poll = self.polls.get((params["chat_id"], params["message_id"]))
        if poll is None:
            raise Refused("message with poll to stop not found")
        if poll["is_closed"]:
            raise Refused("poll has already been closed")
        poll["is_closed"] = True
        return {name: value for name, value in poll.items() if name != "voters"}

    def vote(self, chat: int, voter: dict[str, Any], *labels: str) -> dict[str, Any]:
        """Vote in the newest poll of a chat; return what Telegram tells of it."""
        (_, poll) = max(
            ((where[1], p) for where, p in self.polls.items() if where[0] == chat),
            key=lambda numbered: numbered[0],
        )
        assert not poll["is_closed"], "nobody can vote in a closed poll"
        assert poll["allows_revoting"] or voter["id"] not in poll["voters"]
        poll["voters"].add(voter["id"])
        chosen = [place for place, o in enumerate(poll["options"]) if o["text"] in labels]
        assert len(chosen) == len(labels)
        return {
            "poll_id": poll["id"],
            "user": voter,
            "option_ids": chosen,
            "option_persistent_ids": [poll["options"][place]["persistent_id"] for place in chosen],
        }

    def _file(self, params: Params) -> dict[str, Any]:
        number = params["file_id"]
        if number not in self.files:
            raise Refused("invalid file_id")
        size = len(self.files[number])
        return {
            "file_id": number,
            "file_unique_id": number,
            "file_size": size,
            "file_path": number,
        }

    def _member(self, params: Params) -> dict[str, Any]:
        who = {"id": params["user_id"], "is_bot": False, "first_name": "Somebody"}
        if (params["chat_id"], params["user_id"]) not in self.admins:
            return {"user": who, "status": "member"}
        return {"user": who, "status": "administrator", **dict.fromkeys(ADMIN_RIGHTS, False)}

    def _answered(self, query: str) -> bool:
        if query not in self.waiting:
            raise Refused("query is too old and response timeout expired or query ID is invalid")
        self.waiting.remove(query)
        return True

    def bring(self, *updates: dict[str, Any]) -> None:
        """Have updates ready for who fetches them."""
        self.updates.extend(updates)
        self.came.set()

    async def confirmed(self, number: int) -> None:
        """Wait until the bot has confirmed the updates up to that one."""
        while self.updates and self.updates[0]["update_id"] <= number:
            await self.on("getUpdates").wait()

    async def _batch(self, params: Params) -> Sequence[dict[str, Any]]:
        self.updates = [u for u in self.updates if u["update_id"] >= params.get("offset", 0)]
        self._happened("getUpdates")
        while params.get("timeout") and not self.updates:
            self.came.clear()
            await self.came.wait()
        return self.updates[:BATCH]


def refusal(code: int, why: str, **parameters: int) -> Reply:
    """Write Telegram's refusal."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": why}
    return code, {**body, "parameters": parameters} if parameters else body


def flood(seconds: int) -> Trouble:
    """Too many requests; nothing happens."""
    why = f"Too Many Requests: retry after {seconds}"
    return lambda _: refusal(429, why, retry_after=seconds)


def migrated(chat: int) -> Trouble:
    """The group became a supergroup."""
    why = "Bad Request: group chat was upgraded to a supergroup chat"
    return lambda _: refusal(400, why, migrate_to_chat_id=chat)


def bad(why: str) -> Trouble:
    """A refusal for good."""
    return lambda _: refusal(400, f"Bad Request: {why}")


def blocked(_: object) -> Reply:
    """The person blocked the bot."""
    return refusal(403, "Forbidden: bot was blocked by the user")


def broken(_: object) -> Reply:
    """Telegram has trouble of its own."""
    return refusal(502, "Bad Gateway")


def unreachable(_: object) -> Reply:
    """The network is down; nothing happens."""
    raise NetworkError("httpx.ConnectError: all connection attempts failed")


def lost(happens: Callable[[], Any]) -> Reply:
    """It happens, but the answer does not come back."""
    happens()
    raise TimedOut
