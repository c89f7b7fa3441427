"""The window under load: 1,000 services, a real session, scripts at their maximum.

The window is a process of its own, the scripts are this one. Beside the same window
idle, one change alone, and a bare window with a table. Run it as
`python -m benchmarks.desk`; it paints offscreen.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.setstatus import setstatus_requests
from benchmarks.startup import fill
from benchmarks.wire_clients import MakeRequest, Measured, load
from izzitup_desktop import settings

ROUNDS = 3
SECONDS = 5.0
BURST = 10_000
ALONE = 20
_QUIET_SECONDS = 1.0
_POLL_SECONDS = 0.05
_FOREVER = 600.0


class Window:
    """A window's process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ask(self, command: str) -> Any:
        """What the window answers."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{command}\n")
        self._process.stdin.flush()
        return json.loads(self.line())

    def line(self) -> str:
        """The next line that it prints."""
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Window]:
    """A window of this kind, ready; closed at the end."""
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "IZZITUP_HOME": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.desk_window", kind],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env=environ,
    ) as process:  # fmt: skip
        window = Window(process)
        assert window.line() == "ready\n"
        yield window


def asked(port: int, make: MakeRequest, *, seconds: float = _FOREVER, most: int = 0) -> Measured:
    """Set statuses for `seconds`, or `most` of them."""
    measured = load(
        port, make, seconds=seconds, proof=b'"Success"', connections=min(most, 16) or 16, most=most
    )
    assert not measured.refused, f"{measured.refused} answers were refusals"
    return measured


def painted_after(window: Window) -> float:
    """Seconds from when the newest status was set until it was painted, once all is quiet."""
    newest, quiet_since = [0.0, 0.0], time.monotonic()
    while time.monotonic() < quiet_since + _QUIET_SECONDS:
        time.sleep(_POLL_SECONDS)
        found = window.ask("newest")
        if found != newest:
            newest, quiet_since = found, time.monotonic()
    assert newest[1], "the newest status was not painted"
    return newest[1] - newest[0]


def ticks(window: Window, port: int, make: MakeRequest | None) -> dict[str, float]:
    """How late a timer is while scripts ask (None: while nothing happens)."""
    window.ask("begin")
    changes = 0
    if make is None:
        time.sleep(SECONDS)
    else:
        changes = len(asked(port, make, seconds=SECONDS).latencies)
    found = window.ask("end")
    return {
        "p99": statistics.quantiles(found["late"], n=100, method="inclusive")[98],
        "max": max(found["late"]),
        "paints": found["paints"] / SECONDS,
        "changes": changes / SECONDS,
    }


def idle_memory(kind: str, folder: Path) -> float:
    """MiB (PSS) of a window that has been open for a while."""
    with opened(kind, folder) as window:
        time.sleep(_QUIET_SECONDS)
        return float(window.ask("memory")) / 2**20


def median_of(rounds: Sequence[dict[str, float]], what: str) -> float:
    """The median of one figure of the rounds."""
    return statistics.median(round_[what] for round_ in rounds)


def measure_ours(window: Window, port: int) -> None:
    """All that is measured while scripts set statuses."""
    make = setstatus_requests()
    asked(port, make, seconds=1)
    painted_after(window)
    idle, busy = [], []
    for _ in range(ROUNDS):
        idle.append(ticks(window, port, None))
        busy.append(ticks(window, port, make))
    for what in ("p99", "max"):
        value, reference = median_of(busy, what), median_of(idle, what)
        print(
            f"a 16 ms timer's {what} lateness at full load: {value * 1_000:.1f} ms"
            f" ({value / max(reference, 1e-4):.1f} x idle's {reference * 1_000:.1f} ms)",
            flush=True,
        )
    paints, changes = median_of(busy, "paints"), median_of(busy, "changes")
    print(
        f"repaints at full load: {paints:.1f} /s"
        f" ({paints / changes:.3f} x {changes:,.0f} changes/s)",
        flush=True,
    )
    painted_after(window)
    alone = []
    for _ in range(ALONE):
        asked(port, make, most=1)
        alone.append(painted_after(window))
    bursts = []
    for _ in range(ROUNDS):
        asked(port, make, most=BURST)
        bursts.append(painted_after(window))
    value, reference = statistics.median(bursts), statistics.median(alone)
    print(
        f"the last of {BURST:,} changes painted after: {value * 1_000:.0f} ms"
        f" ({value / reference:.1f} x one alone, {reference * 1_000:.0f} ms)",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        settings.save(folder, port=port, notifications=False)
        rounds = [(idle_memory("bare", folder), idle_memory("ours", folder)) for _ in range(ROUNDS)]
        reference, value = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(
            f"memory of 1,000 services, idle: {value:.0f} MiB PSS"
            f" ({value / reference:.2f} x bare window's {reference:.0f})",
            flush=True,
        )
        with opened("ours", folder) as window:
            measure_ours(window, port)
            after = window.ask("memory") / 2**20
            print(
                f"memory after all these changes: {after:.0f} MiB PSS ({after / value:.2f} x idle)"
            )


if __name__ == "__main__":
    main()
