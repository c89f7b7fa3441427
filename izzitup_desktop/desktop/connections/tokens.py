"""The list of tokens: who has which, for what, since when unused; made and revoked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from izzitup_desktop.desktop.connections import token_rows
from izzitup_desktop.desktop.connections.token_dialog import TokenDialog
from izzitup_desktop.desktop.connections.token_rows import Known, TokenRow, TokenState
from izzitup_desktop.desktop.theme import GAP
from izzitup_desktop.desktop.widgets.ask import ask_before
from izzitup_desktop.desktop.widgets.banner import Banner
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import ago, clock, date_of, exactly, local_day
from izzitup_desktop.domain.clock import SYSTEM_CLOCK, Clock
from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.tokens import NewToken, TokenDraft

if TYPE_CHECKING:
    from izzitup_desktop.desktop.window.page import Page


class TokensSection(QWidget):
    """Part of `page`, which reads for it. `known` comes with each reading."""

    known = Signal(object)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._theme = page, page.theme
        self._known = Known()
        self.dialog: TokenDialog | None = None
        self.warning = Banner(self._theme, "clock")
        self.warning.setAccessibleName(self.tr("Tokens that end soon"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search tokens"))
        self.search.setAccessibleName(self.tr("Search tokens"))
        self.search.setClearButtonEnabled(True)
        self.all = QCheckBox(self.tr("Revoked and e&xpired ones, too"))
        self.model = ListModel[TokenRow](self._columns(), key=lambda row: row.token.id)
        self.table = ListTable(self.model, self.tr("Tokens"))
        self.shelf = Shelf(self._theme, self.table, "key")
        self.add_button = QPushButton(self.tr("&New token …"))
        self.revoke_button = QPushButton(self.tr("&Revoke …"))
        self.revoke = QAction(self.tr("&Revoke …"), self)
        self.revoke.setShortcut(QKeySequence(QKeySequence.StandardKey.Delete))
        self.table.offer(self.revoke)
        self._lay_out()
        self._connect()
        self._theme.changed.connect(self._dress)
        self._dress()
        self._permit()

    def reload(self) -> None:
        """Read the tokens."""
        self._page.read(token_rows.read, self._show, self.tr("The tokens could not be read."))

    def add(self) -> None:
        """Open the dialog for a new token."""
        dialog = TokenDialog(self._theme, self._known, self._clock(), self)
        dialog.submitted.connect(self._make)
        dialog.finished.connect(self._forget)
        self.dialog = dialog
        dialog.open()

    def continue_draft(self, draft: Draft, then: Callable[[QDialog | None], object]) -> None:
        """Open the dialog with what was typed; `then` is given it."""

        def open_it(known: Known) -> None:
            self._known = known
            self.add()
            if self.dialog is not None:
                self.dialog.continue_draft(draft)
            then(self.dialog)

        self._page.run(token_rows.read, open_it, self.tr("The tokens could not be read."))

    def ask_revoke(self) -> None:
        """Ask, then let the selected token do nothing any more."""
        found = self._revocable()
        if found is None:
            return
        token = found.token
        ask_before(
            self,
            filled(self.tr("Revoke the token %1, which ends in %2?"), token.name, token.ending),
            self.tr("Revoke the token"),
            partial(self._revoke, token.id, token.name),
            details=self.tr(
                "Programs that use it are refused from then on. This can’t be undone: they would "
                "need a new token."
            ),
        )

    def _make(self, draft: TokenDraft) -> None:
        dialog = self.dialog
        if dialog is None:
            return

        def then(made: NewToken) -> None:
            dialog.made(made)
            self._page.refresh()

        self._page.commands.do(
            lambda board, principal: board.tokens.add(principal, draft),
            "",
            then=then,
            failed=dialog.refused,
        )

    def _revoke(self, token_id: int, name: str) -> None:
        told = filled(self.tr("The token %1 is revoked"), name)
        self._page.commands.do(
            lambda board, principal: board.tokens.revoke(principal, token_id),
            filled(self.tr("The token %1 was not revoked."), name),
            then=lambda _token: self._page.told.emit(told),
        )

    def _forget(self) -> None:
        self.dialog = None

    def _show(self, known: Known) -> None:
        self._known = known
        shown = [row for row in known.rows if self.all.isChecked() or not row.state.is_over]
        self.model.replace(shown)
        soon = [row.token.name for row in known.rows if row.state is TokenState.ENDS_SOON]
        names = ", ".join(soon[:3]) + (" …" if len(soon) > 3 else "")
        text = (
            self.tr("The token %2 ends within two weeks: make another one in time.")
            if len(soon) == 1
            else self.tr("%1 tokens end within two weeks: %2.")
        )
        self.warning.say(filled(text, len(soon), names) if soon else "")
        if len(known.rows) == len(shown):
            self.shelf.say(
                self.tr("No tokens yet"),
                self.tr(
                    "Programs sign in with a token instead of a password: it is for some things "
                    "only, ends by itself, and is revoked without anybody changing a password."
                ),
                self.tr("New token …"),
            )
        else:
            self.shelf.say(
                self.tr("No token is valid"),
                self.tr("All were revoked or have expired; tick the box above to see them."),
                self.tr("New token …"),
            )
        self._permit()
        self.known.emit(known)

    def _revocable(self) -> TokenRow | None:
        found = self.table.selected()
        is_one = len(found) == 1 and found[0].state is not TokenState.REVOKED
        return found[0] if is_one else None

    def _permit(self) -> None:
        for thing in (self.revoke, self.revoke_button):
            thing.setEnabled(self._revocable() is not None)
        self.add_button.setEnabled(bool(self._known.accounts or self._known.may_automate))

    def _clock(self) -> Clock:
        return self._page.board.clock if self._page.board is not None else SYSTEM_CLOCK

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(GAP)
        line.addWidget(self.search, 1)
        for widget in (self.all, self.add_button, self.revoke_button):
            line.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addLayout(line)
        layout.addWidget(self.warning)
        layout.addWidget(self.shelf, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self.model.search)
        self.all.toggled.connect(lambda _on: self._show(self._known))
        self.add_button.clicked.connect(self.add)
        self.shelf.empty.wanted.connect(self.add)
        self.revoke_button.clicked.connect(self.ask_revoke)
        self.revoke.triggered.connect(self.ask_revoke)
        self.table.chosen.connect(self._permit)
        self.model.modelReset.connect(self._permit)

    def _dress(self) -> None:
        for button, icon in ((self.add_button, "add"), (self.revoke_button, "lock")):
            button.setIcon(self._theme.icon(icon))

    def _columns(self) -> list[ListColumn[TokenRow]]:
        return [
            ListColumn(
                self.tr("Name"),
                lambda row: f"{row.token.name} …{row.token.ending}",
                200,
                icon=self._icon,
                tip=lambda row: filled(
                    self.tr("Made by %1 on %2; it ends in %3"),
                    row.token.created_by, exactly(row.token.created), row.token.ending,
                ),
            ),
            ListColumn(self.tr("Of"), self._owner, 170),
            ListColumn(
                self.tr("State"),
                self._state,
                170,
                sort=lambda row: list(TokenState).index(row.state),
                tip=self._state_exactly,
            ),
            ListColumn(self.tr("May"), self._scopes, 200),
            ListColumn(self.tr("Only for"), self._only, 190, elastic=True),
            ListColumn(
                self.tr("Last used"),
                self._used,
                210,
                sort=lambda row: row.token.last_use.time.timestamp() if row.token.last_use else 0,
                tip=self._used_exactly,
            ),
        ]  # fmt: skip

    def _owner(self, row: TokenRow) -> str:
        is_automation = row.token.account_id is None
        return filled(self.tr("automation of %1"), row.owner) if is_automation else row.owner

    def _scopes(self, row: TokenRow) -> str:
        words = {
            Scope.READ: self.tr("read"),
            Scope.SET: self.tr("set statuses"),
            Scope.MANAGE: self.tr("manage"),
        }
        found = [words.get(scope, scope.value) for scope in Scope if scope in row.token.scopes]
        return ", ".join(found)

    def _only(self, row: TokenRow) -> str:
        if row.only is None:
            return self.tr("everything")
        return ", ".join(row.only) or self.tr("nothing that is left")

    def _state(self, row: TokenRow) -> str:
        expires = row.token.expires
        if row.state is TokenState.REVOKED:
            return self.tr("revoked")
        if row.state is TokenState.OWNERLESS:
            return self.tr("its owner is gone")
        if expires is None:
            return self.tr("valid, never expires")
        text = self.tr("expired %1") if row.state is TokenState.EXPIRED else self.tr("until %1")
        is_today = local_day(expires) == local_day(self._clock().now())
        return filled(text, clock(expires) if is_today else date_of(expires))

    def _state_exactly(self, row: TokenRow) -> str:
        token = row.token
        if token.revoked is not None:
            return filled(self.tr("revoked on %1"), exactly(token.revoked))
        return self._state(row) if token.expires is None else exactly(token.expires)

    def _used(self, row: TokenRow) -> str:
        use = row.token.last_use
        if use is None:
            return self.tr("never")
        return filled(self.tr("%1, %2"), use.address, ago(use.time, self._clock().now()))

    def _used_exactly(self, row: TokenRow) -> str:
        use = row.token.last_use
        if use is None:
            return self.tr("It was never used.")
        return filled(self.tr("%1 from %2, for %3"), exactly(use.time), use.address, use.route)

    def _icon(self, row: TokenRow) -> QIcon:
        colours = self._theme.colours
        if row.state is TokenState.ENDS_SOON:
            return self._theme.icon("clock", colours.status(StatusId.IMPAIRED).ink)
        if row.state.is_over:
            return self._theme.icon("lock", colours.muted)
        return self._theme.icon("key")
