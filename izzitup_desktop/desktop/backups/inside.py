"""What is in the backup that is chosen, and what going back to it would change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPlainTextEdit

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.text.board_contents import contents_lines, difference_lines

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.board.backups import BackupFile
    from izzitup_desktop.domain.board_contents import BoardContents

_LINES_LEAST, _LINES_MOST = 2, 6
_FRAME = 16


class Inside(QPlainTextEdit):
    """Shows one backup's contents in sentences, read and checked off the GUI thread."""

    def __init__(self, context: Context, board: Board, principal: Principal) -> None:
        super().__init__()
        self._board, self._principal = board, principal
        self._readings = Readings(context.runner, self)
        self._file: BackupFile | None = None
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("What is in the backup"))
        self.setPlaceholderText(self.tr("Choose a backup to see what is in it."))
        line = self.fontMetrics().lineSpacing()
        self.setMinimumHeight(line * _LINES_LEAST + _FRAME)
        self.setMaximumHeight(line * _LINES_MOST + _FRAME)
        self.setVisible(allowed(principal, Action.BOARD_RESTORE))

    def show_backup(self, file: BackupFile | None) -> None:
        """Read this backup; None: nothing is chosen."""
        if file == self._file:
            return
        self._file = file
        if file is None or not allowed(self._principal, Action.BOARD_RESTORE):
            self.clear()
            return
        board, principal = self._board, self._principal
        self.setPlainText(self.tr("Being read …"))

        def then(found: tuple[BoardContents, BoardContents]) -> None:
            if file == self._file:
                self._say([*contents_lines(found[0]), *difference_lines(*found)])

        def failed(error: Exception) -> None:
            if file == self._file:
                problem = problem_of(error, self.tr("It can't be restored."))
                self._say([problem.text])

        self._readings.run(lambda: board.backups.contents(principal, file.path), then, failed)

    def _say(self, lines: Sequence[str]) -> None:
        self.setPlainText("\n".join(map(translated, lines)))
