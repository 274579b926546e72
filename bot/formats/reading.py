"""From a tree of texts to typed entries, with each mistake said in our own words and with its line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.formats import models
from bot.formats.models import Bare
from bot.formats.problems import Problem, meant, quoted
from bot.formats.strict_yaml import ListNode, MapNode, Node, Scalar

M = TypeVar("M", bound=BaseModel, covariant=True)
N = TypeVar("N", bound=BaseModel)
Path = tuple[int | str, ...]

# A broken block may have as many mistakes as keys; the first ones are enough to go on with.
_MOST_OF_ONE = 30


@dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """An entry together with where it stands."""

    entry: M
    subject: str
    """What messages call it."""
    file: str
    node: Node

    def problem(self, cause: str, cure: str, *path: int | str) -> Problem:
        """Return a problem of what stands at a path within this entry."""
        return Problem(self.file, line_of(self.node, path), f"{self.subject} {cause}", cure)

    def within(self, entry: N, subject: str, *path: int | str) -> "Read[N]":
        """Return an entry that stands at a path within this one."""
        return Read(entry, subject, self.file, node_at(self.node, path))


def read_entry(
    model: type[M], node: Node, subject: str, file: str
) -> tuple[Read[M] | None, list[Problem]]:
    """Read a block of a file as an entry, or say what is wrong with it."""
    return read_value(model, to_plain(node), node, subject, file)


def read_value(
    model: type[M], value: object, node: Node, subject: str, file: str
) -> tuple[Read[M] | None, list[Problem]]:
    """Read a value as an entry, or say what is wrong with the node that it came from."""
    try:
        return Read(model.model_validate(value), subject, file, node), []
    except ValidationError as error:
        details = error.errors(include_url=False)[:_MOST_OF_ONE]
        return None, [_explain(detail, model, subject, file, node) for detail in details]


def to_plain(node: Node) -> object:
    """Return a tree as texts, lists and dictionaries."""
    if isinstance(node, Scalar):
        tidy = " ".join(node.text.split())
        return Bare(tidy) if node.bare else tidy
    if isinstance(node, ListNode):
        return [to_plain(item) for item in node.items]
    return {key: to_plain(entry.value) for key, entry in node.entries.items()}


def line_of(node: Node, path: Path) -> int:
    """Return the line of what a path leads to, or of the last of its steps that is there."""
    *_, (line, _) = _way(node, path)
    return line


def node_at(node: Node, path: Path) -> Node:
    """Return what a path leads to, as far as it is there."""
    *_, (_, last) = _way(node, path)
    return last


def _way(node: Node, path: Path) -> Iterator[tuple[int, Node]]:
    yield node.line, node
    for step in path:
        match node:
            case MapNode(entries) if step in entries:
                entry = entries[str(step)]
                node = entry.value
                yield entry.key.line, node
            case ListNode(items) if isinstance(step, int):
                node = items[step]
                yield node.line, node
            case _:
                pass  # the name of a form, or a key that is missing


def _explain(
    detail: ErrorDetails, model: type[BaseModel], subject: str, file: str, node: Node
) -> Problem:
    path = detail["loc"]
    steps = [step for step in path if isinstance(step, str) and step[:1] not in ("(", "[")]
    mistake = _Mistake(detail, steps[-1] if steps else "", subject, model)
    cause, cure = _TOLD.get(detail["type"], _as_it_says)(mistake)
    return Problem(file, line_of(node, path), cause, cure)


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One error of the models, taken apart."""

    detail: ErrorDetails
    key: str
    subject: str
    model: type[BaseModel]

    @property
    def of(self) -> str:
        """What is wrong, as the beginning of a sentence."""
        return f"`{self.key}` of {self.subject}" if self.key else self.subject

    @property
    def value(self) -> str:
        """The text that is wrong."""
        value = self.detail["input"]
        return value.text if isinstance(value, Bare) else str(value)

    def limit(self, name: str) -> object:
        """Return a number that the model sets."""
        return self.detail.get("ctx", {})[name]


Told = tuple[str, str]


def _missing(mistake: _Mistake) -> Told:
    return f"{mistake.subject} has no `{mistake.key}`", f"add `{mistake.key}:`"


def _extra(mistake: _Mistake) -> Told:
    path = mistake.detail["loc"]
    known = models.known_keys(mistake.model, str(path[0]) if len(path) > 1 else "")
    cure = meant(mistake.key, known, f"delete it, or use one of {', '.join(known)}")
    return f"{mistake.subject} has the unknown key {quoted(mistake.key)}", cure


def _not_text(mistake: _Mistake) -> Told:
    value = mistake.detail["input"]
    if not isinstance(value, Bare):
        return f"{mistake.of} must be a text", "write one line of text"
    if not value.text:
        return f"{mistake.of} is empty", "write a value, or delete the line"
    taken = "nothing" if value.text.lower() in ("null", "~") else "true or false"
    cause = f"{mistake.of} is the bare word {value.text}, which in YAML means {taken}"
    return cause, f'put it in quotes: "{value.text}"'


def _too_long(mistake: _Mistake) -> Told:
    most = mistake.limit("max_length")
    cause = f"{mistake.of} is {len(mistake.value)} characters long, at most {most} are allowed"
    return cause, "shorten it, or split it into two"


def _too_short(mistake: _Mistake) -> Told:
    return f"{mistake.of} is empty", "write a value, or delete the line"


def _too_few(mistake: _Mistake) -> Told:
    least = mistake.limit("min_length")
    return f"{mistake.of} has too few items", f"write at least {least}, or delete it"


def _pattern(mistake: _Mistake) -> Told:
    what, cure = _PATTERNS[str(mistake.limit("pattern"))]
    return f"{mistake.of} is not {what}: {quoted(mistake.value)}", cure


def _unknown_word(mistake: _Mistake) -> Told:
    known = _words(mistake)
    cause = f"{mistake.subject} has the unknown {mistake.key} {quoted(mistake.value)}"
    return cause, meant(mistake.value, known, f"use one of {', '.join(known)}")


def _out_of_range(mistake: _Mistake) -> Told:
    least, most = ("-90", "90") if mistake.key == "lat" else ("-180", "180")
    return (
        f"{mistake.of} is {mistake.value}, out of range",
        f"write degrees from {least} to {most}",
    )


def _not_a_list(mistake: _Mistake) -> Told:
    return f"{mistake.of} must be a list", "write each item on a line that begins with -"


def _not_a_block(mistake: _Mistake) -> Told:
    return f"{mistake.of} must be a block of keys", "write `key: value` lines, indented alike"


def _not_a_flag(mistake: _Mistake) -> Told:
    return f"{mistake.of} must be yes or no", "write true, false, yes or no"


def _own_words(mistake: _Mistake) -> Told:
    ctx = mistake.detail.get("ctx", {})
    return str(ctx["cause"]).replace("{subject}", mistake.of), str(ctx["cure"])


def _as_it_says(mistake: _Mistake) -> Told:
    return f"{mistake.of} is wrong: {mistake.detail['msg']}", "see questions/schema.json"


_TOLD: Mapping[str, Callable[[_Mistake], Told]] = {
    "missing": _missing,
    "extra_forbidden": _extra,
    "string_type": _not_text,
    "string_too_long": _too_long,
    "string_too_short": _too_short,
    "too_short": _too_few,
    "string_pattern_mismatch": _pattern,
    "enum": _unknown_word,
    "literal_error": _unknown_word,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "tuple_type": _not_a_list,
    "dict_type": _not_a_block,
    "model_type": _not_a_block,
    "model_attributes_type": _not_a_block,
    "bool_type": _not_a_flag,
    "bool_parsing": _not_a_flag,
    "told": _own_words,
}

_PATTERNS = {
    models.FACT_ID: ("an id", "use 1 to 62 letters, digits and hyphens"),
    models.PACK_ID: ("an id", "use 1 to 62 letters, digits, hyphens, dots and underscores"),
    models.LANGUAGE: ("a language", "write its code, such as en or pt-BR"),
    models.URL: ("a web address", "write it in full, beginning with https:// or http://"),
}


def _words(mistake: _Mistake) -> list[str]:
    """Return the words that may stand where an unknown one does."""
    expected = str(mistake.limit("expected"))
    parts = expected.replace(" or ", ", ").split(", ")
    return [word for part in parts if (word := part.strip("'"))]
