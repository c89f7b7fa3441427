"""Starts the window, or says what it lacks here."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from izzitup_desktop.desktop.start.qt import load_qt
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.text.catalogue import of_user

if TYPE_CHECKING:
    from izzitup_desktop.desktop.start.wish import Wish

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
_NO_DISPLAY = msg("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
_INSTEAD = msg("Without a window, `izzitup serve` runs the board and its API.")


def main(argv: Sequence[str] | None = None, *, database: str = "") -> int:
    """Open the window and run it; the exit code.

    `argv` may hold `--database URL`, `--palette` to have the command palette open, and
    `--hidden` to begin in the tray, where the settings keep the window there.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if "--database" in arguments[:-1]:
        database = arguments[arguments.index("--database") + 1]
    if not has_display(os.environ):
        _write(_NO_DISPLAY, _INSTEAD)
        return 1
    with loading():
        try:
            load_qt()
        except ImportError as error:
            _write(lacking(_LIBRARIES) or msg("Qt can't be loaded here: %1", error), _INSTEAD)
            return 1
        # Its plugin ends the process where one of these is missing.
        missing = lacking(_XCB_LIBRARIES) if goes_over_xcb(os.environ) else ""
        if missing:
            _write(missing, _INSTEAD)
            return 1
        from PySide6.QtWidgets import QApplication  # loaded by now

        from izzitup_desktop.desktop.start.run import Run  # needs Qt
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
        if not instance.claim(_wish(arguments)):
            return 0
    except Unavailable as error:
        _say(str(error))
        return 1
    crashes = start_logs(paths.logs)
    with loading():
        run = Run(app, paths, database, instance, _wish(arguments))

    def on_failed(error: BaseException) -> None:
        # The loop would go on, with a window that opens nothing.
        app.exit(1)
        _say(msg("IzzitUp can't start: %1. The log in %2 says more.", error, paths.logs))

    run.failed.connect(on_failed)
    run.begin()
    code = app.exec()
    run.close()
    if crashes is not None:
        crashes.close()
    return code


def _wish(arguments: Sequence[str]) -> Wish:
    from izzitup_desktop.desktop.start.wish import Wish  # loaded by now

    if "--palette" in arguments:
        return Wish.PALETTE
    return Wish.HIDDEN if "--hidden" in arguments else Wish.SHOW


def has_display(environ: Mapping[str, str]) -> bool:
    """Whether a window can be shown somewhere."""
    named = ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(environ.get(name) for name in named)


def goes_over_xcb(environ: Mapping[str, str]) -> bool:
    """Whether Qt will show its windows by X11's plugin."""
    if sys.platform in ("win32", "darwin"):
        return False
    return not (environ.get("QT_QPA_PLATFORM") or environ.get("WAYLAND_DISPLAY"))


def lacking(libraries: Mapping[str, str]) -> str:
    """Which of these libraries are not here, as a sentence; "" where all are."""
    if sys.platform in ("win32", "darwin"):
        return ""
    packages = [package for library, package in libraries.items() if not _can_load(library)]
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
    import ctypes  # Qt has loaded most of them without it

    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
