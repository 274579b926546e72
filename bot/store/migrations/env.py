"""Run by alembic, with the connection that `upgrade` hands over."""

from alembic import context

from bot.store.catalogue import metadata


def run() -> None:
    """Run the revisions inside the transaction that is already open."""
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()


# Alembic executes this file under that name; importing it as a module does nothing.
if __name__ == "env_py":
    run()
