"""What the API v1 costs beside the services API: reading one service, setting one status.

Run it as `python -m benchmarks.api_v1`.
"""

from __future__ import annotations

import base64
import itertools
import json
import statistics
import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil

from benchmarks.figures import compare
from benchmarks.scale import lasting, sized
from benchmarks.serving import (
    PASSWORD,
    USER,
    Board,
    list_request,
    make_board,
    served,
    setstatus_requests,
)
from benchmarks.wire_clients import MakeRequest, load

ROUNDS = sized(7, 1)
SECONDS = lasting(1.5)
SERVICES = 10
"""So few that the list is as short as an answer can be."""

_OK = b"HTTP/1.1 200 "
_HEAD = "HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def read_request() -> bytes:
    """A request for one service."""
    return f"GET /api/v1/services/K7 {_HEAD}\r\n".encode()


def status_requests() -> Callable[[], bytes]:
    """Requests that give one service after another a status it has not."""
    credentials = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    turns = itertools.count()

    def made() -> bytes:
        turn = next(turns)
        body = json.dumps({"status": (6, 7, 5)[turn // SERVICES % 3]})
        return (
            f"PUT /api/v1/services/K{turn % SERVICES + 1}/status {_HEAD}"
            f"Authorization: Basic {credentials}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    return made


def cpu_and_rate(board: Board, make: MakeRequest) -> tuple[float, float]:
    """Seconds of the serving process's CPU for an answer, and answers a second."""
    process = psutil.Process(board.process.pid)
    before = sum(process.cpu_times()[:2])
    measured = load(board.port, make, seconds=SECONDS, proof=_OK)
    assert not measured.refused
    return (sum(process.cpu_times()[:2]) - before) / len(measured.latencies), measured.rate


def in_turn(board: Board, make: MakeRequest, beside: MakeRequest) -> list[tuple[float, float]]:
    """Medians of CPU and rate of both, which are measured one after the other in each round."""
    rounds = [(cpu_and_rate(board, make), cpu_and_rate(board, beside)) for _ in range(ROUNDS)]
    return [
        (statistics.median(cpu for cpu, _ in one), statistics.median(rate for _, rate in one))
        for one in zip(*rounds, strict=True)
    ]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        environ = make_board(Path(name) / "board", SERVICES)
        with served(environ) as board:
            # What is loaded late, and the first sign-in, are nobody's answer here.
            for make in (read_request, status_requests()):
                load(board.port, make, seconds=0, proof=_OK, connections=1)
            (cpu, _), (list_cpu, _) = in_turn(board, read_request, list_request)
            numbers = range(1, SERVICES + 1)
            (_, rate), (_, old_rate) = in_turn(
                board, status_requests(), setstatus_requests(numbers)
            )
    compare("CPU of reading one service by v1", cpu * 1e6, "µs", "the list's", list_cpu * 1e6)
    compare("status set by v1", rate, "/s", "setstatus", old_rate)


if __name__ == "__main__":
    main()
