"""Whatever can have the keyboard's focus shows that it has it, in both shades."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableView,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.board.chips import StatusChips
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.choice_box import ChoiceBox
from izzitup_desktop.domain.statuses import StatusId


def flat() -> QPushButton:
    button = QPushButton("Copy")
    button.setFlat(True)
    return button


def default() -> QPushButton:
    button = QPushButton("Save")
    button.setDefault(True)
    return button


def tool(name: str, *, checked: bool) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setText("Outage")
    button.setCheckable(True)
    button.setChecked(checked)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def chosen() -> ChoiceBox:
    box = ChoiceBox()
    box.addItems(["English", "Deutsch"])
    return box


def table() -> QTableView:
    view = QTableView()
    view.setModel(QStandardItemModel(2, 2, view))
    return view


def entries() -> QListWidget:
    view = QListWidget()
    view.addItems(["one", "two"])
    return view


def tabs() -> QTabBar:
    bar = QTabBar()
    bar.setDrawBase(False)
    bar.addTab("Address")
    bar.addTab("Tokens")
    return bar


KINDS: dict[str, Callable[[], QWidget]] = {
    "button": lambda: QPushButton("Preview"),
    "flat button": flat,
    "default button": default,
    "tool button": lambda: tool("", checked=False),
    "checked tool button": lambda: tool("", checked=True),
    "choice": lambda: tool("choice", checked=False),
    "checked choice": lambda: tool("choice", checked=True),
    "check box": lambda: QCheckBox("Hold"),
    "radio button": lambda: QRadioButton("Hold"),
    "line": lambda: QLineEdit("text"),
    "text": lambda: QPlainTextEdit("text"),
    "text to read": QTextBrowser,
    "number": QSpinBox,
    "date": QDateEdit,
    "box": chosen,
    "table": table,
    "list": entries,
    "tabs": tabs,
}


def edge(widget: QWidget) -> QImage:
    """The frame's upper side, as no cursor of a text is there; all of what has no frame."""
    image = widget.grab().toImage()
    has_frame = not isinstance(widget, QCheckBox | QRadioButton)
    return image.copy(0, 0, image.width(), 2) if has_frame else image


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    theme.choose(request.param)
    yield theme
    theme.choose("light")


@pytest.mark.parametrize("kind", KINDS)
def test_the_focus_is_seen(theme: Theme, qtbot: QtBot, kind: str) -> None:
    window, other = QWidget(), QLineEdit()
    widget = KINDS[kind]()
    layout = QVBoxLayout(window)
    layout.addWidget(other)
    layout.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    other.setFocus()
    without = edge(widget)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert widget.hasFocus()
    is_seen = edge(widget) != without
    assert is_seen, f"{kind}: nothing shows that it has the focus"


def test_a_chip_that_is_checked_cuts_none_of_its_count(qapp: QApplication, qtbot: QtBot) -> None:
    chips = StatusChips(Theme(qapp))
    qtbot.addWidget(chips)
    chips.set_counts({StatusId.IMPAIRED: 12_345})
    chips.show()
    chip = chips.chip(StatusId.IMPAIRED)
    text = chip.text()
    before = chip.sizeHint()
    chips.choose(StatusId.IMPAIRED)
    chip.ensurePolished()
    assert chip.text() == text
    assert chip.sizeHint() == before
    assert "font-weight" not in chip.styleSheet()
