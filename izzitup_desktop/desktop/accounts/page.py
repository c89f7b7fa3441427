"""Accounts: added, changed, disabled; the last administrator is protected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QTableView

from izzitup_desktop.desktop.accounts.dialog import AccountChoice, AccountDialog
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.roles import role_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly, in_short
from izzitup_desktop.domain.accounts import Account, Principal
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry

if TYPE_CHECKING:
    from izzitup_desktop.board import Board, Written
    from izzitup_desktop.desktop.window.commands import Commands


class AccountsPage(Page):
    """Administrators alone come here."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self._groups: tuple[Group, ...] = ()
        self.dialog: AccountDialog | None = None
        self.model = ListModel[Account](self._columns(), key=lambda account: account.id)
        self.table = ListTable(self.model, self.tr("Accounts"))
        self.body.addWidget(Shelf(self.theme, self.table, "accounts"), 1)
        self.add_button_ = self.add_button(self.tr("New account …"), "add", self.add)
        self.edit_button = self.add_button(self.tr("Edit …"), "edit", self.edit)
        self.disable_button = self.add_button(self.tr("Disable"), "lock", self.toggle_active)
        edit = QAction(self.tr("&Edit …"), self)
        edit.setShortcut(QKeySequence("F2"))
        edit.triggered.connect(self.edit)
        toggle = QAction(self.tr("&Disable or enable"), self)
        toggle.triggered.connect(self.toggle_active)
        self.table.offer(edit, toggle)
        self.table.opened.connect(lambda _account: self.edit())
        self.table.chosen.connect(self._permit)
        self._permit()

    def tables(self) -> list[QTableView]:
        return [self.table]

    def concerns(self, entry: Entry) -> bool:
        return entry.kind.subject in ("account", "group", "board")

    def reload(self) -> None:
        def then(found: tuple[tuple[Account, ...], tuple[Group, ...]]) -> None:
            accounts, self._groups = found
            self._show(accounts)

        self.read(_read, then, self.tr("The accounts could not be read."))

    def add(self) -> None:
        """Open the dialog for a new account."""
        self._open(None)

    def edit(self) -> None:
        """Open the dialog for the selected account."""
        found = self.table.selected()
        if len(found) == 1:
            self._open(found[0])

    def toggle_active(self) -> None:
        """Let the selected account sign in no more, or again."""
        found = self.table.selected()
        if len(found) != 1:
            return
        account = found[0]
        done = (
            self.tr("%1 can’t sign in any more")
            if account.active
            else self.tr("%1 may sign in again")
        )
        self.commands.do(
            lambda board, principal: board.accounts.edit(
                principal, account.id, active=not account.active
            ),
            filled(self.tr("The account %1 was not changed."), account.name),
            then=lambda _account: self.told.emit(filled(done, account.name)),
        )

    def _open(self, account: Account | None) -> None:
        dialog = AccountDialog(self.theme, self._groups, account, self)
        dialog.submitted.connect(self._store)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def continue_draft(self, draft: Draft, then: Callable[[QDialog | None], object]) -> None:
        """Open the dialog with what was typed, but for the password; `then` is given it."""

        def open_it(found: tuple[tuple[Account, ...], tuple[Group, ...]]) -> None:
            accounts, self._groups = found
            known = {account.id: account for account in accounts}.get(draft.get("id", 0))
            self._open(known)
            if self.dialog is not None:
                self.dialog.continue_draft(draft)
            then(self.dialog)

        self.run(_read, open_it, self.tr("The accounts could not be read."))

    def _forget(self) -> None:
        self.dialog = None

    def _store(self, choice: AccountChoice) -> None:
        dialog = self.dialog
        if dialog is None:
            return
        account = dialog.account

        def work(board: Board, principal: Principal) -> Written[Any]:
            if account is None:
                return board.accounts.add(
                    principal, choice.name, choice.role, choice.password, choice.group_ids
                )
            return board.accounts.edit(
                principal,
                account.id,
                role=choice.role,
                active=choice.active,
                group_ids=choice.group_ids,
                password=choice.password or None,
                version=account.version,
            )

        self.commands.do(work, "", then=lambda _account: dialog.accept(), failed=dialog.refused)

    def _show(self, accounts: Sequence[Account]) -> None:
        self.model.replace(accounts)
        self._permit()

    def _permit(self) -> None:
        found = self.table.selected()
        one = len(found) == 1
        self.edit_button.setEnabled(one)
        self.disable_button.setEnabled(one)
        active = not one or found[0].active
        self.disable_button.setText(self.tr("Disable") if active else self.tr("Enable"))

    def _columns(self) -> list[ListColumn[Account]]:
        def limits(account: Account) -> str:
            names = {group.id: group.name for group in self._groups}
            return ", ".join(sorted(names.get(id_, str(id_)) for id_ in account.group_ids))

        return [
            ListColumn(
                self.tr("Name"),
                lambda account: account.name,
                180,
                icon=lambda account: self.theme.icon("person" if account.active else "lock"),
            ),
            ListColumn(self.tr("Role"), lambda account: role_word(account.role), 130),
            ListColumn(
                self.tr("May sign in"),
                lambda account: self.tr("yes") if account.active else self.tr("no"),
                100,
            ),
            ListColumn(
                self.tr("Changed"),
                lambda account: in_short(account.updated),
                140,
                sort=lambda account: account.updated,
                tip=lambda account: exactly(account.updated),
            ),
            ListColumn(self.tr("Only groups"), limits, 220),
        ]


def _read(board: Board, principal: Principal) -> tuple[tuple[Account, ...], tuple[Group, ...]]:
    return board.accounts.list(principal), board.live.picture().groups
