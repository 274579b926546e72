"""The audit log on the command line."""

import csv
import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import Settings
from bot.frontends.cli.audit import AuditCall
from bot.frontends.cli.audit_run import print_audit
from bot.frontends.cli.inbound import read_call
from bot.store.store import SqlStore
from tests.cast import ALICE, NOON, TEACHER


async def printed(tmp_path: Path, call: AuditCall, acts: bool = True) -> int:
    async with SqlStore.open(f"sqlite:///{tmp_path}/audit.db") as store:
        if acts:
            async with store.work(NOON - timedelta(days=9)) as work:
                await work.roles.record(TEACHER.key, "bank.publish", "town", "3", "=4")
            async with store.work(NOON) as work:
                await work.roles.record(TEACHER.key, "role.revoke", ALICE, "teacher")
        return await print_audit(call, store, NOON)


async def test_acts_are_told_newest_first(tmp_path, capsys):
    assert await printed(tmp_path, AuditCall()) == 0

    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest == (
        "2026-11-23 12:00 · telegram:101: took the role teacher away from telegram:102"
    )
    assert oldest == "2026-11-14 12:00 · telegram:101: published =4 of town (before: 3)"


async def test_since_leaves_out_what_was_before(tmp_path, capsys):
    await printed(tmp_path, AuditCall("json", NOON - timedelta(days=1)))

    [only] = json.loads(capsys.readouterr().out)
    assert (only["act"], only["who"], only["subject"]) == (
        "role.revoke",
        TEACHER.key,
        ALICE.key,
    )


async def test_the_table_is_safe_in_spreadsheets(tmp_path, capsysbinary):
    await printed(tmp_path, AuditCall("csv"))

    table = capsysbinary.readouterr().out.decode("utf-8-sig")
    head, newest, oldest = csv.reader(StringIO(table, newline=""))
    assert head[:3] == ["Number", "When (UTC)", "Who"]
    assert newest[3] == "role.revoke"
    assert oldest[6] == "'=4"


async def test_an_empty_log_says_so(tmp_path, capsys):
    await printed(tmp_path, AuditCall(), acts=False)

    assert capsys.readouterr().out == "Nothing has been written into the audit log yet.\n"


def test_the_command_line_says_what_is_wanted():
    assert read_call(["audit"]).audit == AuditCall()
    assert read_call(["audit", "--csv"]).audit == AuditCall("csv")
    since = datetime(2026, 11, 1, tzinfo=UTC)
    assert read_call(["audit", "--json", "--since", "2026-11-01"]).audit == AuditCall(
        "json", since
    )


@pytest.mark.parametrize("words", [["--since", "yesterday"], ["--csv", "--json"]])
def test_a_wrong_call_is_refused_in_words(words, capsys):
    with pytest.raises(SystemExit) as ended:
        read_call(["audit", *words])

    assert ended.value.code == 2
    assert "audit" in capsys.readouterr().err


def test_the_command_opens_the_database_of_the_settings(tmp_path, monkeypatch, capsys):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)

    assert main(["audit"]) == 0
    assert "Nothing has been written" in capsys.readouterr().out
    monkeypatch.setenv("DATABASE_URL", "postgresql://bot:hunter2@127.0.0.1:1/none")
    assert main(["audit"]) == 2
    assert "hunter2" not in capsys.readouterr().err
