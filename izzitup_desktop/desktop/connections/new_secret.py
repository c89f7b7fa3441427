"""A token that was made just now: shown once, to be copied to where it is used."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, MARGIN, Theme
from izzitup_desktop.desktop.widgets.ask import ask_before
from izzitup_desktop.desktop.widgets.banner import Banner
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.tokens import NewToken


class NewSecret(QWidget):
    """`done` once somebody has read it; leaving without a copy is asked about."""

    done = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_copied = False
        self.warning = Banner(theme, "warning")
        self.line = QLineEdit()
        self.line.setReadOnly(True)
        self.line.setAccessibleName(self.tr("Token"))
        self.line.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.copy = QPushButton(self.tr("&Copy the token"))
        self.copy.setDefault(True)
        self.close_button = QPushButton(self.tr("Done"))
        self.close_button.setAutoDefault(False)
        self._how = plain_label(wrap=True)
        self._how.setText(
            self.tr(
                "Programs send it as “Authorization: Bearer …”, or as the password (pwd) of the "
                "services API. Keep it in a file that only they can read, never in an address."
            )
        )
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.copy)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.warning)
        layout.addWidget(self.line)
        layout.addWidget(self._how)
        layout.addStretch(1)
        layout.addSpacing(GAP)
        layout.addLayout(foot)
        self.copy.clicked.connect(self._copy)
        self.close_button.clicked.connect(self.done)

    def show_token(self, token: NewToken) -> None:
        """Show this token."""
        self.line.setText(token.secret)
        self.line.setCursorPosition(0)
        self.line.selectAll()
        self.warning.say(
            filled(
                self.tr(
                    "This is the token %1. It is shown here once: nobody can look it up later, "
                    "not here either. Copy it now."
                ),
                token.token.name,
            )
        )

    def leave(self, then: Callable[[], object]) -> None:
        """Forget it; asks first where nobody copied it."""

        def forget() -> None:
            self.line.clear()
            then()

        if self._is_copied or not self.line.text():
            forget()
            return
        ask_before(
            self,
            self.tr("Close without having copied the token?"),
            self.tr("Close without it"),
            forget,
            details=self.tr("It can’t be shown again. You would have to make another one."),
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.line.text())
        self._is_copied = True
        self.copy.setText(self.tr("&Copied"))
