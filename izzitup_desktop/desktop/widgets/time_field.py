"""A time as people type it, with what is understood below it while they type."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QLineEdit

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.times import lasting, long_and_exactly
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.text.typed_times import LENGTH_MOST, typed_time

_MINUTE = 60


class TimeField(QLineEdit):
    """`note` says which time is meant, or why none is; it is laid out by whoever has the field.

    Its height is the same whatever it says, so that nothing moves while somebody types.
    """

    read = Signal()
    """The time that is meant may be another now."""

    def __init__(self, theme: Theme, shift_end: time, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._shift_end, self._clock = theme, shift_end, clock
        self._refusal = ""
        self.setMaxLength(LENGTH_MOST)
        self.setPlaceholderText(self.tr("16:00, +2h, tomorrow 8"))
        self.note = plain_label(wrap=True)
        self.note.setMinimumHeight(2 * self.note.fontMetrics().lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.textChanged.connect(self._on_typed)
        theme.changed.connect(self._say)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._say()

    def time(self) -> datetime:
        """The time that is meant, in UTC. Raises `Invalid` for none."""
        return typed_time(self.text(), self._clock(), shift_end=self._shift_end)

    def set_time(self, when: datetime) -> None:
        """Have this time in the field, as its reader writes times."""
        german = QLocale().language() == QLocale.Language.German
        local = when.astimezone()
        self.setText(f"{local:%d.%m.%Y %H:%M}" if german else f"{local:%Y-%m-%d %H:%M}")

    def refuse(self, reason: str) -> None:
        """Say why this time can't be taken, until another is typed."""
        self._refusal = reason
        self._say()

    def _on_typed(self) -> None:
        self._refusal = ""
        self._say()
        self.read.emit()

    def _say(self) -> None:
        reason, said = self._refusal, ""
        if not self.isEnabled():
            reason = ""
        elif not reason and self.text().strip():
            try:
                said = self._understood(self.time())
            except Invalid as error:
                reason = error.reason
        reason = translated(reason)
        colours = self._theme.colours
        ink = colours.status(StatusId.OUTAGE).ink if reason else colours.muted
        self.note.setStyleSheet(f"color: {ink};")
        self.note.setText(reason or said)
        self.setAccessibleDescription(reason or said)
        if self.property("invalid") != bool(reason):
            self.setProperty("invalid", bool(reason))
            self.style().unpolish(self)
            self.style().polish(self)

    def _understood(self, when: datetime) -> str:
        ahead = (when - self._clock()).total_seconds()
        if ahead < _MINUTE:
            return long_and_exactly(when)
        return filled(self.tr("%1 (in %2)"), long_and_exactly(when), lasting(ahead))
