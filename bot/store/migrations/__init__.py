"""The history of the schema: revisions, run from code when the store is opened."""

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
    config = _config(connection)
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, "head")


def _config(connection: Connection) -> Config:
    config = Config()
    # A percent sign in the path of the installation is no interpolation.
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    present = set(MigrationContext.configure(connection).get_current_heads())
    if unknown := present - known:
        raise StoreProblem(
            f"The database was written by a newer version of this program (revision {min(unknown)}). "
            "It was left as it is. Install that version, or set DATABASE_URL to another database."
        )
