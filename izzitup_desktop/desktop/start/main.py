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
    # All of this needs Qt, which may be missing here.
    from PySide6.QtWidgets import QApplication

    from izzitup_desktop.desktop.start.first_paint import FirstPaint
    from izzitup_desktop.desktop.start.quit_signals import QuitSignals
    from izzitup_desktop.desktop.start.session import Session
    from izzitup_desktop.desktop.start.single_instance import SingleInstance
    from izzitup_desktop.platform.paths import Paths

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

_NO_DISPLAY = msg("There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
_INSTEAD = msg("Without a window, `izzitup serve` runs the board and its API.")


def main(argv: Sequence[str] | None = None, *, database: str = "") -> int:
    """Open the window and run it; the exit code. `argv` may hold `--database URL`."""
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

        from izzitup_desktop.desktop.start.first_paint import FirstPaint  # needs Qt
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
        first = FirstPaint(app, paths)
    run = _Run(app, paths, database, first, instance)
    first.window.painted.connect(run.go_on)
    first.window.closed.connect(app.quit)
    first.window.show()
    code = app.exec()
    run.close()
    if crashes is not None:
        crashes.close()
    return code


class _Run:
    """What follows the first paint, up to the end."""

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        database: str,
        first: FirstPaint,
        instance: SingleInstance,
    ) -> None:
        self._app, self._paths, self._database = app, paths, database
        self._first, self._instance = first, instance
        self._session: Session | None = None
        self._signals: QuitSignals | None = None

    def go_on(self) -> None:
        """Open the board, and hear of other starts and of signals, once the loop has turned."""
        from PySide6.QtCore import QTimer  # needs Qt

        # Only then is what was painted on the screen.
        QTimer.singleShot(0, self._app, self._go_on)

    def _go_on(self) -> None:
        try:
            session = self._session = self._make_session()
        except BaseException as error:
            # The loop would go on, with a window that opens nothing.
            self._app.exit(1)
            _say(msg("IzzitUp can't start: %1. The log in %2 says more.", error, self._paths.logs))
            raise
        from izzitup_desktop.desktop.start.quit_signals import QuitSignals  # not needed to paint

        session.ended.connect(self._app.quit)
        session.attached.connect(lambda: sys.setswitchinterval(_SWITCH_SECONDS))
        self._signals = QuitSignals(session.quit, session)
        session.open()
        self._instance.raised.connect(session.come_to_front)
        self._instance.listen()

    def _make_session(self) -> Session:
        with loading():
            # It is not needed to paint.
            from izzitup_desktop.desktop.start.session import Session

            return Session(self._app, self._paths, database=self._database, first=self._first)

    def close(self) -> None:
        """Finish what is queued, and let another start be the first."""
        self._instance.hear_nobody()
        (self._session or self._first).close()
        self._instance.close()
        if self._signals is not None:
            self._signals.close()


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
