"""Slips: a status that I set and took back within a minute is offered as a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction

from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import lasting

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.domain.journal import Entry

_WITHIN = timedelta(minutes=1)
_STATUS = "service.status"


class Slips(QObject):
    """Watches what this window wrote. `offered` carries a sentence and what a button does.

    `action` does the same by key, as long as nothing else was done.
    """

    offered = Signal(str, object)

    def __init__(self, commands: Commands, action: QAction, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands, self._action = commands, action
        self._last: dict[int, Entry] = {}
        self._slips: tuple[Entry, ...] = ()
        commands.written.connect(self._on_written)
        action.triggered.connect(self.mark)
        action.setEnabled(False)

    def mark(self) -> None:
        """Mark what slipped as a mistake: it counts as what was before it."""
        slips, self._slips = self._slips, ()
        self._action.setEnabled(False)
        if not slips:
            return
        ids = [entry.id for entry in slips]
        self._commands.do(
            lambda board, principal: board.journal.mark_mistake(principal, *ids, mistake=True),
            self.tr("The mistake could not be marked."),
            told=filled(self.tr("Marked as a mistake, out of uptime: %1"), _names(slips)),
        )

    def _on_written(self, entries: Sequence[Entry]) -> None:
        changes = [entry for entry in entries if entry.kind == _STATUS]
        slips = tuple(last for entry in changes if (last := self._slipped(entry)) is not None)
        self._last |= {entry.subject_id: entry for entry in changes}
        self._slips = slips
        self._action.setEnabled(bool(slips))
        if slips:
            first = slips[0]
            lasted = next(e for e in changes if e.subject_id == first.subject_id).time - first.time
            self.offered.emit(
                filled(
                    self.tr("Taken back; %2 of “%3” still count for %1."),
                    _names(slips),
                    lasting(lasted.total_seconds()),
                    status_word(int(first.after["status"])),
                ),
                self.mark,
            )

    def _slipped(self, entry: Entry) -> Entry | None:
        """My own change just before, which this one takes back."""
        last = self._last.get(entry.subject_id)
        if last is None or not timedelta() <= entry.time - last.time <= _WITHIN:
            return None
        there, back = last.before["status"], last.after["status"]
        returns = (entry.before["status"], entry.after["status"]) == (back, there)
        return last if returns and last.account_id == entry.account_id else None


def _names(slips: Sequence[Entry]) -> str:
    first = slips[0]
    if len(slips) == 1:
        return first.subject_name
    return filled(QCoreApplication.translate("slips", "%1 services"), len(slips))
