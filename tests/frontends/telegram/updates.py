"""Updates as Telegram sends them."""

from itertools import count
from typing import Any

from tests.cast import ALICE
from tests.frontends.telegram.fake import ADMIN_RIGHTS, ME

Raw = dict[str, Any]

GROUP = -1001
_numbers = count(9000)


def user(number: int = 102, **more: Any) -> Raw:
    """Return a person."""
    return {"id": number, "is_bot": False, "first_name": "Somebody", "language_code": "en", **more}


ALICE_USER = user(int(ALICE.key.removeprefix("telegram:")))


def chat(number: int) -> Raw:
    """Return a person's own chat, or a group where the number is negative."""
    if number > 0:
        return {"id": number, "type": "private", "first_name": "Somebody"}
    return {"id": number, "type": "supergroup", "title": "7B", "is_forum": False}


def message(text: str = "", **more: Any) -> Raw:
    """Return a message, from Alice in her own chat unless told otherwise."""
    body = {
        "message_id": 11,
        "date": 0,
        "from": ALICE_USER,
        "chat": chat(ALICE_USER["id"]),
        **more,
    }
    return {**body, "text": text} if text else body


def in_group(text: str = "", **more: Any) -> Raw:
    """Return a message of Alice in a group."""
    return message(text, chat=chat(GROUP), **more)


def from_bot(text: str = "An answer", number: int = 10) -> Raw:
    """Return a message that the bot itself had sent to the group."""
    return {"message_id": number, "date": 0, "from": ME, "chat": chat(GROUP), "text": text}


def update(number: int = 0, **body: Raw) -> Raw:
    """Return an update with the next number."""
    return {"update_id": number or next(_numbers), **body}


def press(data: str, standing: Raw | None = None, number: str = "77", by: Raw = ALICE_USER) -> Raw:
    """Return a press of a button under a message."""
    where = {"message": standing} if standing else {"inline_message_id": "5"}
    return {"id": number, "from": by, "chat_instance": "1", "data": data, **where}


def membership(where: Raw, before: str, now: str, by: Raw = ALICE_USER) -> Raw:
    """Return the news that the bot's part in a chat has changed."""
    old, new = (
        {"user": ME, "status": status, **_MORE.get(status, {})} for status in (before, now)
    )
    return {"chat": where, "from": by, "date": 1, "old_chat_member": old, "new_chat_member": new}


_MORE: dict[str, Raw] = {
    "kicked": {"until_date": 0},
    "administrator": dict.fromkeys(ADMIN_RIGHTS, False),
}


def document(number: str = "f1", size: int = 4, name: str = "bank.csv") -> Raw:
    """Return a file that somebody sends."""
    return {
        "file_id": number, "file_unique_id": number, "file_size": size, "file_name": name,
        "mime_type": "text/csv",
    }  # fmt: skip


def poll(**more: Any) -> Raw:
    """Return a quiz poll that somebody sends or passes on."""
    options = [
        {"text": text, "voter_count": 0, "persistent_id": text} for text in ("1820", "1850")
    ]
    return {
        "id": "5", "question": "When was the mill built?", "options": options,
        "total_voter_count": 0, "is_closed": False, "is_anonymous": True, "type": "quiz",
        "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
        **more,
    }  # fmt: skip


def query(text: str, number: str = "88", by: Raw = ALICE_USER) -> Raw:
    """Return an inline query."""
    return {"id": number, "from": by, "query": text, "offset": ""}
