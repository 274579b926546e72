import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bot.formats import schema
from tests.formats.folders import BARE_FACTS, BARE_PACK, ENTITIES, PACK, SOURCES
from tests.formats.test_checks import CHECKS
from tests.formats.test_packs import WHOLE_FACT, WHOLE_PACK


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: by version 1.2, in which a date is a text and only true and false are flags."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(true|false)$", "tf"),
    ("tag:yaml.org,2002:int", r"^-?[0-9]+$", "-0123456789"),
    ("tag:yaml.org,2002:float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
):
    EditorLoader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))


def fits(text: str, file: str = "") -> bool:
    """Return whether the schema takes a text, as any file of a pack or as one of them."""
    whole = schema.schema()
    wanted = {"$ref": f"#/$defs/{file}", "$defs": whole["$defs"]} if file else whole
    return Draft202012Validator(wanted).is_valid(yaml.load(text, EditorLoader))  # noqa: S506


def test_the_schema_in_the_repository_is_up_to_date() -> None:
    stale = "run python -m bot.formats.schema"

    assert schema.TARGET.read_text(encoding="utf-8") == schema.schema_text(), stale


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(schema.schema())


def test_the_generator_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "TARGET", tmp_path / "schema.json")

    schema.main()

    assert json.loads((tmp_path / "schema.json").read_text()) == schema.schema()


def test_every_field_is_described() -> None:
    blocks = schema.schema()["$defs"]

    silent = [
        f"{name}.{key}"
        for name, block in blocks.items()
        for key, field in block.get("properties", {}).items()
        if not field.get("description")
    ]
    assert silent == []


GOOD = [
    ("pack.yaml", PACK),
    ("pack.yaml", WHOLE_PACK),
    ("pack.yaml", BARE_PACK),
    ("facts.yaml", BARE_FACTS),
    ("facts.yaml", WHOLE_FACT),
    ("facts.yaml", "- {id: 1, claim: a, answer: 4, sensitive: true, asks: [2024, a]}"),
    ("entities.yaml", ENTITIES),
    ("sources.yaml", SOURCES),
    ("checks.yaml", CHECKS),
]


@pytest.mark.parametrize(("file", "text"), GOOD)
def test_an_editor_takes_what_the_loader_takes(file: str, text: str) -> None:
    assert fits(text, file)
    assert fits(text)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("facts.yaml", "- {id: a}"),
        ("facts.yaml", "- {id: a b, claim: c}"),
        ("facts.yaml", "- {id: a, clam: c}"),
        ("facts.yaml", "- {id: a, claim: c, verdict: wrong}"),
        ("facts.yaml", "- {id: a, claim: c, answer: true}"),
        ("facts.yaml", "- {id: a, claim: c, asks: d}"),
        ("facts.yaml", "- {id: a, claim: c, references: [{publisher: d, url: e}]}"),
        ("facts.yaml", "- {id: a, claim: c, entities: [{id: d, name: e, kind: place, lat: 91, lon: 0}]}"),
        ("facts.yaml", "[]"),
        ("pack.yaml", "{id: a, title: b}"),
        ("pack.yaml", "{id: a, title: b, language: en, tags: c}"),
        ("entities.yaml", "a: {name: b, kind: c}"),
        ("sources.yaml", "a b: {publisher: c}"),
        ("checks.yaml", "- {id: a, question: b}"),
    ],
)  # fmt: skip
def test_an_editor_refuses_what_the_loader_refuses(file: str, text: str) -> None:
    assert not fits(text, file)
    assert not fits(text)
