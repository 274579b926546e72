"""Commands of the command line that take the store: opens it, and reads the clock."""

import asyncio
import sys
from datetime import UTC, datetime

from bot.config import Settings
from bot.formats.problems import PackError
from bot.frontends.cli.audit import AuditCall
from bot.frontends.cli.audit_run import print_audit
from bot.frontends.cli.bank import BankCall
from bot.frontends.cli.bank_stored import run_stored
from bot.service.banks import Banks
from bot.service.librarian import take_in
from bot.service.ports import StoreProblem
from bot.service.shelves import NoPack
from bot.store.store import SqlStore

WRONG = 2
"""Exit code where the store cannot be opened."""


def bank(settings: Settings, call: BankCall) -> int:
    """Do something with the banks in the store, as whoever has the machine."""
    try:
        return asyncio.run(_bank(settings, call))
    except StoreProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG


def audit(settings: Settings, call: AuditCall) -> int:
    """Print who did what."""
    try:
        return asyncio.run(_audit(settings, call))
    except StoreProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG


async def _audit(settings: Settings, call: AuditCall) -> int:
    url = settings.database_url.get_secret_value()
    async with SqlStore.open(url, None, settings.owners) as store:
        return await print_audit(call, store, _now())


async def _bank(settings: Settings, call: BankCall) -> int:
    url = settings.database_url.get_secret_value()
    async with SqlStore.open(url, None, settings.owners) as store:
        banks = Banks(store, _now)
        try:
            await take_in(banks, settings.questions)
        except (NoPack, PackError) as problem:
            # What the folder lacks is no reason against a bank that has nothing to do with it.
            sys.stderr.write(f"{problem}\n")
        return await run_stored(call, banks)


def _now() -> datetime:
    return datetime.now(UTC)
