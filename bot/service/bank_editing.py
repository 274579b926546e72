"""Changes to the files of a draft, as values; each changes one item and leaves the rest as it is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.facts import Pack
from bot.core.quiz import Question
from bot.formats.items import cut, plain_block, plain_item, same_item, written_item
from bot.formats.problems import PackError, Problem, quoted
from bot.formats.quiz_writing import quiz_text
from bot.formats.quizzes_imported import KEY, imported_text
from bot.formats.strict_yaml import Entry, MapNode, Scalar, read_yaml
from bot.service.bank_problems import Refusal
from bot.service.bank_reading import Texts

FACTS, QUIZ, PACK, CHECKS = "facts.yaml", "quiz.yaml", "pack.yaml", "checks.yaml"
LISTS = (FACTS, QUIZ, CHECKS)


@dataclass(frozen=True, slots=True)
class PutItem:
    """Write an item of a list as it is given: a fact, a question, a check."""

    file: str
    plain: Mapping[str, object]
    """Its keys as the file has them, with texts, lists and maps under them; `id` tells which it is."""


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """Write a quiz question."""

    question: Question


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Take an item out of a list."""

    file: str
    id: str


@dataclass(frozen=True, slots=True)
class RenameTopic:
    """Give a topic another title, or add one."""

    topic: str
    title: str


@dataclass(frozen=True, slots=True)
class PutText:
    """Write a whole file."""

    file: str
    text: str


Edit = PutItem | PutQuestion | RemoveItem | RenameTopic | PutText


def item(texts: Texts, file: str, name: str) -> dict[str, object]:
    """Return an item as its file has it: texts, lists and maps by keys; raise PackError where there is none."""
    return plain_item(texts.get(file, ""), name)


def apply(texts: Texts, edit: Edit) -> dict[str, str]:
    """Return the files with a change; raise PackError where it cannot be made."""
    match edit:
        case PutItem(file, plain):
            return _put(texts, file, str(plain.get("id", "")), written_item(plain))
        case PutQuestion(question):
            return _put(texts, QUIZ, question.id, question_text(texts, question))
        case RemoveItem(file, name):
            return _removed(texts, file, name)
        case RenameTopic(topic, title):
            return {**texts, PACK: _renamed(texts.get(PACK, ""), topic, title)}
        case PutText(file, text):
            return {**texts, file: text}


def verify(edit: Edit, texts: Texts, pack: Pack) -> None:
    """Hold what was written to what was meant: read again, it must be the same."""
    if not _is_there(edit, texts, pack):
        raise Refusal("bank.edit.differs")


def _is_there(edit: Edit, texts: Texts, pack: Pack) -> bool:
    match edit:
        case PutItem(file, plain):
            return same_item(item(texts, file, str(plain.get("id", ""))), plain)
        case PutQuestion(question):
            return as_meant(pack.question(question.id), question)
        case RemoveItem(file, name):
            return name not in cut(texts.get(file, "")).by_id()
        case RenameTopic(topic, title):
            return pack.topics.get(topic) == " ".join(title.split())
        case PutText(file, text):
            return texts[file] == text


def as_meant(found: Question | None, meant: Question) -> bool:
    """Say whether a question that was read again is the one that was written."""
    return found is not None and bare(found) == bare(meant)


def bare(question: Question) -> Question:
    """Return a question without where it stands."""
    return replace(question, source=("", 0), hash="")


def question_text(texts: Texts, question: Question) -> str:
    """Return a question as its block: one that came from another bank goes on saying so."""
    chunk = cut(texts.get(QUIZ, "")).by_id().get(question.id)
    origin = plain_block(chunk.body).get(KEY) if chunk else None
    if origin is None and question.facts:
        return quiz_text([question]).rstrip("\n")
    return imported_text(question, str(origin or "here"))


def _put(texts: Texts, file: str, name: str, block: str) -> dict[str, str]:
    if not name:
        cure = "add `id:`, of letters, digits and hyphens"
        raise PackError([Problem(file, 0, "the item has no id", cure)])
    return {**texts, file: cut(texts.get(file, "")).with_items({name: block}).text}


def _removed(texts: Texts, file: str, name: str) -> dict[str, str]:
    listed = cut(texts.get(file, ""))
    if name not in listed.by_id():
        raise PackError([Problem(file, 0, f"there is no item {quoted(name)}", "check the id")])
    left = listed.without(name)
    if left.chunks:
        return {**texts, file: left.text}
    return {other: text for other, text in texts.items() if other != file}


def _renamed(text: str, topic: str, title: str) -> str:
    """Write a title into the line of its topic; a new topic goes behind the others."""
    root = read_yaml(text.encode(), PACK)
    topics = root.entries.get("topics") if isinstance(root, MapNode) else None
    if topics is None:
        body = text if text.endswith("\n") else text + "\n"
        return f"{body}topics:\n  {topic}: {_quoted(title)}\n"
    if not isinstance(topics.value, MapNode) or not topics.value.entries:
        cure = "write one topic a line"
        raise PackError([Problem(PACK, topics.key.line, "`topics` is no block", cure)])
    lines, entries = text.split("\n"), topics.value.entries
    if any(entry.key.line == topics.key.line for entry in entries.values()):
        return _unfolded(lines, topics.key.line, entries, {topic: title})
    number = (entries.get(topic) or list(entries.values())[-1]).key.line - 1
    indent = lines[number][: len(lines[number]) - len(lines[number].lstrip())]
    line = f"{indent}{topic}: {_quoted(title)}"
    return "\n".join((*lines[: number + (topic not in entries)], line, *lines[number + 1 :]))


def _unfolded(
    lines: list[str], begin: int, entries: Mapping[str, Entry], new: Mapping[str, str]
) -> str:
    """Write topics that stand in one line as a block."""
    end = max(entry.value.line for entry in entries.values())
    titles = {
        **{k: e.value.text for k, e in entries.items() if isinstance(e.value, Scalar)},
        **new,
    }
    block = [f"  {key}: {_quoted(text)}" for key, text in titles.items()]
    return "\n".join((*lines[: begin - 1], "topics:", *block, *lines[end:]))


def _quoted(title: str) -> str:
    return json.dumps(" ".join(title.split()), ensure_ascii=False)
