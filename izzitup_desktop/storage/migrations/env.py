"""Alembic's entry: runs the revisions on the connection that is handed over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from izzitup_desktop.platform.database_files import APPLICATION_ID
from izzitup_desktop.storage.tables import metadata


def run() -> None:
    connection: Connection = context.config.attributes["connection"]
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=sqlite,
        transactional_ddl=True,
    )
    context.run_migrations()
    if sqlite:
        version = int(context.get_context().get_current_revision() or 0)
        connection.exec_driver_sql(f"PRAGMA user_version={version}")
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


run()
