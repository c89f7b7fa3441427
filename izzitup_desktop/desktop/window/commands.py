"""What the operator's clicks and keys do: each one use case, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.reader import ServiceReader
from izzitup_desktop.desktop.start.runner import Lane, Runner
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.window.undo import UndoStep, UndoSteps
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.errors import Conflict, NotFound, Unavailable
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.status_options import StatusOptions

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board, Written
    from izzitup_desktop.board.undo_steps import JournalSteps
    from izzitup_desktop.domain.journal import Entry

_MOVING = frozenset({"service.added", "service.moved", "service.removed", "service.restored"})

Failed = Callable[[Exception], object]
Then = Callable[[Any], object]


class Commands(QObject):
    """Use cases as the window offers them; the reader shows what they changed.

    `failed` carries a `Problem`, `told` a sentence and the `UndoStep` that a toast
    offers to undo, `wrote` the ids of the journal entries I made.
    """

    failed = Signal(object)
    told = Signal(str, object)
    wrote = Signal(object)
    written = Signal(object)
    """The journal entries I made."""
    arranged = Signal()
    """I put rows elsewhere, added some or took some away."""
    done = Signal()
    """Something was written."""
    under_way = Signal(bool)
    """Whether anything is being written: undoing waits for it."""

    def __init__(
        self,
        runner: Runner,
        model: ServiceModel,
        reader: ServiceReader,
        steps: UndoSteps,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner = runner
        self._model = model
        self._reader = reader
        self._steps = steps
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._undoing = False
        self._running = 0
        self._undo_then = False
        self.refusal = ""
        """Why nothing can be changed here; "" where it can be."""

    def attach(self, board: Board, principal: Principal) -> None:
        """Act on this board as this principal from now on; its earlier steps can be undone."""
        self._board, self._principal = board, principal
        # What somebody else did is not mine to take back by Ctrl+Z.
        self._steps.attach(board.vocabulary, principal.account_id)
        self._read_steps(board, principal)

    def _read_steps(self, board: Board, principal: Principal) -> None:
        count = self._steps.count

        def then(earlier: JournalSteps) -> None:
            if self._principal is not principal:
                return
            if self._steps.count == count:
                self._steps.restore(earlier)
            else:
                # Something was done or taken back meanwhile: the journal has it by now.
                self._read_steps(board, principal)

        self._runner.run(
            lambda: board.journal.steps(principal),
            then=then,
            failed=lambda error: self._fail(error, self.tr("Earlier steps could not be read.")),
            owner=self,
            lane=Lane.READING,
        )

    def do(
        self,
        work: Callable[[Board, Principal], Written[Any]],
        what: str,
        *,
        then: Then | None = None,
        failed: Failed | None = None,
        told: str = "",
        durable: Callable[[Written[Any]], object] | None = None,
    ) -> None:
        """Run a use case; what it wrote is shown, and can be undone.

        `what` says what did not happen, should it fail; `told` goes into a toast
        that offers Undo; `then` is given the use case's value, `durable` all of it.
        """
        board, principal = self._board, self._principal
        if board is None or principal is None:
            return

        if self.refusal:
            refused = failed or (lambda error: self._fail(error, what))
            refused(Unavailable(self.refusal))
            return

        def written(result: Written[Any]) -> None:
            step = self._steps.did(result.entries)
            self._reader.wrote(result.entries)
            if told:
                self.told.emit(told, step)
            self._wrote(result.entries)
            if durable is not None:
                durable(result)
            if then is not None:
                then(result.value)
            self._ended()

        def refuse(error: Exception) -> None:
            heard = failed or (lambda error: self._fail(error, what))
            heard(error)
            self._ended()

        self._running += 1
        self.under_way.emit(True)
        self._runner.run(
            lambda: work(board, principal),
            then=written,
            failed=refuse,
            owner=self,
            lane=Lane.COMMAND,
        )

    def _ended(self) -> None:
        self._running -= 1
        self.under_way.emit(bool(self._running))
        if self._undo_then and not self._running:
            self._undo_then = False
            self.undo()

    def set_status(
        self,
        service_ids: Sequence[int],
        status_id: int,
        comment: str = "",
        options: StatusOptions | None = None,
        *,
        failed: Failed | None = None,
        then: Then | None = None,
    ) -> None:
        """Set one status on all of these services: all of them, or none."""
        ids = list(service_ids)
        if self._board is None or not ids:
            return
        what = self._text(self.tr("%1 could not be set to %2."), ids, status_word(status_id))
        self._model.set_pending(ids, status_id)

        def durable(written: Written[Any]) -> None:
            self._reader.settle(ids, written.entries[-1].id)

        def refused(error: Exception) -> None:
            self._model.set_pending(ids, 0)
            if failed is None:
                self._fail(error, what)
            else:
                failed(error)

        self.do(
            lambda board, principal: board.statuses.set(
                principal, ids, status_id, comment, options
            ),
            what,
            then=then,
            failed=refused,
            durable=durable,
            told=self._text(self.tr("%1 set to %2"), ids, status_word(status_id)),
        )

    def hold(self, service_ids: Sequence[int], *, hold: bool) -> None:
        """Keep scripts from changing these statuses, or let them again."""
        ids = list(service_ids)
        told = self.tr("Held against scripts: %1") if hold else self.tr("Released: %1")
        if ids:
            self.do(
                lambda board, principal: board.statuses.hold(principal, ids, hold=hold),
                self._text(self.tr("%1 could not be held or released."), ids),
                told=self._text(told, ids),
            )

    def confirm(self, service_ids: Sequence[int]) -> None:
        """Say that these statuses are still right."""
        ids = list(service_ids)
        if ids:
            self.do(
                lambda board, principal: board.statuses.confirm(principal, ids),
                self._text(self.tr("%1 could not be confirmed."), ids),
                told=self._text(self.tr("Confirmed: %1"), ids),
            )

    def move(
        self,
        service_ids: Sequence[int],
        group_id: int | None,
        before_id: int | None,
        told: str = "",
    ) -> None:
        """Put services before another one of a group, or at its end."""
        ids = list(service_ids)
        told = told or self.tr("Moved %1")
        if ids:
            self.do(
                lambda board, principal: board.services.move(principal, ids, group_id, before_id),
                self._text(self.tr("%1 could not be moved."), ids),
                told=self._text(told, ids),
            )

    def remove(self, service_ids: Sequence[int]) -> None:
        """Delete services, softly; a toast offers to undo it."""
        ids = list(service_ids)
        if ids:
            self.do(
                lambda board, principal: board.services.remove(principal, ids),
                self._text(self.tr("%1 could not be deleted."), ids),
                told=self._text(self.tr("Deleted %1"), ids),
            )

    def add(self, draft: ServiceDraft, status_id: int, *, then: Then, failed: Failed) -> None:
        """Add a service; `then` is given it."""
        self.do(
            lambda board, principal: board.services.add(principal, draft, status_id),
            "",
            then=then,
            failed=failed,
        )

    def edit(
        self, service_id: int, draft: ServiceDraft, version: int, *, then: Then, failed: Failed
    ) -> None:
        """Change a service's fields, unless it was edited since `version`."""
        self.do(
            lambda board, principal: board.services.edit(
                principal, service_id, draft, version=version
            ),
            "",
            then=then,
            failed=failed,
        )

    def write_note(
        self, service_ids: Sequence[int], note: str, *, then: Then, failed: Failed
    ) -> None:
        """Give services the same note."""
        ids = list(service_ids)
        self.do(
            lambda board, principal: board.services.write_note(principal, ids, note),
            "",
            told=self._text(self.tr("Note of %1 set"), ids),
            then=then,
            failed=failed,
        )

    def undo(self, step: UndoStep | None = None) -> None:
        """Take a step of mine back; the newest when none is named."""
        if step is None and self._running:
            # What is under way may be on the screen already: that is what is meant.
            self._undo_then = True
            return
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
        self,
        step: UndoStep,
        what: str,
        done: str,
        remember: Callable[[UndoStep, Sequence[Entry]], None],
    ) -> None:
        board, principal = self._board, self._principal
        if (
            board is None
            or principal is None
            or self._undoing
            or step.account_id != principal.account_id
        ):
            return
        if self.refusal:
            self._fail(Unavailable(self.refusal), what)
            return
        self._undoing = True

        def then(written: Written[Any]) -> None:
            self._undoing = False
            remember(step, written.entries)
            self._reader.wrote(written.entries)
            self.told.emit(done, None)
            self._wrote(written.entries)

        def failed(error: Exception) -> None:
            self._undoing = False
            # What failed for want of the database may be tried again, nothing else.
            if not isinstance(error, Unavailable):
                self._steps.forget(step)
            self._fail(error, what)

        self._runner.run(
            lambda: board.journal.undo(principal, step.entry_ids),
            then=then,
            failed=failed,
            owner=self,
            lane=Lane.COMMAND,
        )

    def _text(self, text: str, ids: Sequence[int], *more: str) -> str:
        rows = self._model.arrangement.rows
        if len(ids) == 1 and ids[0] in rows:
            return filled(text, rows[ids[0]].service.name, *more)
        return filled(text, filled(self.tr("%1 services"), len(ids)), *more)

    def _wrote(self, entries: Sequence[Entry]) -> None:
        self.wrote.emit(tuple(entry.id for entry in entries))
        self.written.emit(entries)
        if any(_moves_rows(entry) for entry in entries):
            self.arranged.emit()
        self.done.emit()

    def take(self, written: Written[Any], told: str = "") -> None:
        """Take over what was written elsewhere in this window: it can be undone."""
        step = self._steps.did(written.entries)
        self._reader.wrote(written.entries)
        if told:
            self.told.emit(told, step)
        self._wrote(written.entries)

    def fail(self, error: Exception, what: str) -> None:
        """Say in the window that something did not happen."""
        self._fail(error, what)

    def _fail(self, error: Exception, what: str) -> None:
        self.failed.emit(problem_of(error, what))
        if isinstance(error, (Conflict, NotFound)):
            # The board is not as it was shown.
            self._reader.read_all()


def _moves_rows(entry: Entry) -> bool:
    # As plain names: the kinds come after the first paint.
    return entry.kind in _MOVING or "group_id" in entry.after
