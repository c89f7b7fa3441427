"""My own steps, also of earlier sessions: what Ctrl+Z takes back, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.journal.words import step_text
from izzitup_desktop.domain.journal import Entry, Kind

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board.steps import JournalStep, Steps as JournalSteps

_STEPS_MOST = 200
_NO_STEPS = (
    Kind.SERVICE_CONFIRMED,
    Kind.SERVICE_PURGED,
    Kind.ACCOUNT_ADDED,
    Kind.ACCOUNT_EDITED,
    Kind.ACCOUNT_PASSWORD,
    Kind.BOARD_RESTORED,
    Kind.BOARD_IMPORTED,
)
"""Entries that can't be taken back."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing I did: its text for the menu, and the journal entries it made."""

    text: str
    entry_ids: tuple[int, ...]


class Steps(QObject):
    """Two stacks: what can be undone, and what can be done again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def to_undo(self) -> Step | None:
        """The newest step that can be taken back."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> Step | None:
        """The step taken back last."""
        return self._undone[-1] if self._undone else None

    def clear(self) -> None:
        """Forget all: somebody else acts from now on."""
        self._done, self._undone = [], []
        self.changed.emit()

    def restore(self, earlier: JournalSteps) -> None:
        """Take over what the journal has of earlier sessions."""
        restored = [_restored(step) for step in earlier.done]
        # What was done while the journal was read may stand in it already, or not.
        self._done = [*restored, *(step for step in self._done if step not in restored)]
        self._undone = [_restored(step) for step in earlier.undone] if not self._undone else []
        self.changed.emit()

    def did(self, entries: Sequence[Entry]) -> Step | None:
        """Remember a step; None where nothing of it could be undone."""
        step = _step("", entries)
        if step is not None:
            self._done = [*self._done, step][-_STEPS_MOST:]
            self._undone.clear()
            self.changed.emit()
        return step

    def was_undone(self, step: Step, entries: Sequence[Entry]) -> None:
        """The step was taken back, by these entries; undoing them does it again."""
        self.forget(step)
        reverse = _step(step.text, entries)
        if reverse is not None:
            self._undone.append(reverse)
        self.changed.emit()

    def was_redone(self, step: Step, entries: Sequence[Entry]) -> None:
        """The step was done again, by these entries."""
        self.forget(step)
        again = _step(step.text, entries)
        if again is not None:
            self._done.append(again)
        self.changed.emit()

    def forget(self, step: Step) -> None:
        """The step can't be taken back or done again any more."""
        self._done = [other for other in self._done if other != step]
        self._undone = [other for other in self._undone if other != step]
        self.changed.emit()


def _step(text: str, entries: Sequence[Entry]) -> Step | None:
    counting = [entry for entry in entries if entry.kind not in _NO_STEPS]
    if not counting:
        return None
    return Step(text or step_text(counting), tuple(entry.id for entry in counting))


def _restored(step: JournalStep) -> Step:
    return Step(step_text(step.first), tuple(entry.id for entry in step.entries))
