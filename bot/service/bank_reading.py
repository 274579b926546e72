"""Files of a pack and what they mean, read off the loop: nobody who asks has to wait for it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.facts import Pack
from bot.formats import archive
from bot.formats.packs import read_texts
from bot.service.bank_ports import Content, Draft

Texts = Mapping[str, str]
"""The texts of a pack's files, by their names."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The files of a pack with what they mean."""

    texts: Texts
    pack: Pack


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its files and what they mean."""

    draft: Draft
    texts: Texts
    pack: Pack


async def read(texts: Texts) -> tuple[Pack, Content]:
    """Read files; raise PackError with everything that is wrong in them."""
    return await asyncio.to_thread(read_now, texts)


def read_now(texts: Texts) -> tuple[Pack, Content]:
    """Read files on the spot."""
    pack = read_texts(texts)
    content = Content(archive.packed(texts), archive.kept(pack), archive.digest(texts))
    return pack, content


async def opened(content: Content) -> Opened:
    """Open what the store keeps."""
    return await asyncio.to_thread(opened_now, content)


def opened_now(content: Content) -> Opened:
    """Open what the store keeps, on the spot."""
    texts = archive.unpacked(content.files)
    return Opened(texts, archive.known(content.read) or read_texts(texts))
