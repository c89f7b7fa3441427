"""The table's model: frozen rows in the order of the arrangement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from izzitup_desktop.desktop.services.arrangement import Arrangement
from izzitup_desktop.desktop.services.rows import Column, Row
from izzitup_desktop.desktop.texts import filled, tooltip
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.times import ago, exactly
from izzitup_desktop.domain.statuses import SETTABLE

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
PENDING_ROLE = ROW_ROLE + 1
"""The status that is being written, 0 when none is."""

_RUNS_MOST = 64
"""Inserting or removing in more places than this, a reset is cheaper."""


class ServiceModel(QAbstractTableModel):
    """Shows the rows of an `Arrangement`. `counts_changed` after any change of rows."""

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = Arrangement()
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._pending: dict[int, int] = {}

    # What Qt asks

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        row = self.arrangement.rows.get(self._shown[index.row()])
        if row is None:
            # It was dropped, and the view is being told of it.
            return None
        if role == ROW_ROLE:
            return row
        if role == PENDING_ROLE:
            return self._pending.get(row.service.id, 0)
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._explained(row, column))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(Column):
            descending = order is Qt.SortOrder.DescendingOrder
            self.arrangement.sort(Column(column), descending=descending)
            self._show()

    # What the view asks

    def title(self, column: Column) -> str:
        """The column's heading."""
        return {
            Column.STATUS: self.tr("Status"),
            Column.NAME: self.tr("Name"),
            Column.KEY: self.tr("Key"),
            Column.GROUP: self.tr("Group"),
            Column.BUTTONS: self.tr("Set status"),
            Column.SINCE: self.tr("Since"),
            Column.CHANGED_BY: self.tr("Changed by"),
            Column.NOTE: self.tr("Note"),
        }[column]

    def row_at(self, place: int) -> Row:
        """The row shown at `place`."""
        return self.arrangement.rows[self._shown[place]]

    def id_at(self, place: int) -> int:
        """The id of the service shown at `place`."""
        return self._shown[place]

    def place_of(self, service_id: int) -> int:
        """Where a service is shown, -1 when it is not."""
        return self._places.get(service_id, -1)

    @property
    def has_pending(self) -> bool:
        """Whether any status is being written."""
        return bool(self._pending)

    def replace(self, rows: Iterable[Row]) -> None:
        """Show these rows and no others."""
        old = self.arrangement.rows
        self.arrangement.replace(rows)
        new = self.arrangement.rows
        changed = [id_ for id_, row in new.items() if old.get(id_) != row]
        self._show()
        self._emit_changed(changed)
        self.counts_changed.emit()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> None:
        """Take changed rows in, drop others; the rest is not touched."""
        gone = set(gone)
        changed = self.arrangement.change(rows, gone)
        if changed or gone:
            for id_ in gone:
                self._pending.pop(id_, None)
            self._show()
            self._emit_changed(changed)
            self.counts_changed.emit()

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`."""
        self.arrangement.search(text)
        self._show()

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses, of all when there are none."""
        self.arrangement.only(statuses)
        self._show()

    def set_pending(self, service_ids: Iterable[int], status_id: int) -> None:
        """Mark services whose status is being written; 0 takes the mark away."""
        ids = list(service_ids)
        for id_ in ids:
            if status_id:
                self._pending[id_] = status_id
            else:
                self._pending.pop(id_, None)
        self._emit_changed(ids)

    # How it gets from one list to the next

    def _show(self) -> None:
        new = self.arrangement.shown()
        old = self._shown
        if new == old:
            return
        before, after = set(old), set(new)
        leaving = _runs([place for place, id_ in enumerate(old) if id_ not in after])
        coming = _runs([place for place, id_ in enumerate(new) if id_ not in before])
        if len(leaving) + len(coming) > _RUNS_MOST:
            self.beginResetModel()
            self._set_shown(new)
            self.endResetModel()
            return
        for first, last in reversed(leaving):
            self.beginRemoveRows(QModelIndex(), first, last)
            self._set_shown(self._shown[:first] + self._shown[last + 1 :])
            self.endRemoveRows()
        kept = [id_ for id_ in new if id_ in before]
        if kept != self._shown:
            self._reorder(kept)
        for first, last in coming:
            self.beginInsertRows(QModelIndex(), first, last)
            self._set_shown(self._shown[:first] + new[first : last + 1] + self._shown[first:])
            self.endInsertRows()

    def _reorder(self, new: list[int]) -> None:
        # With its arguments this signal can't be emitted from Python.
        self.layoutAboutToBeChanged.emit()
        indexes = self.persistentIndexList()
        ids = [self._shown[index.row()] for index in indexes]
        self._set_shown(new)
        moved = [
            self.index(self._places[id_], index.column())
            for id_, index in zip(ids, indexes, strict=True)
        ]
        self.changePersistentIndexList(indexes, moved)
        self.layoutChanged.emit()

    def _set_shown(self, shown: list[int]) -> None:
        self._shown = shown
        self._places = {id_: place for place, id_ in enumerate(shown)}

    def _emit_changed(self, ids: Sequence[int]) -> None:
        places = sorted(self._places[id_] for id_ in ids if id_ in self._places)
        for first, last in _runs(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    # Texts

    def _text(self, row: Row, column: Column) -> str:
        service = row.service
        match column:
            case Column.STATUS:
                return status_word(service.status_id)
            case Column.NAME:
                return service.name
            case Column.KEY:
                return service.key
            case Column.GROUP:
                return row.group
            case Column.BUTTONS:
                return ""
            case Column.SINCE:
                return ago(service.since, datetime.now(UTC))
            case Column.CHANGED_BY:
                return service.changed_by
            case Column.NOTE:
                return service.note.replace("\n", " ")

    def _spoken(self, row: Row, column: Column) -> str:
        if column is Column.STATUS:
            since = ago(row.service.since, datetime.now(UTC))
            return filled(self.tr("%1, since %2"), status_word(row.service.status_id), since)
        if column is Column.BUTTONS:
            pending = self._pending.get(row.service.id, 0)
            if pending:
                return filled(self.tr("%1 is being set"), status_word(pending))
            choices = ", ".join(f"{int(id_)} {status_word(id_)}" for id_ in SETTABLE)
            status = status_word(row.service.status_id)
            return filled(self.tr("%1 is set. Press %2 to set another."), status, choices)
        if column is Column.NAME and row.service.hidden:
            return filled(self.tr("%1, hidden from the public"), row.service.name)
        return self._text(row, column)

    def _explained(self, row: Row, column: Column) -> str:
        service = row.service
        if column in (Column.SINCE, Column.STATUS):
            return filled(
                self.tr("%1 since %2, set by %3"),
                status_word(service.status_id),
                exactly(service.since),
                service.changed_by,
            )
        if column is Column.NAME:
            hidden = self.tr("Hidden from the public") if service.hidden else ""
            lines = (service.name, service.description, service.url, hidden)
            return "\n".join(line for line in lines if line)
        return service.note if column is Column.NOTE else self._text(row, column)


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted places as (first, last) of each unbroken run."""
    if not places:
        return []
    breaks = [here for here, (a, b) in enumerate(pairwise(places), 1) if b != a + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(places)]
    return [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)]
