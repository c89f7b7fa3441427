"""An editor with room below it for the reason why its value can't be taken."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.statuses import StatusId


class Reasoned(QWidget):
    """`editor` with its reason. The reason is the editor's accessible description."""

    def __init__(self, theme: Theme, editor: QWidget, label: str) -> None:
        super().__init__()
        self._theme = theme
        self.editor = editor
        self.label = QLabel(label)
        self.label.setBuddy(editor)
        editor.setAccessibleName(label.replace("&", ""))
        self._reason = plain_label(wrap=True)
        font = QFont(self._reason.font())
        font.setPointSizeF(font.pointSizeF() * 0.93)
        self._reason.setFont(font)
        self._reason.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(editor)
        layout.addWidget(self._reason)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def reason(self) -> str:
        """Why the value can't be taken, "" when it can."""
        return "" if self._reason.isHidden() else self._reason.text()

    def set_reason(self, reason: str) -> None:
        """Show a reason, or with "" take it back."""
        reason = translated(reason)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.editor.setAccessibleDescription(reason)
        self.editor.setProperty("invalid", bool(reason))
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

    def add_to(self, form: QFormLayout) -> None:
        """Add label and editor as a row."""
        form.addRow(self.label, self)

    def _dress(self) -> None:
        ink = self._theme.colours.status(StatusId.OUTAGE).ink
        self._reason.setStyleSheet(f"color: {ink};")
