"""Keeps the rows that are shown for the first paint of the next start."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from izzitup_desktop.desktop.board.last_rows import (
    ROWS_MOST,
    forget_last_rows,
    keep_last_rows,
    read_last_rows,
)
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.platform.startup_settings import read_startup_settings

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

_KEEP_AFTER_MS = 3_000


class RowKeeper(QObject):
    """Keeps the model's rows once a board is attached, off the GUI thread.

    None are kept, and none shown, where somebody has to sign in first.
    """

    def __init__(self, context: Context, model: ServiceModel, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._model = context, model
        self._board: Board | None = None
        # At most one, the newest; each of these threads takes it whole or not at all.
        self._waiting: deque[Callable[[], None]] = deque(maxlen=1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)

    def attach(self, board: Board) -> None:
        """The rows are this board's from now on."""
        self._board = board

    def last_rows(self) -> tuple[Row, ...]:
        """The rows of the last session that may be shown before the board is open."""
        return () if self._asks_password() else read_last_rows(self._context.paths.data)

    def keep_soon(self) -> None:
        """The rows changed."""
        if not self._timer.isActive():
            self._timer.start()

    def keep(self) -> None:
        """Keep the rows as they are now."""
        board, data = self._board, self._context.paths.data
        if board is None:
            return
        ids = self._model.shown_ids(ROWS_MOST)
        rows = [self._model.arrangement.rows[id_] for id_ in ids]

        def keep() -> None:
            if board.is_shared or self._asks_password():
                forget_last_rows(data)
            else:
                keep_last_rows(data, rows)

        self._waiting.append(keep)
        self._context.runner.run(self._keep_waiting)

    def close(self) -> None:
        """Keep what waits to be kept. Call it once the runner is closed."""
        self._timer.stop()
        self._keep_waiting()

    def _keep_waiting(self) -> None:
        try:
            keep = self._waiting.pop()
        except IndexError:
            return
        keep()

    def _asks_password(self) -> bool:
        return read_startup_settings(self._context.paths.config).asks_password
