"""The table with 10,000 and 100,000 services: opened, filtered, sorted, typed into.

Beside a bare model on a list of tuples that does the same naively. What is measured
is how long the GUI thread is busy; ours is given rows that the reader's thread has
arranged, which is measured too. Run it as `python -m benchmarks.size`; it paints
offscreen.
"""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from izzitup_desktop.desktop.services.arrangement import arrange
from izzitup_desktop.desktop.services.model import ServiceModel
from izzitup_desktop.desktop.services.rows import Column, Row, rows_of
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service

SIZES = (10_000, 100_000)
ROUNDS = 7
WORD = "mail 77"
_GROUPS = {
    number: Group(number, name, number, 1)
    for number, name in enumerate(("Communication", "Workplace", "Business", "Machine room"), 1)
}
_NAMES = ("E-Mail", "Telephones", "Chat", "Printers", "Wi-Fi", "VPN", "Time tracking")
_TEXT = Qt.ItemDataRole.DisplayRole

_Index = QModelIndex | QPersistentModelIndex
_Cells = tuple[str, ...]


class Naive(QAbstractTableModel):
    """Rows as tuples of texts; what changes them resets the model."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[_Cells] = []
        self._shown: list[_Cells] = []

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def data(self, index: _Index, role: int = _TEXT) -> Any:
        return self._shown[index.row()][index.column()] if role == _TEXT else None

    def replace(self, rows: Sequence[_Cells]) -> None:
        self._all = list(rows)
        self._show(list(self._all))

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


def services(count: int) -> list[Service]:
    """Services of all statuses and groups."""
    now = datetime.now(UTC)
    return [
        Service(
            id=number, name=f"{_NAMES[number * 7_919 % 7]} {number * 104_729 % count}",
            key=f"K{number}", description="", url="", check_url="", status_id=5 + number % 97 % 3,
            hidden=False, created=now, updated=now, group_id=number % 4 + 1, note="",
            position=number, since=now, changed_by="bench", version=1, confirmed=now,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def cells(row: Row) -> _Cells:
    """What the naive model shows of a row."""
    service = row.service
    return (
        str(service.status_id), service.name, service.key, row.group, "", str(service.since),
        service.changed_by, "", service.note,
    )  # fmt: skip


class Side:
    """A model in a table of its own, painted after each step."""

    def __init__(self, app: QApplication, model: Any, rows: Sequence[Any]) -> None:
        self._app = app
        self._model = model
        self._rows = rows
        self._view = QTableView()
        self._view.setModel(model)
        self._view.resize(1_000, 700)
        self._view.show()
        app.processEvents()

    def blocked(self, work: Callable[[], object]) -> float:
        """Seconds that the GUI thread needs for it, painting too."""
        begin = time.perf_counter()
        work()
        self._app.processEvents()
        return time.perf_counter() - begin

    def measure(self) -> dict[str, float]:
        """One round of everything."""
        model, blocked = self._model, self.blocked
        model.replace(())
        self._app.processEvents()
        gc.collect()
        found: dict[str, float] = {}
        if isinstance(model, ServiceModel):
            begin = time.perf_counter()
            arranged = arrange(self._rows, model.arrangement.order, {})
            found["arranged off the GUI thread"] = time.perf_counter() - begin
            found["opened"] = blocked(lambda: model.take(arranged))
        else:
            found["opened"] = blocked(lambda: model.replace(self._rows))
            found["arranged off the GUI thread"] = found["opened"]
        model.sort(Column.NAME)
        found["filtered"] = blocked(lambda: model.search(WORD))
        blocked(lambda: model.search(""))
        found["sorted"] = blocked(lambda: model.sort(Column.KEY))
        typed = [WORD[:end] for end in range(1, len(WORD) + 1)]
        found["typing, longest block"] = max(
            blocked(partial(model.search, text)) for text in (*typed, *reversed(typed), "")
        )
        return found


def main() -> None:
    """Measure and print."""
    app = QApplication([])
    for count in SIZES:
        rows = rows_of(services(count), _GROUPS)
        sides = {
            "naive": Side(app, Naive(), [cells(row) for row in rows]),
            "ours": Side(app, ServiceModel(), rows),
        }
        rounds = [{name: side.measure() for name, side in sides.items()} for _ in range(ROUNDS)]
        for what in rounds[0]["ours"]:
            value, reference = (
                statistics.median(round_[name][what] for round_ in rounds)
                for name in ("ours", "naive")
            )
            print(
                f"{count:,} services {what}: {value * 1_000:.1f} ms"
                f" ({value / reference:.2f} x naive model's {reference * 1_000:.1f})",
                flush=True,
            )


if __name__ == "__main__":
    main()
