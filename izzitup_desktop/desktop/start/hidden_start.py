"""A start at login: the window stays out of sight, if there is a tray to find it in."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.start.session import Session

PATIENCE_MS = 60_000
"""How long a panel may take to come before the window is shown instead."""


class HiddenStart(QObject):
    """Shows the window where the settings don't keep it in the tray, or where none comes."""

    def __init__(self, session: Session, parent: QObject, patience_ms: int = PATIENCE_MS) -> None:
        super().__init__(parent)
        self._session = session
        self._patience = QTimer(self, singleShot=True, interval=patience_ms)
        self._patience.timeout.connect(self._show)
        session.attached.connect(self._decide)
        session.tray.appeared.connect(self._patience.stop)

    def _decide(self) -> None:
        if not self._session.settings.keep_in_tray:
            self._show()
        elif not self._session.tray.is_there:
            self._patience.start()

    def _show(self) -> None:
        # As a start by hand does, but not over what somebody works in by now.
        self._session.window.show()
