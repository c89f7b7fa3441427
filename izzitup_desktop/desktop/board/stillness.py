"""When the table's order stays still: nothing moves under the hand.

It does while the pointer is over the table, while a cell is edited, for a while after
a key on the rows, and for some seconds after something was done in this window.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAction, QCursor, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QToolButton

from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.words.texts import filled, tooltip

_AFTER_KEY_MS = 30_000
_AFTER_CHANGE_MS = 5_000
_AFTER_LEAVING_MS = 400
"""So long the pointer may be over a tooltip or the scroll bar's end."""

_WHILE_EDITED_MS = 1_000

_TYPES = QEvent.Type
_KEYS = (_TYPES.KeyPress, _TYPES.ShortcutOverride)


class Stillness(QObject):
    """Has the table's model stay still while somebody's hand is on the rows."""

    def __init__(
        self,
        table: ServiceTable,
        parent: QObject | None = None,
        *,
        after_key_ms: int = _AFTER_KEY_MS,
        after_change_ms: int = _AFTER_CHANGE_MS,
        after_leaving_ms: int = _AFTER_LEAVING_MS,
    ) -> None:
        super().__init__(parent)
        self._table, self._model = table, table.services
        self._is_over = self._is_writing = False
        self._after_key_ms, self._after_change_ms = after_key_ms, after_change_ms
        self._after_leaving_ms = after_leaving_ms
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._end)
        table.installEventFilter(self)

    def set_under_way(self, under_way: bool) -> None:
        """Something is being written by this window, or is not any more."""
        self._is_writing = under_way
        self._stay(self._after_change_ms)

    def apply(self) -> None:
        """Have all rows stand where they belong, whatever the hand does."""
        self._model.apply_order()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == _TYPES.Enter or (kind == _TYPES.Show and self._is_under_pointer()):
            self._is_over = True
            self._stay(0)
        elif kind in (_TYPES.Leave, _TYPES.Hide) and self._is_over:
            self._is_over = False
            self._stay(self._after_leaving_ms)
        elif kind in _KEYS:
            self._stay(self._after_key_ms)
        return False

    def _is_under_pointer(self) -> bool:
        # A window that appears under a resting pointer is not told that it entered.
        return self._table.rect().contains(self._table.mapFromGlobal(QCursor.pos()))

    def _stay(self, at_least_ms: int) -> None:
        self._model.set_still(True)
        self._timer.start(max(at_least_ms, self._timer.remainingTime()))

    def _end(self) -> None:
        if self._is_over or self._is_writing:
            return  # their end is told
        if self._table.state() is QAbstractItemView.State.EditingState:
            self._timer.start(_WHILE_EDITED_MS)
            return
        self._model.set_still(False)


class OrderHint(QToolButton):
    """Says quietly in the table's header that the order changed; a click applies it."""

    def __init__(self, theme: Theme, table: ServiceTable, apply: QAction) -> None:
        super().__init__(table)
        self._theme, self._table, self._apply = theme, table, apply
        self.setObjectName("orderHint")
        self.clicked.connect(apply.trigger)
        table.services.held_changed.connect(self._say)
        table.horizontalHeader().geometriesChanged.connect(self._place)
        table.installEventFilter(self)
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == _TYPES.Resize:
            self._place()
        return False

    def _say(self, held: int) -> None:
        keys = self._apply.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        text = self.tr("Order changed")
        self.setText(filled(self.tr("%1 – %2"), text, keys) if keys else text)
        count = self.locale().toString(held)
        self.setToolTip(
            tooltip(
                filled(
                    self.tr(
                        "%1 of the services would stand elsewhere, come or go by now. "
                        "Nothing moves while you work on the rows; press %2 or click here "
                        "to have them stand where they belong."
                    ),
                    count,
                    keys,
                )
            )
        )
        self.setVisible(held > 0)
        self._place()

    def _place(self) -> None:
        header = self._table.horizontalHeader()
        self.adjustSize()
        at = header.geometry()
        self.move(at.right() - self.width() - SMALL, at.center().y() - self.height() // 2)
        self.raise_()

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#orderHint {{ background: {colours.selection}; color: {colours.on_selection};"
            f" border: 1px solid {colours.accent}; border-radius: 9px;"
            f" padding: 0 {GAP}px; min-height: 18px; font-weight: 600; }}"
            f"#orderHint:hover {{ background: {colours.hover}; color: {colours.text}; }}"
        )
