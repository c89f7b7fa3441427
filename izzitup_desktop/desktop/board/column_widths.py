"""How wide the columns of services are: as the window is, until somebody changes one."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QTableView

from izzitup_desktop.desktop.board.buttons import width_with_shapes, width_with_words
from izzitup_desktop.desktop.board.cell_texts import title_of
from izzitup_desktop.desktop.board.delegate import ServiceDelegate
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.uptime_bar import uptime_bar_width
from izzitup_desktop.desktop.theme import GAP
from izzitup_desktop.desktop.words.times import ago

_WIDTHS = {
    Column.STATUS: 128,
    Column.NAME: 190,
    Column.KEY: 84,
    Column.GROUP: 110,
    Column.SINCE: 84,
    Column.CHANGED_BY: 100,
    Column.UPTIME_BAR: uptime_bar_width() + 2 * GAP,
}
_HIDDEN_AT_FIRST = (Column.GROUP,)
"""The sections say it already."""

_NARROW = {
    Column.STATUS: 122,
    Column.NAME: 150,
    Column.KEY: 64,
    Column.GROUP: 84,
    Column.SINCE: 70,
    Column.CHANGED_BY: 94,
    Column.UPTIME_BAR: uptime_bar_width(narrow=True) + 2 * GAP,
}
_NOTE_LEAST = 110
_ANY_TIME = datetime.fromtimestamp(0, UTC)
_KEY_MOST, _KEYS_LOOKED_AT = 180, 300


class ColumnWidths(QObject):
    """Arranges the header of a table of services, and keeps its columns' widths."""

    def __init__(self, table: QTableView, delegate: ServiceDelegate) -> None:
        super().__init__(table)
        self._table, self._delegate = table, delegate
        self._fitting = False
        self.automatic = True
        """Whether the columns' widths follow the window: until somebody changes one."""
        header = table.horizontalHeader()
        header.setAccessibleName(self.tr("Columns"))
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setSortIndicatorClearable(True)
        header.sectionResized.connect(self._on_section_resized)
        delegate.services.modelReset.connect(self.follow_window)

    def reset(self) -> None:
        """Give the columns their first order and widths."""
        header = self._table.horizontalHeader()
        for column in Column:
            header.moveSection(header.visualIndex(column), column)
            header.setSectionHidden(column, column in _HIDDEN_AT_FIRST)
        self.automatic = True
        self._fit()

    def follow_window(self) -> None:
        """The window has another width."""
        if self.automatic:
            self._fit()

    def _fit(self) -> None:
        table, header = self._table, self._table.horizontalHeader()
        words = width_with_words(table.fontMetrics())
        room = table.viewport().width() - words - _NOTE_LEAST
        widths = self._shown(_WIDTHS)
        if room < sum(widths.values()):
            widths = self._shown(_NARROW)
        fits = room >= sum(widths.values())
        widths[Column.BUTTONS] = words if fits else width_with_shapes()
        free = table.viewport().width() - _NOTE_LEAST - sum(widths.values())
        if free > 0 and Column.KEY in widths:
            # A key is short: it is only cut where there is no room.
            widths[Column.KEY] += min(free, max(0, self._keys_width() - widths[Column.KEY]))
        self._fitting = True
        left = table.viewport().width() - sum(widths.values())
        widths[Column.NOTE] = max(header.minimumSectionSize(), left)
        for column, width in widths.items():
            header.resizeSection(column, width)
        self._fitting = False

    def _shown(self, widths: dict[Column, int]) -> dict[Column, int]:
        header = self._table.horizontalHeader()
        return {
            # A heading is never cut, in any language.
            column: max(width, self._heading_width(column))
            for column, width in widths.items()
            if not header.isSectionHidden(column)
        }

    def _keys_width(self) -> int:
        model, metrics = self._delegate.services, self._table.fontMetrics()
        rows = model.arrangement.rows
        keys = (rows[id_].service.key for id_ in model.shown_ids(_KEYS_LOOKED_AT))
        widest = max((metrics.horizontalAdvance(key) for key in keys), default=0)
        return min(_KEY_MOST, widest + 2 * GAP + 2)

    def _heading_width(self, column: Column) -> int:
        metrics = self._table.fontMetrics()
        if column is Column.STATUS:
            return self._delegate.pill_column_width(metrics)
        if column is Column.SINCE:
            # "just now" is what one looks for, and the longest that is usual.
            just_now = metrics.horizontalAdvance(ago(_ANY_TIME, _ANY_TIME)) + 2 * GAP + 2
            return max(just_now, metrics.horizontalAdvance(title_of(column)) + 3 * GAP)
        return metrics.horizontalAdvance(title_of(column)) + 3 * GAP

    def _on_section_resized(self, section: int) -> None:
        # The note's column takes what is left: that is nobody's wish.
        if not self._fitting and section != Column.NOTE:
            self.automatic = False
