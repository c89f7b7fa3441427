"""The command line on a board of 1,000 services, warm, beside an import it needs.

Run it as `python -m benchmarks.commands`.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import compare, medians
from benchmarks.scale import sized
from benchmarks.serving import IZZITUP, make_board

SERVICES = sized(1_000, 10)
ROUNDS = sized(11, 1)

_IMPORT = (sys.executable, "-c", "import sqlalchemy")


def seconds_of(command: Sequence[str], environ: dict[str, str]) -> float:
    """How long a command takes that is done well."""
    begin = time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


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
    # The first reads from the disk.
    found = medians(rounds[1:])
    for what in ("list", "set"):
        compare(
            f"izzitup services {what}", found[what] * 1_000, "ms",
            "the import's", found["import"] * 1_000,
        )  # fmt: skip


if __name__ == "__main__":
    main()
