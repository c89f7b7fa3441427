"""What the operator's clicks and keys do: each one use case, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.errors import problem_of
from izzitup_desktop.desktop.runner import Runner
from izzitup_desktop.desktop.services.model import ServiceModel
from izzitup_desktop.desktop.services.reader import ServiceReader
from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.undo import Step, Steps
from izzitup_desktop.domain.accounts import Actor
from izzitup_desktop.domain.errors import Conflict, NotFound, Unavailable
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import ServiceDraft

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board, Written

Failed = Callable[[Exception], object]


class Commands(QObject):
    """Use cases as the window offers them; the reader shows what they changed.

    `failed` carries a `Problem`, `told` a sentence and the `Step` that a toast
    offers to undo, `wrote` the ids of the journal entries I made.
    """

    failed = Signal(object)
    told = Signal(str, object)
    wrote = Signal(object)
    done = Signal()
    """Something was written."""

    def __init__(
        self,
        runner: Runner,
        model: ServiceModel,
        reader: ServiceReader,
        steps: Steps,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._model = model
        self._reader = reader
        self._steps = steps
        self._board: Board | None = None
        self._actor: Actor | None = None
        self._undoing = False

    def attach(self, board: Board, actor: Actor) -> None:
        """Act on this board as this actor from now on."""
        self._board, self._actor = board, actor

    def set_status(self, service_ids: Sequence[int], status_id: int) -> None:
        """Set one status on all of these services: all of them, or none."""
        board, actor, ids = self._board, self._actor, list(service_ids)
        if board is None or actor is None or not ids:
            return
        text = self._text(self.tr("set %1 to %2"), ids, status_word(status_id))
        what = self._text(self.tr("%1 could not be set to %2."), ids, status_word(status_id))
        self._model.set_pending(ids, status_id)

        def then(written: Written[Any]) -> None:
            self._steps.did(text, written.entries)
            self._reader.read_again(ids, settle=True)
            self._wrote(written.entries)

        def failed(error: Exception) -> None:
            self._model.set_pending(ids, 0)
            self._fail(error, what)

        self._runner.run(
            lambda: board.statuses.set(actor, ids, status_id),
            then=then,
            failed=failed,
            owner=self,
        )

    def remove(self, service_ids: Sequence[int]) -> None:
        """Delete services, softly; a toast offers to undo it."""
        board, actor, ids = self._board, self._actor, list(service_ids)
        if board is None or actor is None or not ids:
            return
        text = self._text(self.tr("delete %1"), ids)
        told = self._text(self.tr("Deleted %1"), ids)
        what = self._text(self.tr("%1 could not be deleted."), ids)

        def then(written: Written[Any]) -> None:
            step = self._steps.did(text, written.entries)
            self._reader.read_again(ids)
            self.told.emit(told, step)
            self._wrote(written.entries)

        self._runner.run(
            lambda: board.services.remove(actor, ids),
            then=then,
            failed=lambda error: self._fail(error, what),
            owner=self,
        )

    def add(
        self, draft: ServiceDraft, status_id: int, *, then: Callable[[int], object], failed: Failed
    ) -> None:
        """Add a service; `then` is given its id."""
        board, actor = self._board, self._actor
        if board is None or actor is None:
            return

        def added(written: Written[Any]) -> None:
            self._steps.did(filled(self.tr("add %1"), written.value.name), written.entries)
            self._reader.read_again([written.value.id])
            self._wrote(written.entries)
            then(written.value.id)

        self._runner.run(
            lambda: board.services.add(actor, draft, status_id),
            then=added,
            failed=failed,
            owner=self,
        )

    def edit(
        self,
        service_id: int,
        draft: ServiceDraft,
        version: int,
        *,
        then: Callable[[int], object],
        failed: Failed,
    ) -> None:
        """Change a service's fields, unless it was edited since `version`."""
        board, actor = self._board, self._actor
        if board is None or actor is None:
            return

        def edited(written: Written[Any]) -> None:
            self._steps.did(filled(self.tr("edit %1"), written.value.name), written.entries)
            self._reader.read_again([service_id])
            self._wrote(written.entries)
            then(service_id)

        self._runner.run(
            lambda: board.services.edit(actor, service_id, draft, version=version),
            then=edited,
            failed=failed,
            owner=self,
        )

    def undo(self, step: Step | None = None) -> None:
        """Take a step of mine back; the newest when none is named."""
        step = step or self._steps.to_undo
        if step is not None:
            what = filled(self.tr("“%1” could not be undone."), step.text)
            done = filled(self.tr("Undone: %1"), step.text)
            self._reverse(step, what, done, self._steps.was_undone)

    def redo(self) -> None:
        """Do again what was taken back last."""
        step = self._steps.to_redo
        if step is not None:
            what = filled(self.tr("“%1” could not be done again."), step.text)
            done = filled(self.tr("Done again: %1"), step.text)
            self._reverse(step, what, done, self._steps.was_redone)

    def _reverse(
        self, step: Step, what: str, done: str, remember: Callable[[Step, Sequence[Entry]], None]
    ) -> None:
        board, actor = self._board, self._actor
        if board is None or actor is None or self._undoing:
            return
        self._undoing = True

        def then(written: Written[Any]) -> None:
            self._undoing = False
            remember(step, written.entries)
            self._reader.on_entries(written.entries)
            self.told.emit(done, None)
            self._wrote(written.entries)

        def failed(error: Exception) -> None:
            self._undoing = False
            self._give_up(step, error)
            self._fail(error, what)

        self._runner.run(
            lambda: board.journal.undo(actor, step.entry_ids),
            then=then,
            failed=failed,
            owner=self,
        )

    def _give_up(self, step: Step, error: Exception) -> None:
        # What failed for want of the database may be tried again, nothing else.
        if not isinstance(error, Unavailable):
            self._steps.forget(step)

    def _text(self, text: str, ids: Sequence[int], *more: str) -> str:
        rows = self._model.arrangement.rows
        if len(ids) == 1 and ids[0] in rows:
            return filled(text, rows[ids[0]].service.name, *more)
        return filled(text, filled(self.tr("%1 services"), len(ids)), *more)

    def _wrote(self, entries: Sequence[Entry]) -> None:
        self.wrote.emit(tuple(entry.id for entry in entries))
        self.done.emit()

    def _fail(self, error: Exception, what: str) -> None:
        self.failed.emit(problem_of(error, what))
        if isinstance(error, (Conflict, NotFound)):
            # The board is not as it was shown.
            self._reader.read_all()
