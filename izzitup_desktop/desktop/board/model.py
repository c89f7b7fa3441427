"""The table's model: frozen rows in the order of the arrangement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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

from izzitup_desktop.desktop.board.arrangement import Arranged, Arrangement, Order, arrange
from izzitup_desktop.desktop.board.memory import memory_lines
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.desktop.journal.words import actor_word
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.desktop.words.times import ago, exactly
from izzitup_desktop.domain.statuses import SETTABLE, StatusId

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole)
PENDING_ROLE = ROW_ROLE + 1
"""The status that is being written, 0 when none is."""

SECTION_ROLE = ROW_ROLE + 2
"""The `Section` of a heading, None in a service's row."""

UPTIME_BAR_ROLE = ROW_ROLE + 3
"""The worst status of each of the last days, oldest first, a byte each."""

_EDITABLE = {Column.NAME: "name", Column.KEY: "key", Column.NOTE: "note"}

# Made once: Qt asks for each cell that it paints.
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled
_EDITABLE_FLAGS = _FLAGS | Qt.ItemFlag.ItemIsEditable

_RUNS_MOST = 64
"""Inserting or removing in more places than this, a reset is cheaper."""

_ROWS_MOST = 5_000
"""When the rows' number changes by more, looking for the places costs more than a reset."""


class ServiceModel(QAbstractTableModel):
    """Shows the rows of an `Arrangement`. `counts_changed` after any change of rows."""

    counts_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.arrangement = Arrangement()
        self._shown: list[int] = []
        self._places: dict[int, int] = {}
        self._pending: dict[int, int] = {}
        self.strips: dict[int, bytes] = {}
        self.may_edit: Callable[[Row], bool] = _never
        """Whether the principal may edit a row in place."""

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
        if self._shown[index.row()] < 0:
            return self._of_section(self._shown[index.row()], index.column(), role)
        row = self.arrangement.rows.get(self._shown[index.row()])
        if row is None:
            # It was dropped, and the view is being told of it.
            return None
        if role == ROW_ROLE:
            return row
        if role == PENDING_ROLE:
            return self._pending.get(row.service.id, 0)
        if role == UPTIME_BAR_ROLE:
            return self.strips.get(row.service.id, b"")
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row, column)
        if role == Qt.ItemDataRole.EditRole and column in _EDITABLE:
            return getattr(row.service, _EDITABLE[column])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(self._explained(row, column))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._shown[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        if index.column() in _EDITABLE and self.may_edit(self.row_at(index.row())):
            return _EDITABLE_FLAGS
        return _FLAGS

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the services' own order."""
        if -1 <= column < len(Column):
            descending = order is Qt.SortOrder.DescendingOrder and column >= 0
            self._put_in(Order(column, descending, self.arrangement.sectioned))

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
            Column.UPTIME_BAR: self.tr("30 days"),
            Column.NOTE: self.tr("Note"),
        }[column]

    def field_of(self, column: int) -> str:
        """The field that a column edits in place, "" for none."""
        return _EDITABLE.get(Column(column), "")

    def row_at(self, place: int) -> Row:
        """The row shown at `place`."""
        return self.arrangement.rows[self._shown[place]]

    def shown_at(self, place: int) -> Row | Section | None:
        """What is shown at `place`; None while the view is being told of a change."""
        if not 0 <= place < len(self._shown):
            return None
        number = self._shown[place]
        if number < 0:
            return self.arrangement.section_of(number)
        return self.arrangement.rows.get(number)

    def status_shown(self, row: Row) -> int:
        """The status of a row: at once the one that is being written, which may be refused."""
        return self._pending.get(row.service.id, 0) or row.service.status_id

    def pending_of(self, service_id: int) -> int:
        """The status that is being written for a service, 0 when none is."""
        return self._pending.get(service_id, 0)

    def id_at(self, place: int) -> int:
        """The id of the service shown at `place`; below 0 for a section's heading."""
        return self._shown[place]

    def shown_ids(self) -> list[int]:
        """The services shown, from top to bottom."""
        return [id_ for id_ in self._shown if id_ > 0]

    def place_of(self, service_id: int) -> int:
        """Where a service is shown, -1 when it is not."""
        return self._places.get(service_id, -1)

    @property
    def has_pending(self) -> bool:
        """Whether any status is being written."""
        return bool(self._pending)

    def replace(self, rows: Iterable[Row]) -> None:
        """Show these rows and no others."""
        self.take(arrange(rows, self.arrangement.order, self.arrangement.rows))

    def take(self, arranged: Arranged) -> None:
        """Show the rows of `arranged` and no others."""
        self.arrangement.take(arranged)
        if not self._show():
            self._emit_changed([*arranged.changed, *self._headings()])
        self.counts_changed.emit()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> None:
        """Take changed rows in, drop others; the rest is not touched."""
        gone = set(gone)
        changed = self.arrangement.change(rows, gone)
        if changed or gone:
            for id_ in gone:
                self._pending.pop(id_, None)
            if not self._show():
                self._emit_changed([*changed, *self._headings()])
            self.counts_changed.emit()

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`."""
        self.arrangement.search(text)
        self._show()

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses, of all when there are none."""
        self.arrangement.only(statuses)
        self._show()

    def section(self, sectioned: bool) -> None:
        """Put the rows under headings of their groups, or take the headings away."""
        order = self.arrangement.order
        self._put_in(Order(order.column, order.descending, sectioned))

    def collapse(self, group_ids: Iterable[int]) -> None:
        """Show only the headings of these groups (0: no group)."""
        before = self.arrangement.collapsed
        self.arrangement.collapsed = frozenset(group_ids)
        self._show()
        self._emit_changed([-1 - id_ for id_ in before ^ self.arrangement.collapsed])

    def set_uptime_bars(self, strips: Mapping[int, bytes]) -> None:
        """Show these days of these services."""
        changed = [id_ for id_, days in strips.items() if self.strips.get(id_) != days]
        self.strips.update(strips)
        self._emit_changed(changed)

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

    def _put_in(self, order: Order) -> None:
        self.arrangement.put_in(order)
        self._show()

    def _show(self) -> bool:
        """Show what the arrangement shows; whether that took a reset."""
        new = self.arrangement.shown()
        old = self._shown
        if new == old:
            return False
        if abs(len(new) - len(old)) > _ROWS_MOST:
            return self._reset(new)
        before, after = set(old), set(new)
        leaving = _runs([place for place, id_ in enumerate(old) if id_ not in after])
        coming = _runs([place for place, id_ in enumerate(new) if id_ not in before])
        if len(leaving) + len(coming) > _RUNS_MOST:
            return self._reset(new)
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
        return False

    def _reset(self, new: list[int]) -> bool:
        self.beginResetModel()
        self._set_shown(new)
        self.endResetModel()
        return True

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
        self._places = dict(zip(shown, range(len(shown)), strict=True))

    def _emit_changed(self, ids: Sequence[int]) -> None:
        places = sorted(self._places[id_] for id_ in ids if id_ in self._places)
        for first, last in _runs(places):
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    def _headings(self) -> list[int]:
        return [id_ for id_ in self._shown if id_ < 0] if self.arrangement.sectioned else []

    # Texts

    def _of_section(self, number: int, column: int, role: int) -> Any:
        section = self.arrangement.section_of(number)
        if role == SECTION_ROLE:
            return section
        if role == Qt.ItemDataRole.DisplayRole and column == Column.NAME:
            return self.section_title(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            counts = ", ".join(f"{status_word(status)} {n}" for status, n in section.counts)
            state = self.tr("collapsed") if section.collapsed else self.tr("expanded")
            title = self.section_title(section)
            return filled(self.tr("Group %1, %2: %3"), title, state, counts)
        return None

    def section_title(self, section: Section) -> str:
        """The heading of a section."""
        return section.name if section.group_id else self.tr("No group")

    def text_of(self, row: Row, column: Column) -> str:
        """What a column shows of a row."""
        service = row.service
        match column:
            case Column.STATUS:
                return status_word(self.status_shown(row))
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
                return actor_word(service.changed_by)
            case Column.UPTIME_BAR:
                return ""
            case Column.NOTE:
                return service.note.replace("\n", " ")

    def _spoken(self, row: Row, column: Column) -> str:
        if column is Column.STATUS:
            if pending := self._pending.get(row.service.id, 0):
                return filled(self.tr("%1 is being set"), status_word(pending))
            since = ago(row.service.since, datetime.now(UTC))
            return filled(self.tr("%1, since %2"), status_word(row.service.status_id), since)
        if column is Column.BUTTONS:
            pending = self._pending.get(row.service.id, 0)
            if pending:
                return filled(self.tr("%1 is being set"), status_word(pending))
            choices = ", ".join(f"{int(id_)} {status_word(id_)}" for id_ in SETTABLE)
            status = status_word(row.service.status_id)
            return filled(self.tr("%1 is set. Press %2 to set another."), status, choices)
        if column is Column.UPTIME_BAR:
            days = self.strips.get(row.service.id, b"")
            bad = sum(1 for day in days if day in (StatusId.IMPAIRED, StatusId.OUTAGE))
            return filled(self.tr("%1 of the last %2 days were not good"), bad, len(days))
        if column is Column.NAME and row.service.hidden:
            return filled(self.tr("%1, hidden from the public"), row.service.name)
        return self.text_of(row, column)

    def _explained(self, row: Row, column: Column) -> str:
        service = row.service
        if column in (Column.SINCE, Column.STATUS):
            text = filled(
                self.tr("%1 since %2, set by %3"),
                status_word(service.status_id),
                exactly(service.since),
                actor_word(service.changed_by),
            )
            return "\n".join([text, *memory_lines(service)])
        if column is Column.UPTIME_BAR:
            return self._spoken(row, column)
        if column is Column.NAME:
            hidden = self.tr("Hidden from the public") if service.hidden else ""
            lines = (service.name, service.description, service.url, hidden)
            return "\n".join(line for line in lines if line)
        return service.note if column is Column.NOTE else self.text_of(row, column)


def _never(_row: Row) -> bool:
    return False


def _runs(places: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted places as (first, last) of each unbroken run."""
    if not places:
        return []
    breaks = [here for here, (a, b) in enumerate(pairwise(places), 1) if b != a + 1]
    starts = [0, *breaks]
    ends = [*breaks, len(places)]
    return [(places[start], places[end - 1]) for start, end in zip(starts, ends, strict=True)]
