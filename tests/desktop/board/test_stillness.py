"""Nothing moves under the hand: the pointer's, or that on the keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.stillness import OrderHint, Stillness
from izzitup_desktop.desktop.board.table import ServiceTable
from tests.desktop.board.made_rows import row
from tests.desktop.item_models import checked
from tests.desktop.pages import theme_of
from tests.desktop.sessions import wait

_LONG_MS = 3_600_000


class Hand:
    """A table with the worst first, and what is done to it."""

    def __init__(self, qtbot: QtBot, app: QApplication, *, after_key_ms: int = _LONG_MS) -> None:
        self.model = checked(ServiceModel())
        self.table = ServiceTable(self.model, theme_of(app))
        qtbot.addWidget(self.table)
        self.refresh = QAction("Refresh", self.table)
        self.refresh.setShortcut("F5")
        self.hint = OrderHint(theme_of(app), self.table, self.refresh)
        self.stillness = Stillness(
            self.table, self.table, after_key_ms=after_key_ms, after_change_ms=0, after_leaving_ms=0
        )
        self.refresh.triggered.connect(self.stillness.apply)
        self.table.resize(900, 400)
        self.table.show()
        # Where the pointer really is, is no matter here.
        QApplication.processEvents()
        self.leave()
        wait(qtbot, lambda: not self.model.arrangement.still)
        self.model.replace([row(id_, f"s{id_}") for id_ in range(1, 6)])
        self.model.sort(Column.STATUS)

    def shown(self) -> list[int]:
        return self.model.shown_ids()

    def enter(self) -> None:
        at = QPointF(5, 5)
        QApplication.sendEvent(self.table, QEnterEvent(at, at, at))

    def leave(self) -> None:
        QApplication.sendEvent(self.table, QEvent(QEvent.Type.Leave))

    def worsen(self, id_: int, status: int = 7) -> None:
        self.model.change([row(id_, f"s{id_}", status=status)], ())


@pytest.fixture
def hand(qtbot: QtBot, qapp: QApplication) -> Hand:
    return Hand(qtbot, qapp)


def test_rows_move_at_once_while_no_hand_is_on_them(hand: Hand) -> None:
    hand.worsen(4)
    assert hand.shown() == [4, 1, 2, 3, 5]
    assert hand.hint.isHidden()


def test_no_row_moves_under_the_pointer_and_all_do_once_it_leaves(hand: Hand, qtbot: QtBot) -> None:
    hand.enter()
    hand.worsen(4)
    QApplication.processEvents()
    assert hand.shown() == [1, 2, 3, 4, 5]
    hand.leave()
    wait(qtbot, lambda: hand.shown() == [4, 1, 2, 3, 5])


def test_a_quiet_hint_says_that_the_order_changed_and_its_key_applies_it(hand: Hand) -> None:
    hand.enter()
    hand.worsen(4)
    assert hand.hint.isVisible()
    assert hand.hint.text() == "Order changed – F5"
    assert hand.table.horizontalHeader().geometry().contains(hand.hint.geometry().center())
    hand.refresh.trigger()
    assert hand.shown() == [4, 1, 2, 3, 5]
    assert hand.hint.isHidden()
    hand.worsen(5)
    assert hand.shown() == [4, 1, 2, 3, 5]
    hand.hint.click()
    assert hand.shown() == [4, 5, 1, 2, 3]


def test_seven_down_seven_walks_the_order_that_was_seen(hand: Hand, qtbot: QtBot) -> None:
    wanted: list[int] = []
    outage = QAction("Set Outage", hand.table)
    outage.setShortcut("7")
    outage.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    hand.table.addAction(outage)

    def set_outage() -> None:
        (id_,) = hand.table.selected_ids()
        wanted.append(id_)
        hand.worsen(id_)

    outage.triggered.connect(set_outage)
    hand.table.setFocus()
    hand.table.select([2])
    for key in (Qt.Key.Key_7, Qt.Key.Key_Down, Qt.Key.Key_7):
        qtbot.keyClick(hand.table, key)
    assert wanted == [2, 3]
    assert hand.shown() == [1, 2, 3, 4, 5]


def test_a_while_after_the_last_key_rows_stand_where_they_belong(
    qtbot: QtBot, qapp: QApplication
) -> None:
    hand = Hand(qtbot, qapp, after_key_ms=0)
    hand.table.select([2])
    qtbot.keyClick(hand.table, Qt.Key.Key_Down)
    hand.worsen(4)
    assert hand.shown() == [1, 2, 3, 4, 5]
    wait(qtbot, lambda: hand.shown() == [4, 1, 2, 3, 5])


def test_an_edited_row_stays_until_its_editor_is_closed(qtbot: QtBot, qapp: QApplication) -> None:
    hand = Hand(qtbot, qapp, after_key_ms=0)
    hand.model.may_edit = lambda _row: True
    hand.table.select([2])
    qtbot.keyClick(hand.table, Qt.Key.Key_Down)
    hand.table.edit_in_place()
    hand.worsen(4)
    QApplication.processEvents()
    assert hand.shown() == [1, 2, 3, 4, 5]
    hand.leave()
    QApplication.processEvents()
    assert hand.shown() == [1, 2, 3, 4, 5]


def test_what_is_being_written_here_moves_nothing_before_it_is_done(
    hand: Hand, qtbot: QtBot
) -> None:
    hand.stillness.set_under_way(True)
    hand.worsen(4)
    QApplication.processEvents()
    assert hand.shown() == [1, 2, 3, 4, 5]
    hand.stillness.set_under_way(False)
    wait(qtbot, lambda: hand.shown() == [4, 1, 2, 3, 5])


def test_a_table_that_appears_under_a_resting_pointer_holds_still(
    qtbot: QtBot, qapp: QApplication
) -> None:
    hand = Hand(qtbot, qapp)
    hand.table.hide()
    QCursor.setPos(hand.table.mapToGlobal(QPoint(50, 100)))
    hand.table.show()
    hand.worsen(4)
    assert hand.shown() == [1, 2, 3, 4, 5]


def test_the_first_key_on_the_rows_selects_the_row_that_has_the_focus(
    qtbot: QtBot, qapp: QApplication
) -> None:
    hand = Hand(qtbot, qapp)
    hand.table.setCurrentIndex(hand.model.index(0, Column.NAME))
    hand.table.clearSelection()
    qtbot.keyClick(hand.table, Qt.Key.Key_Down)
    assert hand.table.selected_ids() == [1]
    qtbot.keyClick(hand.table, Qt.Key.Key_Down)
    assert hand.table.selected_ids() == [2]
