"""Every table there is: who walks over all of them takes `metadata` from here."""

from bot.store import (
    bank_tables,
    class_tables,
    flag_tables,
    live_tables,
    result_tables,
    role_tables,
    tables,
    upkeep_tables,
)
from bot.store.base import metadata

__all__ = [
    "bank_tables",
    "class_tables",
    "flag_tables",
    "live_tables",
    "metadata",
    "result_tables",
    "role_tables",
    "tables",
    "upkeep_tables",
]
