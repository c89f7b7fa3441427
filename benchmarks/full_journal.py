"""Boards with as many journal rows as wanted, written past the application."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.scale import sized
from benchmarks.serving import make_board
from izzitup_desktop.platform.paths import Paths

SERVICES = sized(1_000, 10)
DAYS = 100
_DAY = 86_400_000_000
_STATUSES = (5, 6, 5, 7)


def board_with(folder: Path, rows: int) -> Paths:
    """A board of 1,000 services whose statuses changed for 100 days, `rows` entries in all."""
    make_board(folder, SERVICES)
    database = sqlite3.connect(folder / "izzitup.db")
    # Nothing is lost that could not be made again.
    database.execute("PRAGMA synchronous=OFF")
    with database:
        _change(database, rows)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.execute("ANALYZE")
    database.close()
    return Paths(folder, folder, folder / "logs")


def _change(database: sqlite3.Connection, rows: int) -> None:
    (first,) = database.execute("SELECT max(id) + 1 FROM journal").fetchone()
    count = max(0, rows - first + 1)
    now = time.time_ns() // 1_000
    begin, step = now - DAYS * _DAY, DAYS * _DAY // max(count, 1)

    def changes() -> Iterator[tuple[int, int, int, int, int]]:
        """(journal id, time, service, status, until when)."""
        for number in range(count):
            round_, service = divmod(number, SERVICES)
            at = begin + number * step
            yield first + number, at, service + 1, _STATUSES[round_ % 4], at + SERVICES * step

    # The services' first periods would still be open.
    database.execute("DELETE FROM status_periods")
    database.execute("INSERT INTO runs (begin_time, seen_time) VALUES (?, ?)", (begin, now))
    database.executemany(
        "INSERT INTO journal (id, time, actor, account_id, origin, kind, subject, subject_id,"
        " subject_name, before, after, comment, undoes, step) VALUES"
        " (?, ?, 'bench', 1, 'api', 'service.status', 'service', ?, ?, ?, ?, '', NULL, ?)",
        (
            (id_, at, service, f"Service {service}", '{"status":5}', f'{{"status":{status}}}', id_)
            for id_, at, service, status, _ in changes()
        ),
    )
    last = max(0, count - SERVICES)
    database.executemany(
        "INSERT INTO status_periods (service_id, status_id, from_time, to_time, journal_id,"
        " mistake) VALUES (?, ?, ?, ?, ?, 0)",
        (
            (service, status, at, None if number >= last else until, id_)
            for number, (id_, at, service, status, until) in enumerate(changes())
        ),
    )
    # Each service has the status that its last period tells.
    database.execute(
        "UPDATE services SET (status_id, since) = (SELECT status_id, from_time FROM"
        " status_periods WHERE service_id = services.id AND to_time IS NULL)"
        " WHERE id IN (SELECT service_id FROM status_periods WHERE to_time IS NULL)"
    )
