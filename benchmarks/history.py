"""90 days of one service among 1,000,000 journal rows, beside the same query in raw sqlite3.

Run it as `python -m benchmarks.history`.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.figures import compare
from benchmarks.full_journal import SERVICES, board_with
from benchmarks.scale import sized
from izzitup_desktop import application
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.platform.settings import Settings
from izzitup_desktop.storage.times import to_stored

ROWS = sized(1_000_000, 500)
ROUNDS = sized(101, 1)
DAYS = 90
_SERVICE = SERVICES // 2

_PERIODS = (
    "SELECT service_id, status_id, from_time, to_time, mistake, journal_id FROM status_periods"
    " WHERE from_time < ? AND (to_time IS NULL OR to_time > ?) AND service_id IN (?) ORDER BY id"
)
_RUNS = "SELECT begin_time, seen_time FROM runs WHERE seen_time > ? AND begin_time < ?"


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = board_with(folder, ROWS)
        end = datetime.now(UTC)
        begin = end - timedelta(days=DAYS)
        window = (to_stored(begin), to_stored(end))
        principal = Principal("bench", Role.ADMINISTRATOR, Origin.CLI)
        raw = sqlite3.connect(folder / "izzitup.db")

        def floor() -> list[tuple[int, ...]]:
            found = raw.execute(_PERIODS, (window[1], window[0], _SERVICE)).fetchall()
            raw.execute(_RUNS, window).fetchall()
            return found

        with application.start(paths, Settings()) as running:
            uptime = running.board.uptime

            def ours() -> object:
                return uptime.history(principal, _SERVICE, begin, end)

            # What came after the board was filled, nobody watched.
            assert len(uptime.history(principal, _SERVICE, begin, end).spans) == len(floor()) + 1
            rounds = [(seconds(floor), seconds(ours)) for _ in range(ROUNDS)]
        raw.close()
    reference, value = (statistics.median(column) * 1_000 for column in zip(*rounds, strict=True))
    compare("history of 90 days among 1,000,000 entries", value, "ms", "raw sqlite3's", reference)


if __name__ == "__main__":
    main()
