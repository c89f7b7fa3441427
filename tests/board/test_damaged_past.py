"""Rows of the past that no use case stored: that time is unknown, all else is as it was."""

from __future__ import annotations

import logging
import secrets
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import PUBLIC
from izzitup_desktop.domain.uptime import UNKNOWN, Totals
from izzitup_desktop.storage import checked
from izzitup_desktop.storage.times import to_stored
from tests.builders import ALICE, add_service, do_due, opened_board

pytestmark = pytest.mark.faults

BEGIN = datetime(2026, 3, 1, tzinfo=UTC)
END = BEGIN + timedelta(hours=3)
HOUR = 3_600_000_000
BAD = {
    "text": "'x'",
    "blob": "x'ff00'",
    "text that is no UTF-8": "CAST(x'ff41' AS TEXT)",
    "real": "1.5",
    "huge real": "1e300",
    "largest": "9223372036854775807",
    "smallest": "-9223372036854775808",
    "before any board": "-1",
}
COLUMNS = ("status_id", "from_time", "to_time", "mistake")


def made(url: str, folder: Path) -> None:
    """Three services with three hours each, watched all the time."""
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).write_bytes(_made_file())
    else:
        _make(url, folder)


@cache
def _made_file() -> bytes:
    with TemporaryDirectory() as name:
        path = Path(name, "izzitup.db")
        _make(f"sqlite:///{path}", path.parent)
        return path.read_bytes()


def _make(url: str, folder: Path) -> None:
    with opened_board(url, folder) as board:
        for name in ("Mail", "VPN", "Wiki"):
            service = add_service(board, name)
            board.statuses.set(ALICE, [service.id], 6)
            board.statuses.set(ALICE, [service.id], 5)
    at = [to_stored(BEGIN) + hour * HOUR for hour in range(4)]
    run(
        url,
        *(
            f"UPDATE status_periods SET from_time={at[place]}, to_time={at[place + 1]}"
            f" WHERE id={3 * service + place + 1}"
            for service in range(3)
            for place in range(3)
        ),
        f"INSERT INTO runs (begin_time, seen_time) VALUES ({at[0]}, {at[1]}), ({at[1]}, {at[3]})",
    )


def run(url: str, *statements: str) -> None:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def hours(totals: Totals) -> tuple[int, int, int, int]:
    parts = totals.operational, totals.impaired, totals.outage, totals.unknown
    return tuple(round(part / HOUR) for part in parts)  # type: ignore[return-value]


def read(board: Board) -> Mapping[int, tuple[int, int, int, int]]:
    """Everything that asks for the past is asked."""
    bounds = [BEGIN + timedelta(hours=hour) for hour in range(4)]
    for principal in (ALICE, PUBLIC):
        assert set(board.uptime.worst_of_days(principal, bounds)) >= {2, 3}
    for service_id in (1, 2, 3):
        board.uptime.history(ALICE, service_id, BEGIN, END)
    return {
        service_id: hours(found)
        for service_id, found in board.uptime.totals(ALICE, BEGIN, END).items()
    }


WHOLE = (2, 1, 0, 0)


def test_what_is_sound_is_read_as_it_is(database_url: str, tmp_path: Path) -> None:
    made(database_url, tmp_path)
    with opened_board(database_url, tmp_path) as board:
        assert board.damage == ()
        assert read(board) == {1: WHOLE, 2: WHOLE, 3: WHOLE}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("value", list(BAD))
def test_a_period_that_can_not_be_read_is_unknown_time_and_no_other_service_s(
    tmp_path: Path, column: str, value: str
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(url, f"UPDATE status_periods SET {column}={BAD[value]} WHERE id=2")
    with opened_board(url, tmp_path) as board:
        assert any(line.startswith("Table status_periods, row 2, ") for line in board.damage)
        assert read(board) == {1: (2, 0, 0, 1), 2: WHOLE, 3: WHOLE}
        assert any("status_periods, row 2" in line for line in board.backups.check())
        board.statuses.set(ALICE, [1, 2, 3], 7)
        do_due(board)


@pytest.mark.parametrize("column", ["begin_time", "seen_time"])
@pytest.mark.parametrize("value", list(BAD))
def test_a_run_that_can_not_be_read_is_time_in_which_nobody_is_known_to_have_watched(
    tmp_path: Path, column: str, value: str
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(url, f"UPDATE runs SET {column}={BAD[value]} WHERE seen_time={to_stored(END)}")
    with opened_board(url, tmp_path) as board:
        assert any(line.startswith("Table runs, row ") for line in board.damage)
        assert read(board) == dict.fromkeys((1, 2, 3), (1, 0, 0, 2))
        assert any("Table runs, row " in line for line in board.backups.check())
        do_due(board)


def test_a_past_that_is_damaged_while_the_board_is_open_is_named_by_the_log_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # A process names a row once: this one is of no other test.
    number = secrets.randbits(50)
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    with opened_board(url, tmp_path) as board:
        run(url, f"UPDATE status_periods SET to_time='later', id={number} WHERE id=4")
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                assert read(board) == {1: WHOLE, 2: (1, 1, 0, 1), 3: WHOLE}
    told = [r for r in caplog.records if f"row {number} of status_periods" in r.getMessage()]
    assert len(told) == 1


def test_times_out_of_range_are_unknown_on_a_shared_database_too(
    postgres_url: str, tmp_path: Path
) -> None:
    made(postgres_url, tmp_path)
    run(
        postgres_url,
        "UPDATE status_periods SET to_time=9223372036854775807 WHERE id=2",
        "UPDATE status_periods SET from_time=-5 WHERE id=5",
    )
    with opened_board(postgres_url, tmp_path) as board:
        assert read(board) == {1: (2, 0, 0, 1), 2: (2, 0, 0, 1), 3: WHOLE}


@pytest.mark.parametrize("spoilt", ["to_time='x'", "from_time='x'", "status_id=99", "mistake=7"])
def test_a_mistake_after_a_period_that_can_not_be_read_is_unknown(
    tmp_path: Path, spoilt: str
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(
        url,
        "UPDATE status_periods SET mistake=1 WHERE id IN (3, 6)",
        f"UPDATE status_periods SET {spoilt} WHERE id=2",
    )
    with opened_board(url, tmp_path) as board:
        assert read(board) == {1: (1, 0, 0, 2), 2: (1, 2, 0, 0), 3: WHOLE}
        last_hour = BEGIN + timedelta(hours=2)
        spans = board.uptime.history(ALICE, 1, last_hour, END).spans
        assert [span.status_id for span in spans] == [UNKNOWN]
        spans = board.uptime.history(ALICE, 2, last_hour, END).spans
        assert [span.status_id for span in spans] == [6]


def test_a_large_file_is_not_read_in_whole_to_name_rows_of_the_past(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/izzitup.db"
    made(url, tmp_path)
    run(
        url,
        "UPDATE status_periods SET to_time='x' WHERE id=2",
        "CREATE TABLE filling AS SELECT zeroblob(70000000) AS bytes",
        "DROP TABLE filling",
    )
    assert checked.is_large(tmp_path / "izzitup.db")
    with opened_board(url, tmp_path) as board:
        assert board.damage == ()
        assert read(board)[1] == (2, 0, 0, 1)
