"""`python -m bot`, also `doublecheck`: reads the command line and starts what it asks for."""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from bot.config import PackSettings, Settings, SettingsError, read_settings
from bot.frontends.cli.inbound import Call, read_call

STOPPED_BY_KEYBOARD = 130
NOBODY_READS = 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says and return the exit code."""
    _speak_utf8()
    try:
        return _start(read_call(arguments))
    except SettingsError as error:
        print(error, file=sys.stderr)  # noqa: T201 - there is no log yet
        return 2
    except KeyboardInterrupt:
        return STOPPED_BY_KEYBOARD
    except BrokenPipeError:
        # Whoever read the output has left; Python would complain about it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def _start(call: Call) -> int:
    # Imported here: a question on the command line should not wait for what only a server needs.
    if call.bank and call.bank.stored:
        from bot import commands

        return commands.bank(read_settings(Settings), call.bank)
    if call.audit:
        from bot import commands

        return commands.audit(read_settings(Settings), call.audit)
    if call.bank:
        from bot.frontends.cli.bank_run import run_bank

        return run_bank(call.bank)
    if call.command:
        from bot.frontends.cli.run import run

        return run(call, read_settings(PackSettings).questions)
    from bot.app import serve

    return serve(read_settings(Settings))


def _speak_utf8() -> None:
    """Write UTF-8 whatever the system's encoding, and never fail on a half character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
