"""One note for all services that are selected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.ask import may_discard
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.services import NOTE_MOST, Service

_LINES = 6


class NoteDialog(Dialog):
    """`submitted` carries the note; whoever stores it calls `accept()` or `refused(error)`."""

    submitted = Signal(str)

    def __init__(self, theme: Theme, services: Sequence[Service], parent: QWidget) -> None:
        super().__init__(parent)
        self.ids = [service.id for service in services]
        found = {service.note for service in services}
        self._differ = len(found) > 1
        self._first = "" if self._differ else services[0].note
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = services[0].name if len(services) == 1 else ""
        many = filled(self.tr("Note of %1 services"), len(services))
        self.setWindowTitle(filled(self.tr("Note of %1"), name) if name else many)
        self.bar = MessageBar(theme)
        self.note = QPlainTextEdit(self._first)
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.setMinimumHeight(self.note.fontMetrics().lineSpacing() * _LINES)
        self.note.moveCursor(self.note.textCursor().MoveOperation.End)
        self._hint = plain_label(self._said(), wrap=True)
        foot = DialogFoot(self, self.tr("Set note"))
        self.do = foot.do
        self.do.clicked.connect(self.submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        for part in (self.bar, self._hint, self.note):
            layout.addWidget(part)
        layout.addWidget(foot)
        self.setMinimumWidth(460)
        self.note.setFocus()

    def kept_draft(self) -> Draft | None:
        """The note, where it is another one than before."""
        text = self.note.toPlainText()
        if text == self._first:
            return None
        return Draft("note", self.windowTitle(), {"ids": self.ids, "text": text})

    def submit(self) -> None:
        """Hand the note over."""
        self.do.setEnabled(False)
        self.submitted.emit(self.note.toPlainText())

    def refused(self, error: Exception) -> None:
        """It was not stored; the text stays."""
        self.do.setEnabled(True)
        self.bar.show_problem(problem_of(error, self.tr("The note was not set.")))

    def reject(self) -> None:
        if self.kept_draft() is None or may_discard(self):
            super().reject()

    def _said(self) -> str:
        if self._differ:
            return self.tr("They have different notes: what you write here replaces all of them.")
        return filled(self.tr("At most %1 characters; empty for none."), NOTE_MOST)


class Notes(QObject):
    """Opens the dialog, and has the board store what it hands over."""

    def __init__(self, theme: Theme, commands: Commands, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._commands, self._window = theme, commands, window
        self.dialog: NoteDialog | None = None

    def ask(self, services: Sequence[Service]) -> None:
        """Ask for the note of these."""
        if not services or self.dialog is not None:
            return
        dialog = self.dialog = NoteDialog(self._theme, services, self._window)
        dialog.submitted.connect(self._store)
        dialog.finished.connect(self._forget)
        dialog.open()

    def continue_draft(self, draft: Draft, services: Sequence[Service]) -> QDialog | None:
        """Open the dialog with what was typed; None where none of the services is there."""
        self.ask(services)
        if self.dialog is not None and services:
            self.dialog.note.setPlainText(draft.get("text", ""))
        return self.dialog if services else None

    def _store(self, note: str) -> None:
        dialog = self.dialog
        if dialog is not None:
            self._commands.write_note(
                dialog.ids, note, then=lambda _value: dialog.accept(), failed=dialog.refused
            )

    def _forget(self) -> None:
        self.dialog = None
