"""The JSON Schema of a pack's files, for editors: `python -m bot.formats.schema` writes `questions/schema.json`.

An editor with a YAML language server checks and completes a file that begins with the line

    # yaml-language-server: $schema=../schema.json

which is read as a path from that file. The same schema serves all files of a pack. It knows the form of each
block; what holds between blocks (ids, verdicts, wordings at two facts) only `python -m bot check` can tell.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from bot.formats.models import (
    FACT_ID,
    CheckEntry,
    EntityEntry,
    FactEntry,
    PackEntry,
    ReferenceEntry,
    UnansweredEntry,
)
from bot.formats.quiz_models import QuestionEntry
from bot.formats.quizzes_imported import KEY as IMPORTED

TARGET = Path(__file__).resolve().parents[2] / "questions" / "schema.json"

Schema = dict[str, Any]


def schema_text() -> str:
    """Return the schema as its file holds it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def schema() -> Schema:
    """Return one schema for all files of a pack."""
    files = {name: build(model) for name, (build, model, _) in _FILES.items()}
    for name, (_, _, description) in _FILES.items():
        files[name]["description"] = description
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a Doublecheck pack",
        "anyOf": [_ref(name) for name in _FILES],
        "$defs": {**files, **_blocks()},
    }


def _list(model: type[BaseModel]) -> Schema:
    return {"type": "array", "minItems": 1, "items": _ref(model.__name__)}


def _questions(model: type[BaseModel]) -> Schema:
    """Return a list of questions, of which those that came from another bank may hold more."""
    found = _list(model)
    own = {**_ref(model.__name__), "not": {"required": [IMPORTED]}}
    imported: Schema = {
        "type": "object",
        "description": "A question that came from another bank; see docs/banks.md.",
        "required": ["id", IMPORTED, "kind", "stem"],
    }
    return {**found, "items": {"anyOf": [own, imported]}}


def _keyed(model: type[BaseModel]) -> Schema:
    block = _ref(model.__name__)
    return {"type": "object", "propertyNames": {"pattern": FACT_ID}, "additionalProperties": block}


def _single(model: type[BaseModel]) -> Schema:
    return {"allOf": [_ref(model.__name__)]}


_FILES: dict[str, tuple[Callable[[type[BaseModel]], Schema], type[BaseModel], str]] = {
    "pack.yaml": (_single, PackEntry, "What the pack is about, and its caveat."),
    "facts.yaml": (_list, FactEntry, "The facts of the pack."),
    "entities.yaml": (_keyed, EntityEntry, "The named things, by key."),
    "sources.yaml": (_keyed, ReferenceEntry, "The pages of other sources, by key."),
    "unanswered.yaml": (_keyed, UnansweredEntry, "Questions that must be declined, by sort."),
    "quiz.yaml": (_questions, QuestionEntry, "The quiz questions of the pack."),
    "checks.yaml": (_list, CheckEntry, "Questions, and what must come of them."),
}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _blocks() -> Schema:
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [
        (model, "validation") for _, model, _ in _FILES.values()
    ]
    _, whole = models_json_schema(wanted, ref_template="#/$defs/{model}")
    blocks: Schema = json.loads(json.dumps(whole["$defs"]), object_hook=_for_editors)
    return dict(sorted(blocks.items()))


def _for_editors(part: Schema) -> Schema:
    """Return a part without invented titles, in which an unquoted number is a text too, as it is for us."""
    if isinstance(part.get("title"), str):
        del part["title"]
    if part.get("type") == "string" and "enum" not in part:
        part["type"] = ["string", "number"]
    return part


def main() -> None:
    """Write the schema where editors look for it."""
    TARGET.write_text(schema_text(), encoding="utf-8")
    sys.stdout.write(f"wrote {TARGET}\n")


if __name__ == "__main__":
    main()
