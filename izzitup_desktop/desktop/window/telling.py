"""What this window did goes into the toast, with what takes it back or sets it right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from izzitup_desktop.desktop.widgets.toast import Toast
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.window.slips import Slips
from izzitup_desktop.desktop.window.undo import UndoStep


class Telling(QObject):
    """The newest words take the place of those before."""

    def __init__(
        self, toast: Toast, commands: Commands, mistake: QAction, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._toast, self._commands = toast, commands
        self.slips = Slips(commands, mistake, self)
        commands.told.connect(self._tell)
        self.slips.offered.connect(self._offer)

    def _tell(self, text: str, step: UndoStep | None) -> None:
        if step is None:
            self._toast.tell(text)
        else:
            undo = self.tr("Undo")
            self._toast.tell(text, action=undo, on_action=lambda: self._commands.undo(step))

    def _offer(self, text: str, mark: Callable[[], object]) -> None:
        self._toast.tell(text, action=self.tr("Mark as a mistake"), on_action=mark)
