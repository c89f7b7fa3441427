"""A window that is watched: ours, or a bare one with a table or a naive list.

Ours is started as a user starts it; what is watched of it is what Qt tells of any
window: its paints, its table's model, its actions by their names. It says lines
(`painted`, `rows N`), and answers each line of standard input with one of JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6 import QtWidgets
from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QAbstractItemModel,
    QEvent,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

TICK_MS = 16
QUIET_MS = 300
"""Nothing changed and nothing was painted for so long: it is done."""

_POLL_MS = 5

Answer = Callable[[Any], None]


def say(line: str) -> None:
    """One line for whoever started this."""
    print(line, flush=True)


class Lines(QObject):
    """Standard input's lines, on the GUI thread."""

    line = Signal(str)
    ended = Signal()

    def begin(self) -> None:
        """Read from now on."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.line.emit(line.rstrip("\n"))
        self.ended.emit()


class Watch(QObject):
    """Notes when the table painted and its model changed, and does what it is told."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        views = window.findChildren(QTableView)
        self._view = max(views, key=lambda view: view.model().columnCount())
        self._paints, self._painted, self._changed_at = 0, 0.0, 0.0
        self._rows = -1
        self._late: list[float] = []
        self._ticked = 0.0
        self._ticks = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self._tick)
        self._click: Click | None = None
        self._counted: Counted | None = None
        model = self.model
        for changed in (
            model.dataChanged, model.layoutChanged, model.modelReset,
            model.rowsInserted, model.rowsRemoved,
        ):  # fmt: skip
            changed.connect(self._changed)
        self._view.viewport().installEventFilter(self)
        self._changed()
        self._lines = Lines()
        self._lines.line.connect(self._do, Qt.ConnectionType.QueuedConnection)
        self._lines.begin()

    @property
    def model(self) -> QAbstractItemModel:
        """The table's."""
        return self._view.model()

    def status(self, row: int) -> str:
        """What the first column says of a row: its status."""
        return str(self.model.index(row, 0).data())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            first = not self._painted and self.model.rowCount() > 0
            self._paints += 1
            self._painted = time.time()
            if self._click is not None:
                self._click.painted(self.status(self._click.row))
            if first:
                QTimer.singleShot(0, self, lambda: say("painted"))
        return False

    def _changed(self, *_arguments: object) -> None:
        self._changed_at = time.time()
        if self._click is not None:
            self._click.changed(self.status(self._click.row))
        rows = self.model.rowCount()
        if rows != self._rows:
            self._rows = rows
            say(f"rows {rows}")

    def _tick(self) -> None:
        now = time.perf_counter()
        self._late.append(max(0.0, now - self._ticked - self._ticks.interval() / 1_000))
        self._ticked = now

    def _do(self, line: str) -> None:
        command, _, argument = line.partition(" ")
        getattr(self, f"do_{command}")(argument, lambda found: say(json.dumps(found)))

    # What it can be told

    def do_begin(self, _argument: str, answer: Answer) -> None:
        """Tick, and count paints, from now on."""
        self._late, self._paints, self._ticked = [], 0, time.perf_counter()
        self._ticks.start()
        answer(None)

    def do_end(self, _argument: str, answer: Answer) -> None:
        """How late each tick was, in seconds, and how many paints there were."""
        self._ticks.stop()
        answer({"late": self._late, "paints": self._paints})

    def do_newest(self, _argument: str, answer: Answer) -> None:
        """When the model changed last, and when the table was painted last."""
        answer([self._changed_at, self._painted])

    def do_rows(self, _argument: str, answer: Answer) -> None:
        """How many rows there are."""
        answer(self.model.rowCount())

    def do_name(self, argument: str, answer: Answer) -> None:
        """Of which service a row is."""
        answer(self.model.index(int(argument), 1).data())

    def do_status(self, argument: str, answer: Answer) -> None:
        """Which status a row shows."""
        answer(self.status(int(argument)))

    def do_expect(self, argument: str, answer: Answer) -> None:
        """Somebody else is about to set a row's status."""
        self._click = Click(int(argument), self.status(int(argument)))
        answer(None)

    def do_cpu(self, argument: str, answer: Answer) -> None:
        """CPU seconds so far, of the GUI's thread or of the whole process."""
        answer(time.process_time() if argument == "process" else time.thread_time())

    def do_go(self, argument: str, answer: Answer) -> None:
        """Do an action, by its name."""
        self._action(argument).trigger()
        answer(None)

    def do_count(self, _argument: str, answer: Answer) -> None:
        """Count what the window reads from now on."""
        if self._counted is None:
            self._counted = Counted()
        self._counted.readings = self._counted.selects = 0
        answer(None)

    def do_counted(self, _argument: str, answer: Answer) -> None:
        """Readings and SELECTs since `count`."""
        assert self._counted is not None
        answer([self._counted.readings, self._counted.selects])

    def do_click(self, argument: str, answer: Answer) -> None:
        """Select a row and press a key on it: `ROW KEY`."""
        from PySide6.QtTest import QTest  # a window that nobody clicks needs it not

        row, key = argument.split()
        index = self.model.index(int(row), 1)
        centre = self._view.visualRect(index).center()
        self._window.activateWindow()
        QTest.mouseClick(self._view.viewport(), Qt.MouseButton.LeftButton, pos=centre)
        self._view.setFocus()

        def press() -> None:
            # Keys go where the focus is, which comes when the window is active.
            if QApplication.focusWidget() is not self._view:
                QTimer.singleShot(_POLL_MS, self, press)
                return
            self._click = Click(int(row), self.status(int(row)))
            QTest.keyClick(self._view, Qt.Key(ord(key)))
            answer(None)

        self._click = None
        press()

    def do_clicked(self, _argument: str, answer: Answer) -> None:
        """When the row showed another status, after which seconds and turns; null: not yet."""
        click = self._click
        found = None if click is None else [click.painted_at, click.seconds, click.turns]
        answer(found if found and found[0] else None)

    def do_confirmed(self, argument: str, answer: Answer) -> None:
        """Whether no status of a service waits to be written."""
        from izzitup_desktop.desktop.board.model import ServiceModel  # the others have none

        assert isinstance(self.model, ServiceModel)
        answer(self.model.pending_of(int(argument)) == 0)

    def do_type(self, argument: str, answer: Answer) -> None:
        """Type a letter into the search."""
        from PySide6.QtTest import QTest

        field = self._search()
        Work(self._state, lambda: QTest.keyClicks(field, argument), answer)

    def do_paste(self, argument: str, answer: Answer) -> None:
        """Put a whole text into the search."""
        field = self._search()
        Work(self._state, lambda: field.insert(argument), answer)

    def do_clear(self, _argument: str, answer: Answer) -> None:
        """Empty the search."""
        from PySide6.QtTest import QTest

        field = self._search()

        def clear() -> None:
            field.selectAll()
            QTest.keyClick(field, Qt.Key.Key_Backspace)

        Work(self._state, clear, answer)

    def do_sort(self, argument: str, answer: Answer) -> None:
        """Click on a column's heading."""
        from PySide6.QtTest import QTest

        header = self._view.horizontalHeader()
        left = header.sectionViewportPosition(int(argument))
        place = QPoint(left + header.sectionSize(int(argument)) // 2, header.height() // 2)

        def sort() -> None:
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

        Work(self._state, sort, answer)

    def _search(self) -> QtWidgets.QLineEdit:
        if not isinstance(QApplication.focusWidget(), QtWidgets.QLineEdit):
            # It selects what is there, which the next letter would replace.
            self._action("find").trigger()
        field = QApplication.focusWidget()
        assert isinstance(field, QtWidgets.QLineEdit), field
        return field

    def _action(self, name: str) -> QAction:
        action = self._window.findChild(QAction, name)
        assert isinstance(action, QAction), name
        return action

    def _state(self) -> tuple[float, float]:
        return self._changed_at, self._painted


class Click:
    """A status that is set from now on, until its row shows it."""

    def __init__(self, row: int, before: str) -> None:
        self.row = row
        self.painted_at, self.seconds, self.turns = 0.0, 0.0, 0
        self._before, self._begin = before, time.perf_counter()
        self._turns, self._changed_in = 0, -1
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        dispatcher.awake.connect(self._turn)

    def changed(self, now: str) -> None:
        """The model changed: the row may have its status."""
        if now != self._before and self._changed_in < 0:
            self._changed_in = self._turns

    def painted(self, now: str) -> None:
        """The table was painted."""
        if now != self._before and not self.painted_at:
            self.painted_at = time.time()
            self.seconds = time.perf_counter() - self._begin
            self.turns = max(self._changed_in, 0)

    def _turn(self) -> None:
        self._turns += 1


class Counted:
    """Transactions and SELECTs, but those of the board's own threads."""

    _OWN = (
        "izzitup-writer", "izzitup-feed", "izzitup-server", "izzitup-list", "izzitup-listen",
        "izzitup-scheduler", "izzitup-jobs", "izzitup-hash", "izzitup-watch",
    )  # fmt: skip

    def __init__(self) -> None:
        from sqlalchemy import Engine, event  # not before the window itself loads it

        self.readings = self.selects = 0
        event.listen(Engine, "begin", self._begun)
        event.listen(Engine, "before_cursor_execute", self._executed)

    def _is_own(self) -> bool:
        return threading.current_thread().name.startswith(self._OWN)

    def _begun(self, _connection: object) -> None:
        self.readings += not self._is_own()

    def _executed(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        self.selects += statement.lstrip().startswith("SELECT") and not self._is_own()


class Work(QObject):
    """Something done at once; answered with what it cost when all is quiet."""

    _STEP_MS = 5

    def __init__(
        self, state: Callable[[], object], work: Callable[[], None], answer: Answer
    ) -> None:
        super().__init__(QApplication.instance())
        self._state, self._answer = state, answer
        self._longest = 0.0
        self._timer = QTimer(self, interval=self._STEP_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._look)
        self._begin = time.thread_time()
        self._ticked = self._quiet_since = time.perf_counter()
        self._last = state()
        self._cpu = 0.0
        self._timer.start()
        work()

    def _look(self) -> None:
        now = time.perf_counter()
        self._longest = max(self._longest, now - self._ticked - self._STEP_MS / 1_000)
        self._ticked = now
        state = self._state()
        if state != self._last or not self._cpu:
            self._last, self._quiet_since = state, now
            self._cpu = time.thread_time() - self._begin
        elif now - self._quiet_since > QUIET_MS / 1_000:
            self._timer.stop()
            self._answer({"cpu": self._cpu, "longest": self._longest})
            self.deleteLater()


class Watched(QApplication):
    """An application whose window is watched from when its event loop begins."""

    def exec(self) -> int:  # type: ignore[override]
        """Run the event loop."""
        (window,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, QMainWindow))
        self._watch = Watch(window)
        return QApplication.exec()


def ours() -> None:
    """Our window, as `izzitup` opens it."""
    # Users have Qt loaded by this, and nothing of ours by PySide6's import function before.
    from izzitup_desktop.desktop.start.qt import load_qt

    load_qt()
    QtWidgets.QApplication = Watched  # type: ignore[misc]
    sys.argv = ["izzitup"]
    from izzitup_desktop.cli import main

    main()


def bare(rows: int) -> None:
    """A window with an empty table of so many rows."""
    app = Watched([])
    table = QTableView()
    table.setModel(QStandardItemModel(rows, 8))
    window = QMainWindow()
    window.setCentralWidget(table)
    window.show()
    app.exec()


def naive(rows: int) -> None:
    """A window with a search and a table of so many services, done naively."""
    from benchmarks.naive import window_of  # its rows are made for it alone

    app = Watched([])
    window = window_of(rows)
    window.show()
    app.exec()


if __name__ == "__main__":
    kind = sys.argv[1]
    if kind == "ours":
        ours()
    else:
        {"bare": bare, "naive": naive}[kind](int(sys.argv[2]))
