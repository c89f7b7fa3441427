"""A watched window's process, and what is asked of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from benchmarks.wire_clients import Client

LATE_SECONDS = 300.0
"""A window that says nothing for so long is ended, and the benchmark fails."""

_END_SECONDS = 20.0
_POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Shown:
    """When a row showed its status (by the clock), after which seconds and turns."""

    at: float
    seconds: float
    turns: int


class Window:
    """A window's process. Its methods raise RuntimeError, with what it said, once it ended."""

    def __init__(self, process: subprocess.Popen[str], errors: IO[str]) -> None:
        self.pid = process.pid
        self.started = time.perf_counter()
        self._process, self._errors = process, errors
        self.rows = 0

    def ask(self, command: str) -> Any:
        """What the window answers."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(f"{command}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._fail()
        while not self._noted(line := self._line()):
            pass
        return json.loads(line)

    def wait_painted(self) -> float:
        """Seconds until it painted rows first."""
        while self._line() != "painted":
            pass
        return time.perf_counter() - self.started

    def wait_rows(self, count: int) -> float:
        """Seconds until it has so many rows."""
        while self.rows != count:
            self._noted(self._line())
        return time.perf_counter() - self.started

    def wait_serving(self, port: int) -> None:
        """Until its API answers."""
        client = Client(port)
        while client.ask()[0] != 200:
            if self._process.poll() is not None:
                self._fail()
            time.sleep(_POLL_SECONDS)
        client.close()

    def wait_quiet(self, seconds: float = 1.0) -> None:
        """Until its table neither changed nor was painted for so long."""
        newest, quiet_since = None, time.monotonic()
        while time.monotonic() < quiet_since + seconds:
            time.sleep(_POLL_SECONDS)
            found = self.ask("newest")
            if found != newest:
                newest, quiet_since = found, time.monotonic()

    def keep_in_place(self) -> None:
        """Order the rows by name: by themselves they move when their status changes."""
        self.ask("sort 1")

    def service_in(self, row: int, port: int) -> int:
        """The number of the service that a row shows."""
        client = Client(port)
        listed = json.loads(client.ask()[1])["data"]
        client.close()
        name = self.ask(f"name {row}")
        return next(int(service["id"]) for service in listed if service["name"] == name)

    def click(self, row: int, key: str) -> Shown:
        """Press a key that sets a status on a row."""
        self.ask(f"click {row} {key}")
        return self.shown(row)

    def shown(self, row: int) -> Shown:
        """When the row that was clicked, or is expected to, shows another status."""
        until = time.monotonic() + LATE_SECONDS
        while time.monotonic() < until:
            if found := self.ask("clicked"):
                return Shown(*found)
            time.sleep(_POLL_SECONDS)
        raise RuntimeError(f"the row never changed: {self.ask(f'status {row}')}")

    def wait_confirmed(self, service: int) -> None:
        """Until what was clicked for a service is written, and the window knows."""
        until = time.monotonic() + LATE_SECONDS
        while not self.ask(f"confirmed {service}"):
            if time.monotonic() > until:
                raise RuntimeError(f"the status of service {service} was never written")
            time.sleep(_POLL_SECONDS)

    def memory_mebibytes(self) -> float:
        """Its proportional set size."""
        return float(psutil.Process(self.pid).memory_full_info().pss) / 2**20

    def end(self) -> None:
        """End it as a system that shuts down does."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _noted(self, line: str) -> bool:
        """Whether a line is an answer; else it is kept in mind."""
        if line.startswith("rows "):
            self.rows = int(line.removeprefix("rows "))
            return False
        return line != "painted"

    def _line(self) -> str:
        assert self._process.stdout is not None
        late = threading.Timer(LATE_SECONDS, self._process.kill)
        late.start()
        line = self._process.stdout.readline()
        late.cancel()
        if not line:
            self._fail()
        line = line.strip()
        self._noted(line)
        return line

    def _fail(self) -> None:
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read()[-2_000:]
        raise RuntimeError(f"the window ended with {self._process.returncode}: {said}")


@contextmanager
def opened(kind: str, environ: dict[str, str], rows: int = 0) -> Iterator[Window]:
    """A window of this kind, which paints in memory; ended at the end."""
    command = [sys.executable, "-m", "benchmarks.window_process", kind, str(rows)]
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True,
            env={**environ, "QT_QPA_PLATFORM": "offscreen"},
        ) as process,
    ):  # fmt: skip
        window = Window(process, errors)
        try:
            yield window
        finally:
            window.end()


def bare_environ(folder: Path) -> dict[str, str]:
    """The environment of a window that has no board."""
    return {**os.environ, "IZZITUP_HOME": str(folder)}
