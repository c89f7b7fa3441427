"""Commands, a start and a setstatus beside them, on a board of a gigabyte.

"Due" is with the whole file to be read first: it was never found whole, or two days
ago. Run it as `python -m benchmarks.large`; with `200` it takes 200 MiB, and with
`check` it also measures beside `izzitup check`, for minutes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.figures import milliseconds, note
from benchmarks.full_journal import SERVICES, board_with
from benchmarks.scale import sized
from benchmarks.serving import Board, environ_of, izzitup, served, setstatus_body
from benchmarks.wire_clients import Client
from izzitup_desktop.storage import checked

MEBIBYTES = sized(1_024, 1)
ROUNDS = sized(5, 1)
_ROWS_A_MEBIBYTE = sized(4_500, 100)


def seconds_of(call: Callable[[], object]) -> float:
    """How long it takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


def forget_pages(path: Path) -> None:
    """Have the system read the file from the disk again."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def command(environ: dict[str, str]) -> None:
    """Set a status, as an operator at a terminal would."""
    izzitup(environ, "services", "set", "1", "outage")


def start(environ: dict[str, str]) -> None:
    """Serve until it answers."""
    with served(environ):
        pass


def measure_alone(environ: dict[str, str], path: Path) -> None:
    """A command and a start, each alone."""
    due = checked.note_of(path)
    for name, call in (("command", command), ("start of serve", start)):
        for state in ("due", "noted"):
            for cold in (False, True):
                found = []
                for _ in range(ROUNDS if state == "noted" else sized(2, 1)):
                    if state == "due":
                        due.unlink(missing_ok=True)
                    if cold:
                        forget_pages(path)
                    found.append(seconds_of(partial(call, environ)))
                where = "from the disk" if cold else "from memory"
                listed = ", ".join(f"{seconds:.2f}" for seconds in sorted(found))
                note(f"{name}, check {state}, {where}", f"{listed} s")


def measure_beside(running: Board, path: Path) -> None:
    """A script's setstatus while commands run."""
    due = checked.note_of(path)
    for state in ("noted", "due"):
        ended = threading.Event()

        def work(ended: threading.Event = ended, state: str = state) -> None:
            for _ in range(ROUNDS):
                if state == "due":
                    due.unlink(missing_ok=True)
                command(running.environ)
            ended.set()

        worker = threading.Thread(target=work)
        client = Client(running.port)
        client.ask(setstatus_body(1, 5))
        found = []
        worker.start()
        number = 0
        while not ended.is_set():
            number += 1
            found.append(client.ask(setstatus_body(number % SERVICES + 1, (6, 7)[number % 2])))
        worker.join()
        client.close()
        refused = sum(status != 200 for status, _, _ in found)
        times = milliseconds([seconds for _, _, seconds in found])
        note(
            f"setstatus beside {ROUNDS} commands, check {state}",
            f"{times}; {refused} of {len(found)} refused",
        )


def measure_beside_check(running: Board) -> None:
    """A script's setstatus while `izzitup check` reads every row."""
    client = Client(running.port)
    checking = subprocess.Popen(
        [sys.executable, "-m", "izzitup_desktop", "check"], env=running.environ,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    begin, found, number = time.perf_counter(), [], 0
    while checking.poll() is None:
        number += 1
        found.append(client.ask(setstatus_body(number % SERVICES + 1, (6, 7)[number % 2])))
    client.close()
    refused = sum(status != 200 for status, _, _ in found)
    note(
        f"setstatus beside `check` of {time.perf_counter() - begin:.1f} s",
        f"{milliseconds([seconds for _, _, seconds in found])}; {refused} of {len(found)} refused",
    )


def main() -> None:
    """Measure and print."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()]
    size = sizes[0] if sizes else MEBIBYTES
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        board_with(home, size * _ROWS_A_MEBIBYTE)
        path = home / "izzitup.db"
        environ = environ_of(home)
        note("database", f"{path.stat().st_size / 2**20:,.0f} MiB")
        measure_alone(environ, path)
        with served(environ) as running:
            measure_beside(running, path)
            if "check" in sys.argv:
                measure_beside_check(running)


if __name__ == "__main__":
    main()
