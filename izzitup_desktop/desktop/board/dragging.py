"""Putting services into an own order: rows dragged to another place or section."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QCursor,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.steady_view import SteadyView

_GHOST = 0.5
"""How much is seen of what is dragged."""


class DragTable(SteadyView):
    """Rows can be dragged while they stand in sections: a section is a group."""

    move_wanted = Signal(object, int, int)
    """Service ids, the group's id (0: no group), the id to stand before (0: at its end)."""

    def __init__(self, model: ServiceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.services = model
        self._drop_top: int | None = None
        self.setModel(model)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)

    def is_steady(self) -> bool:
        return self.services.arrangement.still

    def selected_ids(self) -> list[int]:
        """The selected services' ids, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        ids = [self.services.id_at(place) for place in places]
        return [id_ for id_ in ids if id_ > 0 and not self.services.is_gone(id_)]

    def startDrag(self, supported: Qt.DropAction) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.services.mimeData(self.selectedIndexes()))
        rows = self._selected_rect()
        drag.setPixmap(self.ghost(rows))
        drag.setHotSpot(self.viewport().mapFromGlobal(QCursor.pos()) - rows.topLeft())
        drag.exec(supported, Qt.DropAction.CopyAction)

    def ghost(self, rows: QRect) -> QPixmap:
        """What is dragged, as it is seen under the pointer: the drop line shows through it."""
        seen = self.viewport().grab(rows)
        ghost = QPixmap(seen.size())
        ghost.setDevicePixelRatio(seen.devicePixelRatio())
        ghost.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ghost)
        painter.setOpacity(_GHOST)
        painter.drawPixmap(0, 0, seen)
        painter.end()
        return ghost

    def _selected_rect(self) -> QRect:
        """The selected rows as far as they are in sight."""
        area = QRect()
        for index in self.selectionModel().selectedRows():
            area = area.united(self.visualRect(index))
        seen = self.viewport().rect()
        area.setLeft(seen.left())
        area.setRight(seen.right())
        return area.intersected(seen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.source() is self:
            event.accept()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.source() is not self:
            event.ignore()
            return
        self._drop_top = self._drop_place(event.position().toPoint())[1]
        self.viewport().update()
        self._scroll_near_edges(event.position().toPoint())
        event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._drop_top = None
        self.viewport().update()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        place, _ = self._drop_place(event.position().toPoint())
        self._drop_top = None
        self.viewport().update()
        # The rows are moved by the board: Qt must not take them out by itself.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._want_move(self.selected_ids(), place)

    def move_selected(self, by: int) -> None:
        """Put the selected rows one place up (-1) or down (1)."""
        ids = self.selected_ids()
        places = [self.services.place_of(id_) for id_ in ids]
        if places:
            place = min(places) - 1 if by < 0 else min(max(places) + 2, self.services.rowCount())
            self._want_move(ids, max(1 if self._sectioned else 0, place))

    def about_to_paint(self) -> None:
        """What has to be known before the cells are painted; the table's own."""

    def paintEvent(self, event: QPaintEvent) -> None:
        self.about_to_paint()
        super().paintEvent(event)
        if self._drop_top is not None:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 2))
            painter.drawLine(0, self._drop_top, self.viewport().width(), self._drop_top)
            painter.end()

    @property
    def _sectioned(self) -> bool:
        return self.services.arrangement.sectioned

    def _drop_place(self, point: QPoint) -> tuple[int, int]:
        """Before which row (their number: after the last) it would be dropped, and its top."""
        index = self.indexAt(point)
        if not index.isValid():
            count = self.services.rowCount()
            last = self.visualRect(self.services.index(count - 1, 0)) if count else QRect()
            return count, last.bottom()
        rect = self.visualRect(index)
        place = index.row() if point.y() < rect.center().y() else index.row() + 1
        if self._sectioned:
            place = max(1, place)
        return place, rect.top() if place == index.row() else rect.bottom()

    def _want_move(self, ids: list[int], place: int) -> None:
        if not ids:
            return
        services, count = self.services, self.services.rowCount()
        moving = set(ids)
        above = services.id_at(place - 1) if 0 < place <= count else 0
        if above < 0:
            group_id = -1 - above
        elif above > 0:
            group_id = services.row_at(place - 1).service.group_id or 0
        else:
            group_id = services.row_at(0).service.group_id or 0
        before = next(
            (id_ for p in range(place, count) if (id_ := services.id_at(p)) not in moving), 0
        )
        self.move_wanted.emit(ids, group_id, max(0, before))

    def _scroll_near_edges(self, point: QPoint) -> None:
        bar, edge = self.verticalScrollBar(), self.verticalHeader().defaultSectionSize()
        if point.y() < edge:
            bar.setValue(bar.value() - edge // 2)
        elif point.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + edge // 2)
