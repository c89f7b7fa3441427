"""Tells the status bar when the next backup is made by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.window.lately import Lately

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_LOOK_MS = 60_000


class NextBackup(QObject):
    """Looks into the folder of backups each minute, off the GUI thread."""

    def __init__(
        self, runner: Runner, keeper: SettingsKeeper, lately: Lately, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._runner, self._keeper, self._lately = runner, keeper, lately
        self._board: Board | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def attach(self, board: Board) -> None:
        """Tell of this board's backups from now on."""
        self._board = board
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Look now."""
        board = self._board
        if board is None or not self._keeper.is_loaded:
            return
        every_hours = self._keeper.settings.backup_every_hours
        self._runner.run(
            lambda: board.backups.next_at(every_hours),
            then=self._lately.set_next_backup,
            # That backups can't be made the jobs tell.
            failed=lambda _error: self._lately.set_next_backup(None),
            owner=self,
        )
