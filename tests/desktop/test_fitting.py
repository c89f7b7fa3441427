"""The look at what fits finds what does not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.desktop.fitting import misfits

WORDS = "Zentrale Dokumentenverwaltung"


def label(*, wrap: bool = False) -> QLabel:
    made = QLabel(WORDS)
    made.setWordWrap(wrap)
    made.setFixedSize(90, made.fontMetrics().height() + 2)
    return made


def hint() -> QLineEdit:
    made = QLineEdit()
    made.setPlaceholderText(WORDS)
    made.setFixedWidth(60)
    return made


def button(kind: type[QPushButton | QToolButton]) -> QWidget:
    made = kind()
    made.setText(WORDS)
    made.setFixedWidth(60)
    return made


@pytest.mark.parametrize(
    ("name", "found"),
    [("label", "wide in"), ("wrapped", "high in"), ("hint", "its hint"), ("push", "wide in"),
     ("tool", "wide in")],
)  # fmt: skip
def test_a_text_that_is_cut_is_found(name: str, found: str, qtbot: QtBot) -> None:
    made = {
        "label": label,
        "wrapped": lambda: label(wrap=True),
        "hint": hint,
        "push": lambda: button(QPushButton),
        "tool": lambda: button(QToolButton),
    }[name]()
    window = QWidget()
    qtbot.addWidget(window)
    QHBoxLayout(window).addWidget(made)
    window.show()
    assert found in "\n".join(misfits(window))
    made.setFixedSize(400, 60)
    QApplication.processEvents()
    assert misfits(window) == []


def test_what_lies_over_something_and_a_button_off_the_dialog_are_found(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    one, other = QLabel("one"), QLabel("other")
    foot = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok)
    for widget in (one, other, foot):
        layout.addWidget(widget)
    dialog.show()
    assert misfits(dialog) == []
    other.setGeometry(one.geometry())
    foot.move(0, dialog.height())
    told = "\n".join(misfits(dialog))
    assert "lies over" in told
    assert "off the dialog" in told
