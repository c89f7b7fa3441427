"""Waits for a tray: a program that starts at login is often there before the panel is.

Qt asks over D-Bus for a tray once, when its first icon is made, and takes that answer for
ever. So no icon is made before somebody is there to show it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from izzitup_desktop.desktop.notifications import xembed_tray

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusServiceWatcher  # loads where there is a bus

_NAME = "org.kde.StatusNotifierWatcher"
_AGAIN_MS = 2_000


class TrayWatch(QObject):
    """`appeared` comes once, as soon as there is a tray; at once where there is one."""

    appeared = Signal()

    def __init__(self, parent: QObject, environ: Mapping[str, str] = os.environ) -> None:
        super().__init__(parent)
        self._environ = environ
        self._watcher: QDBusServiceWatcher | None = None
        self._timer = QTimer(self, interval=_AGAIN_MS)
        self._timer.timeout.connect(self._look)
        self._is_over = False

    def begin(self) -> None:
        """Look for a tray, and wait for one where there is none."""
        if sys.platform in ("win32", "darwin"):
            # There Qt shows its icons as soon as there is where.
            self._end_well()
            return
        if _has_bus(self._environ):
            self._watch_bus()
        if not self._is_over and QGuiApplication.platformName() == "xcb":
            self._timer.start()
            self._look()

    def end(self) -> None:
        """Wait no more."""
        self._is_over = True
        self._timer.stop()
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None

    def _watch_bus(self) -> None:
        # Where there is no bus, it would only hold the start up.
        from PySide6.QtDBus import QDBusConnection, QDBusServiceWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        mode = QDBusServiceWatcher.WatchModeFlag.WatchForRegistration
        watcher = self._watcher = QDBusServiceWatcher(_NAME, bus, mode, self)
        watcher.serviceRegistered.connect(self._end_well)
        # Asked after it is watched, so that it can't come in between.
        if bus.interface().isServiceRegistered(_NAME).value():
            self._end_well()

    def _look(self) -> None:
        if xembed_tray.is_there():
            self._end_well()

    def _end_well(self) -> None:
        if not self._is_over:
            self.end()
            self.appeared.emit()


def _has_bus(environ: Mapping[str, str]) -> bool:
    """Whether a session bus is there already: asked for another one, D-Bus would start it."""
    if environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return True
    folder = environ.get("XDG_RUNTIME_DIR", "")
    return bool(folder) and Path(folder, "bus").is_socket()
