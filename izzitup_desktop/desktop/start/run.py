"""One run of the window: the first paint, the session after it, and the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from izzitup_desktop.desktop.start.first_paint import FirstPaint
from izzitup_desktop.desktop.start.single_instance import SingleInstance
from izzitup_desktop.desktop.start.wish import Wish
from izzitup_desktop.platform.loading import loading
from izzitup_desktop.platform.paths import Paths

if TYPE_CHECKING:
    # None of this is needed to paint.
    from izzitup_desktop.desktop.start.quit_signals import QuitSignals
    from izzitup_desktop.desktop.start.session import Session

_SWITCH_SECONDS = 0.0005
"""How long a thread may keep others from Python: scripts ask while somebody clicks."""


class Run(QObject):
    """Make it, `begin()`, then run the event loop and `close()`.

    `painted` comes once the first paint is on the screen, `began` with the `Session`
    that is made then, `failed` with the error where it can't be made.
    """

    painted = Signal()
    began = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        paths: Paths,
        database: str,
        instance: SingleInstance,
        wish: Wish = Wish.SHOW,
    ) -> None:
        super().__init__()
        self._app, self._paths, self._database = app, paths, database
        self._instance, self._wish = instance, wish
        self._running: FirstPaint | Session = FirstPaint(app, paths)
        self._signals: QuitSignals | None = None

    def begin(self) -> None:
        """Show the window, where it is not wished to begin in the tray."""
        window = self._running.window
        window.closed.connect(self._app.quit)
        if self._wish is Wish.HIDDEN:
            QTimer.singleShot(0, self, self._go_on)
            return
        # Only a turn of the loop later is what was painted on the screen.
        window.painted.connect(lambda: QTimer.singleShot(0, self, self._go_on))
        window.show()

    def close(self) -> None:
        """Finish what is queued, and let another start be the first."""
        self._instance.hear_nobody()
        self._running.close()
        self._instance.close()
        if self._signals is not None:
            self._signals.close()

    def _go_on(self) -> None:
        """Open the board, and hear of other starts and of signals."""
        self.painted.emit()
        try:
            session = self._running = self._make_session()
        except BaseException as error:
            self.failed.emit(error)
            raise
        # Neither is needed to paint.
        from izzitup_desktop.desktop.start.hidden_start import HiddenStart
        from izzitup_desktop.desktop.start.quit_signals import QuitSignals

        session.ended.connect(self._app.quit)
        # The end of the desktop's session, which may still be called off.
        self._app.commitDataRequest.connect(lambda _manager: session.drafts.keep())
        session.attached.connect(lambda: sys.setswitchinterval(_SWITCH_SECONDS))
        self._signals = QuitSignals(session.quit, session)
        if self._wish is Wish.HIDDEN:
            HiddenStart(session, session)
        elif self._wish is Wish.PALETTE:
            session.attached.connect(session.show_palette)
        self.began.emit(session)
        session.open()
        self._instance.raised.connect(session.come_to_front)
        self._instance.palette_wanted.connect(session.show_palette)
        self._instance.listen()

    def _make_session(self) -> Session:
        assert isinstance(self._running, FirstPaint)
        with loading():
            from izzitup_desktop.desktop.start.session import Session  # not needed to paint

            return Session(self._app, self._paths, database=self._database, first=self._running)
