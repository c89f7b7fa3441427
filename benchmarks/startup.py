"""Start-up: process start to first paint, and to real rows with the API answering.

Beside a bare window with a table, in turn; medians. Run it as
`python -m benchmarks.startup`; it paints offscreen.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QWidget

ROUNDS = 7
SERVICES = 1_000
ENDS_SECONDS = 60.0
SAID = {"bare": {"painted"}, "ours": {"painted", "ready"}}


def bare() -> None:
    """A window with a table: paint once, say so."""
    from PySide6.QtGui import QStandardItemModel
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

    app = QApplication([])
    window = QMainWindow()
    table = QTableView()
    table.setModel(QStandardItemModel(SERVICES, 8))
    window.setCentralWidget(table)

    def painted() -> None:
        print("painted", flush=True)
        app.quit()

    watch = _after_paint(table.viewport(), painted)
    window.show()
    app.exec()
    del watch


def _after_paint(widget: QWidget, then: Callable[[], None]) -> QObject:
    """Calls `then` when `widget` was painted, while what this returns is kept."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class Watch(QObject):
        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                widget.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    watch = Watch()
    widget.installEventFilter(watch)
    return watch


def ours() -> None:
    """Our window: say when it painted, and when it shows real rows and answers."""
    from izzitup_desktop.desktop.qt import load_qt
    from izzitup_desktop.loading import loading

    with loading():  # as `izzitup_desktop.desktop.start` does
        load_qt()
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from izzitup_desktop.desktop.session import Session
        from izzitup_desktop.paths import find_paths

    app = QApplication([])
    with loading():
        session = Session(app, find_paths())
    session.ended.connect(app.quit)
    seen: set[str] = set()

    def see(what: str) -> None:
        if what not in seen:
            seen.add(what)
            print(what, flush=True)

    # The table itself may be painted as late as its rows: without those of a last
    # session it is not shown before.
    session.window.painted.connect(lambda: see("painted"))
    session.window.rows_changed.connect(lambda: seen.add("rows"))
    session.begin()

    def look() -> None:
        if {"painted", "rows"} <= seen and session.window.status_line.address:
            look_again.stop()
            see("ready")
            session.quit()

    look_again = QTimer(interval=5)
    look_again.timeout.connect(look)
    look_again.start()
    app.exec()
    session.close()


def fill(folder: Path) -> None:
    """A board of many services and its administrator."""
    from izzitup_desktop import application, settings
    from izzitup_desktop.domain.accounts import Actor, Origin
    from izzitup_desktop.domain.services import ServiceDraft
    from izzitup_desktop.paths import Paths

    paths = Paths(folder, folder, folder / "logs")
    with application.start(paths, settings.Settings(), create=True, hash_cost=4) as running:
        account = running.board.accounts.first("bench", "a bench to sit on", Origin.CLI).value
        actor = Actor.of(account, Origin.CLI)
        with ThreadPoolExecutor(64) as pool:
            drafts = [ServiceDraft(f"Service {number}") for number in range(SERVICES)]
            list(pool.map(lambda draft: running.board.services.add(actor, draft), drafts))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.save(folder, account="bench", port=port)


def measured(kind: str, folder: Path) -> dict[str, float]:
    """Seconds from the process's start to each line that it prints.

    Raises RuntimeError, with what it said, for one that fails or does not end.
    """
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "IZZITUP_HOME": str(folder)}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as errors, subprocess.Popen(
        [sys.executable, "-m", "benchmarks.startup", kind],
        stdout=subprocess.PIPE, stderr=errors, text=True, env=environ,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        late = threading.Timer(ENDS_SECONDS, process.kill)
        late.start()
        found = {line.strip(): time.perf_counter() - started for line in process.stdout}
        code = process.wait()
        late.cancel()
        if code or not SAID[kind] <= found.keys():
            errors.seek(0)
            raise RuntimeError(f"{kind} ended with {code}, said {found}: {errors.read()[-2_000:]}")
        return found


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        measured("ours", folder)
        rounds = [(measured("bare", folder), measured("ours", folder)) for _ in range(ROUNDS)]
    floor = statistics.median(bare["painted"] for bare, _ in rounds)
    for what, name in (("painted", "first paint"), ("ready", "1,000 rows and API answering")):
        value = statistics.median(ours[what] for _, ours in rounds)
        print(f"start to {name}: {value * 1_000:.0f} ms ({value / floor:.2f} x bare window)")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        {"bare": bare, "ours": ours}[sys.argv[1]]()
    else:
        main()
