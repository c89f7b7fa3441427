"""How a SQLite file is opened."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import OperationalError

from izzitup_desktop.storage import sqlite_file
from izzitup_desktop.storage.sqlite_file import wal_is_safe
from tests.builders import database_at


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False), ((3, 44, 5), False), ((3, 44, 6), True), ((3, 45, 0), False),
        ((3, 50, 6), False), ((3, 50, 7), True), ((3, 51, 2), False), ((3, 51, 3), True),
        ((3, 52, 0), True), ((4, 0, 0), True),
    ],
)  # fmt: skip
def test_wal_is_chosen_only_where_it_loses_no_commit(version: tuple[int, ...], safe: bool) -> None:
    assert wal_is_safe(version) is safe


def test_sqlite_is_opened_in_the_durable_mode_of_its_version(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path)
    with database.writing_connection() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    database.close()
    wal = wal_is_safe(sqlite3.sqlite_version_info)
    assert pragma == {
        "journal_mode": "wal" if wal else "delete",
        "synchronous": 2 if wal else 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_a_file_that_need_not_be_durable_waits_for_no_disk(tmp_path: Path) -> None:
    database = database_at(f"sqlite:///{tmp_path}/izzitup.db", tmp_path, durable=False)
    with database.writing_connection() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 0
    database.close()


def test_connecting_never_makes_a_file_in_a_lost_one_s_place(tmp_path: Path) -> None:
    path = tmp_path / "a b#?%.db"
    engine = sqlite_file.engine_of(URL.create("sqlite", database=str(path)), 1, writing=False)
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert not path.exists()
    engine.dispose()
