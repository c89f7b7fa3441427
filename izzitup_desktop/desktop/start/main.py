"""Starts the window, or says what it lacks here."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping, Sequence

from izzitup_desktop.desktop.start.qt import load_qt
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.text.catalogue import of_user

_LIBRARIES = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
}
_XCB_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
_SWITCH_SECONDS = 0.0005
"""How long a thread may keep others from Python: scripts ask while somebody clicks."""

_INSTEAD = msg("Without a window, `izzitup serve` runs the board and its API.")


def main(argv: Sequence[str] | None = None, *, database: str = "") -> int:
    """Open the window and run it; the exit code. `argv` may hold `--database URL`."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if "--database" in arguments[:-1]:
        database = arguments[arguments.index("--database") + 1]
    missing = what_is_missing(os.environ)
    if missing:
        _write(missing, _INSTEAD)
        return 1
    with loading():
        try:
            load_qt()
        except ImportError as error:
            _write(msg("Qt can't be loaded here: %1", error), _INSTEAD)
            return 1
        from PySide6.QtWidgets import QApplication  # loaded by now

        from izzitup_desktop.desktop.start.quit_signals import QuitSignals  # needs Qt
        from izzitup_desktop.desktop.start.session import Session  # needs Qt
        from izzitup_desktop.desktop.start.single_instance import SingleInstance  # needs Qt
        from izzitup_desktop.domain.errors import Unavailable  # stands where it is used
        from izzitup_desktop.platform.logs import start as start_logs  # only a run logs to files
        from izzitup_desktop.platform.paths import find_paths  # brings platformdirs

    try:
        paths = find_paths()
    except BoardError as error:
        _write(msg("izzitup: %1", str(error)))
        return 1
    app = QApplication(["izzitup"])
    app.setApplicationName("izzitup")
    app.setApplicationDisplayName("IzzitUp")
    app.setDesktopFileName("izzitup")
    app.setQuitOnLastWindowClosed(False)
    instance = SingleInstance(paths.data, database or str(paths.data.resolve()))
    try:
        if not instance.claim():
            return 0
    except Unavailable as error:
        _say(str(error))
        return 1
    crashes = start_logs(paths.logs)
    with loading():
        session = Session(app, paths, database=database)
    instance.raised.connect(session.come_to_front)
    session.ended.connect(app.quit)
    session.attached.connect(lambda: sys.setswitchinterval(_SWITCH_SECONDS))
    signals = QuitSignals(session.quit, session)
    session.begin()
    app.exec()
    instance.hear_nobody()
    session.close()
    instance.close()
    signals.close()
    if crashes is not None:
        crashes.close()
    return 0


def what_is_missing(environ: Mapping[str, str]) -> str:
    """What a window needs and is not here, as a sentence; "" where nothing is."""
    if sys.platform in ("win32", "darwin"):
        return ""
    platform = environ.get("QT_QPA_PLATFORM", "")
    if not platform and not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return msg("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    wanted = dict(_LIBRARIES)
    if not platform and not environ.get("WAYLAND_DISPLAY"):
        wanted |= _XCB_LIBRARIES
    packages = [package for library, package in wanted.items() if not _can_load(library)]
    if packages:
        command = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        return msg("Qt needs system libraries that are not installed. On Debian: %1", command)
    return ""


def _say(text: str) -> None:
    if sys.stderr is not None:
        _write(text)
        return
    # A window program on Windows has no standard error.
    from PySide6.QtWidgets import QMessageBox  # needs Qt

    QMessageBox.critical(None, "IzzitUp", of_user().text(text))


def _write(*lines: str) -> None:
    catalogue = of_user()
    sys.stderr.write("".join(f"{catalogue.text(line)}\n" for line in lines))


def _can_load(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
