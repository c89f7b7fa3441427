"""The report's dialog hands over a span that can be reported, or says why it can't."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.history.report_dialog import ReportDialog


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [(1, 3, "The beginning is in the future"), (-1, -3, "The end is before the beginning")],
)
def test_days_that_can_not_be_reported_are_refused_with_the_reason(
    window: QWidget, first: int, last: int, reason: str
) -> None:
    dialog, submitted = _dialog(window, first, last)

    dialog.submit()

    assert reason in dialog.reason.text()
    assert submitted == []


def test_a_span_that_goes_on_ends_now(window: QWidget) -> None:
    dialog, submitted = _dialog(window, -3, 5)

    dialog.submit()

    ((begin, end),) = submitted
    now = datetime.now(end.tzinfo)
    assert begin < end <= now


def _dialog(
    window: QWidget, first: int, last: int
) -> tuple[ReportDialog, list[tuple[datetime, datetime]]]:
    dialog = ReportDialog(window)
    submitted: list[tuple[datetime, datetime]] = []
    dialog.submitted.connect(lambda begin, end, _kind: submitted.append((begin, end)))
    today = QDate.currentDate()
    dialog.first.setDate(today.addDays(first))
    dialog.last.setDate(today.addDays(last))
    return dialog, submitted
