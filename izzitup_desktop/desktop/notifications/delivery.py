"""How notifications reach the person: D-Bus where it answers, else the tray, else the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.notifications import token_warnings
from izzitup_desktop.desktop.notifications.notifications import Notifications, is_dbus_platform
from izzitup_desktop.desktop.notifications.tray import Tray
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.widgets.spoken import announce
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.words.texts import one_line
from izzitup_desktop.platform.paths import resource

if TYPE_CHECKING:
    # D-Bus is reached once the API answers.
    from izzitup_desktop.notify.dbus import DbusNotifier

log = logging.getLogger(__name__)

_REACHED_SECONDS = 5.0


class Delivery(QObject):
    """Gives `notifications` their notifiers, and leads a click on one into the window.

    `failed` carries why D-Bus could not be looked for.
    """

    failed = Signal(object)
    ready = Signal()
    """What notifies was looked for: what is told from now on reaches the person."""
    clicked = Signal(str)
    """A notification was clicked, on whatever thread: its key."""

    def __init__(
        self,
        notifications: Notifications,
        tray: Tray,
        runner: Runner,
        window: Callable[[], MainWindow],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._notifications, self._tray = notifications, tray
        self._runner, self._window = runner, window
        self._dbus: DbusNotifier | None = None
        self._is_without_dbus = False
        notifications.told.connect(self._on_told)
        notifications.alarmed.connect(self._on_alarmed)
        tray.message_clicked.connect(self._on_clicked)
        tray.appeared.connect(self._take_tray)
        self.clicked.connect(self._on_clicked, Qt.ConnectionType.QueuedConnection)
        if not is_dbus_platform():
            notifications.add_notifier(tray)

    def begin(self) -> None:
        """Look for D-Bus, where notifications go over it."""
        if is_dbus_platform():
            self._runner.run(
                self._reach_dbus, then=self._on_dbus, failed=self._on_failed, owner=self
            )
        else:
            self.ready.emit()

    def close(self) -> None:
        """Let go of D-Bus. Call it once the runner is closed."""
        if self._dbus is not None:
            self._dbus.close()

    def _reach_dbus(self) -> DbusNotifier:
        # jeepney is needed on this platform only, and not before the first paint.
        from izzitup_desktop.notify.dbus import DbusNotifier

        notifier = DbusNotifier(
            self.clicked.emit,
            icon=str(resource("icons", "izzitup.svg")),
            sounds=lambda: self._notifications.rules.sound,
        )
        # Kept at once: close() must find it, even if nobody hears of this any more.
        self._dbus = notifier
        notifier.wait_until_ready(_REACHED_SECONDS)
        return notifier

    def _on_dbus(self, notifier: DbusNotifier) -> None:
        if notifier.available:
            self._notifications.add_notifier(notifier)
        else:
            self._is_without_dbus = True
            self._take_tray()
        self.ready.emit()

    def _on_failed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.ready.emit()

    def _take_tray(self) -> None:
        if self._is_without_dbus and self._tray.is_there:
            self._is_without_dbus = False
            self._notifications.add_notifier(self._tray)

    def _on_told(self, title: str, body: str) -> None:
        window = self._window()
        # A screen reader says it when it has nothing else to say.
        announce(window, title)
        # With no daemon and no tray the window is the last to tell it.
        if not self._notifications.has_notifier:
            window.tell(title)
        log.info("told: %s (%s)", one_line(title), one_line(body))

    def _on_alarmed(self) -> None:
        # Whoever has no daemon that can be heard has the system's own sound.
        if self._dbus is None or not (self._dbus.available and self._dbus.plays_sounds):
            QApplication.beep()

    def _on_clicked(self, key: str) -> None:
        if key.isdigit():
            self._window().unread.mark_service_read(int(key))
            self._window().show_service(int(key))
        else:
            self._window().come_to_front()
            if key == token_warnings.KEY:
                self._show_tokens()

    def _show_tokens(self) -> None:
        # A page that few go to.
        from izzitup_desktop.desktop.connections.page import ConnectionsPage

        pages = self._window().pages
        pages.go("connections")
        page = pages.page("connections")
        if isinstance(page, ConnectionsPage):
            page.show_section(page.tokens)
