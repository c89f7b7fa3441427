"""The table's model: frozen rows in the order of the arrangement.

All of them are sorted on another thread, and stand as they did until that is done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from izzitup_desktop.desktop.board.arranged import Arranged, Change, arrange
from izzitup_desktop.desktop.board.arrangement_model import ArrangementModel, Index
from izzitup_desktop.desktop.board.cell_texts import (
    explained,
    section_title,
    spoken,
    spoken_section,
    text_of,
    title_of,
)
from izzitup_desktop.desktop.board.order import Order
from izzitup_desktop.desktop.board.rows import COLUMNS, Column, Row, Section
from izzitup_desktop.desktop.words.texts import tooltip
from izzitup_desktop.domain.statuses import SETTABLE
from izzitup_desktop.domain.uptime import worse

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

_AT_ONCE_MOST = 500
"""More rows than this are put where they belong on another thread."""

_STILL_MOST = 20_000
"""When more than this changes at once, nobody aims at a row any more."""

Work = Callable[[], list[int]]
Run = Callable[[Work, Callable[[list[int]], None]], None]
"""Has work done anywhere, and hands what comes of it over on the GUI thread."""


def at_once(work: Work, then: Callable[[list[int]], None]) -> None:
    """Do work here and now (a `Run`)."""
    then(work())


class ServiceModel(ArrangementModel):
    """Shows the rows of an `Arrangement`. `counts_changed` after any change of rows.

    Rows are sorted by `run`; whatever happens meanwhile is in what comes of it.
    """

    counts_changed = Signal()
    held_changed = Signal(int)
    """How many services are not shown where they belong by now, while it is still."""

    def __init__(self, parent: QObject | None = None, *, run: Run = at_once) -> None:
        super().__init__(parent)
        self._run = run
        self._sortings = 0
        self._since: set[int] | None = None
        """What changed since all rows began to be sorted; None: they are not."""
        self._held = 0
        self._passes = False
        """Whether all rows were asked for, to stand where they belong."""
        self.arrange_all: Callable[[], None] | None = None
        """Has all rows arranged on another thread, and taken; None: that is never worth it."""
        self._pending: dict[int, int] = {}
        self.strips: dict[int, bytes] = {}
        self.may_edit: Callable[[Row], bool] = _never
        """Whether the principal may edit a row in place."""

    # What Qt asks

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < COLUMNS:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(Column(section))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        if self._shown[index.row()] < 0:
            return self._of_section(self._shown[index.row()], index.column(), role)
        row = self.arrangement.row(self._shown[index.row()])
        if row is None:
            # It was dropped, and the view is being told of it.
            return None
        id_ = row.service.id
        if role == ROW_ROLE:
            return row
        if role == PENDING_ROLE:
            return self.pending_of(id_)
        if role == UPTIME_BAR_ROLE:
            return self.uptime_bar_of(id_)
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_of(row, column)
        if role == Qt.ItemDataRole.EditRole and column in _EDITABLE:
            return getattr(row.service, _EDITABLE[column])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, column, self.pending_of(id_), self.uptime_bar_of(id_))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(explained(row, column, self.pending_of(id_), self.uptime_bar_of(id_)))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if self._shown[index.row()] < 0:
            return Qt.ItemFlag.ItemIsEnabled
        row = self.arrangement.rows.get(self._shown[index.row()])
        if row is not None and index.column() in _EDITABLE and self.may_edit(row):
            return _EDITABLE_FLAGS
        return _FLAGS

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the services' own order."""
        if -1 <= column < COLUMNS:
            descending = order is Qt.SortOrder.DescendingOrder and column >= 0
            self._want(Order(column, descending, self.arrangement.wanted.sectioned))

    # What the view asks

    def text_of(self, row: Row, column: Column) -> str:
        """What a column shows of a row."""
        return text_of(row, column, self.pending_of(row.service.id))

    def field_of(self, column: int) -> str:
        """The field that a column edits in place, "" for none."""
        return _EDITABLE.get(Column(column), "")

    def row_at(self, place: int) -> Row:
        """The row shown at `place`."""
        row = self.arrangement.row(self._shown[place])
        assert row is not None, "what is shown is held"
        return row

    def shown_at(self, place: int) -> Row | Section | None:
        """What is shown at `place`; None while the view is being told of a change."""
        if not 0 <= place < len(self._shown):
            return None
        number = self._shown[place]
        if number < 0:
            return self.arrangement.section_of(number)
        return self.arrangement.row(number)

    def placed_group_of(self, place: int) -> int:
        """The group (0: no group) under whose heading the row at `place` stands."""
        return self.arrangement.placed_group_of(self._shown[place])

    def is_gone(self, service_id: int) -> bool:
        """Whether there is no such service any more, though a row of it may stand there."""
        return service_id not in self.arrangement.rows

    def status_shown(self, row: Row) -> int:
        """The status of a row: at once the one that is being written, which may be refused."""
        return self._pending.get(row.service.id, 0) or row.service.status_id

    def pending_of(self, service_id: int) -> int:
        """The status that is being written for a service, 0 when none is."""
        return self._pending.get(service_id, 0)

    def uptime_bar_of(self, service_id: int) -> bytes:
        """The worst status of each of the last days, oldest first, a byte each.

        Today is no better than now, whenever the days were read.
        """
        days, row = self.strips.get(service_id, b""), self.arrangement.rows.get(service_id)
        if not days or row is None or row.service.status_id not in SETTABLE:
            return days
        return days[:-1] + bytes((worse(days[-1], row.service.status_id),))

    @property
    def has_pending(self) -> bool:
        """Whether any status is being written."""
        return bool(self._pending)

    @property
    def is_sorting(self) -> bool:
        """Whether rows do not yet stand in the order that is wanted."""
        return self._since is not None

    def replace(self, rows: Iterable[Row]) -> None:
        """Show these rows and no others."""
        self.take(arrange(rows, self.arrangement.wanted, self.arrangement.rows))

    def take(self, arranged: Arranged) -> None:
        """Show the rows of `arranged` and no others."""
        if self._holds_back(arranged):
            return
        # They are sorted, if not as wanted then at once: what is being sorted is older.
        self._since, self._passes = None, False
        self.arrangement.take(arranged)
        if not self._show():
            self._emit_changed([*arranged.changed, *self.arrangement.headings()])
        self.counts_changed.emit()
        self._tell_held()

    def change(self, rows: Iterable[Row], gone: Iterable[int]) -> None:
        """Take changed rows in, drop others; the rest is not touched."""
        gone = [id_ for id_ in gone if id_ in self.arrangement.rows]
        change = self.arrangement.change(rows, gone)
        if not change.changed and not gone:
            return
        for id_ in gone:
            self._pending.pop(id_, None)
        self._take_in(change, gone)

    def set_still(self, still: bool) -> None:
        """Have all rows stay where they are from now on, or stand where they belong again."""
        self.arrangement.still = still
        if not still:
            self.apply_order()

    def expect_all(self) -> None:
        """All rows come next, and shall stand where they belong though it is still."""
        self._passes = True

    def apply_order(self, *, at_once: bool = False) -> None:
        """Have rows that were held back stand where they belong; many do so a little later."""
        held = len(self.arrangement.held)
        if held > _AT_ONCE_MOST and self.arrange_all is not None and not at_once:
            self.expect_all()
            self.arrange_all()
        elif held:
            self._take_in(self.arrangement.apply(), ())

    def search(self, text: str) -> None:
        """Show rows that hold every word of `text`."""
        self.apply_order(at_once=True)
        self.arrangement.search(text)
        self._show()

    def only(self, statuses: Iterable[int]) -> None:
        """Show rows of these statuses, of all when there are none."""
        self.apply_order(at_once=True)
        self.arrangement.only(statuses)
        self._show()

    def section(self, sectioned: bool) -> None:
        """Put the rows under headings of their groups, or take the headings away."""
        order = self.arrangement.wanted
        self._want(Order(order.column, order.descending, sectioned))

    def collapse(self, group_ids: Iterable[int]) -> None:
        """Show only the headings of these groups (0: no group)."""
        self.apply_order(at_once=True)
        before = self.arrangement.collapsed
        self.arrangement.collapse(group_ids)
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

    # What changed

    def _take_in(self, change: Change, gone: Iterable[int]) -> None:
        if self._since is not None:
            self._since.update(change.changed, gone)
            if self.arrangement.order == self.arrangement.wanted:
                self._since = None
        if not self._follow(change):
            self._emit_changed(change.changed)
        self.counts_changed.emit()
        self._tell_held()

    def _holds_back(self, arranged: Arranged) -> bool:
        """Whether rows are taken in one by one instead, so that none moves."""
        rows = self.arrangement.rows
        if not self.arrangement.still or self._passes or not self.arrangement.shown:
            return False
        gone = rows.keys() - arranged.rows.keys()
        if len(arranged.changed) + len(gone) > _STILL_MOST:
            return False
        self.change([arranged.rows[id_] for id_ in arranged.changed], gone)
        return True

    def _tell_held(self) -> None:
        if self._held != len(self.arrangement.held):
            self._held = len(self.arrangement.held)
            self.held_changed.emit(self._held)

    # Sorting

    def _want(self, order: Order) -> None:
        arrangement = self.arrangement
        if order == arrangement.wanted:
            return
        arrangement.wanted = order
        # The newest wish counts: what is being sorted for another is dropped.
        self._sortings += 1
        self._since = None
        if order == arrangement.order:
            return
        if not arrangement.rows:
            arrangement.put_in(order, [])
            return
        self.apply_order(at_once=True)
        number, since = self._sortings, set[int]()
        self._since = since
        sort = arrangement.sorter(order)

        def work() -> list[int]:
            return sort() if number == self._sortings else []

        def then(ids: list[int]) -> None:
            if self._since is since:
                self._since = None
                self._stand_in(order, ids, since)

        self._run(work, then)

    def _stand_in(self, order: Order, ids: list[int], since: set[int]) -> None:
        self.apply_order(at_once=True)
        same = order.sectioned == self.arrangement.sectioned
        self.arrangement.put_in(order, ids, since)
        if same:
            self._reorder(self.arrangement.shown.copy())
        else:
            self._show()

    # Headings

    def _of_section(self, number: int, column: int, role: int) -> Any:
        section = self.arrangement.section_of(number)
        if role == SECTION_ROLE:
            return section
        if role == Qt.ItemDataRole.DisplayRole and column == Column.NAME:
            return section_title(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken_section(section)
        return None


def _never(_row: Row) -> bool:
    return False
