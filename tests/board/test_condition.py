"""What the board says that it lacks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from izzitup_desktop.board.condition import Need
from izzitup_desktop.domain.errors import FullDisk, Unavailable
from izzitup_desktop.storage import schema
from tests.builders import ALICE, add_service, opened_board


def test_a_board_that_works_lacks_nothing(database_url: str, tmp_path: Path) -> None:
    with opened_board(database_url, tmp_path) as board:
        add_service(board)
        assert board.condition.lacks() == ()


def test_what_can_not_be_read_is_lacking(tmp_path: Path) -> None:
    file = tmp_path / "izzitup.db"
    with opened_board(f"sqlite:///{file}", tmp_path) as board:
        file.rename(tmp_path / "away.db")
        (lack,) = board.condition.lacks()
        assert (lack.need, lack.code) == (Need.DATABASE, "unavailable.lost-database")
        assert str(file) in lack.reason


def test_a_database_that_somebody_migrated_is_told(tmp_path: Path) -> None:
    file = tmp_path / "izzitup.db"
    with opened_board(f"sqlite:///{file}", tmp_path) as board:
        with closing(sqlite3.connect(file)) as other:
            other.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
        (lack,) = board.condition.lacks()
        assert (lack.need, lack.code) == (Need.MIGRATION, "unavailable.newer-database")


def test_a_full_disk_is_lacking_until_something_was_stored(tmp_path: Path) -> None:
    with opened_board(f"sqlite:///{tmp_path}/izzitup.db", tmp_path) as board:
        service = add_service(board)

        def use_up(transaction: object) -> None:
            # What SQLite says when the disk is full it says of a file that may grow no more.
            connection = transaction.connection  # type: ignore[attr-defined]
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            connection.exec_driver_sql("CREATE TABLE filler (x)")
            connection.exec_driver_sql("INSERT INTO filler VALUES (zeroblob(1000000))")

        with pytest.raises(FullDisk) as failed:
            board.core.write(use_up)
        assert failed.value.code == "unavailable.full-disk"
        (lack,) = board.condition.lacks()
        assert (lack.need, lack.code) == (Need.DISK, "unavailable.full-disk")
        # The limit was the connection's; a refused change does not mend anything.
        with pytest.raises(Unavailable):
            board.core.write(use_up)

        def lift(transaction: object) -> None:
            connection = transaction.connection  # type: ignore[attr-defined]
            connection.exec_driver_sql("PRAGMA max_page_count = 1000000")

        board.core.write(lift)
        assert board.condition.lacks() != ()
        board.statuses.set(ALICE, [service.id], 7)
        assert board.condition.lacks() == ()
