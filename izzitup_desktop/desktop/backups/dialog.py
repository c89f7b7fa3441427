"""Backups: made, looked at, restored; what was there before a restore is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.backups.inside import Inside
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import MARGIN, WIDE
from izzitup_desktop.desktop.widgets.ask import ask_before
from izzitup_desktop.desktop.widgets.dialog import Dialog
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.message_bar import MessageBar
from izzitup_desktop.desktop.widgets.progress import ProgressDialog
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly, in_short
from izzitup_desktop.domain.accounts import Action, Principal, allowed

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.board.backups import BackupFile


class BackupsDialog(Dialog):
    """`restored` says what was done, and which backup brings back what was there before."""

    restored = Signal(str, object)

    def __init__(
        self, context: Context, board: Board, principal: Principal, plan: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._board, self._principal = context, board, principal
        self.progress: ProgressDialog | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Backups"))
        self.bar = MessageBar(context.theme)
        self.model = ListModel["BackupFile"](self._columns(), key=lambda file: file.path)
        self.table = ListTable(self.model, self.tr("Backups"))
        shelf = Shelf(context.theme, self.table, "backup")
        shelf.say(self.tr("No backups yet"), self.tr("“Back up now” makes one."))
        self.inside = Inside(context, board, principal)
        self._where = plain_label(
            filled(self.tr("%1 They are in %2."), plan, board.backups.folder), wrap=True
        )
        self.save_button = QPushButton(self.tr("Back up now"))
        self.save_button.clicked.connect(self.save)
        self.restore_button = QPushButton(self.tr("Restore …"))
        self.restore_button.clicked.connect(self._restore_selected)
        other = QPushButton(self.tr("Restore another file …"))
        other.clicked.connect(self._browse)
        other.setEnabled(allowed(principal, Action.BOARD_RESTORE))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        for button in (self.save_button, self.restore_button, other):
            button.setAutoDefault(False)
            foot.addWidget(button)
        foot.addStretch()
        close.setAutoDefault(False)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addWidget(self.bar)
        layout.addWidget(shelf, 4)
        layout.addWidget(self.inside, 1)
        layout.addWidget(self._where)
        layout.addLayout(foot)
        self.table.chosen.connect(self._permit)
        self.table.opened.connect(lambda file: self.restore(file.path))
        self.resize(760, 520)
        self.save_button.setFocus()
        self._permit()
        self.load()

    def load(self) -> None:
        """Read the list of backups."""
        board, principal = self._board, self._principal
        self._context.runner.run(
            lambda: board.backups.list(principal),
            then=self._show,
            failed=lambda error: self._refused(error, self.tr("The backups could not be read.")),
            owner=self,
        )

    def save(self) -> None:
        """Make a backup now."""
        board, principal = self._board, self._principal
        self.progress = ProgressDialog(self.tr("Backing up …"), self)

        def then(path: Path) -> None:
            self.bar.show_notice(filled(self.tr("Saved and checked: %1"), path.name))
            self.load()

        self.progress.run(
            self._context.runner,
            lambda _progress, _cancelled: board.backups.save(principal),
            then,
            lambda error: self._refused(error, self.tr("No backup was made.")),
        )

    def restore(self, path: Path) -> None:
        """Ask, and put a backup in the place of everything on the board."""
        if not allowed(self._principal, Action.BOARD_RESTORE):
            return
        ask_before(
            self,
            filled(self.tr("Replace everything on the board by %1?"), path.name),
            self.tr("Restore the backup"),
            lambda: self._restore(path),
            details=self.tr(
                "Services, groups, accounts, history and journal become what they were then. "
                "What is there now is backed up first."
            ),
        )

    def _restore(self, path: Path) -> None:
        board, principal = self._board, self._principal
        self.progress = ProgressDialog(filled(self.tr("Restoring %1 …"), path.name), self)

        def then(saved: Path) -> None:
            text = self.tr("Restored %1. What was there before is in %2.")
            self.restored.emit(filled(text, path.name, saved.name), saved)
            self.accept()

        self.progress.run(
            self._context.runner,
            lambda _progress, _cancelled: board.backups.restore(principal, path),
            then,
            lambda error: self._refused(error, self.tr("The backup was not restored.")),
        )

    def _restore_selected(self) -> None:
        found = self.table.selected()
        if len(found) == 1:
            self.restore(found[0].path)

    def _browse(self) -> None:
        dialog = QFileDialog(self, self.tr("Restore a backup"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Backups (*.db)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda file: self.restore(Path(file)))
        dialog.open()

    def _show(self, files: Sequence[BackupFile]) -> None:
        is_first = files and not self.model.items
        self.model.replace(files)
        if is_first and self.save_button.hasFocus():
            self.table.setFocus()
        self._permit()

    def _permit(self) -> None:
        found = self.table.selected()
        one = len(found) == 1
        self.inside.show_backup(found[0] if one else None)
        self.restore_button.setEnabled(one and allowed(self._principal, Action.BOARD_RESTORE))

    def _refused(self, error: Exception, what: str) -> None:
        self.bar.show_problem(problem_of(error, what))

    def _columns(self) -> list[ListColumn[BackupFile]]:
        def kind(file: BackupFile) -> str:
            if file.path.name.startswith("pre-upgrade"):
                return self.tr("before an upgrade")
            if file.before_restore:
                return self.tr("before a restore")
            return self.tr("by itself") if file.scheduled else self.tr("by hand")

        return [
            ListColumn(
                self.tr("Made"),
                lambda file: in_short(file.time),
                150,
                sort=lambda file: file.time,
                tip=lambda file: exactly(file.time),
            ),
            ListColumn(self.tr("How"), kind, 130),
            ListColumn(
                self.tr("Size"),
                lambda file: self.locale().formattedDataSize(file.size_bytes),
                90,
                sort=lambda file: file.size_bytes,
                right=True,
            ),
            ListColumn(self.tr("File"), lambda file: file.path.name, 300),
        ]
