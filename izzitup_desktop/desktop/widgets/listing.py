"""A table of anything: columns given as functions, searched, sorted, copied as TSV.

Every view but the board shows its things with this one model and table.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from izzitup_desktop.desktop.theme import ROW_HEIGHT
from izzitup_desktop.desktop.widgets.columns import choose_columns
from izzitup_desktop.desktop.words.texts import tooltip
from izzitup_desktop.desktop.words.tsv import tsv
from izzitup_desktop.domain.text import search_fold

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")

ITEM_ROLE = int(Qt.ItemDataRole.UserRole)
_ELASTIC_LEAST = 140
_STEPS = (Qt.Key.Key_Up, Qt.Key.Key_Down)
_EXTENDING = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier


@dataclass(frozen=True)
class ListColumn(Generic[T]):
    """One column: its heading, and what it shows of a thing.

    `sort` is what it is ordered by (its text where there is none), `icon` what
    stands before the text, `tip` what the tooltip says beyond it. Where there is no
    room for all columns, the one that is `elastic` gives way.
    """

    title: str
    text: Callable[[T], str]
    width: int = 120
    sort: Callable[[T], Any] | None = None
    icon: Callable[[T], QIcon | None] | None = None
    tip: Callable[[T], str] | None = None
    right: bool = False
    elastic: bool = False


class ListModel(QAbstractTableModel, Generic[T]):
    """Frozen things in order. `key` tells two things apart, so that a selection stays."""

    def __init__(
        self,
        columns: Sequence[ListColumn[T]],
        key: Callable[[T], Hashable],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._items: tuple[T, ...] = ()
        self._shown: list[T] = []
        self._words: tuple[str, ...] = ()
        self._sort: tuple[int, bool] | None = None

    @property
    def items(self) -> tuple[T, ...]:
        """All things, shown or not, in the order given."""
        return self._items

    def shown(self) -> list[T]:
        """The things shown, from top to bottom."""
        return list(self._shown)

    def item_at(self, place: int) -> T:
        """The thing shown at `place`."""
        return self._shown[place]

    def replace(self, items: Iterable[T]) -> None:
        """Show these things and no others."""
        self._items = tuple(items)
        self._show()

    def search(self, text: str) -> None:
        """Show the things that hold every word of `text`; accents and case do not count."""
        self._words = tuple(search_fold(text).split())
        self._show()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._shown):
            return None
        item, column = self._shown[index.row()], self.columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(item)
        if role == ITEM_ROLE:
            return item
        if role == Qt.ItemDataRole.DecorationRole and column.icon is not None:
            return column.icon(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(column.tip(item) if column.tip else column.text(item))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        known = 0 <= column < len(self.columns)
        self._sort = (column, order is Qt.SortOrder.DescendingOrder) if known else None
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        shown = [item for item in self._items if self._matches(item)]
        if self._sort is not None:
            column = self.columns[self._sort[0]]
            shown.sort(key=column.sort or (lambda item: search_fold(column.text(item))))
            if self._sort[1]:
                shown.reverse()
        self._shown = shown
        self.endResetModel()

    def _matches(self, item: T) -> bool:
        if not self._words:
            return True
        folded = search_fold("\n".join(column.text(item) for column in self.columns))
        return all(word in folded for word in self._words)

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        flags = Qt.AlignmentFlag
        side = flags.AlignRight if self.columns[column].right else flags.AlignLeft
        return side | flags.AlignVCenter


class ListTable(QTableView, Generic[T]):
    """Shows a `ListModel`; selection and scroll outlive a `replace`.

    `opened` comes by a double click or Enter and carries the thing, `chosen` when
    the selection changed.
    """

    opened = Signal(object)
    chosen = Signal()

    def __init__(self, model: ListModel[T], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = model
        self._kept: tuple[set[Hashable], int] = (set(), 0)
        self._given_way: dict[int, int] = {}
        self._is_fitting = False
        self.menu = QMenu(self)
        self.setModel(model)
        self.setObjectName("list")
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self._arrange_headers()
        self._add_copy()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda point: self.menu.popup(self.viewport().mapToGlobal(point))
        )
        self.activated.connect(self._open)
        self.selectionModel().selectionChanged.connect(self.chosen)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)

    def selected(self) -> list[T]:
        """The selected things, from top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.items.item_at(place) for place in places]

    def select_key(self, key: Hashable) -> None:
        """Select one thing and scroll to it, if it is shown."""
        for place, item in enumerate(self.items.shown()):
            if self.items.key(item) == key:
                index = self.items.index(place, 0)
                # selectRow() would add to the selection while Shift or Ctrl is held.
                flags = QItemSelectionModel.SelectionFlag
                self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
                self.scrollTo(index)
                return

    def offer(self, *actions: QAction) -> None:
        """Put actions into the context menu, and let their keys work here."""
        before = self.menu.actions()[0] if self.menu.actions() else None
        for action in actions:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self.addAction(action)
            if before is None:
                self.menu.addAction(action)
            else:
                self.menu.insertAction(before, action)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._make_room_for_titles()
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        is_first_step = event.key() in _STEPS and current.isValid() and not self.selected()
        if is_first_step and not event.modifiers() & _EXTENDING:
            # Who comes by the keyboard stands on a row that isn't selected yet.
            self.selectRow(current.row())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        current = self.currentIndex()
        if self.hasFocus() and current.isValid() and not self.selectionModel().isSelected(current):
            # The keys are on a row that isn't selected: all of it is framed.
            row = self.visualRect(current)
            right = min(self.viewport().width(), self.horizontalHeader().length()) - 1
            frame = QRect(0, row.top(), right, row.height() - 1)
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1))
            painter.drawRect(frame)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        # Qt paints the two cells, the frame goes over all of their rows.
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _make_room_for_titles(self) -> None:
        header = self.horizontalHeader()
        for place, column in enumerate(self.items.columns):
            # What a person made narrower stays so.
            if header.sectionSize(place) == column.width < header.sectionSizeHint(place):
                header.resizeSection(place, header.sectionSizeHint(place))

    def _fit_columns(self) -> None:
        header, columns = self.horizontalHeader(), self.items.columns
        shown = [
            header.logicalIndex(visual)
            for visual in range(header.count())
            if not header.isSectionHidden(header.logicalIndex(visual))
        ]
        elastic = [place for place in shown[:-1] if columns[place].elastic]
        if not elastic:
            return
        place, last = elastic[0], shown[-1]
        others = sum(header.sectionSize(other) for other in shown[:-1] if other != place)
        least = max(columns[last].width, header.sectionSizeHint(last))
        room = max(_ELASTIC_LEAST, self.viewport().width() - others - least)
        width = self._given_way.get(place, header.sectionSize(place))
        self._is_fitting = True
        header.resizeSection(place, min(width, room))
        self._is_fitting = False
        if width > room:
            self._given_way[place] = width
        else:
            self._given_way.pop(place, None)

    def _on_resized(self, place: int, _before: int, _after: int) -> None:
        if not self._is_fitting:
            self._given_way.pop(place, None)

    def _open(self, index: Index) -> None:
        item = index.data(ITEM_ROLE)
        # Enter goes on to the dialog the table is in, which would press the default button
        # of whatever was opened by then.
        QTimer.singleShot(0, self, lambda: self.opened.emit(item))

    def _arrange_headers(self) -> None:
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW_HEIGHT - 4)
        header.setAccessibleName(self.tr("Columns"))
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(48)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        for place, column in enumerate(self.items.columns):
            header.resizeSection(place, column.width)
        choose_columns(header, self.items, kept=(0,))
        header.sectionResized.connect(self._on_resized)

    def _add_copy(self) -> None:
        copy = QAction(self.tr("&Copy rows"), self)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_rows)
        self.addAction(copy)
        self.menu.addAction(copy)

    def copy_rows(self) -> None:
        """Copy the selected rows, or all where none is, as text with tabs."""
        QGuiApplication.clipboard().setText(self.as_tsv())

    def as_tsv(self) -> str:
        """A heading and the selected rows (all where none is); visible columns only."""
        header = self.horizontalHeader()
        columns = [
            self.items.columns[column]
            for visual in range(header.count())
            if not header.isSectionHidden(column := header.logicalIndex(visual))
        ]
        lines = [[column.title for column in columns]]
        lines += [
            [column.text(item) for column in columns]
            for item in self.selected() or self.items.shown()
        ]
        return tsv(lines)

    def _keep(self) -> None:
        keys = {self.items.key(item) for item in self.selected()}
        self._kept = (keys, self.verticalScrollBar().value())

    def _bring_back(self) -> None:
        keys, scroll = self._kept
        flags = QItemSelectionModel.SelectionFlag
        for place, item in enumerate(self.items.shown()):
            if self.items.key(item) in keys:
                index = self.items.index(place, 0)
                self.selectionModel().select(index, flags.Select | flags.Rows)
        self.updateGeometries()
        self.verticalScrollBar().setValue(scroll)
