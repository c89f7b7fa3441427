"""Opens the service dialog and carries what it hands over to the board."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QDialog, QWidget

from izzitup_desktop.desktop.board.group_choice import Groups
from izzitup_desktop.desktop.board.model import ServiceModel
from izzitup_desktop.desktop.board.reader import ServiceReader
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.commands import Commands
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.domain.accounts import Action, Principal, allowed, allowed_on
from izzitup_desktop.domain.errors import Conflict, NotAllowed
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.text import search_fold

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.board.dialog import ServiceDialog


class Editing(QObject):
    """One dialog at a time. `saved` carries the id of what was stored."""

    saved = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        context: Context,
        commands: Commands,
        reader: ServiceReader,
        model: ServiceModel,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context = context
        self._commands = commands
        self._reader = reader
        self._model = model
        self._window = window
        self._board: Board | None = None
        self._principal: Principal | None = None
        self.dialog: ServiceDialog | None = None
        self._keys: set[str] = set()
        """Those that services have while a new one is typed, folded as for a search."""

    def attach(self, board: Board, principal: Principal) -> None:
        """Edit this board as this principal from now on."""
        self._board, self._principal = board, principal

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups as last read, in the order of the board."""
        return self._reader.groups

    def add(self, group_id: int | None = None) -> None:
        """Open the dialog for a new service, at first in this group."""
        if self._principal is not None and allowed(self._principal, Action.SERVICE_ADD):
            self._open(None, group_id or None)

    def edit(self, service_id: int) -> None:
        """Open the dialog for a service of the table."""
        row = self._model.arrangement.rows.get(service_id)
        if row is None or self._principal is None:
            return
        if allowed_on(self._principal, Action.SERVICE_EDIT, row.service.group_id):
            self._open(row.service, row.service.group_id)
        else:
            error = NotAllowed(Action.SERVICE_EDIT.value, self._principal.name)
            self.failed.emit(problem_of(error, self.tr("The service can't be edited.")))

    def continue_draft(self, draft: Draft) -> QDialog | None:
        """Open the dialog with what was typed; that of a new service where it is gone."""
        row = self._model.arrangement.rows.get(draft.get("id", 0))
        if row is None:
            self.add()
        else:
            self.edit(row.service.id)
        if self.dialog is not None:
            self.dialog.continue_draft(draft)
        return self.dialog

    def _open(self, service: Service | None, group_id: int | None) -> None:
        if self.dialog is not None:
            self.dialog.raise_()
            self.dialog.activateWindow()
            return
        from izzitup_desktop.desktop.board.dialog import ServiceDialog  # when it is asked for

        rows = self._model.arrangement.rows.values()
        self._keys = {search_fold(row.service.key) for row in rows} if service is None else set()
        dialog = ServiceDialog(
            self._context.theme, self._groups(group_id), service, self._window, taken=self._keys
        )
        dialog.submitted.connect(self._store)
        dialog.group.group_wanted.connect(self._add_group)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def _groups(self, chosen: int | None) -> Groups:
        """What the principal may put a service into."""
        principal = self._principal
        if principal is None:
            return Groups()
        may = partial(allowed_on, principal, Action.SERVICE_ADD)
        return Groups(
            [group for group in self._reader.groups if may(group.id)],
            chosen,
            may_have_none=may(None),
            may_add=allowed(principal, Action.GROUP_ADD),
        )

    def _add_group(self, name: str) -> None:
        dialog = self.dialog
        if dialog is not None:
            self._commands.do(
                lambda board, principal: board.groups.add(principal, name),
                "",
                then=dialog.group.added,
                failed=dialog.group.refused,
            )

    def _forget(self) -> None:
        self.dialog = None
        # Where a question closed together with it, no window has the keys.
        QTimer.singleShot(0, self._window, self._window.activateWindow)

    def _store(self, draft: ServiceDraft, status_id: int, version: int) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        if dialog.service_id:
            self._commands.edit(
                dialog.service_id, draft, version, then=self._stored, failed=self._refused
            )
        else:
            self._commands.add(draft, status_id, then=self._stored, failed=self._refused)

    def _stored(self, service: Service) -> None:
        self._keys.add(search_fold(service.key))
        if self.dialog is not None:
            self.dialog.stored()
        self.saved.emit(service.id)

    def _refused(self, error: Exception) -> None:
        dialog, board, principal = self.dialog, self._board, self._principal
        if dialog is None or board is None or principal is None:
            return
        if not (isinstance(error, Conflict) and error.changed_by and dialog.service_id):
            dialog.refused(error)
            return
        # Somebody edited it meanwhile: what it is now is part of the choice.
        ids = [dialog.service_id]
        self._context.runner.run(
            lambda: board.services.many(principal, ids),
            then=lambda found: dialog.refused(error, found[0] if found else None),
            failed=lambda _error: dialog.refused(error),
            owner=dialog,
        )
