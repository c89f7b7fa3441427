"""My own steps, also of earlier sessions: what Ctrl+Z takes back, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board.undo_steps import JournalStep, JournalSteps
    from izzitup_desktop.desktop.journal.words import JournalWords
    from izzitup_desktop.domain.concepts import Vocabulary
    from izzitup_desktop.domain.journal import Entry

_STEPS_MOST = 200


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One thing I did: its text for the menu, and the journal entries it made."""

    text: str
    entry_ids: tuple[int, ...]
    account_id: int | None = None
    """Who did it."""


class UndoSteps(QObject):
    """Two stacks of one account: what can be undone, and what can be done again.

    What another account wrote lands on neither, however late its end comes.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: JournalWords | None = None
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._account_id: int | None = None
        self.count = 0
        """How often something was remembered or forgotten."""

    @property
    def to_undo(self) -> UndoStep | None:
        """The newest step that can be taken back."""
        return self._done[-1] if self._done else None

    @property
    def to_redo(self) -> UndoStep | None:
        """The step taken back last."""
        return self._undone[-1] if self._undone else None

    def attach(self, vocabulary: Vocabulary, account_id: int | None) -> None:
        """Be this account's steps from now on, in these words; another's are forgotten."""
        # Entries come after the first paint.
        from izzitup_desktop.desktop.journal.words import JournalWords

        self._words = JournalWords(vocabulary)
        if account_id != self._account_id:
            self._account_id = account_id
            self._done, self._undone = [], []
            self._change()

    def restore(self, earlier: JournalSteps) -> None:
        """Take over what the journal has, which is all that was done up to now."""
        words = self._own_words()
        self._done = [self._restored(step, words) for step in earlier.done]
        self._undone = [self._restored(step, words) for step in earlier.undone]
        self._change()

    def did(self, entries: Sequence[Entry]) -> UndoStep | None:
        """Remember a step; None where nothing of it could be undone by this account."""
        step = self._step("", entries)
        known = {other.entry_ids for other in (*self._done, *self._undone)}
        if step is not None and step.entry_ids not in known:
            self._done = [*self._done, step][-_STEPS_MOST:]
            self._undone.clear()
            self._change()
        return step

    def was_undone(self, step: UndoStep, entries: Sequence[Entry]) -> None:
        """The step was taken back, by these entries; undoing them does it again."""
        reverse = self._reversed(step, entries)
        self._undone = [*self._undone, *reverse]
        self._change()

    def was_redone(self, step: UndoStep, entries: Sequence[Entry]) -> None:
        """The step was done again, by these entries."""
        reverse = self._reversed(step, entries)
        self._done = [*self._done, *reverse]
        self._change()

    def forget(self, step: UndoStep) -> None:
        """The step can't be taken back or done again any more."""
        self._done, self._undone = _without(self._done, step), _without(self._undone, step)
        self._change()

    def _reversed(self, step: UndoStep, entries: Sequence[Entry]) -> list[UndoStep]:
        reverse = self._step(step.text, entries)
        for gone in (step, reverse):
            if gone is not None:
                self._done, self._undone = _without(self._done, gone), _without(self._undone, gone)
        return [] if reverse is None else [reverse]

    def _step(self, text: str, entries: Sequence[Entry]) -> UndoStep | None:
        words = self._own_words()
        counting = [
            entry
            for entry in entries
            if words.vocabulary.is_reversible(entry.kind) and entry.account_id == self._account_id
        ]
        if not counting:
            return None
        ids = tuple(entry.id for entry in counting)
        return UndoStep(text or words.step_text(counting), ids, self._account_id)

    def _restored(self, step: JournalStep, words: JournalWords) -> UndoStep:
        ids = tuple(entry.id for entry in step.entries)
        return UndoStep(words.step_text(step.first), ids, self._account_id)

    def _own_words(self) -> JournalWords:
        assert self._words is not None, "nothing is done before somebody acts"
        return self._words

    def _change(self) -> None:
        self.count += 1
        self.changed.emit()


def _without(steps: Sequence[UndoStep], step: UndoStep) -> list[UndoStep]:
    # The same step may have been read from the journal meanwhile, in other words.
    return [other for other in steps if other.entry_ids != step.entry_ids]
