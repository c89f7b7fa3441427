"""What all dialogs have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from izzitup_desktop.desktop.widgets.dialog import Dialog, Scrolled
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot


def test_a_dialog_is_closed_and_not_minimised_or_maximised(qtbot: QtBot) -> None:
    dialog = Dialog()
    qtbot.addWidget(dialog)
    flags = dialog.windowFlags()
    assert flags & Qt.WindowType.WindowCloseButtonHint
    assert not flags & Qt.WindowType.WindowMinMaxButtonsHint


def test_a_dialog_higher_than_the_screen_scrolls_above_its_buttons(
    qapp: QApplication, qtbot: QtBot
) -> None:
    dialog, page = Dialog(), QWidget()
    qtbot.addWidget(dialog)
    screen = qapp.primaryScreen().availableGeometry()
    page.setMinimumHeight(2 * screen.height())
    foot = DialogFoot(dialog, "Save")
    layout = QVBoxLayout(dialog)
    layout.addWidget(Scrolled(page))
    layout.addWidget(foot)
    dialog.show()
    assert dialog.height() <= screen.height()
    assert dialog.rect().contains(foot.geometry())
    assert foot.do.isVisible()
