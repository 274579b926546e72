"""No secret reaches the log, whichever way it came to it."""

import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import httpx
import pytest

from bot import logs

TOKEN = "123456789:AAE-not_a_real_token_of_any_bot_xyz"
UNKNOWN = "987654321:AAF-a_token_that_no_setting_named_abc"
SHORT = "bot42:TEST"
DISCORD = "MTA0MjQyNDI0MjQyNDI0MjQyNA.GabcDE.not-a_real_token_of_any_bot_0123456789"
ANSWER = "/webhooks/1042424242424242424/aW50ZXJhY3Rpb246bm90LWEtcmVhbC10b2tlbg"


def fail(text: str) -> None:
    raise RuntimeError(text)


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as it is written, with the logging of the tests put back afterwards."""
    root, hooks = logging.getLogger(), (sys.excepthook, threading.excepthook)
    ours = logging.getLogger("bot")
    before, levels = root.handlers[:], (root.level, ours.level)
    stream = io.StringIO()
    logs.set_up("DEBUG", [TOKEN, "hunter/2"], stream)
    yield stream
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    root.handlers[:] = before
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


def test_the_log_is_written(log):
    logging.getLogger("bot.test").debug("chat %s", "telegram:1")

    assert "DEBUG bot.test: chat telegram:1" in log.getvalue()


@pytest.mark.parametrize(
    "secret",
    [TOKEN, UNKNOWN, SHORT, DISCORD, ANSWER, "hunter/2", "hunter%2F2", TOKEN.replace(":", "%3A")],
)
def test_a_secret_is_redacted_in_text_arguments_and_tracebacks(log, secret):
    logger = logging.getLogger("bot.test")

    logger.warning("in the text " + secret)  # noqa: G003 - the point of the test
    logger.warning("as an argument %s", f"https://api/bot{secret}/getMe")
    try:
        fail(f"while calling {secret}")
    except RuntimeError:
        logger.exception("in a traceback")

    assert secret not in log.getvalue()
    assert log.getvalue().count("[redacted]") >= 3


async def test_httpx_does_not_log_the_address_with_the_token(log):
    transport = httpx.MockTransport(lambda request: httpx.Response(200))
    async with httpx.AsyncClient(transport=transport) as client:
        await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")

    assert log.getvalue() == ""


async def test_an_error_of_httpx_is_logged_without_the_token(log):
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError(f"cannot reach {request.url}", request=request)

    async with httpx.AsyncClient(transport=httpx.MockTransport(refuse)) as client:
        try:
            await client.get(f"https://api.telegram.org/bot{UNKNOWN}/getMe")
        except httpx.ConnectError:
            logging.getLogger("telegram.ext").exception("polling failed")

    assert UNKNOWN.partition(":")[2] not in log.getvalue()
    assert "cannot reach https://api.telegram.org/[redacted]/getMe" in log.getvalue()


@pytest.mark.parametrize(
    "library", ["httpx", "httpcore", "telegram", "aiosqlite", "sqlalchemy.engine"]
)
def test_libraries_say_nothing_below_a_warning_whatever_the_level(log, library):
    logging.getLogger(library).info("what somebody wrote")

    assert log.getvalue() == ""


def test_warnings_and_uncaught_errors_are_redacted_too(log):
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(f"careless {TOKEN}", stacklevel=1)
    try:
        fail(TOKEN)
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)

    assert TOKEN not in log.getvalue()
    assert "stopped by an error" in log.getvalue()


def test_an_error_in_a_thread_is_redacted_too(log):
    thread = threading.Thread(target=fail, args=[TOKEN])
    thread.start()
    thread.join()

    assert "RuntimeError: [redacted]" in log.getvalue()
    assert TOKEN not in log.getvalue()
