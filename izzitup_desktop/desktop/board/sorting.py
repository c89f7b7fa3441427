"""The two orders one chooses by the menu: the one made by hand, and the worst first."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt

from izzitup_desktop.desktop.board.order import OWN_ORDER
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.window.actions import Actions


class Sorting(QObject):
    """Keeps the menu's marks and the table's order the same.

    The worst of all are first only without sections, which come back with the order by hand.
    """

    def __init__(
        self, table: ServiceTable, actions: Actions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._header, self._actions = table.horizontalHeader(), actions
        self._sectioned = True
        actions.by_hand.triggered.connect(self.by_hand)
        actions.worst_first.triggered.connect(self.worst_first)
        actions.sections.toggled.connect(self._mark)
        self._header.sortIndicatorChanged.connect(self._mark)
        self._mark()

    def by_hand(self) -> None:
        """Show the order that services were dragged into, in sections as before."""
        if self.is_worst_first:
            self._actions.sections.setChecked(self._sectioned)
        self._header.setSortIndicator(OWN_ORDER, Qt.SortOrder.AscendingOrder)
        self._mark()

    def worst_first(self) -> None:
        """Show all services in one list, the worst status first."""
        if not self.is_worst_first:
            self._sectioned = self._actions.sections.isChecked()
        self._actions.sections.setChecked(False)
        self._header.setSortIndicator(Column.STATUS, Qt.SortOrder.AscendingOrder)
        self._mark()

    @property
    def is_by_hand(self) -> bool:
        """Whether services stand as they were dragged."""
        return self._header.sortIndicatorSection() == OWN_ORDER

    @property
    def is_worst_first(self) -> bool:
        """Whether all services stand in one list, the worst status first."""
        header = self._header
        by_status = header.sortIndicatorSection() == Column.STATUS
        ascending = header.sortIndicatorOrder() is Qt.SortOrder.AscendingOrder
        return by_status and ascending and not self._actions.sections.isChecked()

    def _mark(self) -> None:
        self._actions.by_hand.setChecked(self.is_by_hand)
        self._actions.worst_first.setChecked(self.is_worst_first)
