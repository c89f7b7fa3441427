"""Signing in at the window: on a shared database, or where one wants to be asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.password_line import CapsLockWarning, PasswordLine
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.errors import Throttled


class SignInDialog(Dialog):
    """`submitted` carries name and password; whoever checks them calls `accept()` or
    `refused(error)`."""

    submitted = Signal(str, str)

    def __init__(
        self,
        theme: Theme,
        location: str,
        name: str = "",
        parent: QWidget | None = None,
        *,
        quits: bool = True,
    ) -> None:
        super().__init__(parent)
        self._quits = quits
        self.setWindowTitle(self.tr("Sign in to IzzitUp"))
        self.setModal(True)
        self.bar = MessageBar(theme)
        self.name = QLineEdit(name)
        self.name.setAccessibleName(self.tr("Name"))
        self.password = PasswordLine(theme, self.tr("Password"))
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(lambda: self._set_busy(busy=False))
        self._lay_out(theme, location)
        (self.password if name else self.name).setFocus()

    def submit(self) -> None:
        """Hand name and password over."""
        if not (self.name.text() and self.password.text()):
            (self.password if self.name.text() else self.name).setFocus()
            return
        self._set_busy(busy=True)
        self.submitted.emit(self.name.text(), self.password.text())

    def refused(self, error: Exception) -> None:
        """Say why it did not work; the name stays, the password is typed again."""
        self._set_busy(busy=False)
        self.bar.show_problem(problem_of(error, ""))
        if isinstance(error, Throttled):
            self.sign_in.setEnabled(False)
            self._retry.start(error.retry_after_seconds * 1_000)
        self.password.clear()
        self.password.setFocus()

    def _lay_out(self, theme: Theme, location: str) -> None:
        title = plain_label(self.tr("Sign in"))
        font = QFont(title.font())
        font.setPointSizeF(font.pointSizeF() * 1.5)
        font.setBold(True)
        title.setFont(font)
        form = QFormLayout()
        form.setSpacing(GAP)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        form.addRow(self.tr("&Name"), self.name)
        form.addRow(self.tr("&Password"), self.password)
        form.addRow("", CapsLockWarning(theme, self.password))
        foot = DialogFoot(self, self.tr("Sign in"), self.tr("Quit") if self._quits else "")
        self.sign_in = foot.do
        self.sign_in.clicked.connect(self.submit)
        where = self._where = plain_label(filled(self.tr("Board: %1"), location), wrap=True)
        self._theme = theme
        theme.changed.connect(self._dress)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(title)
        layout.addWidget(self.bar)
        layout.addLayout(form)
        layout.addWidget(where)
        layout.addWidget(foot)
        self.setMinimumWidth(460)
        # No taller than what it says, also once it says why it did not work.
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self.adjustSize()

    def _dress(self) -> None:
        self._where.setStyleSheet(f"color: {self._theme.colours.muted};")

    def _set_busy(self, *, busy: bool) -> None:
        self.sign_in.setEnabled(not busy)
        self.name.setEnabled(not busy)
        self.password.setEnabled(not busy)
