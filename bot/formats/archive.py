"""The files of a pack as one piece to be stored, and the pack that was read from them.

A pack that was read once is kept as it was understood: it need not be read again from its files at every
start. Where the program understands files otherwise by now, it is read again.
"""

import hashlib
import json
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.core.facts import Pack
from bot.formats.files import read_bytes
from bot.formats.strict_yaml import LARGE, decode

FILES = (
    "pack.yaml",
    "facts.yaml",
    "entities.yaml",
    "sources.yaml",
    "unanswered.yaml",
    "quiz.yaml",
    "checks.yaml",
)
"""The files of a pack, by the names that they must have."""

Texts = Mapping[str, str]
"""The texts of a pack's files, by their names."""

_READERS = "1"
"""Raised when the same files come to mean something else, or to be refused."""
_MOST = 200_000_000
_pack: TypeAdapter[Pack] = TypeAdapter(Pack)


def texts_in(folder: Path) -> dict[str, str]:
    """Return the texts of the files that a folder has of a pack; raise PackError where one is no text."""
    found: dict[str, str] = {}
    for name in FILES:
        path = folder / name
        if path.exists() or path.is_symlink():
            found[name] = decode(read_bytes(path, name, LARGE.bytes), name, LARGE.bytes)
    return found


def digest(texts: Texts) -> str:
    """Return a fingerprint of files: the same for the same names and texts, however lines end."""
    plain = {name: text.replace("\r\n", "\n") for name, text in sorted(texts.items())}
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()


def packed(texts: Texts) -> bytes:
    """Return files as one compressed piece."""
    return zlib.compress(json.dumps(dict(texts), ensure_ascii=False).encode())


def unpacked(data: bytes) -> dict[str, str]:
    """Return the files that `packed` put together."""
    found: dict[str, str] = json.loads(_inflated(data))
    return found


def kept(pack: Pack) -> bytes:
    """Return a pack, as it was understood, as one compressed piece."""
    return zlib.compress(_readers().encode() + b"\n" + _pack.dump_json(pack), 3)


def known(data: bytes) -> Pack | None:
    """Return the pack that was kept; None where the program understands packs otherwise by now."""
    readers, _, content = _inflated(data).partition(b"\n")
    if readers.decode() != _readers():
        return None
    try:
        return _pack.validate_json(content)
    except ValidationError:
        return None


def _inflated(data: bytes) -> bytes:
    # Only what we packed ourselves comes here, but a broken database must not fill the memory.
    return zlib.decompressobj().decompress(data, _MOST)


@cache
def _readers() -> str:
    form: dict[str, Any] = _pack.json_schema()
    return hashlib.sha256((_READERS + json.dumps(form, sort_keys=True)).encode()).hexdigest()[:16]
