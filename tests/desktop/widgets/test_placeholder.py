from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.placeholder import Placeholder


def pictures(placeholder: Placeholder) -> list[int]:
    """The widths of the pictures that it shows."""
    labels = placeholder.findChildren(QLabel)
    return [label.pixmap().width() for label in labels if not label.pixmap().isNull()]


def test_its_picture_is_drawn_when_it_is_shown_and_in_the_theme_of_then(
    qtbot: QtBot, qapp: QApplication
) -> None:
    theme = Theme(qapp, "light")
    placeholder = Placeholder(theme, "search")
    qtbot.addWidget(placeholder)
    assert pictures(placeholder) == []
    placeholder.show()
    assert len(pictures(placeholder)) == 1
    light = placeholder.grab().toImage()
    placeholder.hide()
    theme.choose("dark")
    placeholder.show()
    assert placeholder.grab().toImage() != light
    theme.choose("system")
    theme.deleteLater()
