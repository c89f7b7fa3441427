"""A dialog for one line of text, with the reason below it when it can't be taken."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.theme import MARGIN, WIDE, Theme
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.reasoned import Reasoned
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.domain.errors import Conflict, Invalid


class LineDialog(Dialog):
    """`submitted` carries the text, once `check` took it; whoever stores it calls
    `accept()` or `refused(error)`."""

    submitted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        title: str,
        label: str,
        verb: str,
        text: str,
        check: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._first = text
        self.draft_kind, self.draft_fields = "", dict[str, int]()
        """What its draft is kept as, with which fields beside the text; "": as none."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.bar = MessageBar(theme)
        self.line = QLineEdit(text)
        self.line.selectAll()
        self._row = Reasoned(theme, self.line, label)
        self.line.textEdited.connect(lambda: self._row.set_reason(""))
        form = QFormLayout()
        self._row.add_to(form)
        foot = DialogFoot(self, verb)
        self.do = foot.do
        self.do.clicked.connect(self.submit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addLayout(form)
        layout.addWidget(foot)
        self.setMinimumWidth(420)

    @property
    def reason(self) -> str:
        """Why the text can't be taken, "" when it can."""
        return self._row.reason

    def kept_draft(self) -> Draft | None:
        text = self.line.text()
        if not self.draft_kind or text == self._first:
            return None
        return Draft(self.draft_kind, self.windowTitle(), {**self.draft_fields, "text": text})

    def submit(self) -> None:
        """Hand the text over, if it can be taken."""
        try:
            self._check(self.line.text())
        except Invalid as error:
            self.refused(error)
            return
        self.do.setEnabled(False)
        self.submitted.emit(self.line.text())

    def refused(self, error: Exception) -> None:
        """It was not stored; the text stays."""
        self.do.setEnabled(True)
        if isinstance(error, (Invalid, Conflict)):
            self._row.set_reason(str(error))
            self.line.setFocus()
        else:
            self.bar.show_problem(problem_of(error, ""))
