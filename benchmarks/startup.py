"""Start-up: process start to first paint, and to real rows with the API answering.

Beside a bare window with a table, in turn; medians. Its memory too, once it is idle.
Run it as `python -m benchmarks.startup`; it paints offscreen.
"""

from __future__ import annotations

import itertools
import tempfile
import threading
import time
from pathlib import Path

from benchmarks.figures import compare, medians
from benchmarks.scale import lasting, sized
from benchmarks.serving import izzitup, make_board, prepare_window
from benchmarks.window import bare_environ, opened
from benchmarks.wire_clients import Client

SERVICES = sized(1_000, 10)
ROUNDS = sized(7, 1)
IDLE_SECONDS = lasting(2.0)
_POLL_SECONDS = 0.005


class Answering(threading.Thread):
    """Asks an API until it answers."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.at = 0.0
        self._port = port

    def run(self) -> None:
        """Ask; `at` tells when it was answered."""
        client = Client(self._port)
        while client.ask()[0] != 200:
            time.sleep(_POLL_SECONDS)
        self.at = time.perf_counter()
        client.close()


def measured_bare(folder: Path, services: int) -> dict[str, float]:
    """Seconds to the first paint, and memory, of a bare window."""
    with opened("bare", bare_environ(folder), services) as window:
        painted = window.wait_painted()
        time.sleep(IDLE_SECONDS)
        return {"painted": painted, "memory": window.memory_mebibytes()}


def measured_ours(environ: dict[str, str], port: int, services: int) -> dict[str, float]:
    """Seconds to the first paint, and to rows of now and an answer; memory then."""
    answering = Answering(port)
    answering.start()
    with opened("ours", environ) as window:
        painted = window.wait_painted()
        # The rows of the last session are one less.
        rows = window.wait_rows(services)
        answering.join()
        ready = max(rows, answering.at - window.started)
        time.sleep(IDLE_SECONDS)
        return {"painted": painted, "ready": ready, "memory": window.memory_mebibytes()}


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "board"
        environ = make_board(folder, SERVICES)
        port = prepare_window(folder)
        rounds = []
        for services in itertools.islice(itertools.count(SERVICES), ROUNDS + 1):
            bare, ours = (
                measured_bare(folder, services),
                measured_ours(environ, port, services),
            )
            rounds.append({**{f"bare {what}": value for what, value in bare.items()}, **ours})
            izzitup(environ, "services", "add", "--name", f"Another {services}")
    # The first has no last session.
    found = medians(rounds[1:])
    floor = found["bare painted"] * 1_000
    for what, figure in (
        ("painted", "start to first paint"),
        ("ready", "start to 1,000 rows and the API"),
    ):
        compare(figure, found[what] * 1_000, "ms", "bare window's", floor)
    compare(
        "memory of an idle window", found["memory"], "MiB PSS",
        "bare window's", found["bare memory"],
    )  # fmt: skip


if __name__ == "__main__":
    main()
