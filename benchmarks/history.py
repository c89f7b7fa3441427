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

from benchmarks.full_journal import board_with
from izzitup_desktop import application
from izzitup_desktop.domain.accounts import Actor, Origin, Role
from izzitup_desktop.settings import Settings
from izzitup_desktop.storage.times import to_stored

ROWS = 1_000_000
ROUNDS = 101
DAYS = 90
_SERVICE = 500

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
        actor = Actor("bench", Role.ADMINISTRATOR, Origin.CLI)
        raw = sqlite3.connect(folder / "izzitup.db")

        def floor() -> list[tuple[int, ...]]:
            found = raw.execute(_PERIODS, (window[1], window[0], _SERVICE)).fetchall()
            raw.execute(_RUNS, window).fetchall()
            return found

        with application.start(paths, Settings()) as running:
            uptime = running.board.uptime

            def ours() -> object:
                return uptime.history(actor, _SERVICE, begin, end)

            # What came after the board was filled, nobody watched.
            assert len(uptime.history(actor, _SERVICE, begin, end).spans) == len(floor()) + 1
            rounds = [(seconds(floor), seconds(ours)) for _ in range(ROUNDS)]
        changes = len(floor())
        raw.close()
    raw_median = statistics.median(raw for raw, _ in rounds)
    median = statistics.median(own for _, own in rounds)
    print(
        f"history of {DAYS} days, {changes} changes among {ROWS:,}: {median * 1_000:.1f} ms"
        f" ({median / raw_median:.2f} x raw sqlite3's {raw_median * 1_000:.1f} ms)"
    )


if __name__ == "__main__":
    main()
