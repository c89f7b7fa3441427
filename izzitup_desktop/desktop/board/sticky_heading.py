"""The heading of the section that is scrolled through, kept at the top of the table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from izzitup_desktop.desktop.board.delegate import ServiceDelegate
from izzitup_desktop.desktop.board.headings import paint_heading
from izzitup_desktop.desktop.board.rows import Row, Section
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import Theme


class StickyHeading(QWidget):
    """Lies over the topmost row while that row's own heading is out of sight."""

    def __init__(self, theme: Theme, table: ServiceTable) -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self._section: Section | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        model = table.services
        for changed in (
            table.verticalScrollBar().valueChanged,
            table.verticalScrollBar().rangeChanged,
            model.layoutChanged,
            model.modelReset,
            model.rowsInserted,
            model.rowsRemoved,
            model.dataChanged,
        ):
            changed.connect(self.follow)
        table.viewport().installEventFilter(self)
        theme.changed.connect(self.update)
        self.hide()

    @property
    def section(self) -> Section | None:
        """The section whose heading is kept in sight, None while none is needed."""
        return None if self.isHidden() else self._section

    def follow(self) -> None:
        """Show the heading of the topmost row, pushed up by the one below it."""
        table = self._table
        band = self._band()
        if band is None:
            self.hide()
            table.covered_top = 0
            return
        table.covered_top = band.height()
        self.setGeometry(band.translated(table.viewport().pos()))
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._section is not None:
            painter = QPainter(self)
            words = self._table.services.arrangement.query.words
            delegate = self._table.itemDelegate()
            is_stale = isinstance(delegate, ServiceDelegate) and delegate.is_stale
            paint_heading(
                painter, self.rect(), self._table.font(), self._section, self._theme, words,
                is_grey=is_stale,
            )  # fmt: skip

    def mousePressEvent(self, event: QMouseEvent) -> None:
        section = self._section
        if section is not None and event.button() is Qt.MouseButton.LeftButton:
            # Collapsed, its own heading comes into sight.
            model = self._table.services
            self._table.scrollTo(model.index(model.place_of(-1 - section.group_id), 0))
            self._table.toggle_section(section.group_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._section is not None:
            self._table.heading_menu_wanted.emit(self._section.group_id, event.globalPos())

    def _band(self) -> QRect | None:
        table, model = self._table, self._table.services
        first = table.rowAt(0)
        # While the table is told of several rows that go, some stand there no row is held of.
        if not model.arrangement.sectioned or not isinstance(model.shown_at(first), Row):
            return None
        number = -1 - (model.placed_group_of(first))
        place = model.place_of(number)
        if place < 0:
            return None
        self._section = model.arrangement.section_of(number)
        height = table.rowHeight(place)
        top = 0
        below = table.rowAt(height)
        if below > first and model.id_at(below) < 0:
            top = min(0, table.rowViewportPosition(below) - height)
        return QRect(0, top, table.viewport().width(), height)
