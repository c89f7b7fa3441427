"""A progress bar with numbers and Cancel, over work that takes longer than a second."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.theme import MARGIN, WIDE
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.domain.errors import Cancelled

T = TypeVar("T")

_SHOWN_AFTER_MS = 700
Report = Callable[[int, int], None]


class ProgressDialog(Dialog):
    """Runs `work(progress, cancelled)`; appears only when that takes a while."""

    _moved = Signal(int, int)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._stop = Event()
        self._over = False
        self.setWindowTitle(title)
        self.setModal(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setFormat("%v / %m")
        self.bar.setAccessibleName(title)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(plain_label(title, wrap=True))
        layout.addWidget(self.bar)
        layout.addLayout(foot)
        self.setMinimumWidth(420)
        self._moved.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        runner: Runner,
        work: Callable[[Report, Callable[[], bool]], T],
        then: Callable[[T], object],
        failed: Callable[[Exception], object],
        cancelled: Callable[[], object] | None = None,
    ) -> None:
        """Run `work`; cancelled, only `cancelled` is called of the three."""

        def ended(value: T) -> None:
            self._end()
            then(value)

        def refused(error: Exception) -> None:
            self._end()
            if not isinstance(error, Cancelled):
                failed(error)
            elif cancelled is not None:
                cancelled()

        runner.run(
            lambda: work(self._moved.emit, self._stop.is_set),
            then=ended,
            failed=refused,
            owner=self,
        )
        QTimer.singleShot(_SHOWN_AFTER_MS, self, self._show_late)

    def reject(self) -> None:
        self._stop.set()
        self.cancel.setEnabled(False)
        if self._over:
            super().reject()

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _show_late(self) -> None:
        if not self._over:
            self.open()

    def _end(self) -> None:
        self._over = True
        self.done(0)
        self.deleteLater()
