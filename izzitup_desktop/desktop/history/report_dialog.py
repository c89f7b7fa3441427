"""Asks of which time a report shall be, and as what."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.times import local_time


class ReportDialog(Dialog):
    """`submitted` carries begin and end (aware) and the file's ending."""

    submitted = Signal(object, object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Report of history and uptime"))
        self.span = ChoiceBox()
        for name, text in (
            ("last_quarter", self.tr("Last quarter")),
            ("this_quarter", self.tr("This quarter")),
            ("last_month", self.tr("Last month")),
            ("this_month", self.tr("This month")),
            ("last_year", self.tr("Last year")),
            ("days", self.tr("From … to …")),
        ):
            self.span.addItem(text, name)
        self.span.currentIndexChanged.connect(self._fill_dates)
        self.first, self.last = QDateEdit(), QDateEdit()
        self.kind = ChoiceBox()
        self.kind.addItem(self.tr("PDF, for people"), "pdf")
        self.kind.addItem(self.tr("CSV, for spreadsheets"), "csv")
        self.reason = plain_label(wrap=True)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for label, widget in (
            (self.tr("&Time"), self.span),
            (self.tr("&From"), self.first),
            (self.tr("T&o"), self.last),
            (self.tr("&As"), self.kind),
        ):
            widget.setAccessibleName(label.replace("&", ""))
            form.addRow(label, widget)
        for date in (self.first, self.last):
            date.setCalendarPopup(True)
            date.userDateChanged.connect(self._own_dates)
        foot = DialogFoot(self, self.tr("Choose a file …"))
        self.do = foot.do
        self.do.clicked.connect(self.submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(form)
        layout.addWidget(self.reason)
        layout.addWidget(foot)
        self.setMinimumWidth(400)
        self._filling = False
        self._fill_dates()

    def submit(self) -> None:
        """Hand over what was chosen."""
        begin, end = local_time(self.first.date()), local_time(self.last.date().addDays(1))
        if begin >= end:
            self.reason.setText(self.tr("The end is before the beginning."))
            self.first.setFocus()
            return
        now = datetime.now(UTC)
        if begin >= now:
            self.reason.setText(self.tr("The beginning is in the future: nothing happened yet."))
            self.first.setFocus()
            return
        self.accept()
        self.submitted.emit(begin, min(end, now), self.kind.currentData())

    def _fill_dates(self) -> None:
        days = named_span(self.span.currentData(), QDate.currentDate())
        if days is None:
            return
        self._filling = True
        self.first.setDate(days[0])
        self.last.setDate(days[1])
        self._filling = False

    def _own_dates(self) -> None:
        if not self._filling:
            self.span.setCurrentIndex(self.span.findData("days"))


def named_span(name: str, today: QDate) -> tuple[QDate, QDate] | None:
    """First and last day of a span such as `last_quarter`; None where it is free."""
    month = QDate(today.year(), today.month(), 1)
    quarter = QDate(today.year(), (today.month() - 1) // 3 * 3 + 1, 1)
    match name:
        case "last_quarter":
            return quarter.addMonths(-3), quarter.addDays(-1)
        case "this_quarter":
            return quarter, today
        case "last_month":
            return month.addMonths(-1), month.addDays(-1)
        case "this_month":
            return month, today
        case "last_year":
            return QDate(today.year() - 1, 1, 1), QDate(today.year() - 1, 12, 31)
        case _:
            return None
