"""Texts that the window took from somebody: each of them must be in the database.

What stands in dialogs, cells and the line of a comment is looked at between presses. A
text that is not there any more, and was not dropped on purpose, was accepted.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from izzitup_desktop.board import Board
from izzitup_desktop.desktop.board.dialog import ServiceDialog
from izzitup_desktop.desktop.board.fields import reason_against
from izzitup_desktop.desktop.board.status_dialog import StatusDialog
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.window_drafts import cells_of
from tests.builders import ALICE

_FIELDS = ("name", "key", "description", "url", "check_url", "note")
_ENTRIES_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a field (or "comment") of a service; id 0: of one that is new."""

    service: int
    field: str
    text: str

    def __str__(self) -> str:
        return f"{self.field} {self.text!r} of {self.service or 'a new service'}"


class Accepted:
    """Which texts were accepted so far."""

    def __init__(self) -> None:
        self.texts: list[Text] = []
        self.wrong: list[str] = []
        self._dialogs: dict[QWidget, ServiceDialog | StatusDialog] = {}
        self._handed: dict[QWidget, list[Text]] = {}
        self._cell: Text | None = None
        self._comment: Text | None = None

    def look(self, window: MainWindow, *, dropping: bool) -> None:
        """See what stands where; `dropping`: what was pressed last may drop texts."""
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, (ServiceDialog, StatusDialog)) and dialog not in self._dialogs:
                self._heed(dialog)
        for dialog in [each for each in self._handed if _is_for_another(each)]:
            self.texts += self._handed.pop(dialog)
        if offered := window.bar.text:
            self.texts = [text for text in self.texts if text.text not in offered]
        self._look_at_cell(window, dropping=dropping)
        self._look_at_comment(window, dropping=dropping)

    def lost(self, board: Board) -> list[str]:
        """What was accepted, and is nowhere in this board or its past."""
        entries = board.journal.latest(ALICE, limit=_ENTRIES_MOST)
        had: set[tuple[int, str, str]] = set()
        for entry in entries:
            for side in (entry.before, entry.after):
                had |= {(entry.subject_id, k, v) for k, v in side.items() if isinstance(v, str)}
            had.add((entry.subject_id, "comment", entry.comment))
        for service in board.services.list(ALICE):
            had |= {(service.id, field, getattr(service, field)) for field in _FIELDS}
        had |= {(0, field, text) for _, field, text in had}
        return [
            f"lost: {text}"
            for text in self.texts
            if (text.service, text.field, text.text.strip()) not in had
        ]

    def _heed(self, dialog: ServiceDialog | StatusDialog) -> None:
        self._dialogs[dialog] = dialog
        if isinstance(dialog, ServiceDialog):
            first: dict[str, Any] = asdict(dialog.draft())
            id_ = dialog.service_id

            def hand_over(draft: Any) -> None:
                now = asdict(draft)
                changed = [f for f in _FIELDS if now[f].strip() != first[f].strip() and now[f]]
                self._handed[dialog] = [Text(id_, field, now[field]) for field in changed]

            dialog.submitted.connect(lambda draft, _status, _version: hand_over(draft))
        else:
            dialog.submitted.connect(
                lambda _status, comment, _options: self._handed.update(
                    {dialog: [Text(i, "comment", comment) for i in dialog.ids if comment.strip()]}
                )
            )
        dialog.accepted.connect(lambda: self.texts.extend(self._handed.pop(dialog, ())))
        dialog.finished.connect(lambda: self._dialogs.pop(dialog, None))

    def _look_at_cell(self, window: MainWindow, *, dropping: bool) -> None:
        cells = cells_of(window)
        draft, editor = cells.kept_draft(), cells.editor
        now = (
            Text(draft.get("id", 0), draft.get("field", ""), draft.get("text", ""))
            if draft is not None
            else None
        )
        was, self._cell = self._cell, now
        if was is None or dropping:
            return
        is_open = editor is not None and shiboken6.isValid(editor) and not editor.isHidden()
        if now is None and not is_open and was.text not in window.bar.text:
            if reason := reason_against(was.field, was.text):
                self.wrong.append(f"gone, though no board takes it ({reason}): {was}")
            self.texts.append(was)
        elif now is not None:
            # It came back with the reason why the board did not take it.
            self.texts = [text for text in self.texts if text != now]

    def _look_at_comment(self, window: MainWindow, *, dropping: bool) -> None:
        details = window.inspector.details
        service, text = details.service, details.comment.text()
        id_ = service.id if service is not None else 0
        was, self._comment = self._comment, Text(id_, "comment", text)
        if was is not None and was.text.strip() and was.service == id_ and not (text or dropping):
            self.texts.append(was)


def _is_for_another(dialog: QWidget) -> bool:
    """Whether a dialog stored what it was given, and stands there empty for another service."""
    if not shiboken6.isValid(dialog) or not isinstance(dialog, ServiceDialog):
        return False
    return dialog.isEnabled() and not dialog.draft().name
