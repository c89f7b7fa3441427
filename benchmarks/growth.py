"""What a setstatus costs when the journal has 1,000,000 rows, beside 1,000.

Two boards in one process, in turn. Run it as `python -m benchmarks.growth`.
"""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import compare
from benchmarks.full_journal import SERVICES, board_with
from benchmarks.scale import sized
from izzitup_desktop import application
from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Origin, Principal, Role
from izzitup_desktop.platform.settings import Settings

SMALL, LARGE = sized(1_000, 50), sized(1_000_000, 500)
ROUNDS = sized(11, 1)
SINGLY, AT_ONCE = sized(100, 3), 1_024

_ACTOR = Principal("bench", Role.ADMINISTRATOR, Origin.DESKTOP)
_Changes = Iterator[tuple[int, int]]


def changes() -> _Changes:
    """(service, status): one service after another gets a status that it has not."""
    for number in itertools.count():
        yield number % SERVICES + 1, (6, 7, 5)[number // SERVICES % 3]


def singly(board: Board, wanted: _Changes) -> float:
    """Seconds a change, each waited for."""
    begin = time.perf_counter()
    for service, status in itertools.islice(wanted, SINGLY):
        board.statuses.submit(_ACTOR, service, status).result()
    return (time.perf_counter() - begin) / SINGLY


def at_once(board: Board, wanted: _Changes) -> float:
    """Seconds a change, all of them queued first."""
    begin = time.perf_counter()
    futures = [
        board.statuses.submit(_ACTOR, service, status)
        for service, status in itertools.islice(wanted, AT_ONCE)
    ]
    for future in futures:
        future.result()
    return (time.perf_counter() - begin) / AT_ONCE


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folders = [Path(name) / "small", Path(name) / "large"]
        for folder in folders:
            folder.mkdir()
        few, many = (
            board_with(folder, rows) for folder, rows in zip(folders, (SMALL, LARGE), strict=True)
        )
        with (
            application.start(few, Settings()) as small,
            application.start(many, Settings()) as large,
        ):
            pairs = [(small.board, changes()), (large.board, changes())]
            for what, measure in (("setstatus", singly), ("1,024 setstatus at once", at_once)):
                for board, wanted in pairs:
                    measure(board, wanted)
                rounds = [
                    [measure(board, wanted) for board, wanted in pairs] for _ in range(ROUNDS)
                ]
                reference, value = (
                    statistics.median(column) for column in zip(*rounds, strict=True)
                )
                compare(
                    f"{what} at 1,000,000 entries", value * 1_000_000, "µs",
                    "at 1,000 entries", reference * 1_000_000,
                )  # fmt: skip


if __name__ == "__main__":
    main()
