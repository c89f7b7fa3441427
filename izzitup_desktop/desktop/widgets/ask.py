"""Asking before what can't be undone: a verb on the button, Cancel as default."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget


def ask_before(
    parent: QWidget, text: str, verb: str, then: Callable[[], object], *, details: str = ""
) -> QMessageBox:
    """Open a question; `then` runs when its verb was chosen."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(verb)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(details)
    do = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
    cancel = box.addButton(_tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    do.clicked.connect(lambda: then())
    box.open()
    return box


def may_discard(dialog: QDialog) -> bool:
    """Ask whether what was typed in a dialog is to be lost; to go on typing is the default."""
    box = QMessageBox(dialog)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(dialog.windowTitle())
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(_tr("Discard what you typed?"))
    discard = box.addButton(_tr("Discard"), QMessageBox.ButtonRole.DestructiveRole)
    keep = box.addButton(_tr("Keep editing"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    box.exec()
    return box.clickedButton() is discard


def _tr(text: str) -> str:
    return QCoreApplication.translate("ask", text)
