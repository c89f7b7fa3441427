"""The services API beside its floor: setstatus and the list, 16 clients.

Each server is a process of its own, the clients are this one. A pair is measured
in turn, several rounds, and compared by the medians. Run it as
`python -m benchmarks.setstatus`.
"""

from __future__ import annotations

import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil

from benchmarks.figures import compare, note, say
from benchmarks.floor_server import SERVICES
from benchmarks.scale import lasting, sized
from benchmarks.serving import (
    IZZITUP,
    Board,
    list_request,
    make_board,
    served,
    setstatus_requests,
)
from benchmarks.wire_clients import Measured, load

ROUNDS = sized(5, 1)
SECONDS = lasting(2.0)
IN_WAL = (sys.executable, "-m", "benchmarks.in_wal")

_NUMBERS = range(1, SERVICES + 1)
_DONE, _LISTED = b'"Success"', b'"Success"'

Round = Callable[[], Measured]


@contextmanager
def floor_server(folder: Path, listed: bytes, *options: str) -> Iterator[int]:
    """The floor's process; its port."""
    (folder / "list.json").write_bytes(listed)
    arguments = [str(folder / "floor.db"), str(folder / "list.json"), *options]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.floor_server", *arguments], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


@contextmanager
def pair(command: Sequence[str], *options: str) -> Iterator[tuple[Board, int, Path]]:
    """A served board, its floor's port, and the board's folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environ = make_board(folder / "board", SERVICES, command=command)
        with served(environ, command) as board:
            with urlopen(f"http://127.0.0.1:{board.port}/api/services") as answer:
                listed: bytes = answer.read()
            with floor_server(folder, listed, *options) as floor:
                yield board, floor, folder / "board"


def in_turn(floor: Round, ours: Round) -> tuple[list[Measured], list[Measured]]:
    """Both, `ROUNDS` times, in turn."""
    found: tuple[list[Measured], list[Measured]] = ([], [])
    for _ in range(ROUNDS):
        for measured, round_ in zip((floor(), ours()), found, strict=True):
            assert not measured.refused, f"{measured.refused} answers were refusals"
            round_.append(measured)
    return found


def median_rate(measured: list[Measured]) -> float:
    """The median of the rounds' rates."""
    return statistics.median(round_.rate for round_ in measured)


def say_rates(name: str, found: tuple[list[Measured], list[Measured]]) -> float:
    """Say one pair's figure; our rate."""
    floor, ours = map(median_rate, found)
    compare(name, ours, "answers/s", "floor's", floor)
    return ours


def say_p99(name: str, rounds: list[Measured]) -> None:
    """Say how much later the slowest are answered than the usual."""
    p50, p99 = (
        statistics.median(round_.quantile(percent) for round_ in rounds) for percent in (50, 99)
    )
    compare(name, p99 * 1_000, "ms", "p50's", p50 * 1_000)


def measure_setstatus(name: str, board: Board, floor: int) -> tuple[float, list[Measured]]:
    """setstatus at full load; our rate and rounds."""
    make, make_floor = setstatus_requests(_NUMBERS), setstatus_requests(_NUMBERS)
    # The first of an account is hashed.
    load(board.port, make, seconds=0, proof=_DONE, connections=1)
    found = in_turn(
        lambda: load(floor, make_floor, seconds=SECONDS, proof=_DONE),
        lambda: load(board.port, make, seconds=SECONDS, proof=_DONE),
    )
    return say_rates(name, found), found[1]


def measure_cpu(board: Board) -> None:
    """What a setstatus costs the serving process."""
    process, make = psutil.Process(board.process.pid), setstatus_requests(_NUMBERS)
    found = []
    for _ in range(ROUNDS):
        before = sum(process.cpu_times()[:2])
        answers = len(load(board.port, make, seconds=SECONDS, proof=_DONE).latencies)
        found.append((sum(process.cpu_times()[:2]) - before) / answers)
    say("CPU of the server for a setstatus", statistics.median(found) * 1_000, "ms")


def measure_half_load(board: Board, rate: float) -> None:
    """How long answers take while there is room."""
    make = setstatus_requests(_NUMBERS)
    half = [
        load(board.port, make, seconds=SECONDS, proof=_DONE, rate=rate / 2) for _ in range(ROUNDS)
    ]
    say_p99("setstatus p99 at half load", half)


def measure_list(board: Board, floor: int) -> None:
    """The list, while nothing changes."""
    found = in_turn(
        lambda: load(floor, list_request, seconds=SECONDS, proof=_LISTED),
        lambda: load(board.port, list_request, seconds=SECONDS, proof=_LISTED),
    )
    say_rates("list of 1,000 services", found)


def main() -> None:
    """Measure and print."""
    with pair(IZZITUP) as (board, floor, _):
        rate, rounds = measure_setstatus("setstatus", board, floor)
        say_p99("setstatus p99 at full load", rounds)
        measure_half_load(board, rate)
        measure_cpu(board)
        measure_list(board, floor)
    with pair(IN_WAL, "wal") as (board, floor, folder):
        database = sqlite3.connect(folder / "izzitup.db")
        (mode,) = database.execute("PRAGMA journal_mode").fetchone()
        database.close()
        note("journal mode forced", mode)
        measure_setstatus("setstatus in WAL", board, floor)


if __name__ == "__main__":
    main()
