"""What users without Python get: it is built, opens its window, answers, and ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from izzitup_desktop.platform import settings
from tests.builders import GOOD_PASSWORD

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]

ROOT = Path(__file__).parents[2]
MOST_BYTES = 170 * 10**6
"""It had 160 MB; what else gets in is to be seen."""

_DEADLINE_SECONDS = 60.0


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `make freeze` makes, once for all processes of the tests."""
    own = tmp_path_factory.getbasetemp()
    made = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "dist"
    (ROOT / "build").mkdir(exist_ok=True)
    # Two test processes at once would take the environment of the build from each other.
    with (ROOT / "build" / "freeze.lock").open("w") as lock:
        if sys.platform != "win32":
            import fcntl  # not there

            fcntl.flock(lock, fcntl.LOCK_EX)
        if not (made / "whole").exists():
            built = subprocess.run(
                ["sh", "scripts/freeze", str(made)],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            assert built.returncode == 0, built.stderr
            (made / "whole").touch()
    return made / "izzitup"


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    """Where a window opens: a virtual screen, or in memory where there is none."""
    server = shutil.which("Xvfb")
    if not sys.platform.startswith("linux"):
        yield {}
        return
    if server is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    read, write = os.pipe()
    with subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    ) as screen:  # fmt: skip
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            assert number, "Xvfb did not start"
            yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            screen.terminate()


def izzitup(frozen: Path, *arguments: str, stdin: str = "") -> str:
    """What the frozen command line prints; it must be done well."""
    ended = subprocess.run(
        [frozen / "izzitup", *arguments],
        input=stdin, capture_output=True, text=True, check=False, timeout=_DEADLINE_SECONDS,
    )  # fmt: skip
    assert ended.returncode == 0, ended
    return ended.stdout


def init(frozen: Path, *options: str) -> None:
    """A board with the administrator alice."""
    arguments = [*options, "init", "--admin", "alice", "--password-stdin"]
    izzitup(frozen, *arguments, stdin=f"{GOOD_PASSWORD}\n")


def ask(
    port: int, body: dict[str, Any] | None = None, path: str = "/api/services"
) -> dict[str, Any]:
    """The API's answer."""
    content = json.dumps(body).encode() if body else None
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", content)
    with urllib.request.urlopen(request, timeout=_DEADLINE_SECONDS) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def look(port: int, path: str) -> str:
    """What a browser gets of the page."""
    address = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(address, headers={"Accept": "text/html,*/*"})
    with urllib.request.urlopen(request, timeout=_DEADLINE_SECONDS) as answer:
        found: bytes = answer.read()
    return found.decode()


def wait_for_api(port: int, window: subprocess.Popen[str]) -> None:
    """Until the window's API answers, which it does after the window was painted."""
    until = time.monotonic() + _DEADLINE_SECONDS
    while window.poll() is None and time.monotonic() < until:
        try:
            ask(port)
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    window.kill()
    raise AssertionError(window.communicate())


def test_the_frozen_window_opens_takes_a_status_over_its_api_and_ends(
    frozen: Path, display: dict[str, str], home: Path
) -> None:
    init(frozen)
    number = izzitup(frozen, "services", "add", "--name", "E-Mail", "--key", "MAIL").strip()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.save(home, account="alice", port=port)
    with subprocess.Popen(
        [frozen / "izzitup-desktop"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "", **display},
    ) as window:  # fmt: skip
        wait_for_api(port, window)
        body = {"action": "setstatus", "service": number, "status": 7}
        answer = ask(port, {**body, "user": "alice", "pwd": GOOD_PASSWORD})
        assert answer["message"] == "Status of Service E-Mail was set to Outage"
        (listed,) = ask(port)["data"]
        assert listed["status"] == "7"
        # What the API v1 stands on is there, too, though it is loaded late.
        (read,) = ask(port, path="/api/v1/services?status=outage")["items"]
        assert read["key"] == "MAIL"
        # So is the page, with its templates, letters' widths and zones.
        for path, shown in (
            ("/", "E-Mail is down"), ("/wall", "E-Mail is down"), ("/calendar.ics", "VCALENDAR"),
            ("/badge/MAIL.svg", "Outage"), ("/page/board.js", "EventSource"),
        ):  # fmt: skip
            assert shown in look(port, path), path
        window.send_signal(signal.SIGTERM)
        said, _ = window.communicate(timeout=_DEADLINE_SECONDS)
    if sys.platform != "win32":
        assert (window.returncode, said) == (0, "")
    (row,) = json.loads(izzitup(frozen, "services", "list", "--json"))
    assert row["name"] == "E-Mail"


def test_the_frozen_command_line_reaches_postgresql(frozen: Path, postgres_url: str) -> None:
    init(frozen, "--database", postgres_url)
    izzitup(frozen, "--database", postgres_url, "services", "add", "--name", "E-Mail")
    assert "E-Mail" in izzitup(frozen, "--database", postgres_url, "services", "list")


def test_the_frozen_folder_holds_no_link_to_nothing_and_stays_small(frozen: Path) -> None:
    files = [path for path in frozen.rglob("*") if not path.is_dir()]
    assert [path for path in files if not path.exists()] == []
    assert sum(path.lstat().st_size for path in files) < MOST_BYTES


def test_the_frozen_command_line_makes_certificates_and_looks_at_the_network(
    frozen: Path, home: Path
) -> None:
    izzitup(frozen, "certificate", "renew")
    assert (home / "tls" / "izzitup.pem").is_file()
    assert izzitup(frozen, "certificate", "show", "--svg").startswith("<?xml")
    assert json.loads(izzitup(frozen, "discover", "--json", "--timeout", "0.1")) is not None
