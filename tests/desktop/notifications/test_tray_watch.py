"""A tray that comes after the program, as it does at login: real displays, buses and trays."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from jeepney import message_bus
from jeepney.io.blocking import open_dbus_connection

from izzitup_desktop.platform import settings as settings_file
from tests.builders import ALICE, opened_board
from tests.desktop.sessions import board_of
from tests.notify.buses import CONFIG

DEADLINE_SECONDS = 30.0

HIDDEN_START = """
from izzitup_desktop.desktop.start.qt import load_qt
load_qt()
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from izzitup_desktop.desktop.start.run import Run
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.desktop.start.wish import Wish
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import find_paths

def look():
    session = run._running
    colour = QColor(session.theme.colours.status(StatusId.OUTAGE).solid).rgb()
    picture = app.primaryScreen().grabWindow(0).toImage()
    seen = any(
        picture.pixel(x, y) == colour
        for y in range(picture.height()) for x in range(picture.width())
    )
    if seen:
        print(f"seen, window {session.window.isVisible()}", flush=True)
        timer.stop()
        session.quit()

def attached(session):
    print("attached", flush=True)
    session.tray.appeared.connect(timer.start)

app, paths = QApplication([]), find_paths()
app.setQuitOnLastWindowClosed(False)
instance = SingleInstance(paths.data, "")
assert instance.claim()
timer = QTimer(interval=100)
timer.timeout.connect(look)
run = Run(app, paths, "", instance, Wish.HIDDEN)
run.began.connect(lambda session: session.attached.connect(lambda: attached(session)))
run.begin()
app.exec()
run.close()
"""

WATCHING = """
from PySide6.QtGui import QGuiApplication
from izzitup_desktop.desktop.notifications.tray_watch import TrayWatch

app = QGuiApplication([])
watch = TrayWatch(app)
watch.appeared.connect(lambda: (print("appeared", flush=True), app.quit()))
watch.begin()
print("watching", flush=True)
app.exec()
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A display of its own, with no tray and no window manager."""
    server = shutil.which("Xvfb")
    if server is None:
        pytest.skip("there is no Xvfb here")
    read, write = os.pipe()
    with subprocess.Popen(
        [server, "-displayfd", str(write), "-screen", "0", "400x300x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    ) as screen:  # fmt: skip
        os.close(write)
        try:
            with os.fdopen(read) as told:
                number = told.readline().strip()
            assert number, "Xvfb did not start"
            yield f":{number}"
        finally:
            screen.terminate()


@contextmanager
def running(code: str, **environ: str) -> Iterator[subprocess.Popen[str]]:
    """A process of Python, killed at the end."""
    known = {name: text for name, text in os.environ.items() if name != "DBUS_SESSION_BUS_ADDRESS"}
    with subprocess.Popen(
        [sys.executable, "-c", code], env={**known, **environ}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line(process: subprocess.Popen[str]) -> str:
    """The next line it prints, in time."""
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], DEADLINE_SECONDS)
    assert ready, "it printed nothing"
    return process.stdout.readline().strip()


@pytest.mark.soak
@pytest.mark.skipif(shutil.which("trayer") is None, reason="there is no trayer here")
def test_a_program_that_starts_before_the_panel_has_its_icon_in_it_later(
    display: str, home: Path
) -> None:
    board_of(home, "Chat")
    with opened_board(f"sqlite:///{home}/izzitup.db", home, create=False) as board:
        board.statuses.set(ALICE, [1], 7)
    settings_file.save(home, keep_in_tray=True, theme="light")
    environ = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "XDG_RUNTIME_DIR": ""}
    with running(HIDDEN_START, **environ) as window:
        assert line(window) == "attached"
        with subprocess.Popen(
            ["trayer", "--edge", "bottom", "--widthtype", "pixel", "--width", "100"],
            env={**os.environ, "DISPLAY": display}, stderr=subprocess.DEVNULL,
        ) as trayer:  # fmt: skip
            try:
                assert line(window) == "seen, window False"
                assert window.wait(DEADLINE_SECONDS) == 0
            finally:
                trayer.terminate()


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon here")
@pytest.mark.parametrize("is_first", [True, False])
def test_a_tray_over_d_bus_is_found_before_and_after(is_first: bool, tmp_path: Path) -> None:
    config = tmp_path / "bus.conf"
    config.write_text(CONFIG.format(socket=tmp_path / "bus"), "utf-8")
    with subprocess.Popen(
        ["dbus-daemon", f"--config-file={config}", "--print-address=1", "--nofork"],
        stdout=subprocess.PIPE, text=True,
    ) as daemon:  # fmt: skip
        try:
            address = line(daemon)
            environ = {"DBUS_SESSION_BUS_ADDRESS": address, "QT_QPA_PLATFORM": "offscreen"}
            with open_dbus_connection(address) as panel:
                claim = message_bus.RequestName("org.kde.StatusNotifierWatcher")
                if is_first:
                    panel.send_and_get_reply(claim)
                with running(WATCHING, **environ) as watching:
                    if not is_first:
                        assert line(watching) == "watching"
                        panel.send_and_get_reply(claim)
                    assert line(watching) == "appeared"
        finally:
            daemon.terminate()
