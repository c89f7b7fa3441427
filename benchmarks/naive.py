"""A board as one would write it in an afternoon: tuples of texts, and resets.

What `benchmarks.size` compares the window with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QMainWindow, QTableView, QVBoxLayout, QWidget

from benchmarks.serving import names

COLUMNS = ("Status", "Name", "Key", "Group", "", "Since", "Changed by", "", "Note")
NAME, KEY = 1, 2

_TEXT = Qt.ItemDataRole.DisplayRole
_Index = QModelIndex | QPersistentModelIndex
_Cells = tuple[str, ...]


class Naive(QAbstractTableModel):
    """Rows as tuples of texts; what changes them resets the model."""

    def __init__(self, rows: Sequence[_Cells]) -> None:
        super().__init__()
        self._all = list(rows)
        self._shown = list(rows)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _TEXT) -> Any:
        horizontal = orientation is Qt.Orientation.Horizontal
        return COLUMNS[section] if horizontal and role == _TEXT else None

    def data(self, index: _Index, role: int = _TEXT) -> Any:
        return self._shown[index.row()][index.column()] if role == _TEXT else None

    def search(self, text: str) -> None:
        words = text.lower().split()
        self._show([
            row for row in self._all
            if all(any(word in cell.lower() for cell in row) for word in words)
        ])  # fmt: skip

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order is Qt.SortOrder.DescendingOrder
        self._all.sort(key=lambda row: row[column].lower(), reverse=descending)
        self._show(list(self._all))

    def _show(self, shown: list[_Cells]) -> None:
        self.beginResetModel()
        self._shown = shown
        self.endResetModel()


def window_of(count: int) -> QMainWindow:
    """A window with a search above the table of so many services."""
    rows = [
        ("Operational", name, f"K{n}", "", "", "2 minutes ago", "bench", "", "")
        for n, name in enumerate(names(count), 1)
    ]
    window, table, search = QMainWindow(), QTableView(), QLineEdit()
    model = Naive(rows)
    model.setParent(table)
    table.setModel(model)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    search.textChanged.connect(model.search)
    find = QAction(window)
    find.setObjectName("find")
    find.triggered.connect(search.setFocus)
    window.addAction(find)
    body = QWidget()
    layout = QVBoxLayout(body)
    layout.addWidget(search)
    layout.addWidget(table)
    window.setCentralWidget(body)
    window.resize(1_180, 760)
    return window
