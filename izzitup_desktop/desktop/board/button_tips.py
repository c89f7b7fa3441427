"""What the three buttons of a row say under the pointer: the word, the key, or why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.texts import filled


class ButtonTips:
    """`key_of` names the key that sets a status, `reason_of` why a row's can't be set."""

    def __init__(self) -> None:
        self.key_of: Callable[[int], str] = str
        self.reason_of: Callable[[Row], str] = _no_reason

    def tip(self, row: Row, status_id: int) -> str:
        """What is said of one of the buttons of a row."""
        word, reason = status_word(status_id), self.reason_of(row)
        if reason:
            return reason
        if row.service.status_id == status_id:
            return filled(_tr("%1 is set. Set it again to confirm it."), word)
        key = self.key_of(status_id)
        if not key:
            return filled(_tr("Set %1"), word)
        return filled(_tr("Set %1 (key %2 on the selected row)"), word, key)


def reason_against(event: QKeyEvent, actions: Iterable[QAction]) -> str:
    """Why the one of these actions that has the keys can't be done; "" where it can."""
    keys = QKeySequence(event.keyCombination())
    disabled = (action for action in actions if not action.isEnabled())
    return next((each.statusTip() for each in disabled if keys in each.shortcuts()), "")


def _no_reason(_row: Row) -> str:
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("button_tips", text)
