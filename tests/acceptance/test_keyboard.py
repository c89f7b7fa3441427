"""Nobody needs a mouse: what it takes to fill a board, and where the keys lead."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.dialog import ServiceDialog
from tests.acceptance.operator import Operator
from tests.desktop.sessions import attached_session, board_of

NAMES = (
    "E-Mail", "Chat", "Telephones", "Website", "Shop", "Payments", "Warehouse", "Printing",
    "Scanners", "VPN", "Wi-Fi", "Internet", "File server", "Backups", "Time tracking", "Payroll",
    "Intranet", "Wiki", "Calendar", "Door control",
)  # fmt: skip
_CONTROLS = QAbstractButton | QAbstractItemView | QComboBox | QLineEdit | QPlainTextEdit

pytestmark = pytest.mark.soak


@pytest.fixture
def operator(home: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Operator]:
    board_of(home, "First", "Second")
    with attached_session(qtbot, qapp) as session:
        yield Operator(qtbot, session)


def test_twenty_services_with_their_keys_take_fewer_than_600_keystrokes(operator: Operator) -> None:
    for number, name in enumerate(NAMES):
        operator.press("Ctrl+N")
        operator.dialog(ServiceDialog)
        operator.write(name)
        operator.press("Tab")
        operator.write(f"KEY{number}")
        operator.press("Return")
        operator.no_dialog(ServiceDialog)
        operator.wait(lambda name=name: operator.has_service(name))  # type: ignore[misc]
    assert operator.keys_pressed < 600
    assert {operator.service(name).key for name in NAMES} == {f"KEY{n}" for n in range(20)}


def controls(top: QWidget) -> set[QWidget]:
    """What of a window somebody may use and Tab should reach."""
    return {
        widget
        for widget in top.findChildren(QWidget)
        if isinstance(widget, _CONTROLS)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }


def walked(operator: Operator) -> list[QWidget]:
    """What Tab leads to, until it is back where it began."""
    found: list[QWidget] = []
    for _ in range(120):
        operator.press("Tab")
        focus = operator.focus()
        if focus in found:
            assert focus is found[0], f"Tab goes round in {found[found.index(focus) :]}"
            return found
        found.append(focus)
    raise AssertionError(f"Tab never comes back: {found[-8:]}")


@pytest.mark.parametrize("number", range(1, 10))
def test_tab_reaches_everything_of_a_page_and_comes_back(operator: Operator, number: int) -> None:
    operator.press(f"Alt+{number}")
    action = operator.window.actions_.views[number - 1]
    operator.wait(lambda: operator.window.pages.current == action.data())
    operator.wait(lambda: operator.focus().isVisible())
    page = operator.window.pages.currentWidget() or operator.window
    missing = controls(page) - set(walked(operator))
    assert not missing
    assert operator.focus().isVisible()


def places(widgets: list[QWidget]) -> list[QPoint]:
    """Where widgets lie in their window."""
    return [widget.mapTo(widget.window(), QPoint(0, 0)) for widget in widgets]


@pytest.mark.parametrize("keys", ["Ctrl+N", "Return", "Ctrl+Return", "Ctrl+,", "Ctrl+K", "Ctrl+?"])
def test_tab_goes_through_a_dialog_from_top_to_bottom_and_escape_closes_it(
    operator: Operator, keys: str
) -> None:
    operator.select("Second")
    operator.press(keys)
    operator.wait(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    dialog.activateWindow()
    operator.wait(dialog.isActiveWindow)
    ways = walked(operator)
    assert not controls(dialog) - set(ways)
    # What is scrolled out of sight lies nowhere.
    downs = [at.y() for at in places([way for way in ways if not way.visibleRegion().isEmpty()])]
    back = sum(b < a - 8 for a, b in zip(downs, [*downs[1:], downs[0]], strict=True))
    assert back <= 1, [type(w).__name__ + w.accessibleName() for w in ways]
    operator.press("Escape")
    operator.no_dialog(QDialog)
    assert operator.window.view.table.hasFocus()
