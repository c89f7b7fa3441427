"""What the status bar tells of the board's life: the last script, refusals, change, next backup."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from izzitup_desktop.desktop.words.texts import filled, tooltip
from izzitup_desktop.desktop.words.times import ago, lasting
from izzitup_desktop.domain.accounts import Origin

if TYPE_CHECKING:
    # Entries come after the first paint.
    from izzitup_desktop.domain.journal import Entry

_HOUR = timedelta(hours=1)
_REPAINT_MS = 5_000
_MINUTE = 60
_BETWEEN = "  ·  "


class Lately(QLabel):
    """Says as much as there is room for, the most important first; its tooltip all of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._script: tuple[str, datetime] | None = None
        self._change: tuple[str, datetime] | None = None
        self._next_backup: datetime | None = None
        self._refusals: list[datetime] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_REPAINT_MS)
        self._timer.timeout.connect(self.say)

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        for entry in entries:
            if entry.kind.subject == "access":
                self._refusals.append(entry.time)
            elif entry.origin == Origin.API:
                self._script = (entry.actor, entry.time)
            if entry.kind.subject == "service":
                self._change = (entry.subject_name, entry.time)
        self._timer.start()
        self.say()

    def set_next_backup(self, time: datetime | None) -> None:
        """When the next backup is made by itself; None for never."""
        self._next_backup = time
        self.say()

    def say(self) -> None:
        """Say it as of now."""
        now = datetime.now(UTC)
        self._refusals = [time for time in self._refusals if now - time < _HOUR]
        parts = []
        if self._script is not None:
            name, time = self._script
            parts.append(filled(self.tr("Last script: %1, %2"), name, ago(time, now)))
        if self._refusals:
            parts.append(filled(self.tr("Refused in the last hour: %1"), len(self._refusals)))
        if self._change is not None:
            name, time = self._change
            parts.append(filled(self.tr("Last change: %1, %2"), name, ago(time, now)))
        if self._next_backup is not None:
            ahead = (self._next_backup - now).total_seconds()
            in_time = filled(self.tr("Next backup in %1"), lasting(ahead))
            parts.append(in_time if ahead >= _MINUTE else self.tr("A backup is due"))
        self.setToolTip(tooltip("\n".join(parts)))
        metrics = self.fontMetrics()
        while parts and metrics.horizontalAdvance(_BETWEEN.join(parts)) > self.width():
            parts.pop()
        self.setText(_BETWEEN.join(parts))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.say()
