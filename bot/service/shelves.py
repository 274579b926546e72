"""Opens packs: folders of files become the library that questions are answered from."""

import gc
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bot.core.facts import Pack
from bot.core.library import Library, Shelf
from bot.formats.packs import read_pack
from bot.formats.problems import PackError
from bot.search.engine import build

PACK_FILE = "pack.yaml"


class NoPack(Exception):
    """There is no pack where one was looked for; says what there is."""


def pack_folders(folder: Path) -> Sequence[Path]:
    """Return the folder where it is a pack, else the packs that stand in it, by name."""
    if (folder / PACK_FILE).is_file():
        return [folder]
    return sorted(inner.parent for inner in folder.glob(f"*/{PACK_FILE}"))


def find_packs(shelf: Path, wanted: str = "") -> Sequence[Path]:
    """Return every pack of the shelf, or those that a folder's path or the id of one stands for."""
    if not wanted:
        if found := pack_folders(shelf):
            return found
        raise NoPack(f"There is no pack in {shelf}: no folder in it has a {PACK_FILE}.")
    if found := pack_folders(Path(wanted)) or pack_folders(shelf / wanted):
        return found
    known = ", ".join(folder.name for folder in pack_folders(shelf)) or "none"
    raise NoPack(f'"{wanted}" is no folder with a {PACK_FILE}, and no pack in {shelf} ({known}).')


def open_library(folders: Iterable[Path]) -> Library:
    """Read packs and build the search over each; raise PackError with what is wrong in them."""
    with kept_for_good():
        return Library(tuple(open_shelf(folder) for folder in folders))


def open_shelf(folder: Path) -> Shelf:
    """Read one pack and build the search over it."""
    pack = read_folder(folder)
    return Shelf(pack, build(pack))


def read_folder(folder: Path) -> Pack:
    """Read one pack, without a search over it."""
    with naming(folder):
        return read_pack(folder)


@contextmanager
def kept_for_good() -> Generator[None]:
    """Spare the garbage collector what is made here and never thrown away: half of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


@contextmanager
def naming(folder: Path) -> Generator[None]:
    """Put the folder in front of the file names in what is said of its problems."""
    try:
        yield
    except PackError as error:
        raise PackError(replace(p, file=str(folder / p.file)) for p in error.problems) from None
