"""The history of the schema: revisions, run from code when the store is opened."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.service.ports import StoreProblem

# Any number that no other program uses for the same purpose in the same database.
_LOCK = 0x0D0B1EC4


def upgrade(connection: Connection) -> None:
    """Bring the tables up to this version, keeping what is in them."""
    if connection.dialect.name == "postgresql":
        # Several workers may start at once: one migrates, the others find it done.
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    present = set(MigrationContext.configure(connection).get_current_heads())
    revisions = _revisions()
    _refuse_newer(present - revisions.keys())
    if not any(revisions.get(name) for name in present):
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@cache
def _revisions() -> dict[str, bool]:
    """Return our revisions, and whether each is the newest; reading them takes a while."""
    scripts = ScriptDirectory.from_config(_config())
    return {script.revision: script.is_head for script in scripts.walk_revisions()}


def _config() -> Config:
    config = Config()
    # A percent sign in the path of the installation is no interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _refuse_newer(unknown: Collection[str]) -> None:
    if unknown:
        raise StoreProblem(
            f"The database was written by a newer version of this program (revision {min(unknown)}). "
            "It was left as it is. Install that version, or set DATABASE_URL to another database."
        )
