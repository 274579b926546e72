"""What an engine complains of, in words for the person who runs the bot."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.service.ports import StoreProblem

_CURES = (
    (
        ("database is locked", "database table is locked"),
        "is locked by another program, perhaps by a second copy of this one. Nothing was lost. "
        "Stop the other, or set DATABASE_URL to another file.",
    ),
    (
        ("not a database", "malformed", "encrypted"),
        "is damaged, or no database at all. It was left as it is. "
        "Restore a backup, or set DATABASE_URL to another file.",
    ),
    (
        ("unable to open", "permission denied", "readonly", "read-only", "is a directory"),
        "cannot be opened for writing. Check that the folder exists and belongs to the user who "
        "runs the bot.",
    ),
    (
        ("disk is full", "no space left"),
        "has no room left on its disk. What was confirmed is safe. Make room, and the bot goes on.",
    ),
    (
        ("password authentication", "authentication failed"),
        "refused the user or the password. Check DATABASE_URL.",
    ),
    (
        ("does not exist",),
        "does not exist. Create it first (createdb), or check DATABASE_URL.",
    ),
)
_ELSE = {
    "sqlite": "cannot be opened. Nothing that was confirmed is lost. Is DATABASE_URL right?",
    "postgresql": "cannot be reached. Nothing that was confirmed is lost. Is it running, and is "
    "DATABASE_URL right?",
}


@contextmanager
def problems_in_words(address: URL) -> Generator[None]:
    """Raise StoreProblem instead of what an engine raises when it cannot be used.

    A broken rule of the schema is a mistake of ours, and passes as it is.
    """
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, OSError) as error:
        raise StoreProblem(_in_words(address, error)) from error
    except DBAPIError as error:
        if _is_ours(error):
            raise
        raise StoreProblem(_in_words(address, error)) from error


def _is_ours(error: DBAPIError) -> bool:
    return not error.connection_invalidated and _cure(error) is None


def _in_words(address: URL, error: Exception) -> str:
    return f"The database {_name(address)} {_cure(error) or _ELSE[address.get_backend_name()]}"


def _name(address: URL) -> str:
    if address.get_backend_name() == "sqlite":
        return address.database or ""
    return f"{address.database} at {address.host or address.query.get('host', 'localhost')}"


def _cure(error: Exception) -> str | None:
    # Not the whole of SQLAlchemy's message, which has the statement in it.
    text = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    return next((cure for signs, cure in _CURES if any(sign in text for sign in signs)), None)
