"""The table of services: pointer and keyboard on the rows and their buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    QTimer,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QWidget

from izzitup_desktop.desktop.board.arrangement_model import Index, runs
from izzitup_desktop.desktop.board.breath import Breath
from izzitup_desktop.desktop.board.button_tips import ButtonTips, reason_against
from izzitup_desktop.desktop.board.buttons import status_at
from izzitup_desktop.desktop.board.column_widths import ColumnWidths
from izzitup_desktop.desktop.board.delegate import ServiceDelegate
from izzitup_desktop.desktop.board.dragging import DragTable
from izzitup_desktop.desktop.board.model import (
    PENDING_ROLE,
    ROW_ROLE,
    SECTION_ROLE,
    ServiceModel,
)
from izzitup_desktop.desktop.board.order import OWN_ORDER
from izzitup_desktop.desktop.board.rows import Column, Row, Section
from izzitup_desktop.desktop.theme import COMPACT_ROW_HEIGHT, ROW_HEIGHT, Theme
from izzitup_desktop.desktop.widgets.columns import choose_columns
from izzitup_desktop.domain.statuses import SETTABLE

_SINCE_REFRESH_MS = 15_000
_EDITED_THERE = (Column.KEY, Column.NOTE)
"""A double click on one of these edits it in its cell, on others the whole service."""

_FIRST_KEYS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Home)


class ServiceTable(DragTable):
    """Rows of services. A press on a status button selects nothing and edits nothing."""

    status_wanted = Signal(int, int)
    """Service id and status id: a button was pressed."""
    edit_wanted = Signal(int)
    heading_menu_wanted = Signal(int, QPoint)
    """Group's id (0: no group), and where on the screen."""
    refused = Signal(str)
    """Why a key or a button did nothing."""
    typed = Signal(str)
    """Letters typed on the rows: they search."""

    def __init__(self, model: ServiceModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.context_menu: QMenu | None = None
        self._delegate = ServiceDelegate(theme, model, self)
        self.columns = ColumnWidths(self, self._delegate)
        self.covered_top = 0
        """So many pixels of the rows lie under the heading that is kept in sight."""
        self._pressed = (0, 0)
        self._kept: tuple[list[int], int, int] = ([], 0, 0)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(self.tr("Services"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._delegate.band_left = lambda: -self.horizontalHeader().offset()
        self._delegate.band_width = self._band_width
        self._delegate.is_current = self._is_current_section
        self.setCornerButtonEnabled(False)
        self._arrange_headers()
        self._since_timer = QTimer(self)
        self._since_timer.setInterval(_SINCE_REFRESH_MS)
        self._since_timer.timeout.connect(self._repaint_since)
        Breath(model, self._delegate, lambda: self._repaint(Column.BUTTONS), self)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        theme.changed.connect(self.viewport().update)

    def set_stale(self, *, is_stale: bool) -> None:
        """Show all rows in grey: they were true once."""
        self._delegate.is_stale = is_stale
        self.viewport().update()

    def set_may_set(self, may_set: Callable[[Row], bool]) -> None:
        """Paint the buttons of rows for which `may_set` is false as disabled."""
        self._delegate.may_set = may_set
        self.viewport().update()

    @property
    def tips(self) -> ButtonTips:
        """What the buttons of rows say, and why they can't be pressed."""
        return self._delegate.tips

    @property
    def edited(self) -> SignalInstance:
        """Service id, field and text: what was edited in place."""
        return self._delegate.edited

    def set_density(self, compact: bool) -> None:
        """Show more rows at once, or rows that are easier to hit."""
        height = COMPACT_ROW_HEIGHT if compact else ROW_HEIGHT
        self.verticalHeader().setDefaultSectionSize(height)

    def edit_in_place(self) -> None:
        """Edit the current cell, or the name where the cell has no text to edit."""
        current, editor = self.currentIndex(), self._delegate.editor
        if editor is not None and self.state() is QAbstractItemView.State.EditingState:
            editor.setFocus()  # what stands there can't be taken yet
        elif current.isValid() and self.services.id_at(current.row()) > 0:
            column = current.column() if self.services.field_of(current.column()) else Column.NAME
            self.setCurrentIndex(self.services.index(current.row(), column))
            if self.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(self.currentIndex())

    def edit_again(self, service_id: int, field: str, text: str, reason: str) -> None:
        """Open the editor once more with a text that the board did not take."""
        place = self.services.place_of(service_id)
        columns = [column for column in Column if self.services.field_of(column) == field]
        if place >= 0 and columns:
            self._delegate.waiting = (text, reason)
            index = self.services.index(place, columns[0])
            self.setCurrentIndex(index)
            self.edit(index)
            if self._delegate.editor is not None:
                # Qt selects all of it, and the next key would replace it.
                self._delegate.editor.end(False)

    def select(self, service_ids: list[int], *, reveal: bool = True) -> None:
        """Select these services, as far as they are shown."""
        places = self.services.places_of(service_ids)
        selection = QItemSelection()
        for first, last in runs(places):
            selection.select(self.services.index(first, 0), self.services.index(last, 0))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)
        if places:
            current = self.services.index(places[0], max(0, self.currentIndex().column()))
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
            if reveal:
                self.scrollTo(current)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        hidden = self.covered_top - self.visualRect(index).top()
        if self.covered_top and hidden > 0 and self.services.id_at(index.row()) > 0:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - hidden)

    def reset_columns(self) -> None:
        """Give the columns their first order and widths, the rows their own order."""
        self.columns.reset()
        # Sorted by status, rows would move under the hand with each change.
        self.sortByColumn(OWN_ORDER, Qt.SortOrder.AscendingOrder)

    # Pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._button_at(event))
        if self._delegate.down == (0, 0):
            super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        button = self._button_at(event)
        section = self._section_at(event)
        if section is not None and event.button() is Qt.MouseButton.LeftButton:
            self.toggle_section(section.group_id)
            return
        if event.button() is Qt.MouseButton.LeftButton and button != (0, 0):
            self._delegate.down = self._pressed = button
            self.viewport().update()
            return
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and (reason := self._refusal_at(event)):
            self.refused.emit(reason)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        down = self._delegate.down
        if down == (0, 0) or event.button() is not Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
            return
        self._delegate.down = (0, 0)
        self.viewport().update()
        if self._button_at(event) == down:
            self.status_wanted.emit(*down)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._section_at(event) is not None:
            self.mousePressEvent(event)
        elif index.column() == Column.BUTTONS:
            # What the first click hit may be busy, or gone from under the pointer.
            if self._button_at(event) == self._pressed:
                self.mousePressEvent(event)
        elif index.isValid() and event.button() is Qt.MouseButton.LeftButton:
            # Qt's own double click would begin a drag of what is being edited.
            if index.column() in _EDITED_THERE and index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.setCurrentIndex(index)
                self.edit(index)
            else:
                self.edit_wanted.emit(self.services.id_at(index.row()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover((0, 0))
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self._section_under(event.pos())
        if section is not None:
            self.heading_menu_wanted.emit(section.group_id, event.globalPos())
        elif self.context_menu is not None and self.selected_ids():
            self.context_menu.popup(event.globalPos())

    # Sections

    def toggle_section(self, group_id: int) -> None:
        """Show a group's rows, or its heading alone."""
        collapsed = self.services.arrangement.collapsed
        self.services.collapse(collapsed ^ {group_id})

    def _section_at(self, event: QMouseEvent) -> Section | None:
        return self._section_under(event.position().toPoint())

    def _section_under(self, point: QPoint) -> Section | None:
        section: Section | None = self.indexAt(point).data(SECTION_ROLE)
        return section

    def _is_current_section(self, group_id: int) -> bool:
        section: Section | None = self.currentIndex().data(SECTION_ROLE)
        return section is not None and section.group_id == group_id and self.hasFocus()

    def _band_width(self) -> int:
        return max(self.viewport().width(), self.horizontalHeader().length())

    # Keyboard

    def keyboardSearch(self, search: str) -> None:
        # Digits are keys that set: they search for nothing.
        if search.strip() and search.isprintable() and not search.isdigit():
            self.typed.emit(search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        section: Section | None = self.currentIndex().data(SECTION_ROLE)
        if section is not None and self._press_on_section(event.key(), section):
            event.accept()
            return
        if reason := reason_against(event, self.actions()):
            self.refused.emit(reason)
            event.accept()
            return
        if self.currentIndex().column() == Column.BUTTONS and self._press_key(event.key()):
            event.accept()
            return
        row: Row | None = self.currentIndex().data(ROW_ROLE)
        if row is not None and event.key() in _FIRST_KEYS and not self.selected_ids():
            # The focus came with a row that is current, and not selected yet.
            self.select([row.service.id])
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        row: Row | None = current.data(ROW_ROLE) if current.isValid() else None
        entered = current.column() == Column.BUTTONS and previous.column() != Column.BUTTONS
        if row is not None and (entered or not self._delegate.focused):
            status = row.service.status_id
            self._delegate.focused = status if status in SETTABLE else int(SETTABLE[0])
        super().currentChanged(current, previous)
        if (current.row(), previous.row()) != (previous.row(), current.row()):
            # A heading's frame goes over all its cells.
            self.viewport().update()

    def _press_on_section(self, key: int, section: Section) -> bool:
        opens = key == Qt.Key.Key_Right and section.collapsed
        closes = key == Qt.Key.Key_Left and not section.collapsed
        toggles = key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if opens or closes or toggles:
            self.toggle_section(section.group_id)
            return True
        return False

    def _press_key(self, key: int) -> bool:
        place = SETTABLE.index(self._delegate.focused)
        if key == Qt.Key.Key_Left and place > 0:
            self._delegate.focused = int(SETTABLE[place - 1])
        elif key == Qt.Key.Key_Right and place < len(SETTABLE) - 1:
            self._delegate.focused = int(SETTABLE[place + 1])
        elif key == Qt.Key.Key_Space:
            row: Row | None = self.currentIndex().data(ROW_ROLE)
            if row is None:
                return False
            self.status_wanted.emit(row.service.id, self._delegate.focused)
        else:
            return False
        self.update(self.currentIndex())
        return True

    # Shown, hidden, resized

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.follow_window()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._since_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._since_timer.stop()

    def _arrange_headers(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        choose_columns(header, self.services, kept=(Column.NAME,))
        header.setSortIndicator(OWN_ORDER, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.reset_columns()

    def _under(self, event: QMouseEvent) -> tuple[Index, Row | None, int]:
        """The cell under the pointer, and where it is a button's the row and the status."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        row: Row | None = index.data(ROW_ROLE) if index.column() == Column.BUTTONS else None
        at = 0 if row is None else status_at(self.visualRect(index), self.fontMetrics(), point)
        return index, row, at

    def _button_at(self, event: QMouseEvent) -> tuple[int, int]:
        index, row, status = self._under(event)
        may = row is not None and self._may_press(row) and not index.data(PENDING_ROLE)
        return (row.service.id, status) if row is not None and may and status else (0, 0)

    def _refusal_at(self, event: QMouseEvent) -> str:
        """Why the button under the pointer can't be pressed, "" where there is none."""
        _, row, status = self._under(event)
        return "" if row is None or not status else self.tips.reason_of(row)

    def _may_press(self, row: Row) -> bool:
        return self._delegate.may_set(row) and not self.services.is_gone(row.service.id)

    def _hover(self, button: tuple[int, int]) -> None:
        if button == self._delegate.hovered:
            return
        self._delegate.hovered = button
        shape = Qt.CursorShape.PointingHandCursor if button[1] else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def _repaint_since(self) -> None:
        self._repaint(Column.SINCE)

    def _repaint(self, column: Column) -> None:
        left, width = self.columnViewportPosition(column), self.columnWidth(column)
        self.viewport().update(left, 0, width, self.viewport().height())

    def about_to_paint(self) -> None:
        # A window may go to another screen.
        shown, ratio = self.viewport().size(), self.devicePixelRatioF()
        self._delegate.begin_painting(shown, ratio, self.font(), self.palette())

    def _keep(self) -> None:
        current = self.currentIndex()
        current_id = self.services.id_at(current.row()) if current.isValid() else 0
        self._kept = (self.selected_ids(), current_id, self.verticalScrollBar().value())

    def _bring_back(self) -> None:
        ids, current_id, scroll = self._kept
        flags = QItemSelectionModel.SelectionFlag
        self.select(ids, reveal=False)
        place = self.services.place_of(current_id)
        if place >= 0:
            index = self.services.index(place, Column.NAME)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self.updateGeometries()
        self.verticalScrollBar().setValue(scroll)
