"""Importing: from a file or another board's address, previewed, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import GAP, MARGIN, WIDE, status_word
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.dialog_foot import DialogFoot
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.progress import ProgressDialog
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.kinds.services import field_word

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board, Written
    from izzitup_desktop.domain.exchange import Document, Preview

_STATUS = "status"
_ERRORS_SHOWN = 1_000
"""A table of more would keep the window busy; nobody reads them."""


@dataclass(frozen=True)
class Line:
    """One line of the preview: a change, or an error."""

    number: int
    kind: str
    name: str
    details: str
    is_error: bool


class ImportDialog(Dialog):
    """Preview first; `Import` is there only when everything can be taken."""

    def __init__(
        self,
        context: Context,
        commands: Commands,
        board: Board,
        principal: Principal,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._commands = context, commands
        self._board, self._principal = board, principal
        self._document: Document | None = None
        self._source_name = ""
        self._looks = 0
        self.progress: ProgressDialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import services"))
        self.bar = MessageBar(context.theme)
        self.source = QLineEdit()
        self.source.setPlaceholderText(self.tr("A file (JSON, CSV), or http://another-board:8475"))
        self.source.setAccessibleName(self.tr("File or address"))
        self.source.returnPressed.connect(self.look)
        self.model = ListModel[Line](self._columns(), key=lambda line: (line.number, line.name))
        self.table = ListTable(self.model, self.tr("What would be imported"))
        self.summary = plain_label(
            self.tr(
                "Services are found by their key, else by name and group. What is found is "
                "changed, what is not is added; nothing is deleted."
            ),
            wrap=True,
        )
        self._lay_out()
        self.resize(720, 520)

    def look(self) -> None:
        """Read the source and show what it would change."""
        source = self.source.text().strip()
        if not source:
            self.source.setFocus()
            return
        board, principal = self._board, self._principal
        self.bar.take_back()
        self._document = None
        self.do.setEnabled(False)
        self.summary.setText(self.tr("Reading …"))

        def read() -> tuple[Document, Preview]:
            document = _read(source)
            return document, board.exchange.preview(principal, document)

        self._looks += 1
        this = self._looks

        def then(found: tuple[Document, Preview]) -> None:
            # A slow source may answer after one that was asked later.
            if this == self._looks:
                self._show(source, found)

        def failed(error: Exception) -> None:
            if this == self._looks:
                self._refused(error)

        self._context.runner.run(read, then=then, failed=failed, owner=self)

    def apply(self) -> None:
        """Import what the preview shows."""
        document = self._document
        if document is None or not self.do.isEnabled():
            return
        self.do.setEnabled(False)
        title = filled(self.tr("Importing %1 …"), self._source_name)
        self.progress = ProgressDialog(title, self)
        source = self._source_name

        def work(
            progress: Callable[[int, int], None], cancelled: Callable[[], bool]
        ) -> Written[Preview]:
            return self._board.exchange.apply(
                self._principal, document, progress, cancelled, source=source
            )

        self.progress.run(self._context.runner, work, self._stored, self._refused, self._cancelled)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Import services"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Exports (*.json *.csv)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(self._take_file)
        dialog.open()

    def _take_file(self, file: str) -> None:
        self.source.setText(file)
        self.look()

    def _show(self, source: str, found: tuple[Document, Preview]) -> None:
        self._document, preview = found
        self._source_name = source if "://" in source else Path(source).name
        if preview.errors:
            self.model.replace(
                Line(
                    error.line,
                    self.tr("Error"),
                    translated(field_word(error.field)),
                    translated(error.reason),
                    True,
                )
                for error in preview.errors[:_ERRORS_SHOWN]
            )
            text = self.tr("%1 errors. Fix the file and preview again; nothing was imported.")
            if len(preview.errors) == 1:
                text = self.tr("One error. Mend it and look again; nothing was imported.")
            if preview.more_errors:
                text = self.tr(
                    "More than %1 errors. Fix the file and preview again; nothing was imported."
                )
            self.summary.setText(filled(text, len(preview.errors)))
            return
        lines = [
            Line(0, self.tr("Group"), name, self.tr("is added"), False)
            for name in preview.groups_added
        ]
        counts = {"added": 0, "changed": 0, "same": 0}
        words = {"added": self.tr("New"), "changed": self.tr("Changed")}
        for change in preview.changes:
            counts[change.kind.value] += 1
            if change.kind.value in words:
                details = "; ".join(
                    filled(
                        self.tr("%1: %2 → %3"),
                        translated(field_word(name)),
                        _shown(name, before),
                        _shown(name, after),
                    )
                    for name, before, after in change.fields
                )
                if change.held_by:
                    held = filled(self.tr("the status is held by %1"), change.held_by)
                    details = f"{details}; {held}" if details else held
                kind = words[change.kind.value]
                lines.append(Line(change.line or 0, kind, change.name, details, False))
        self.model.replace(lines)
        text = self.tr("%1 new, %2 changed, %3 as they are.")
        self.summary.setText(filled(text, counts["added"], counts["changed"], counts["same"]))
        self.do.setEnabled(bool(lines))
        if lines:
            self.do.setFocus()

    def _stored(self, written: Written[Preview]) -> None:
        self._commands.take(written, filled(self.tr("Imported %1"), self._source_name))
        self.accept()

    def _refused(self, error: Exception) -> None:
        self.do.setEnabled(False)
        self.summary.setText("")
        self.bar.show_problem(problem_of(error, self.tr("Nothing was imported.")))

    def _cancelled(self) -> None:
        self.do.setEnabled(True)
        self.bar.show_notice(self.tr("Cancelled. Nothing was imported."))

    def _columns(self) -> list[ListColumn[Line]]:
        theme = self._context.theme
        return [
            ListColumn(
                self.tr("What"),
                lambda line: line.kind,
                110,
                icon=lambda line: theme.icon("error" if line.is_error else "done"),
            ),
            ListColumn(
                self.tr("Line"),
                lambda line: str(line.number) if line.number else "",
                60,
                sort=lambda line: line.number,
                right=True,
            ),
            ListColumn(self.tr("Name"), lambda line: line.name, 180),
            ListColumn(self.tr("Details"), lambda line: line.details, 300),
        ]

    def _lay_out(self) -> None:
        browse = QPushButton(self.tr("File …"))
        browse.clicked.connect(self._browse)
        look = QPushButton(self.tr("Preview"))
        look.clicked.connect(self.look)
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.source, 1)
        line.addWidget(browse)
        line.addWidget(look)
        foot = DialogFoot(self, self.tr("Import"))
        self.do = foot.do
        self.do.setEnabled(False)
        self.do.clicked.connect(self.apply)
        # Return in the address looks at it, and imports nothing.
        self.do.setDefault(False)
        for button in (browse, look, self.do):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(line)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.summary)
        layout.addWidget(foot)


def _read(source: str) -> Document:
    # Parsers and the HTTP client, when something is imported.
    from izzitup_desktop.domain.exchange import parse_api_list
    from izzitup_desktop.domain.exchange.files import read_document
    from izzitup_desktop.remote.services_api import fetch_services

    if source.lower().startswith(("http://", "https://")):
        return parse_api_list(fetch_services(source))
    return read_document(Path(source))


def _shown(name: str, value: object) -> str:
    if value is None or value == "":
        return "–"
    if name == _STATUS and isinstance(value, int):
        return status_word(value)
    return str(value)
