"""Folders with packs, written for one test each."""

from pathlib import Path

from bot.formats.packs import PackError, read_pack

PACK = """\
id: small
title: A small pack
language: en
places: {lead: Lead, details: Details}
topics: {attack: The attack}
"""
ENTITIES = """\
tower-22: {name: Tower 22, kind: base, spellings: [tower twenty two], lat: 33.3, lon: 38.7, country: jordan}
jordan: {name: Jordan, kind: country, spellings: [jordanian]}
army: {name: The army, kind: organisation, part_of: jordan}
"""
SOURCES = """\
dod: {publisher: US Department of Defense, date: 2024-01-30, url: "https://example.org/dod", type: official}
sana: {publisher: SANA, type: state-media}
"""
BARE_PACK = "id: bare\ntitle: Bare\nlanguage: en\n"
BARE_FACTS = (
    "- id: one\n  claim: Three drones were used.\n- id: two\n  claim: It was in January.\n"
)


def written(
    folder: Path,
    facts: str | bytes,
    *,
    pack: str | bytes = PACK,
    entities: str | bytes = ENTITIES,
    sources: str | bytes = SOURCES,
) -> Path:
    """Write a pack; empty texts are files that are not there."""
    files = {"pack": pack, "facts": facts, "entities": entities, "sources": sources}
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        if text:
            data = text if isinstance(text, bytes) else text.encode()
            (folder / f"{name}.yaml").write_bytes(data)
    return folder


def told(folder: Path) -> list[str]:
    """Return what the loader says about a wrong pack."""
    try:
        read_pack(folder)
    except PackError as error:
        return [str(problem) for problem in error.problems]
    return []
