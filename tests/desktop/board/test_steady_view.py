"""What goes away below the table moves no row of it under the hand."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.table import ServiceTable
from tests.desktop.board.made_rows import row
from tests.desktop.item_models import checked
from tests.desktop.pages import theme_of


@pytest.fixture
def table(qtbot: QtBot, qapp: QApplication) -> Iterator[ServiceTable]:
    """A table scrolled to its end, above a message of 50 pixels."""
    window, below = QWidget(), QWidget()
    below.setObjectName("below")
    below.setFixedHeight(50)
    table = ServiceTable(checked(ServiceModel()), theme_of(qapp))
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    layout.addWidget(below)
    qtbot.addWidget(window)
    table.services.replace([row(id_) for id_ in range(1, 61)])
    window.resize(900, 500)
    window.show()
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.verticalScrollBar().value() > 0)
    yield table
    window.close()


def top_of(table: ServiceTable, service_id: int) -> int:
    return table.rowViewportPosition(table.services.place_of(service_id))


def hide_below(table: ServiceTable, qtbot: QtBot) -> None:
    height = table.viewport().height()
    (below,) = table.window().findChildren(QWidget, "below")
    below.hide()
    qtbot.waitUntil(lambda: table.viewport().height() > height)


def test_no_row_moves_under_the_hand_when_a_message_below_goes_away(
    table: ServiceTable, qtbot: QtBot
) -> None:
    table.services.set_still(True)
    before = top_of(table, 55)
    hide_below(table, qtbot)
    assert top_of(table, 55) == before


def test_where_nobody_s_hand_is_the_rows_fill_the_table_again(
    table: ServiceTable, qtbot: QtBot
) -> None:
    hide_below(table, qtbot)
    assert top_of(table, 60) + table.rowHeight(59) == table.viewport().height()


def test_rows_that_are_filtered_out_leave_no_empty_table(table: ServiceTable, qtbot: QtBot) -> None:
    table.services.set_still(True)
    table.services.search("service 60")
    assert table.services.shown_ids() == [60]
    qtbot.waitUntil(lambda: top_of(table, 60) == 0)


@pytest.mark.parametrize("still", [True, False])
def test_a_click_on_a_row_that_is_seen_in_part_moves_rows_only_where_no_hand_is(
    table: ServiceTable, qtbot: QtBot, qapp: QApplication, still: bool
) -> None:
    bar, height = table.verticalScrollBar(), table.viewport().height()
    bar.setValue(table.rowHeight(0) - height % table.rowHeight(0) + 10)
    before = bar.value()
    place = table.rowAt(height - 4)
    rect = table.visualRect(table.services.index(place, Column.NAME))
    assert rect.bottom() > height, "it is seen in part"
    table.services.set_still(still)
    # Qt waits so long for a second click, and 100 ms more.
    begun = monotonic() + qapp.doubleClickInterval() / 1_000 + 0.1
    where = QPoint(rect.center().x(), rect.top() + 4)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.currentIndex().row() == place
    qtbot.waitUntil(lambda: monotonic() > begun + 0.1)
    qtbot.waitUntil(lambda: (bar.value() == before) is still)
