"""The form of a fact: the keys that facts.yaml has, as fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import cast, get_args

from bot.core.facts import Kind, Pack, Verdict
from bot.core.words import say
from bot.formats.items import plain_block
from bot.formats.models import LONGEST_CLAIM, ReferenceEntry, ValueEntry
from bot.formats.problems import PackError
from bot.frontends.web.bank_fields import Field, Part, Row, Rows, Sort, Values, Wrong

_ON = "on"
_SHORT, _LONG, _PARAGRAPH, _MIDDLE = 200, 600, 1000, 300
Plain = dict[str, object]

_LISTS = ("also_in", "related", "derived_from")
_FLAGS: Mapping[str, bool] = {
    "yes_no": True,
    "in_article": True,
    "sensitive": False,
    "restricted": False,
}
"""What stands there where nothing is written."""
_TRUE = frozenset({"true", "yes", "True"})
_TEXTS = (
    *("claim", "place", "where", "topic", "answer", "kind", "verdict", "confidence", "correct"),
    *("correction", "evidence", "attribution", "opening", "note"),
)
_REFERENCE = ("publisher", "title", "date", "url", "type", "note")
_VALUE = ("type", "value", "unit", "entity")


def parts(pack: Pack) -> Sequence[Part]:
    """Return the fields of a fact."""
    return (
        Part("claim", _claim(pack)),
        Part("check", _check()),
        Part("where", _where(pack)),
        Part("asks", _asks()),
        Part("rest", _rest(), folded=True),
    )


def _claim(pack: Pack) -> Sequence[Field | Rows]:
    topics = [("", say("web.bank.topic.none")), *pack.topics.items()]
    kinds = [("", "–"), *((str(kind), str(kind)) for kind in Kind)]
    return (
        Field("claim", Sort.AREA, LONGEST_CLAIM, hint=True, need=True),
        Field("answer", most=_SHORT, hint=True),
        Field("topic", Sort.SELECT, choices=topics),
        Field("sort", Sort.SELECT, choices=kinds),
        Field("yes_no", Sort.CHECK),
    )


def _check() -> Sequence[Field | Rows]:
    verdicts = [("", "–"), *((str(v), say(f"verdict.{v}")) for v in Verdict)]
    sure = [
        ("", "–"),
        *((word, say(f"web.bank.sure.{word}")) for word in ("high", "medium", "low")),
    ]
    types = [(word, word) for word in _words(ReferenceEntry)]
    page = (
        Field("key", hint=True),
        Field("publisher", most=_SHORT),
        Field("title", most=_MIDDLE),
        Field("date", hint=True),
        Field("url"),
        Field("type", Sort.SELECT, choices=[("", "–"), *types]),
        Field("note", most=_LONG),
    )
    return (
        Field("verdict", Sort.SELECT, choices=verdicts),
        Field("confidence", Sort.SELECT, choices=sure),
        Field("correct", most=_SHORT, hint=True),
        Field("correction", Sort.AREA, _LONG, hint=True),
        Field("evidence", Sort.AREA, _LONG, hint=True),
        Rows("references", page),
    )


def _words(entry: type[ReferenceEntry] | type[ValueEntry]) -> Sequence[str]:
    return cast("Sequence[str]", get_args(entry.model_fields["type"].annotation))


def _where(pack: Pack) -> Sequence[Field | Rows]:
    places = [("", say("web.bank.place.none")), *pack.places.items()]
    return (
        Field("place", Sort.SELECT, choices=places),
        Field("where", most=_SHORT, hint=True),
        Field("also_in", Sort.LINES, hint=True),
        Field("attribution", most=_SHORT, hint=True),
    )


def _asks() -> Sequence[Field | Rows]:
    return (Rows("asks", (Field("ask", most=_SHORT), Field("own_answer", most=_SHORT))),)


def _rest() -> Sequence[Field | Rows]:
    types = [("", "–"), *((word, say(f"web.bank.value.{word}")) for word in _words(ValueEntry))]
    value = (
        Field("type", Sort.SELECT, choices=types),
        *(Field(name) for name in ("value", "unit", "entity")),
    )
    line = (Field("text", most=_MIDDLE), Field("fact"))
    return (
        Field("sensitive", Sort.CHECK, hint=True),
        Field("restricted", Sort.CHECK, hint=True),
        Field("opening", Sort.AREA, _PARAGRAPH, hint=True),
        Field("in_article", Sort.CHECK),
        Field("entities", Sort.LINES, hint=True),
        Rows("values", value),
        Rows("correct_values", value),
        Field("related", Sort.LINES, hint=True),
        Field("derived_from", Sort.LINES, hint=True),
        Rows("parts", line),
        Field("note_editors", Sort.AREA, _PARAGRAPH),
    )


# The names in the form where they are not those of the file.
_NAMED: Mapping[str, str] = {"kind": "sort", "note": "note_editors"}


def values_of(plain: Plain) -> Values:
    """Return what stands in the form of a fact."""
    texts = {_NAMED.get(key, key): str(plain.get(key, "")) for key in _TEXTS}
    texts |= {key: "\n".join(map(str, _list(plain, key))) for key in _LISTS}
    texts["entities"] = "\n".join(map(_flow, _list(plain, "entities")))
    for key, usual in _FLAGS.items():
        texts[key] = _ON if str(plain.get(key, usual)) in _TRUE else ""
    rows: dict[str, Sequence[Row]] = {
        "references": [_row(item, "key") for item in _list(plain, "references")],
        "asks": [_ask(item) for item in _list(plain, "asks")],
        **{
            name: [_row(item, "") for item in _list(plain, name)]
            for name in ("values", "correct_values", "parts")
        },
    }
    return Values(texts, rows)


def _list(plain: Plain, key: str) -> list[object]:
    found = plain.get(key, [])
    return cast("list[object]", found) if isinstance(found, list) else []


def _row(item: object, alone: str) -> Row:
    if isinstance(item, dict):
        return {key: str(value) for key, value in cast("Plain", item).items()}
    return {alone: str(item)}


def _ask(item: object) -> Row:
    row = _row(item, "ask")
    return {"ask": row["ask"], "own_answer": row.get("answer", "")}


def _flow(item: object) -> str:
    """Write an entity in a line: its key, or all of it in braces."""
    if not isinstance(item, dict):
        return str(item)
    return "{" + ", ".join(f"{k}: {_quoted(v)}" for k, v in cast("Plain", item).items()) + "}"


def _quoted(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, cast('list[object]', value)))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def plain_of(values: Values, old: Plain, wrong: list[Wrong]) -> Plain:
    """Return the fact that stands in a form, with the keys that the file has."""
    plain: Plain = {"id": old.get("id", "")}
    plain |= {key: values.line(_NAMED.get(key, key)) for key in _TEXTS}
    plain |= {key: list(values.lines(key)) for key in _LISTS}
    for key, usual in _FLAGS.items():
        given, was = bool(values.text(key)), str(old.get(key, ""))
        plain[key] = "" if given is usual else str(given).lower()
        if was and (was in _TRUE) is given:
            plain[key] = was  # as it was written: yes, no, true, false
    plain["entities"] = list(_entities(values, wrong))
    plain["references"] = [_cited(row) for row in values.listed("references")]
    plain["asks"] = [_asked(row) for row in values.listed("asks")]
    for name, keys in (
        ("values", _VALUE),
        ("correct_values", _VALUE),
        ("parts", ("text", "fact")),
    ):
        plain[name] = [_block(row, keys) for row in values.listed(name)]
    kept = [key for key in old if key in plain] + [key for key in plain if key not in old]
    return {key: plain[key] for key in kept if plain[key] not in ("", [])}


def _block(row: Row, keys: Sequence[str]) -> Plain:
    tidy = {key: " ".join(row.get(key, "").split()) for key in keys}
    return {key: text for key, text in tidy.items() if text}


def _cited(row: Row) -> object:
    page = _block(row, _REFERENCE)
    return page or " ".join(row.get("key", "").split())


def _asked(row: Row) -> object:
    found = _block(row, ("ask", "own_answer"))
    if "own_answer" in found:
        return {"ask": found.get("ask", ""), "answer": found["own_answer"]}
    return found.get("ask", "")


def _entities(values: Values, wrong: list[Wrong]) -> Iterator[object]:
    for line in values.lines("entities"):
        if not line.startswith("{"):
            yield line
            continue
        try:
            yield plain_block(f"- {line}")
        except PackError as error:
            wrong += [Wrong("entities", p.cause, p.cure) for p in error.problems]
