"""One service's history: zoom, strip, and the same as a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QButtonGroup, QToolButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.history.timeline import Timeline
from izzitup_desktop.desktop.history.words import uptime_text
from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.theme.shapes import span_word
from izzitup_desktop.desktop.widgets.flow import FlowLayout
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import (
    date_of,
    exactly,
    from_microseconds,
    in_short,
    lasting,
    local_day,
    local_time,
)
from izzitup_desktop.domain.uptime import Span, Totals

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board.uptime import History

_DAY = timedelta(days=1)

Read = Callable[[datetime, datetime, "Callable[[History], object]"], object]


class HistoryPanel(QWidget):
    """`read(begin, end, then)` is given by the owner; `load` asks it again."""

    journal_wanted = Signal(object, object)
    """The first and the last day (`QDate`) of which the journal is to be read."""

    def __init__(self, theme: Theme, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._read = theme, read
        self._days = 30
        self._day: QDate | None = None
        self.strip = Timeline(theme)
        self.strip.day_wanted.connect(self.look_at)
        self.strip.journal_wanted.connect(lambda day: self.journal_wanted.emit(day, day))
        self.model = ListModel[Span](self._columns(), key=lambda span: span.begin)
        self.table = ListTable(self.model, self.tr("History as a table"))
        self.table.setMinimumHeight(140)
        self.table.hide()
        self.summary = plain_label(wrap=True)
        self._zooms = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addLayout(self._line())
        layout.addWidget(self.strip)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        theme.changed.connect(self._dress)
        self._dress()

    def load(self) -> None:
        """Read the history again."""
        begin, end = self.window_shown()
        self._read(begin, end, self.show_history)

    def look_at(self, day: QDate) -> None:
        """Look at the hours of one day."""
        self._day = day
        for button in self._zooms.buttons():
            button.setChecked(self._zooms.id(button) == 1)
        self.load()

    def window_shown(self) -> tuple[datetime, datetime]:
        """From when to when."""
        now = datetime.now(UTC)
        if self._day is not None:
            return local_time(self._day), min(now, local_time(self._day.addDays(1)))
        return now - self._days * _DAY, now

    def show_history(self, history: History) -> None:
        """Show what was read of `window_shown`."""
        self.strip.show_spans(history.spans, history.comments)
        self.model.replace(reversed(history.spans))
        text = uptime_text(history.totals)
        if self._day is not None:
            text = f"{date_of(local_time(self._day))}: {text}"
        self.summary.setText(text)

    def show_totals(self, totals: Totals | None) -> None:
        """Show what several services together did in 30 days; they have no strip."""
        self.strip.show_spans(())
        self.model.replace(())
        text = "" if totals is None else uptime_text(totals)
        self.summary.setText(filled(self.tr("30 days: %1"), text) if text else "")

    def _line(self) -> FlowLayout:
        line = FlowLayout(SMALL)
        for days, text in (
            (30, self.tr("30 days")),
            (7, self.tr("7 days")),
            (1, self.tr("24 hours")),
        ):
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setChecked(days == self._days)
            self._zooms.addButton(button, days)
            line.addWidget(button)
        self._zooms.idClicked.connect(self._zoom)
        self.journal = QToolButton()
        self.journal.setText(self.tr("Journal of this time"))
        self.journal.clicked.connect(self._want_journal)
        line.addWidget(self.journal)
        self.as_table = QToolButton()
        self.as_table.setText(self.tr("Table"))
        self.as_table.setCheckable(True)
        self.as_table.toggled.connect(self._toggle_table)
        line.addWidget(self.as_table)
        return line

    def _want_journal(self) -> None:
        begin, end = self.window_shown()
        last = end - timedelta(microseconds=1)
        self.journal_wanted.emit(local_day(begin), local_day(last))

    def _toggle_table(self, on: bool) -> None:
        self.table.setVisible(on)
        self.strip.setVisible(not on)

    def _zoom(self, days: int) -> None:
        self._days, self._day = days, None
        self.load()

    def _columns(self) -> list[ListColumn[Span]]:
        return [
            ListColumn(
                self.tr("Status"),
                lambda span: span_word(span.status_id),
                110,
                icon=lambda span: (
                    self._theme.status_icon(span.status_id) if span.status_id else None
                ),
            ),
            ListColumn(
                self.tr("From"),
                lambda span: in_short(from_microseconds(span.begin)),
                150,
                sort=lambda span: span.begin,
                tip=lambda span: exactly(from_microseconds(span.begin)),
            ),
            ListColumn(
                self.tr("For"),
                lambda span: lasting(span.length / 1e6),
                80,
                sort=lambda span: span.length,
            ),
        ]

    def _dress(self) -> None:
        self.summary.setStyleSheet(f"color: {self._theme.colours.muted};")
