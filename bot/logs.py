"""The log: where it goes, how much it says, and what it must never say."""

import logging
import re
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

from typing_extensions import override

_TOKEN = re.compile(
    r"(?:bot)?\d+(?::|%3A)[\w-]{20,}|bot\d+(?::|%3A)[\w-]+"
    # Discord's: those of bots, and those by which an interaction is answered.
    r"|[\w-]{23,}\.[\w-]{6,}\.[\w-]{20,}|(?<=/)(?:webhooks|interactions)/\d+/[\w-]+",
    re.IGNORECASE,
)
_REDACTED = "[redacted]"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Redacting(logging.Formatter):
    """Writes a record without secrets, wherever they stand: message, arguments or traceback.

    A filter sees a record before its traceback has been written out; a formatter sees the end.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(_FORMAT)
        forms = {form for secret in secrets if secret for form in (secret, quote(secret, safe=""))}
        # The longest first, so that no tail of one is left by another that it begins with.
        known = [re.escape(form) for form in sorted(forms, key=len, reverse=True)]
        self._hidden = re.compile("|".join([*known, _TOKEN.pattern]), _TOKEN.flags)

    @override
    def format(self, record: logging.LogRecord) -> str:
        """Write the whole record, then take out what is secret."""
        return self._hidden.sub(_REDACTED, super().format(record))


def set_up(level: str, secrets: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send our log, and the warnings of everybody else, to a stream (standard error) redacted."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting(secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    # Only ours grow talkative: below WARNING the libraries log addresses and the text of messages.
    logging.getLogger("bot").setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("bot").critical("stopped by an error", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(stopped: threading.ExceptHookArgs) -> None:
    if stopped.exc_value:
        _log_uncaught(stopped.exc_type, stopped.exc_value, stopped.exc_traceback)
