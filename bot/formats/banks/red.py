"""Trivia lists of Red-DiscordBot: YAML in which each question stands over the list of what is accepted.

Everything stays text as it is written, where Red itself turns an answer such as `yes` into "True".
"""

import re
from collections.abc import Sequence
from functools import partial

from bot.core.quiz import FALSE, TRUE, Accepted, Option, Question, QuestionKind
from bot.formats.banks.draft import Draft, Drafting, drafted
from bot.formats.banks.refusing import Refused
from bot.formats.banks.text import text_of
from bot.formats.banks.yaml_file import yaml_tree
from bot.formats.strict_yaml import Entry, ListNode, MapNode, Scalar

NAME = "red"

ABOUT = frozenset({"AUTHOR", "DESCRIPTION", "CONFIG"})
_PICTURE = re.compile(
    r"https?://\S+\.(?:png|jpe?g|gif|webp|svg|bmp)\b|https?://(?:i\.)?imgur\.com/\S+",
    re.IGNORECASE,
)
_TRUTH = {"true": True, "false": False}


def read(data: bytes, file: str = "") -> Draft:
    """Read a trivia list."""
    return drafted(NAME, file, lambda drafting: _fill(drafting, text_of(data)))


def _fill(drafting: Drafting, text: str) -> None:
    root = yaml_tree(text, drafting, twins=True)
    if not isinstance(root, MapNode):
        raise Refused(
            "this is no list of questions with answers",
            "write each question, a colon, and its answers",
        )
    for key, entry in root.entries.items():
        if key not in ABOUT:
            drafting.question(entry.key.line, _shown(key), partial(_question, key, entry))
            _warn_of_picture(drafting, key, entry)


def _shown(key: str) -> str:
    return " ".join(key.split())


def _warn_of_picture(drafting: Drafting, key: str, entry: Entry) -> None:
    if _PICTURE.search(key):
        cause = "a picture belongs to it, of which only the address is kept"
        drafting.warn(
            entry.key.line,
            _shown(key),
            cause,
            "say in words what it shows, or leave the question out",
        )


def _question(key: str, entry: Entry) -> Question:
    texts = _answers(entry)
    low = {text.lower() for text in texts}
    if len(low) == 1 and (truth := _TRUTH.get(low.pop())) is not None:
        return Question(
            "", QuestionKind.TRUE_FALSE, key.strip(), _truth(truth=truth), shuffle=False
        )
    accepted = tuple(Accepted(text) for text in dict.fromkeys(texts))
    return Question("", QuestionKind.TEXT, key.strip(), accepted=accepted)


def _truth(*, truth: bool) -> tuple[Option, ...]:
    return Option(TRUE, "True", float(truth)), Option(FALSE, "False", float(not truth))


def _answers(entry: Entry) -> Sequence[str]:
    match entry.value:
        case ListNode(items) if items and all(isinstance(item, Scalar) for item in items):
            found = [item.text.strip() for item in items if isinstance(item, Scalar)]
        case Scalar(text) if text.strip():
            found = [text.strip()]
        case _:
            cure = "write its answers below it, each in a line that begins with -"
            raise Refused("it has no list of answers", cure, entry.key.line)
    if "" in found:
        raise Refused(
            "one of its answers is empty", "write it, or delete the line", entry.key.line
        )
    return found
