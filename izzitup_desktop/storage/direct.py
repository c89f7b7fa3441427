"""Statements that go to SQLite's driver as they are.

SQLAlchemy takes several times as long around a statement as SQLite takes for it. The
few that every change needs are spared that; their errors are SQLAlchemy's all the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, exc


def run(connection: Connection, statement: str) -> None:
    """Run a statement without parameters. Raises `DBAPIError`."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.execute(statement)
    except sqlite3.Error as error:
        raise _as_sqlalchemys(statement, error) from error


def run_many(connection: Connection, statement: str, rows: Sequence[Any]) -> None:
    """Run a statement once for each row of parameters. Raises `DBAPIError`."""
    driver: Any = connection.connection.driver_connection
    try:
        driver.executemany(statement, rows)
    except sqlite3.Error as error:
        raise _as_sqlalchemys(statement, error) from error


def _as_sqlalchemys(statement: str, error: sqlite3.Error) -> BaseException:
    return exc.DBAPIError.instance(statement, None, error, sqlite3.Error)
