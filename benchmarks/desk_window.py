"""The window that `benchmarks.desk` looks at: ours, or a bare one with a table.

It answers each line on standard input with one line of JSON, and ends with the input.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import psutil
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QMainWindow,
    QTableView,
)

from benchmarks.startup import SERVICES

TICK_MS = 16

Commands = Mapping[str, Callable[[], Any]]


class Lines(QObject):
    """Standard input's lines, on the GUI thread."""

    line = Signal(str)
    ended = Signal()

    def __init__(self, commands: Commands) -> None:
        super().__init__()
        self._commands = commands
        self.line.connect(self._do, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Say that it is ready, and read from now on."""
        print("ready", flush=True)
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.line.emit(line.strip())
        self.ended.emit()

    def _do(self, line: str) -> None:
        print(json.dumps(self._commands[line]()), flush=True)


class Watch(QObject):
    """Notes how late a timer is, what the model got, and when the table painted."""

    def __init__(self, window: QMainWindow, model: Any) -> None:
        super().__init__(window)
        self._model = model
        self._late: list[float] = []
        self._paints = 0
        self._last = 0.0
        self._newest, self._came, self._painted = 0.0, 0.0, 0.0
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        for changed in (model.dataChanged, model.layoutChanged, model.modelReset):
            changed.connect(self._changed)
        for view in window.findChildren(QAbstractItemView):
            if view.model() is model and not isinstance(view, QHeaderView):
                view.viewport().installEventFilter(self)

    def begin(self) -> None:
        """Tick from now on."""
        self._late, self._paints = [], 0
        self._last = time.perf_counter()
        self._timer.start()

    def end(self) -> dict[str, Any]:
        """How late each tick was, in seconds, and how many paints there were."""
        self._timer.stop()
        return {"late": self._late, "paints": self._paints}

    def newest(self) -> list[float]:
        """When the newest status shown was set, and when it was painted."""
        return [self._newest, self._painted if self._painted >= self._came else 0.0]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._paints += 1
            if self._painted < self._came:
                self._painted = time.time()
        return False

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, now - self._last - TICK_MS / 1_000))
        self._last = now

    def _changed(self, *_arguments: object) -> None:
        if self._timer.isActive():
            return
        rows = self._model.arrangement.rows.values()
        newest = max(row.service.updated for row in rows).timestamp() if rows else 0.0
        if newest > self._newest:
            self._newest, self._came = newest, time.time()


def memory() -> int:
    """This process's proportional set size, in bytes."""
    return int(psutil.Process().memory_full_info().pss)


def bare() -> None:
    """A window with an empty table."""
    app = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QTableView())
    window.show()
    lines = Lines({"memory": memory})
    lines.ended.connect(app.quit)
    QTimer.singleShot(0, lines.begin)
    app.exec()


def ours() -> None:
    """Our window, once it shows all services and answers."""
    # Not for the bare window's memory; as `izzitup_desktop.desktop.start` does.
    from izzitup_desktop.desktop.qt import load_qt
    from izzitup_desktop.loading import loading

    with loading():
        load_qt()
        from izzitup_desktop.desktop.session import Session
        from izzitup_desktop.paths import find_paths

    app = QApplication([])
    with loading():
        session = Session(app, find_paths())
    session.ended.connect(app.quit)
    watch = Watch(session.window, session.window.model)
    lines = Lines(
        {"memory": memory, "begin": watch.begin, "end": watch.end, "newest": watch.newest}
    )
    lines.ended.connect(session.quit)

    def look() -> None:
        rows = session.window.model.rowCount()
        if session.actor is not None and rows == SERVICES and session.window.status_line.address:
            look_again.stop()
            lines.begin()

    look_again = QTimer(interval=5)
    look_again.timeout.connect(look)
    look_again.start()
    session.begin()
    app.exec()
    session.close()


if __name__ == "__main__":
    {"bare": bare, "ours": ours}[sys.argv[1]]()
