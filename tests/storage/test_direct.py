"""Statements to the driver itself: their errors are those of all others."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection, exc

from izzitup_desktop.storage import direct
from tests.builders import database_at


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("INSERT INTO made_up VALUES (?, ?)", exc.IntegrityError),
        ("INSERT INTO nowhere VALUES (?, ?)", exc.OperationalError),
        ("SELECT ?", exc.ProgrammingError),
    ],
)
def test_an_error_is_the_one_that_sqlalchemy_raises_for_the_same(
    tmp_path: Path, statement: str, kind: type[exc.DBAPIError]
) -> None:
    rows = [("key", "1"), ("key", "2")]
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    try:
        with database.writing_connection() as connection, connection.begin() as transaction:
            direct.run(connection, "CREATE TEMPORARY TABLE made_up (key PRIMARY KEY, value)")
            for run in (direct.run_many, _by_sqlalchemy):
                with pytest.raises(kind) as caught:
                    run(connection, statement, rows)
                assert type(caught.value) is kind
                assert caught.value.orig is caught.value.__cause__
                direct.run(connection, "DELETE FROM made_up")
            transaction.rollback()
    finally:
        database.close()


def _by_sqlalchemy(connection: Connection, statement: str, rows: list[tuple[str, str]]) -> None:
    connection.exec_driver_sql(statement, rows)
