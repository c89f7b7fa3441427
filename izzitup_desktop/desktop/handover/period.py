"""From when on a handover tells: what one has read, some hours, a day, or a time of one's own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QDateTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QHBoxLayout, QWidget

from izzitup_desktop.desktop.theme import SMALL
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.words.times import local_day, local_time

READ, SHIFT, YESTERDAY, OWN = "read", "shift", "yesterday", "own"
_SHIFT = timedelta(hours=8)


class Period(QWidget):
    """`changed` when another one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = ChoiceBox()
        for name, text in (
            (READ, self.tr("Since I last read it")),
            (SHIFT, self.tr("The last 8 hours")),
            (YESTERDAY, self.tr("Since yesterday")),
            (OWN, self.tr("Since …")),
        ):
            self.choice.addItem(text, name)
        self.choice.setAccessibleName(self.tr("From when on"))
        self.own = QDateTimeEdit(QDateTime.currentDateTime().addDays(-1))
        self.own.setCalendarPopup(True)
        self.own.setAccessibleName(self.tr("From when on"))
        self.own.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.choice)
        layout.addWidget(self.own)
        self.choice.currentIndexChanged.connect(self._choose)
        self.own.editingFinished.connect(self.changed)

    @property
    def name(self) -> str:
        """Which is chosen."""
        return str(self.choice.currentData())

    def choose(self, name: str) -> None:
        """Choose one by its name."""
        self.choice.setCurrentIndex(self.choice.findData(name))

    def begin(self, now: datetime) -> datetime | None:
        """When it begins (UTC); None: with what was not read yet."""
        match self.name:
            case "shift":
                return now - _SHIFT
            case "yesterday":
                return local_time(local_day(now).addDays(-1))
            case "own":
                return datetime.fromtimestamp(self.own.dateTime().toSecsSinceEpoch(), UTC)
            case _:
                return None

    def _choose(self) -> None:
        self.own.setVisible(self.name == OWN)
        self.changed.emit()
