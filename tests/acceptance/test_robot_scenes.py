"""What a robot rarely comes to by chance, done on purpose and judged by the same witnesses."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.rows import Column
from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.start.session import Session
from izzitup_desktop.domain.services import Service
from tests.acceptance.accepted import Accepted
from tests.acceptance.hands import Hands
from tests.acceptance.presses import Presses
from tests.builders import BOB, opened_board
from tests.desktop.sessions import attached_session, board_of, wait

pytestmark = pytest.mark.soak

COUNT = 9


@dataclass
class Scene:
    """A window of nine services, the worst first, and hands at it."""

    qtbot: QtBot
    session: Session
    hands: Hands
    presses: Presses
    home: Path
    is_writing: bool = False

    @property
    def viewport(self) -> QWidget:
        return self.session.window.view.table.viewport()

    def button(self, place: int, status: int) -> tuple[int, QPoint]:
        """The id of the row painted at a place from the top, and the middle of its button."""
        self.qtbot.wait(50)
        rows = [found for found in self.hands.shown().buttons() if found[1] == status]
        return rows[place][0], rows[place][2]

    def rest(self, spot: QPoint) -> None:
        """Have the pointer there, wherever a test before has left it."""
        QCursor.setPos(self.viewport.mapToGlobal(spot) - QPoint(0, 1))
        QCursor.setPos(self.viewport.mapToGlobal(spot))
        wait(self.qtbot, self.session.window.view.table.underMouse)

    def service(self, id_: int) -> Service:
        return self.session.window.model.arrangement.rows[id_].service

    def wait_for(self, id_: int, status: int) -> None:
        wait(self.qtbot, lambda: self.service(id_).status_id == status)
        wait(self.qtbot, lambda: not self.session.window.model.has_pending)

    def settle(self) -> None:
        """Wait until whatever was pressed is written."""
        self.qtbot.wait(100)
        wait(self.qtbot, lambda: not self.is_writing)
        self.qtbot.wait(50)


@pytest.fixture
def scene(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Scene]:
    board_of(home, *(f"Service {number}" for number in range(COUNT)))
    with attached_session(qtbot, qapp) as session:
        window = session.window
        wait(qtbot, lambda: len(window.model.shown_ids()) == COUNT)
        window.resize(1200, 720)
        window.view.table.sortByColumn(Column.STATUS, Qt.SortOrder.AscendingOrder)
        presses = Presses(home / "izzitup.db")
        hands = Hands(session, random.Random(1), presses)
        hands.attend()
        window.view.table.viewport().update()
        scene = Scene(qtbot, session, hands, presses, home)

        def hear(under_way: bool) -> None:
            scene.is_writing = under_way

        window.commands.under_way.connect(hear)
        yield scene


def test_a_second_press_sets_nothing_of_a_row_that_came_between(scene: Scene) -> None:
    id_, spot = scene.button(COUNT - 2, 7)
    scene.hands.move(scene.viewport, spot)
    scene.hands.click(scene.viewport, spot)
    scene.wait_for(id_, 7)
    scene.session.window.model.apply_order(at_once=True)
    scene.qtbot.wait(50)
    assert scene.hands.shown().button_at(spot)[0] not in (0, id_)
    scene.hands.click_again(scene.viewport, spot, (id_, 7))
    scene.settle()
    assert scene.presses.unexplained() == []
    assert scene.presses.changes == 1


def test_no_row_comes_under_a_pointer_that_rests(scene: Scene) -> None:
    id_, spot = scene.button(2, 6)
    scene.rest(spot)
    last, _ = scene.button(COUNT - 1, 5)
    with opened_board(f"sqlite:///{scene.home}/izzitup.db", scene.home, create=False) as board:
        board.statuses.set(BOB, [last], 7)
    scene.wait_for(last, 7)
    scene.qtbot.wait(50)
    assert scene.hands.shown().button_at(spot) == (id_, 6)
    scene.hands.click(scene.viewport, spot)
    scene.wait_for(id_, 6)
    assert scene.presses.unexplained() == []


def test_the_toast_takes_back_what_it_tells_of(scene: Scene) -> None:
    window, table = scene.session.window, scene.session.window.view.table
    id_, spot = scene.button(1, 7)
    scene.hands.move(scene.viewport, spot)
    scene.hands.click(scene.viewport, spot)
    scene.wait_for(id_, 7)
    # Of this the toast says nothing: it is the newest step all the same.
    table.setCurrentIndex(window.model.index(3, Column.NOTE))
    scene.hands.key("F2")
    scene.hands.write("Kabel getauscht")
    scene.hands.key("Return")
    scene.settle()
    button = window.toast.button
    assert "Outage" in window.toast.text
    scene.hands.click(button, button.rect().center())
    scene.settle()
    assert scene.presses.unexplained() == []
    assert scene.presses.undone == 1
    wait(scene.qtbot, lambda: scene.service(id_).status_id == 5)


def test_what_is_typed_right_after_ctrl_enter_is_the_comment(scene: Scene) -> None:
    window, accepted = scene.session.window, Accepted()
    window.view.table.setFocus()
    scene.hands.key("Down")
    accepted.look(window, dropping=False)
    scene.hands.key("Ctrl+Return")
    scene.hands.write("seit 9 Uhr 56 gestört")
    accepted.look(window, dropping=False)
    dialog = scene.hands.top()
    assert isinstance(dialog, StatusDialog)
    assert dialog.comment.text() == "seit 9 Uhr 56 gestört"
    scene.hands.key("Return")
    wait(scene.qtbot, lambda: scene.hands.top() is window)
    scene.settle()
    accepted.look(window, dropping=False)
    assert [text.text for text in accepted.texts] == ["seit 9 Uhr 56 gestört"]
    with opened_board(f"sqlite:///{scene.home}/izzitup.db", scene.home, create=False) as board:
        assert accepted.lost(board) == []
    assert scene.presses.unexplained() == []
    assert scene.hands.wrong == []


def test_a_note_that_is_left_by_a_click_elsewhere_is_kept(scene: Scene) -> None:
    window, accepted = scene.session.window, Accepted()
    table = window.view.table
    table.setFocus()
    table.setCurrentIndex(window.model.index(2, Column.NOTE))
    scene.hands.key("F2")
    scene.hands.write("Kabel getauscht")
    accepted.look(window, dropping=False)
    _, spot = scene.button(6, 6)
    scene.hands.move(scene.viewport, spot)
    scene.hands.click(scene.viewport, spot)
    scene.settle()
    accepted.look(window, dropping=False)
    assert [(text.field, text.text) for text in accepted.texts] == [("note", "Kabel getauscht")]
    with opened_board(f"sqlite:///{scene.home}/izzitup.db", scene.home, create=False) as board:
        assert accepted.lost(board) == []
    assert scene.presses.unexplained() == []
    assert scene.hands.wrong == []
