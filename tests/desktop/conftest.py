"""What every test of the window stands on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.desktop.sessions import delete_windows


@pytest.fixture(autouse=True)
def no_key_is_held(qapp: QApplication) -> Iterator[None]:
    """Qt takes the modifiers of the last key event for held: also in the next test."""
    yield
    QTest.keyRelease(QWidget(), Qt.Key.Key_Shift)
    assert QApplication.keyboardModifiers() is Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def no_pointer_is_over_a_window(qapp: QApplication) -> None:
    """Where the last test left it, rows of the next one would stay where they are."""
    QCursor.setPos(qapp.primaryScreen().geometry().bottomRight())


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """Windows of a test are gone before the next one dresses the application."""
    yield
    delete_windows()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window for the dialog of a test to stand over, kept as long as the test."""
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent
