"""Runs every benchmark in turn; `make bench`. Figures go to latest.json too.

One that fails does not keep the others from running. It ends with 1 where one failed,
or a goal has no figure; what falls short of its goal is marked and no failure, and so is
what was left out because something that it needs is not here.
`python -m benchmarks setstatus desk` runs some.
"""

from __future__ import annotations

import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.figures import KEPT_IN
from benchmarks.goals import BY_BENCHMARK, GOALS

LATEST = Path(__file__).parent / "latest.json"
LATE_SECONDS = 1_800.0
"""A benchmark that runs for so long is ended, and failed."""


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def run(name: str, kept: Path) -> str:
    """Run a benchmark, which prints and keeps its figures; why it failed, "" if it did not."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{name}"],
        env={**os.environ, KEPT_IN: str(kept)}, start_new_session=True,
    )  # fmt: skip
    late = threading.Timer(LATE_SECONDS, _end, [process])
    late.start()
    try:
        code = process.wait()
    finally:
        late.cancel()
        # Nor do the servers and windows outlive it that it started.
        _end(process)
    return f"ended with {code}" if code else ""


def read(kept: Path) -> list[dict[str, Any]]:
    """The figures that were kept so far."""
    lines = kept.read_text("utf-8").splitlines() if kept.exists() else []
    return [json.loads(line) for line in lines]


def machine() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def main(names: Sequence[str], latest: Path = LATEST, run: Callable[[str, Path], str] = run) -> int:
    """`run` these (all where none is named), writing to `latest` what each said."""
    measured = {**machine(), "seconds": {}, "failed": {}, "figures": []}
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "figures"
        for name in names or BY_BENCHMARK:
            print(f"-- {name}", flush=True)
            begin = time.monotonic()
            if reason := run(name, kept):
                print(f"{name} FAILED: {reason}", flush=True)
                measured["failed"][name] = reason
            measured["seconds"][name] = round(time.monotonic() - begin)
            measured["figures"] = read(kept)
            latest.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", "utf-8")
    figures = measured["figures"]
    missing = [] if names else sorted(GOALS.keys() - {figure["name"] for figure in figures})
    short = [figure["name"] for figure in figures if figure.get("met") is False]
    goals = sum(figure.get("met") is not None for figure in figures)
    left_out = [figure for figure in figures if "left_out" in figure]
    print(f"-- {goals - len(short)} of {goals} goals met, {len(left_out)} left out")
    for name in short:
        print(f"falls short: {name}")
    for figure in left_out:
        print(f"not measured here: {figure['name']} ({figure['left_out']})")
    for name in missing:
        print(f"not measured: {name}")
    return 1 if measured["failed"] or missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
