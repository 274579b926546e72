"""`doublecheck audit`: prints who did what."""

import sys
from datetime import datetime

from bot.core.words import say
from bot.frontends.cli.audit import AuditCall
from bot.service.auditing import MOST, as_csv, as_json, labels, sentence
from bot.service.ports import Store

OK = 0


async def print_audit(call: AuditCall, store: Store, now: datetime) -> int:
    """Print the log; return the exit code."""
    async with store.work(now) as work:
        log, known = await work.roles.audit(call.since, MOST), await labels(work)
    if call.form == "csv":
        sys.stdout.flush()
        sys.stdout.buffer.write(as_csv(log))
        sys.stdout.buffer.flush()
    elif call.form == "json":
        print(as_json(log))
    else:
        print("\n".join(sentence(one, known) for one in log) or say("audit.none"))
    return OK
