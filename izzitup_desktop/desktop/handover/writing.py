"""Where a person writes for the next shift; what is typed stays until it is handed over."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QPushButton, QWidget

from izzitup_desktop.desktop.theme import GAP, Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.handovers import HandoverDraft
from izzitup_desktop.domain.statuses import StatusId

_HEIGHT = 72


class Writing(QWidget):
    """`submitted` carries a checked `HandoverDraft`; `typed` each change of the texts."""

    submitted = Signal(object)
    typed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.done, self.open = QPlainTextEdit(), QPlainTextEdit()
        self.reason = plain_label(wrap=True)
        self.reason.hide()
        self.button = QPushButton(self.tr("&Hand over"))
        self.button.clicked.connect(self.submit)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        for column, (edit, text) in enumerate(
            ((self.done, self.tr("What I &did")), (self.open, self.tr("What is &open")))
        ):
            label = plain_label(text)
            label.setBuddy(edit)
            edit.setAccessibleName(text.replace("&", ""))
            edit.setFixedHeight(_HEIGHT)
            edit.setTabChangesFocus(True)
            edit.textChanged.connect(self.typed)
            layout.addWidget(label, 0, column)
            layout.addWidget(edit, 1, column)
            layout.setColumnStretch(column, 1)
        layout.addWidget(self.button, 1, 2)
        layout.addWidget(self.reason, 2, 0, 1, 3)
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def draft(self) -> HandoverDraft:
        """What is typed."""
        return HandoverDraft(self.done.toPlainText(), self.open.toPlainText())

    def show_draft(self, draft: HandoverDraft) -> None:
        """Show what was typed before."""
        self.done.setPlainText(draft.done)
        self.open.setPlainText(draft.open)

    def submit(self) -> None:
        """Hand over what is typed, or say why that can't be."""
        try:
            draft = self.draft.checked()
        except Invalid as error:
            self.reason.setText(translated(error.reason))
            self.reason.show()
            (self.open if error.field == "open" else self.done).setFocus()
            return
        self.reason.hide()
        self.submitted.emit(draft)

    def _dress(self) -> None:
        ink = self._theme.colours.status(StatusId.OUTAGE).ink
        self.reason.setStyleSheet(f"color: {ink};")
