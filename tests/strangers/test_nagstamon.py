"""Nagstamon, which watches monitors from the desktop, shows our services on its window."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders import ALICE
from tests.strangers.conftest import Host
from tests.strangers.environments import RUN_SECONDS, debian_package, python_with

pytestmark = [pytest.mark.strangers, pytest.mark.timeout(600)]

LIBRARIES = (
    # All by name: Kerberos is wanted in Python alone, whose other half would be compiled.
    "--no-deps", "arrow==1.4.0", "backports.tarfile==1.2.0", "beautifulsoup4==4.15.0",
    "certifi==2026.10.19.post1", "cffi==2.1.1", "charset-normalizer==3.5.3",
    "cryptography==50.0.2", "ewmh==0.1.6", "idna==3.20", "importlib_metadata==10.2.0",
    "jaraco.classes==3.4.0", "jaraco.context==6.1.2", "jaraco.functools==4.6.0", "jeepney==0.9.0",
    "keyring==25.7.0", "lazy-importer==0.1.0", "lxml==6.1.3", "more-itertools==11.2.1",
    "psutil==7.2.2", "pycparser==3.12", "PyQt6==6.11.0", "PyQt6-Qt6==6.11.2",
    "PyQt6_sip==13.13.0", "pyspnego==0.12.4", "python-dateutil==4.0.0", "python-xlib==0.33",
    "requests==2.34.2", "requests-kerberos==0.15.0", "SecretStorage==3.5.0", "six==1.17.0",
    "soupsieve==4.1.3", "typing_extensions==4.16.0", "tzdata==2026.6", "urllib3==2.8.0",
    "zipp==4.1.2", "setuptools<81",
)  # fmt: skip

SETTINGS = """[nagstamon]
windowed = True
statusbar_floating = False
icon_in_systray = False
notification = False
notification_sound = False
use_system_keyring = False
keyring_available = False
check_for_new_version = False
update_interval_seconds = 1
debug_mode = True
debug_to_file = False
"""
SERVER = """[server_Board]
name = Board
type = Alertmanager
enabled = True
monitor_url = {url}
"""

RED, YELLOW = (255, 0, 0), (255, 255, 0)
"""Of critical services and of warnings; every second row is somewhat darker."""

SIZE = (1200, 400)


class Screen:
    """What stands on a screen that nobody sees."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def count(self, colour: tuple[int, int, int]) -> int:
        """How many of its points have about this colour."""
        dump = self._file.read_bytes()
        fields = struct.unpack(">25I", dump[:100])
        begin, width, height, line = fields[0] + fields[19] * 12, *fields[4:6], fields[12]
        assert (width, height) == SIZE
        red, green, blue = (value // 8 for value in colour)
        rows = (dump[begin + at * line : begin + (at + 1) * line] for at in range(height))
        return sum(
            abs(one[2] // 8 - red) <= 5 and abs(one[1] // 8 - green) <= 5 and one[0] // 8 == blue
            for row in rows
            for one in struct.iter_unpack("4B", row)
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """A Nagstamon that runs: its screen, and the file of what it says."""

    running: subprocess.Popen[bytes]
    screen: Screen
    log: Path

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")


@contextmanager
def nagstamon(host: Host, folder: Path) -> Iterator[Seen]:
    """One that watches the board."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("there is no Xvfb here")
    root = debian_package("nagstamon")
    python = python_with("nagstamon-libraries", *LIBRARIES) / "python"
    (folder / "settings" / "servers").mkdir(parents=True)
    (folder / "settings" / "nagstamon.conf").write_text(SETTINGS, "utf-8")
    (folder / "settings" / "servers" / "server_Board.conf").write_text(
        SERVER.format(url=host.url), "utf-8"
    )
    log = folder / "log"
    reader, writer = os.pipe()
    screen = subprocess.Popen(
        [
            xvfb, "-displayfd", str(writer), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24",
            "-fbdir", str(folder), "-nolisten", "tcp",
        ],
        stderr=subprocess.DEVNULL, pass_fds=(writer,),
    )  # fmt: skip
    os.close(writer)
    try:
        with os.fdopen(reader) as told:
            display = told.readline().strip()
        assert display, "Xvfb did not start"
        with log.open("wb") as file:
            running = subprocess.Popen(
                [str(python), str(root / "usr/bin/nagstamon"), str(folder / "settings")],
                stdout=file, stderr=file, cwd=folder,
                env={
                    **host.environment, "HOME": str(folder), "DISPLAY": f":{display}",
                    "QT_QPA_PLATFORM": "xcb", "PYTHONUNBUFFERED": "1",
                    "PYTHONPATH": str(root / "usr/lib/python3/dist-packages"),
                },
            )  # fmt: skip
            try:
                yield Seen(running, Screen(folder / "Xvfb_screen0"), log)
            finally:
                running.terminate()
                running.wait(30)
    finally:
        screen.terminate()
        screen.wait(30)


def until(condition: Callable[[], bool], seen: Seen) -> None:
    """Wait for it, while the program runs."""
    deadline = time.monotonic() + RUN_SECONDS
    while not condition():
        said = seen.said()
        if "Could not load the Qt platform plugin" in said:
            pytest.skip(f"Qt lacks a library: {said[-500:]}")
        is_waiting = seen.running.poll() is None and time.monotonic() < deadline
        assert is_waiting, said[-2_000:]
        time.sleep(0.2)  # another process' state can't be waited for otherwise


def test_nagstamon_shows_our_services_as_critical_and_as_a_warning(
    host: Host, tmp_path: Path
) -> None:
    board = host.world.board
    board.statuses.set(ALICE, [host.world.mail.id], 7)
    board.statuses.set(ALICE, [host.world.printer.id], 6)
    with nagstamon(host, tmp_path) as seen:
        screen = seen.screen
        until(lambda: screen.count(RED) > 5_000 and screen.count(YELLOW) > 5_000, seen)
        said = seen.said()
        names = re.findall(r"detected servicename from labels: '([^']+)'", said)
        assert set(names) == {"E-Mail", "Büro-Drucker № 3"}
        assert "severity 'CRITICAL'" in said
        assert "severity 'WARNING'" in said
        board.statuses.set(ALICE, [host.world.mail.id], 5)
        until(lambda: screen.count(RED) < 1_000, seen)
        assert screen.count(YELLOW) > 5_000
