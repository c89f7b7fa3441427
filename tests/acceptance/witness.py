"""What a window showed, and what it did of its own: seen from beside, not asked of it.

Which rows were painted where is kept at each paint of the table; what the log and Qt
complain of is taken down, and what stands in editors.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import TracebackType

import shiboken6
from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QRect,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from izzitup_desktop.desktop.board.buttons import button_rects, status_at
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.domain.statuses import SETTABLE

_LONG = 1_000
"""Nobody types so much."""
_HARMLESS = ("This plugin does not support", "propagateSizeHints")


class Painted(QObject):
    """Which service's row was painted where in the table, and which rows as selected."""

    def __init__(self, table: ServiceTable) -> None:
        super().__init__(table)
        self._table = table
        self._rows: list[tuple[int, int, int]] = []
        self._from: tuple[int, int, int] = (-1, -1, -1)
        self.selected: frozenset[int] = frozenset()
        table.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(event, QPaintEvent):
            self._keep(event.rect())
        return False

    def row_at(self, y: int) -> tuple[int, int, int]:
        """(service id, top, bottom) of the row that was painted at `y`; ids of 0 for none."""
        return next((row for row in self._rows if row[1] <= y <= row[2]), (0, 0, 0))

    def button_at(self, point: QPoint) -> tuple[int, int]:
        """(service id, status id) of the button painted at `point` of the viewport."""
        table = self._table
        id_, top, bottom = self.row_at(point.y())
        if id_ <= 0:
            return (0, 0)
        left = table.columnViewportPosition(Column.BUTTONS)
        width = table.columnWidth(Column.BUTTONS)
        if not left <= point.x() < left + width:
            return (id_, 0)
        cell = QRect(left, top, width, bottom - top + 1)
        return (id_, status_at(cell, table.fontMetrics(), point))

    def buttons(self) -> list[tuple[int, int, QPoint]]:
        """(service id, status id, middle) of each button painted in full."""
        table = self._table
        left = table.columnViewportPosition(Column.BUTTONS)
        width = table.columnWidth(Column.BUTTONS)
        whole = table.viewport().rect()
        found = []
        for id_, top, bottom in self._rows:
            if id_ > 0:
                rects, _ = button_rects(
                    QRect(left, top, width, bottom - top + 1), table.fontMetrics()
                )
                found += [
                    (id_, int(status), rect.center())
                    for status, rect in zip(SETTABLE, rects, strict=True)
                    if whole.contains(rect)
                ]
        return found

    def _keep(self, painted: QRect) -> None:
        table = self._table
        viewport = table.viewport()
        view = (table.verticalScrollBar().value(), viewport.width(), viewport.height())
        now = []
        for row in range(max(0, table.rowAt(0)), table.model().rowCount()):
            top = table.rowViewportPosition(row)
            if top > viewport.height():
                break
            now.append((table.services.id_at(row), top, top + table.rowHeight(row) - 1))
        if view == self._from and not painted.contains(viewport.rect()):
            # What lies outside of the part painted is on the screen as it was.
            def inside(row: tuple[int, int, int]) -> bool:
                return row[1] <= painted.bottom() and row[2] >= painted.top()

            now = [row for row in now if inside(row)] + [r for r in self._rows if not inside(r)]
        self._rows, self._from = now, view
        self.selected = frozenset(table.selected_ids())


class Complaints(logging.Handler):
    """Lines of the log that say something failed, and Qt's own warnings."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []
        self._before: Callable[..., object] | None = None

    def __enter__(self) -> Complaints:
        logging.getLogger().addHandler(self)
        self._before = qInstallMessageHandler(self._on_qt)
        return self

    def __exit__(self, *_: object) -> None:
        qInstallMessageHandler(self._before)
        logging.getLogger().removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def _on_qt(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(part in text for part in _HARMLESS):
            self.lines.append(f"Qt: {text}")


def traces(
    caught: Iterable[tuple[type[BaseException], BaseException, TracebackType | None]],
) -> list[str]:
    """Exceptions that nobody caught, as text."""
    return ["".join(traceback.format_exception(*each)) for each in caught]


class Texts:
    """What stands in editors while nobody touches anything: it must stay there."""

    def __init__(self) -> None:
        self._kept: dict[QWidget, str] = {}

    def forget(self) -> None:
        """Something was pressed: editors may close, or take another text."""
        self._kept.clear()

    def keep(self) -> None:
        """Take down what stands in the editor that has the keys."""
        editor = QApplication.focusWidget()
        text = text_of(editor)
        if editor is not None and text:
            self._kept[editor] = text

    def lost(self) -> list[str]:
        """What is not there any more."""
        gone = []
        for editor, text in self._kept.items():
            if not shiboken6.isValid(editor) or not editor.isVisible():
                gone.append(f"the editor of {text!r} is gone")
            elif text_of(editor) != text:
                gone.append(f"{text!r} has become {text_of(editor)!r}")
        return gone


def text_of(editor: QWidget | None) -> str:
    """What stands in an editor of text, "" in anything else."""
    if isinstance(editor, QLineEdit) and not editor.isReadOnly():
        return editor.text()
    return editor.toPlainText() if isinstance(editor, QPlainTextEdit) else ""


@dataclass(frozen=True, slots=True)
class Line:
    """What stands in a line, and what part of it the next letter takes the place of."""

    text: str
    begin: int
    end: int

    def with_letter(self, letter: str) -> Line:
        """As it is after a letter was typed."""
        place = self.begin + len(letter)
        return Line(self.text[: self.begin] + letter + self.text[self.end :], place, place)


def line_of(editor: QWidget | None) -> Line | None:
    """How a line that takes any text stands now; None for anything else."""
    if editor is None or not shiboken6.isValid(editor) or not isinstance(editor, QLineEdit):
        return None
    takes_all = editor.maxLength() > _LONG and editor.validator() is None
    if editor.isReadOnly() or not editor.isVisible() or not takes_all:
        return None
    at = editor.cursorPosition()
    if editor.hasSelectedText():
        return Line(editor.text(), editor.selectionStart(), editor.selectionEnd())
    return Line(editor.text(), at, at)
