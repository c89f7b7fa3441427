"""The command line on a board of 1,000 services, warm, beside an import it needs.

Of another board (`--server`) it needs less: its processor time stands beside the local one's.

Run it as `python -m benchmarks.commands`.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import compare, medians
from benchmarks.scale import sized
from benchmarks.serving import IZZITUP, PASSWORD, USER, make_board, served

SERVICES = sized(1_000, 10)
ROUNDS = sized(11, 1)

_IMPORT = (sys.executable, "-c", "import sqlalchemy")


def seconds_of(command: Sequence[str], environ: dict[str, str]) -> float:
    """How long a command takes that is done well."""
    begin = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def cpu_of(command: Sequence[str], environ: dict[str, str]) -> float:
    """How many seconds of the processor a command takes that is done well."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        environ = make_board(Path(name) / "board", SERVICES)
        rounds = []
        for number in range(ROUNDS + 1):
            status = ("impaired", "outage", "operational")[number % 3]
            found = {
                "import": seconds_of(_IMPORT, environ),
                "list": seconds_of([*IZZITUP, "services", "list"], environ),
                "set": seconds_of([*IZZITUP, "services", "set", "1", status], environ),
            }
            rounds.append(found)
        with served(environ) as board:
            # As on another computer, that has the secret in its environment.
            away = {
                **environ, "IZZITUP_USER": USER, "IZZITUP_PASSWORD": PASSWORD,
                "IZZITUP_SERVER": f"http://127.0.0.1:{board.port}",
            }  # fmt: skip
            cpu = [
                {what: cpu_of([*IZZITUP, "services", "list"], where) for what, where in
                 (("here", environ), ("there", away))}
                for _ in range(ROUNDS + 1)
            ]  # fmt: skip
    # The first reads from the disk.
    found = medians(rounds[1:])
    for what in ("list", "set"):
        compare(
            f"izzitup services {what}", found[what] * 1_000, "ms",
            "the import's", found["import"] * 1_000,
        )  # fmt: skip
    cpu_found = medians(cpu[1:])
    compare(
        "CPU of izzitup services list by --server", cpu_found["there"] * 1_000, "ms",
        "the local one's", cpu_found["here"] * 1_000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
