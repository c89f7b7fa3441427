"""Where the API answers, by what certificate, and whether the network is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.connections.certificate_card import CertificateCard, Shown, shown_by
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.theme import GAP, SMALL
from izzitup_desktop.desktop.widgets.dialog import Scrolled
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.widgets.listing import ListColumn, ListModel, ListTable
from izzitup_desktop.desktop.widgets.shelf import Shelf
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.server.embedded import Reach, Served, ServerKind, ServerState

if TYPE_CHECKING:
    from izzitup_desktop.server.embedded import EmbeddedServer

_REFERENCE = "/api/docs"
"""Where the board tells how its API is spoken to."""

_ROWS_MOST = 5


class AddressSection(QWidget):
    """Follows the server's state; `told` says briefly what was done."""

    preferences_wanted = Signal()
    told = Signal(str)
    failed = Signal(object)
    moved = Signal()
    """The server does something else now, or elsewhere."""
    looked = Signal()
    """What is shown is what is served."""
    _state_told = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._server: EmbeddedServer | None = None
        self._cancel: Callable[[], None] = _nothing
        self._looks = 0
        self.state: ServerState | None = None
        self.headline = plain_label(wrap=True)
        self.announced = plain_label(wrap=True)
        self.model = ListModel[Served](self._columns(), key=lambda one: one.url)
        self.table = ListTable(self.model, self.tr("Addresses"))
        self.shelf = Shelf(context.theme, self.table, "server")
        self.card = CertificateCard(context.theme)
        self.copy_button = QPushButton(self.tr("&Copy the address"))
        self.open_button = QPushButton(self.tr("&Open in the browser"))
        self.preferences_button = QPushButton(self.tr("&Preferences …"))
        self.copy = QAction(self.tr("&Copy the address"), self)
        self.open = QAction(self.tr("&Open in the browser"), self)
        self.open.setShortcut(QKeySequence("Ctrl+O"))
        self.table.offer(self.copy, self.open)
        self._lay_out()
        self._connect()
        context.theme.changed.connect(self._dress)
        self._dress()
        self._fit()
        self._show_state(None)

    def show_server(self, server: EmbeddedServer | None) -> None:
        """Show this server from now on; None: there is none."""
        self.leave()
        self._server = server
        if server is not None:
            self._cancel = cancel = server.on_state(self._state_told.emit)
            # Another window takes this one's place when the language changes.
            self.destroyed.connect(lambda: cancel())
        self._show_state(server.state if server is not None else None)

    def leave(self) -> None:
        """Listen to the server no more."""
        self._cancel()
        self._cancel = _nothing

    def chosen(self) -> Served | None:
        """The selected address, else the first."""
        found = self.table.selected() or self.model.shown()
        return found[0] if found else None

    def _show_state(self, state: ServerState | None) -> None:
        self.state = state
        self.headline.setText(self._headline(state))
        self.moved.emit()
        self.announced.setText(self._announced(state))
        self.announced.setVisible(state is not None and state.kind is ServerKind.SERVING)
        server = self._server
        self._looks += 1
        look = self._looks

        def read() -> tuple[tuple[Served, ...], Shown | None]:
            return (server.addresses(), shown_by(server)) if server is not None else ((), None)

        def then(found: tuple[tuple[Served, ...], Shown | None]) -> None:
            if look == self._looks:
                addresses, certificate = found
                self.model.replace(addresses)
                is_alone = all(one.reach is Reach.HERE for one in addresses)
                self.card.show_state(state, certificate, is_alone=is_alone)
                self._permit()
                self._fit()
                self.looked.emit()

        self.context.runner.run(read, then=then, failed=self.failed.emit, owner=self)

    def _headline(self, state: ServerState | None) -> str:
        if state is None or state.kind is ServerKind.STOPPED:
            return self.tr("The API is off: nothing on the network reaches this board.")
        if state.kind is ServerKind.STARTING:
            return self.tr("The API is starting …")
        if state.kind is ServerKind.FAILED:
            return filled(self.tr("Nothing is served: %1"), translated(state.reason))
        return self.tr("Programs reach this board here. The path of the API v1 is /api/v1.")

    def _announced(self, state: ServerState | None) -> str:
        if state is not None and state.announced_as:
            return filled(
                self.tr("Announced on the network as %1 (mDNS). `izzitup discover` finds it."),
                state.announced_as,
            )
        return self.tr("Not announced on the network (mDNS): others have to be told the address.")

    def _copy(self) -> None:
        if (found := self.chosen()) is not None:
            QGuiApplication.clipboard().setText(found.url)
            self.told.emit(filled(self.tr("Copied: %1"), found.url))

    def _open(self) -> None:
        if (found := self.chosen()) is not None:
            self.context.open_url(QUrl(found.url + _REFERENCE))

    def _permit(self) -> None:
        for thing in (self.copy_button, self.open_button, self.copy, self.open):
            thing.setEnabled(bool(self.model.items))
        is_off = self.state is None or self.state.kind is ServerKind.STOPPED
        self.shelf.say(
            self.tr("The API is off") if is_off else self.tr("Nothing is served now"),
            self.tr("Preferences say whether and where programs are answered.")
            if is_off
            else self.tr("It is tried again by itself."),
        )

    def _fit(self) -> None:
        """Be as high as the addresses, up to some of them."""
        rows = min(len(self.model.items), _ROWS_MOST)
        height = self.table.verticalHeader().defaultSectionSize() * (rows or _ROWS_MOST)
        frame = 2 * self.table.frameWidth() + SMALL
        self.shelf.setFixedHeight(height + self.table.horizontalHeader().height() + frame)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for button in (self.copy_button, self.open_button):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self.preferences_button)
        page = QWidget()
        # Its lines wrap: how high it has to be its width tells.
        page.setMinimumHeight(1)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(GAP)
        inner.addWidget(self.headline)
        inner.addWidget(self.shelf)
        inner.addLayout(buttons)
        inner.addWidget(self.announced)
        inner.addWidget(self.card)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(page))

    def _connect(self) -> None:
        self._state_told.connect(self._show_state, Qt.ConnectionType.QueuedConnection)
        self.copy_button.clicked.connect(self._copy)
        self.copy.triggered.connect(self._copy)
        self.open_button.clicked.connect(self._open)
        self.open.triggered.connect(self._open)
        self.table.opened.connect(lambda _served: self._open())
        self.card.told.connect(self.told)
        self.preferences_button.clicked.connect(self.preferences_wanted)

    def _columns(self) -> list[ListColumn[Served]]:
        reach = {
            Reach.HERE: self.tr("this computer only"),
            Reach.NETWORK: self.tr("every computer on the network"),
            Reach.NAME: self.tr("computers that know this name"),
        }
        return [
            ListColumn(
                self.tr("Address"),
                lambda one: one.url,
                320,
                icon=lambda one: self.context.theme.icon("lock" if one.is_encrypted else "link"),
                elastic=True,
            ),
            ListColumn(
                self.tr("Encrypted"),
                lambda one: self.tr("yes") if one.is_encrypted else self.tr("no"),
                110,
            ),
            ListColumn(self.tr("Works for"), lambda one: reach[one.reach], 240),
        ]

    def _dress(self) -> None:
        self.announced.setStyleSheet(f"color: {self.context.theme.colours.muted};")


def _nothing() -> None:
    return None
