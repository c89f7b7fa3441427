"""Code to be read and copied, and what a server answered."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from izzitup_desktop.desktop.connections.sending import Answered
from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.spoken import announce
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.statuses import StatusId

_FAILED = 400
_LEAST_LINES = 3


class CodeBox(QPlainTextEdit):
    """Shows a text as it is, in letters of one width; Tab leaves it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName("code")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES + 4 * SMALL)


class AnswerBox(QWidget):
    """The answer's status, its headers of interest, and its body."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._is_bad = False
        self.line = plain_label(wrap=True)
        self.text = CodeBox(self.tr("Answer"))
        self.text.setPlaceholderText(self.tr("What is answered is shown here."))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(self.line)
        layout.addWidget(self.text, 1)
        theme.changed.connect(self._dress)
        self.clear()

    def clear(self) -> None:
        """Show no answer."""
        self.say("")

    def say(self, text: str) -> None:
        """Say this instead of an answer."""
        self._is_bad = False
        self.line.setText(text)
        self.line.setVisible(bool(text))
        self.text.clear()
        self._dress()

    def show_answer(self, answered: Answered) -> None:
        """Show what came back."""
        self._is_bad = answered.status >= _FAILED or '"result": "Error"' in answered.body
        text = filled(
            self.tr("%1 %2, after %3 ms"),
            answered.status, answered.reason, f"{answered.seconds * 1_000:.1f}",
        )  # fmt: skip
        self.line.setText(text)
        self.line.show()
        headers = "\n".join(f"{name}: {value}" for name, value in answered.headers)
        self.text.setPlainText("\n\n".join(filter(None, (headers, answered.body))))
        self._dress()
        announce(self, text)

    def show_failure(self, error: Exception) -> None:
        """Say why nothing came back."""
        self.say(problem_of(error, self.tr("It could not be sent.")).text)
        self._is_bad = True
        self._dress()
        announce(self, self.line.text())

    def _dress(self) -> None:
        colours = self._theme.colours
        ink = colours.status(StatusId.OUTAGE).ink if self._is_bad else colours.text
        self.line.setStyleSheet(f"color: {ink};")
