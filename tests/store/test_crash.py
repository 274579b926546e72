import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.store.engine import opened
from bot.store.store import SqlStore

TOP = Path(__file__).parents[2]


async def confirmed_before_kill(url: str, lines: int) -> int:
    """Let another process write; kill it in the middle; return how much it had confirmed."""
    writing = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.store.writer", url, stdout=asyncio.subprocess.PIPE, cwd=TOP
    )
    assert writing.stdout
    for _ in range(lines):
        assert await writing.stdout.readline()
    writing.kill()
    rest = await writing.stdout.read()
    await writing.wait()
    return lines + rest.count(b"\n")


async def tokens(url: str, query: str) -> set[str]:
    async with opened(url) as engine, engine.connect() as connection:
        return set(await connection.scalars(text(query)))


@pytest.mark.timeout(60)
async def test_a_process_that_is_killed_loses_nothing_that_it_confirmed(url: str):
    confirmed = await confirmed_before_kill(url, 40)

    async with SqlStore.open(url):
        kept = await tokens(url, "SELECT token FROM receipts")
        queued = await tokens(url, "SELECT receipt FROM outbox")
        seen = await tokens(url, 'SELECT "update" FROM seen')

    assert kept >= {f"t{n}" for n in range(confirmed)}
    assert kept == queued == {f"t{n}" for n in seen}


@pytest.mark.timeout(60)
async def test_a_process_whose_work_fails_ends_all_the_same(sqlite_url: str):
    script = (
        "import asyncio\n"
        "from bot.store.store import SqlStore\n"
        "async def main():\n"
        f"    async with SqlStore.open({sqlite_url!r}):\n"
        "        raise SystemExit(3)\n"
        "asyncio.run(main())\n"
    )
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", script, cwd=TOP)

    assert await process.wait() == 3
