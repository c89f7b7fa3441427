"""The foot of a dialog: what it does, and Cancel, in the order of the platform."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox


class DialogFoot(QDialogButtonBox):
    """`do` does what the dialog is for and is pressed by Return; `cancel` leaves it."""

    def __init__(self, dialog: QDialog, verb: str, cancel: str = "") -> None:
        super().__init__(dialog)
        self.do = self.addButton(verb, QDialogButtonBox.ButtonRole.AcceptRole)
        self.do.setDefault(True)
        self.cancel = self.addButton(
            cancel or self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole
        )
        self.cancel.setAutoDefault(False)
        self.cancel.clicked.connect(dialog.reject)
