"""`izzitup` as a process of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.builders import GOOD_PASSWORD

COMMAND = [sys.executable, "-m", "izzitup_desktop"]
ROOT = Path(__file__).parents[2]
DEADLINE_SECONDS = 40.0


def run(*arguments: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `izzitup` to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=DEADLINE_SECONDS,
        cwd=ROOT,
        env={**os.environ, **environ},
        check=False,
    )


def done(*arguments: str, **options: Any) -> str:
    """Run `izzitup`, which must be done well; what it printed."""
    ended = run(*arguments, **options)
    assert ended.returncode == 0, ended
    return ended.stdout


def refused(*arguments: str, **options: Any) -> str:
    """Run `izzitup`, which must refuse in one line; that line."""
    ended = run(*arguments, **options)
    assert ended.returncode == 1, ended
    assert len(ended.stderr.strip().splitlines()) == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return ended.stderr.strip()


def init(*arguments: str) -> None:
    """A board with the administrator alice."""
    done("init", "--admin", "alice", "--password-stdin", *arguments, stdin=f"{GOOD_PASSWORD}\n")


class Serving:
    """A running `izzitup serve`."""

    def __init__(self, process: subprocess.Popen[str], lines: list[str], port: int) -> None:
        self.process = process
        self.lines = lines
        self.port = port

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal; the exit code."""
        self.process.send_signal(number)
        return self.process.wait(DEADLINE_SECONDS)


@contextmanager
def serving(*arguments: str, under: Sequence[str] = (), **environ: str) -> Iterator[Serving]:
    """`izzitup serve --port 0`, once it says that it serves; killed at the end.

    `under` is a command that starts another one.
    """
    process = subprocess.Popen(
        [*under, *COMMAND, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environ},
    )
    assert process.stdout is not None
    try:
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if line.startswith("Serving on "):
                break
        assert lines, process.wait(DEADLINE_SECONDS)
        assert lines[-1].startswith("Serving on http://"), lines
        yield Serving(process, lines, int(lines[-1].rpartition(":")[2]))
    finally:
        process.kill()
        process.wait(DEADLINE_SECONDS)
        process.stdout.close()
