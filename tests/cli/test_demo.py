from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import tempfile
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.cli.inside import init, run
from tests.cli.izzitup import COMMAND, DEADLINE_SECONDS, ROOT

pytestmark = pytest.mark.soak


class Showing:
    """A running `izzitup demo`, and what it said."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []

    def line(self, pattern: str) -> re.Match[str]:
        """The next line that holds `pattern`."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))
            if found := re.search(pattern, line):
                return found
        raise AssertionError((pattern, self.lines))

    def end(self, number: int = 0) -> int:
        """Send a signal, or wait for it to end by itself; the exit code."""
        if number:
            self.process.send_signal(number)
        out, _ = self.process.communicate(timeout=DEADLINE_SECONDS)
        self.lines += out.splitlines()
        return self.process.returncode


@contextmanager
def showing(temporary: Path, *arguments: str, **environ: str) -> Iterator[Showing]:
    """`izzitup demo` with its temporary folders in `temporary`; killed at the end."""
    process = subprocess.Popen(
        [*COMMAND, "demo", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, cwd=ROOT, env={**os.environ, "TMPDIR": str(temporary), **environ},
    )  # fmt: skip
    killer = threading.Timer(DEADLINE_SECONDS, process.kill)
    killer.start()
    try:
        yield Showing(process)
    finally:
        killer.cancel()
        killer.join()
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


@pytest.fixture
def temporary() -> Iterator[Path]:
    """Where the demo makes its folder; a socket's path must stay short, pytest's are not."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def asked(url: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    content = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(f"{url}/api/services", content, DEADLINE_SECONDS) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def statuses(url: str) -> dict[str, str]:
    return {service["name"]: service["status"] for service in asked(url)["data"]}


def test_it_serves_its_script_changes_a_status_and_nothing_is_left(
    temporary: Path, home: Path
) -> None:
    with showing(temporary, "--no-window", "--every", "0.2") as demo:
        password = demo.line(r"^demo +administrator +(\S+)$")[1]
        url = demo.line(r"^Serving on (http://127\.0\.0\.1:\d+)$")[1]
        (folder,) = temporary.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        assert len(statuses(url)) == 11
        name, status = demo.line(r"monitor: Status of Service (.+) was set to (\w+)").groups()
        set_to = {"Operational": "5", "Impaired": "6", "Outage": "7"}[status]
        chat = next(service for service in asked(url)["data"] if service["name"] == name)
        assert chat["updated"] >= chat["created"]
        database = f"sqlite:///{folder}/izzitup.db"
        listed = run("--database", database, "journal", "--json", "--limit", "50")
        (first, *_) = [
            entry for entry in reversed(json.loads(listed.stdout))
            if entry["origin"] == "api" and entry["kind"] == "service.status"
            and entry["subject_name"] == name and not entry["comment"]
        ]  # fmt: skip
        assert first["actor"] == "monitor"
        assert str(first["after"]["status"]) == set_to
        body = {"action": "setstatus", "service": chat["id"], "status": 7, "user": "demo"}
        assert asked(url, {**body, "pwd": password})["result"] == "Success"
        assert demo.end(signal.SIGTERM) == 0
    assert not list(temporary.iterdir())
    assert not home.exists()


@pytest.fixture
def hang_ups() -> Iterator[None]:
    """Whoever started the tests under nohup ignores them, and so would the demo."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("hang_ups")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_other_ways_to_end_leave_nothing_either(temporary: Path, number: int) -> None:
    with showing(temporary, "--no-window") as demo:
        demo.line("^Serving on ")
        assert demo.end(number) == 0
    assert not list(temporary.iterdir())


def test_it_ends_by_itself(temporary: Path) -> None:
    with showing(temporary, "--no-window", "--seconds", "0.1") as demo:
        assert demo.end() == 0
        assert any(line.startswith("Serving on ") for line in demo.lines)
    assert not list(temporary.iterdir())


def test_with_a_window_it_does_the_same(temporary: Path) -> None:
    with showing(temporary, "--every", "0.1") as demo:
        demo.line(r"^The window answers scripts on http://127\.0\.0\.1:\d+$")
        demo.line("monitor: Status of Service .+ was set to ")
        assert demo.end(signal.SIGTERM) == 0, demo.lines
    assert not list(temporary.iterdir())


def test_with_a_window_it_ends_by_itself(temporary: Path) -> None:
    with showing(temporary, "--seconds", "0.1") as demo:
        assert demo.end() == 0, demo.lines
    assert not list(temporary.iterdir())


def test_where_no_window_can_be_it_says_what_can(temporary: Path) -> None:
    nowhere = {"QT_QPA_PLATFORM": "", "DISPLAY": "", "WAYLAND_DISPLAY": ""}
    with showing(temporary, **nowhere) as demo:
        assert demo.end() == 1
        assert "--no-window" in demo.lines[-1]
    assert not list(temporary.iterdir())


def test_one_s_own_board_is_never_touched(temporary: Path, home: Path) -> None:
    init()
    before = (home / "izzitup.db").read_bytes()
    own = {"IZZITUP_DATABASE": f"sqlite:///{home}/izzitup.db", "IZZITUP_PORT": "1"}
    with showing(temporary, "--no-window", "--every", "0.1", **own) as demo:
        demo.line("monitor: Status of Service .+ was set to ")
        assert demo.end(signal.SIGTERM) == 0
    assert (home / "izzitup.db").read_bytes() == before
    refused = run("--database", own["IZZITUP_DATABASE"], "demo")
    assert refused.returncode == 2
    assert "--database" in refused.stderr
