"""The lock screen's form: the password of who is signed in, or somebody else's name too."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import GAP, SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import heading_label, plain_label
from izzitup_desktop.desktop.widgets.password_line import CapsLockWarning, PasswordLine
from izzitup_desktop.desktop.widgets.spoken import alert
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.errors import Throttled
from izzitup_desktop.domain.statuses import StatusId

_WIDTH = 320
_ICON = 48


class UnlockForm(QWidget):
    """`submitted` carries name and password; whoever checks them calls `refused(error)`,
    or takes the form away."""

    submitted = Signal(str, str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme, self._owner = theme, name
        self._icon = plain_label()
        self._who = plain_label(
            filled(self.tr("Signed in as %1. The API goes on answering."), name), wrap=True
        )
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name"))
        self.name.setAccessibleName(self.tr("Name"))
        self.name.hide()
        self.password = PasswordLine(theme, self.tr("Password"))
        self.password.setPlaceholderText(self.tr("Password"))
        self.caps_lock = CapsLockWarning(theme, self.password)
        self._reason = plain_label(wrap=True)
        self._reason.hide()
        self.unlock = QPushButton(self.tr("Unlock"))
        self.unlock.setDefault(True)
        self.unlock.clicked.connect(self.submit)
        self.other = QPushButton()
        self.other.setFlat(True)
        self.other.clicked.connect(lambda: self._ask_name(not self.asks_name))
        for line in (self.name, self.password):
            line.returnPressed.connect(self.submit)
            line.textEdited.connect(lambda: self._reason.hide())
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(lambda: self._set_busy(busy=False))
        self._lay_out()
        self._ask_name(asked=False)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def reason(self) -> str:
        """Why it was not unlocked, "" where nothing was refused."""
        return "" if self._reason.isHidden() else self._reason.text()

    @property
    def asks_name(self) -> bool:
        """Whether somebody else may sign in."""
        return not self.name.isHidden()

    def submit(self) -> None:
        """Hand name and password over."""
        name = self.name.text().strip() if self.asks_name else self._owner
        if not (name and self.password.text()):
            (self.password if name else self.name).setFocus()
            return
        self._reason.hide()
        self._set_busy(busy=True)
        self.submitted.emit(name, self.password.text())

    def refused(self, error: Exception) -> None:
        """Say in place why it did not work; the password is typed again."""
        self._set_busy(busy=False)
        if isinstance(error, Throttled):
            self.unlock.setEnabled(False)
            self._retry.start(error.retry_after_seconds * 1_000)
        self._reason.setText(problem_of(error, "").text)
        self._reason.show()
        self.password.setAccessibleDescription(self._reason.text())
        alert(self._reason)
        self.password.clear()
        self.password.setFocus()

    def take_focus(self) -> None:
        """Have the keys go where something is missing."""
        (self.name if self.asks_name and not self.name.text() else self.password).setFocus()

    def _ask_name(self, asked: bool) -> None:
        self.name.setVisible(asked)
        self._who.setVisible(not asked)
        mine = filled(self.tr("Unlock as %1"), self._owner)
        self.other.setText(mine if asked else self.tr("Sign in as somebody else …"))
        self.unlock.setText(self.tr("Sign in") if asked else self.tr("Unlock"))
        self._reason.hide()
        self.take_focus()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout.addWidget(self._icon, 0, middle)
        layout.addWidget(heading_label(self.tr("The window is locked")), 0, middle)
        self._who.setAlignment(middle)
        for widget in (self._who, self.name, self.password, self.caps_lock, self._reason):
            layout.addWidget(widget)
        layout.addSpacing(SMALL)
        layout.addWidget(self.unlock)
        layout.addWidget(self.other)
        self.setFixedWidth(_WIDTH)

    def _set_busy(self, *, busy: bool) -> None:
        for widget in (self.unlock, self.name, self.password, self.other):
            widget.setEnabled(not busy)

    def _dress(self) -> None:
        colours = self._theme.colours
        self._icon.setPixmap(self._theme.pixmap("lock", _ICON, colours.muted))
        self._reason.setStyleSheet(f"color: {colours.status(StatusId.OUTAGE).ink};")
        self._who.setStyleSheet(f"color: {colours.muted};")


def centred(form: QWidget) -> QVBoxLayout:
    """A layout with the form in the middle, a little above it rather than below."""
    layout = QVBoxLayout()
    layout.addStretch(2)
    layout.addWidget(form, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return layout
