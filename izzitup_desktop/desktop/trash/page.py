"""The trash: deleted services, restored by one click for 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QTableView

from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import status_word
from izzitup_desktop.desktop.widgets.ask import ask_before
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import ago, exactly, in_short
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.boards import BOARD_RESTORED
from izzitup_desktop.domain.kinds.services import (
    SERVICE_ADDED,
    SERVICE_PURGED,
    SERVICE_REMOVED,
    SERVICE_RESTORED,
)
from izzitup_desktop.domain.services import Removed

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands

_DAYS = 30
_CONCERNS = (
    SERVICE_REMOVED,
    SERVICE_RESTORED,
    SERVICE_PURGED,
    SERVICE_ADDED,
    BOARD_RESTORED,
)


class TrashPage(Page):
    """Restoring is a step like any other: Undo takes it back."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self.model = ListModel[Removed](self._columns(), key=lambda removed: removed.service.id)
        self.table = ListTable(self.model, self.tr("Deleted services"))
        self.shelf = Shelf(self.theme, self.table, "delete")
        self.shelf.say(
            self.tr("The trash is empty"),
            self.tr("What is deleted on the board is kept here for 30 days."),
        )
        self.body.addWidget(self.shelf, 1)
        self.restore_action = QAction(self.tr("&Restore"), self)
        self.restore_action.setShortcut(QKeySequence("Return"))
        self.restore_action.triggered.connect(self.restore)
        self.purge_action = QAction(self.tr("Delete for &good …"), self)
        self.purge_action.setShortcut(QKeySequence("Del"))
        self.purge_action.triggered.connect(self.purge)
        self.table.offer(self.restore_action, self.purge_action)
        self.restore_button = self.add_button(self.tr("Restore"), "undo", self.restore)
        self.purge_button = self.add_button(self.tr("Delete for good …"), "delete", self.purge)
        self.table.chosen.connect(self._permit)
        self._permit()

    def tables(self) -> list[QTableView]:
        return [self.table]

    def attach(self, board: Board, principal: Principal) -> None:
        super().attach(board, principal)
        self._permit()

    def concerns(self, entry: Entry) -> bool:
        return entry.kind in _CONCERNS

    def reload(self) -> None:
        self.read(
            lambda board, principal: board.trash.list(principal),
            self._show,
            self.tr("The trash could not be read."),
        )

    def restore(self) -> None:
        """Bring the selected services back to the board."""
        found = self.table.selected()
        if not found:
            return
        ids = [removed.service.id for removed in found]
        self.commands.do(
            lambda board, principal: board.trash.restore(principal, ids),
            self._text(self.tr("%1 could not be restored."), found),
            told=self._text(self.tr("Restored %1"), found),
        )

    def purge(self) -> None:
        """Delete the selected services for good, after asking."""
        found = self.table.selected()
        if not found or not self.purge_button.isEnabled():
            return
        ids = [removed.service.id for removed in found]
        ask_before(
            self,
            self._text(self.tr("Delete %1 for good? This can’t be undone."), found),
            filled(self.tr("Delete %1 for good"), len(ids)),
            lambda: self.commands.do(
                lambda board, principal: board.trash.purge(principal, ids),
                self._text(self.tr("%1 could not be deleted."), found),
            ),
            details=self.tr("Its history goes with it; the journal keeps what happened."),
        )

    def _show(self, found: Sequence[Removed]) -> None:
        self.model.replace(found)
        self._permit()

    def _permit(self) -> None:
        some = bool(self.table.selected())
        purges = self.principal is not None and allowed(self.principal, Action.SERVICE_PURGE)
        for thing in (self.restore_action, self.restore_button):
            thing.setEnabled(some)
        for thing in (self.purge_action, self.purge_button):
            thing.setEnabled(some and purges)

    def _text(self, text: str, found: Sequence[Removed]) -> str:
        if len(found) == 1:
            return filled(text, found[0].service.name)
        return filled(text, filled(self.tr("%1 services"), len(found)))

    def _columns(self) -> list[ListColumn[Removed]]:
        def left(removed: Removed) -> str:
            rest = removed.time + timedelta(days=_DAYS) - datetime.now(UTC)
            days = max(0, ceil(rest / timedelta(days=1)))
            return filled(self.tr("%1 day") if days == 1 else self.tr("%1 days"), days)

        return [
            ListColumn(self.tr("Name"), lambda removed: removed.service.name, 220),
            ListColumn(self.tr("Key"), lambda removed: removed.service.key, 90),
            ListColumn(
                self.tr("Status"),
                lambda removed: status_word(removed.service.status_id),
                120,
                icon=lambda removed: self.theme.status_icon(removed.service.status_id),
            ),
            ListColumn(
                self.tr("Deleted"),
                lambda removed: filled(
                    self.tr("%1 (%2)"), in_short(removed.time), ago(removed.time, datetime.now(UTC))
                ),
                220,
                sort=lambda removed: removed.time,
                tip=lambda removed: exactly(removed.time),
            ),
            ListColumn(self.tr("By"), lambda removed: removed.by, 120),
            ListColumn(self.tr("Kept for"), left, 90, sort=lambda removed: removed.time),
        ]
