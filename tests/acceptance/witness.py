"""What a window showed, and what it did of its own: seen from beside, not asked of it.

Which rows were painted where is kept at each paint of the table; what came of a press is
read from the database file.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import shiboken6
from PySide6.QtCore import (
    QEvent,
    QObject,
    QPoint,
    QRect,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from izzitup_desktop.desktop.board.buttons import status_at
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.table import ServiceTable
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS

ALLOWED_SECONDS = 8.0
"""So long after a press its change may still be written, on a busy machine."""

_TICK_MS = 10
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


@dataclass(frozen=True, slots=True)
class Press:
    """What a press may set: services and a status (0: any), as shown when it was made."""

    at: float
    ids: frozenset[int]
    status: int = 0


class Presses:
    """Holds the journal against what the window showed when somebody pressed."""

    def __init__(self, file: Path) -> None:
        self._file = f"file:{file}?mode=ro"
        self._presses: deque[Press] = deque(maxlen=400)
        self.changes = 0
        """How many changes of a status were looked at."""
        self._last = self._newest()

    def allow(self, ids: frozenset[int], status: int = 0) -> None:
        """A press was made that may set these."""
        if ids:
            self._presses.append(Press(monotonic(), ids, status))

    def unexplained(self) -> list[str]:
        """The changes by this window's person since, which no press explains."""
        sql = (
            "SELECT id, subject_id, subject_name, after FROM journal"
            " WHERE id > ? AND kind = ? AND origin = ? AND undoes IS NULL ORDER BY id"
        )
        with sqlite3.connect(self._file, uri=True) as connection:
            found = connection.execute(
                sql, (self._last, str(SERVICE_STATUS.value), str(Origin.DESKTOP.value))
            ).fetchall()
        connection.close()
        wrong = []
        since = monotonic() - ALLOWED_SECONDS
        for entry, service, name, after in found:
            self._last, self.changes = entry, self.changes + 1
            presses = [p for p in self._presses if p.at >= since and service in p.ids]
            status = json.loads(after).get("status", 0)
            if not any(press.status in (0, status) for press in presses):
                pressed = [(sorted(p.ids)[:5], p.status) for p in list(self._presses)[-4:]]
                wrong.append(f"{name} ({service}) was set to {status}; shown at presses: {pressed}")
        return wrong

    def _newest(self) -> int:
        connection = sqlite3.connect(self._file, uri=True)
        (newest,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM journal").fetchone()
        connection.close()
        return int(newest)


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


class Turns(QObject):
    """How long the event loop took for its longest turns, in milliseconds."""

    def __init__(self) -> None:
        super().__init__()
        self._last = monotonic()
        self.turns: list[float] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _on_tick(self) -> None:
        now = monotonic()
        self.turns.append((now - self._last) * 1_000 - _TICK_MS)
        self._last = now

    def figures(self) -> str:
        """Median, 99th percentile and longest."""
        turns = sorted(self.turns) or [0.0]
        return (
            f"{turns[len(turns) // 2]:.0f}, {turns[int(len(turns) * 0.99)]:.0f}, {turns[-1]:.0f} ms"
        )
