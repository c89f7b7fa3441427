"""Connections: where programs reach the board, by which tokens, and what they ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QStackedWidget, QTabBar, QTableView, QWidget

from izzitup_desktop.desktop.connections.address import AddressSection
from izzitup_desktop.desktop.connections.console import ConsoleSection
from izzitup_desktop.desktop.connections.requests import RequestsSection
from izzitup_desktop.desktop.connections.status_page import StatusPageSection
from izzitup_desktop.desktop.connections.token_rows import Known
from izzitup_desktop.desktop.connections.tokens import TokensSection
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.widgets.draft import Draft
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.server.embedded import HeardRequest

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.commands import Commands
    from izzitup_desktop.server.embedded import EmbeddedServer

USES_MS = 20_000
"""How often it is read again: that a token was used, and that time passes, is no change."""

_CONCERNED = frozenset(("token", "account", "group", "board", "service"))


class ConnectionsPage(Page):
    """Everybody who signed in sees their own tokens and requests; administrators all."""

    def __init__(self, context: Context, commands: Commands, name: str, title: str) -> None:
        super().__init__(context, commands, name, title)
        self.address = AddressSection(context)
        self.tokens = TokensSection(self)
        self.requests = RequestsSection(self.theme)
        self.console = ConsoleSection(context)
        self.status_page = StatusPageSection(context)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(title)
        self.stack = QStackedWidget()
        for text, section in (
            (self.tr("Address"), self.address),
            (self.tr("Status page"), self.status_page),
            (self.tr("Tokens"), self.tokens),
            (self.tr("Requests"), self.requests),
            (self.tr("Console"), self.console),
        ):
            self.tabs.addTab(text)
            self.stack.addWidget(section)
        self.top.addWidget(self.tabs)
        self.body.addWidget(self.stack, 1)
        self._uses = QTimer(self)
        self._uses.setInterval(USES_MS)
        self._uses.timeout.connect(self.reload)
        self._connect()

    def attach(self, board: Board, principal: Principal) -> None:
        if self.principal is None or self.principal.account_uid != principal.account_uid:
            self.console.attach(principal.name)
        super().attach(board, principal)
        self.requests.service_name = self._service_name
        self.status_page.attach(board, principal)
        self._permit(Known())

    def show_server(self, server: EmbeddedServer | None) -> None:
        for section in (self.address, self.requests, self.console):
            section.show_server(server)

    def tables(self) -> list[QTableView]:
        return [self.address.table, self.tokens.table, self.requests.table]

    def focused_first(self) -> QWidget:
        return self.tabs

    def concerns(self, entry: Entry) -> bool:
        return entry.kind.subject in _CONCERNED

    def reload(self) -> None:
        self.tokens.reload()
        self.status_page.reload()

    def show_section(self, section: QWidget) -> None:
        """Show one of the five."""
        self.tabs.setCurrentIndex(self.stack.indexOf(section))

    def ask_about(self, service_id: int) -> None:
        """Show the console with this service in it."""
        self.show_section(self.console)
        self.console.choose_service(service_id)

    def continue_draft(self, draft: Draft, then: Callable[[QDialog | None], object]) -> None:
        """Open the dialog of a token with what was typed; `then` is given it."""
        self.show_section(self.tokens)
        self.tokens.continue_draft(draft, then)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._uses.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._uses.stop()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._on_tab)
        self.tokens.known.connect(self._permit)
        self.address.preferences_wanted.connect(self.preferences_wanted)
        self.address.told.connect(self.told)
        self.console.told.connect(self.told)
        self.status_page.told.connect(self.told)
        self.status_page.failed.connect(self.failed)
        self.status_page.preferences_wanted.connect(self.preferences_wanted)
        self.address.failed.connect(
            lambda error: self.failed.emit(
                problem_of(error, self.tr("The addresses could not be read."))
            )
        )
        self.address.moved.connect(self.console.show_call)
        self.address.moved.connect(self.requests.say)
        self.requests.service_wanted.connect(self.service_wanted)

    def _on_tab(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        section = self.stack.currentWidget()
        self.search = getattr(section, "search", None)

    def _permit(self, known: Known) -> None:
        """Show those requests that the principal may know of: administrators all, others theirs."""
        principal = self.principal
        own = frozenset(row.token.id for row in known.rows)
        self.requests.token_names = {row.token.id: row.token.name for row in known.rows}

        def may_see(heard: HeardRequest) -> bool:
            if principal is None:
                return False
            if allowed(principal, Action.BOARD_SERVE):
                return True
            is_mine = heard.account_id is not None and heard.account_id == principal.account_id
            return is_mine or heard.token_id in own

        self.requests.may_see(may_see)
        self.console.show_services(known.services)

    def _service_name(self, service_id: int) -> str:
        service = self.board.live.service(service_id) if self.board is not None else None
        return service.name if service is not None else ""
