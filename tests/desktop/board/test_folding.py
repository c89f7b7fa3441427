"""The inspector folds in a narrow window."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.folding import WIDE_ENOUGH, InspectorFold


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(WIDE_ENOUGH + 100, 600)
    window.show()
    return window


@pytest.fixture
def action(window: QWidget) -> QAction:
    action = QAction(window)
    action.setCheckable(True)
    action.setChecked(True)
    return action


def resize(window: QWidget, width: int) -> None:
    window.resize(width, 600)
    QApplication.processEvents()


def test_it_goes_where_there_is_no_room_and_comes_back(window: QWidget, action: QAction) -> None:
    fold = InspectorFold(window, action)
    resize(window, WIDE_ENOUGH - 1)
    assert not action.isChecked()
    # What is kept for the next start is what somebody chose.
    assert fold.wanted
    resize(window, WIDE_ENOUGH)
    assert action.isChecked()


def test_who_opens_it_in_a_narrow_window_keeps_it(window: QWidget, action: QAction) -> None:
    fold = InspectorFold(window, action)
    resize(window, 700)
    action.trigger()
    resize(window, 650)
    assert action.isChecked()
    action.trigger()
    resize(window, WIDE_ENOUGH)
    assert not action.isChecked()
    assert not fold.wanted


def test_one_that_was_hidden_by_hand_stays_hidden(window: QWidget, action: QAction) -> None:
    fold = InspectorFold(window, action)
    action.trigger()
    resize(window, 700)
    resize(window, WIDE_ENOUGH + 50)
    assert not action.isChecked()
    assert not fold.wanted
