"""A table whose rows stay where they are unless somebody scrolls them."""

from __future__ import annotations

from PySide6.QtCore import QTimerEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

_States = QAbstractItemView.State


class SteadyView(QTableView):
    """While `is_steady()`, nothing but keys, wheel and scroll bar scrolls.

    At the end of its rows, a table that gets higher would have all of them come down: where
    a message below it goes away. Some room is left below the last row instead. And Qt
    scrolls to a row that was clicked, and is seen in part, half a second later.
    """

    _shown_length = 0

    def is_steady(self) -> bool:
        """Whether somebody's hand is on the rows."""
        return False

    def updateGeometries(self) -> None:
        bar, length = self.verticalScrollBar(), self.verticalHeader().length()
        before = bar.value()
        super().updateGeometries()
        if length == self._shown_length and before > bar.maximum() and self.is_steady():
            bar.setMaximum(before)
            bar.setValue(before)
        self._shown_length = length

    def timerEvent(self, event: QTimerEvent) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        super().timerEvent(event)
        # What is dragged to the edge scrolls.
        if self.state() in (_States.NoState, _States.EditingState) and self.is_steady():
            bar.setValue(before)
