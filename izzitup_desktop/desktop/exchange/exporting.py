"""Exporting the board to a file, as JSON or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.platform.chosen import write_chosen_file

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board


class Exporting(QObject):
    """Asks for a file and writes it; `wrote_file` carries what to say and the path."""

    wrote_file = Signal(str, str)
    failed = Signal(object)

    def __init__(self, runner: Runner, board: Board, principal: Principal, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._board, self._principal = runner, board, principal
        self._window = window

    def ask(self) -> None:
        """Ask for the file."""
        dialog = QFileDialog(self._window, self.tr("Export the board"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(
            [self.tr("Everything but secrets (*.json)"), self.tr("Services as a table (*.csv)")]
        )
        dialog.setDefaultSuffix("json")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "json")
        )
        dialog.selectFile("izzitup-board.json")
        dialog.fileSelected.connect(lambda file: self.write(Path(file)))
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the board to `path`: CSV by that ending, else JSON."""
        board, principal = self._board, self._principal

        def write() -> None:
            csv = path.suffix.lower() == ".csv"
            exchange = board.exchange
            text = exchange.export_csv(principal) if csv else exchange.export_json(principal)
            write_chosen_file(path, text.encode())

        what = filled(self.tr("The board was not exported to %1."), path)
        self._runner.run(
            write,
            then=lambda _none: self.wrote_file.emit(
                filled(self.tr("Exported to %1"), path), str(path)
            ),
            failed=lambda error: self.failed.emit(problem_of(error, what)),
            owner=self,
        )
