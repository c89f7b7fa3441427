"""A table whose rows stay where they are when it gets higher."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView


class SteadyView(QTableView):
    """At the end of its rows, a table that gets higher would have all of them come down.

    That happens where a message below it goes away, under a pointer that rests on a
    button. While `is_steady()`, some room is left below the last row instead.
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
