"""The status page: where it is, what it shows and to whom, and how others show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget

from izzitup_desktop.desktop.connections.page_address_card import PageAddressCard
from izzitup_desktop.desktop.connections.page_editors import PageEditors
from izzitup_desktop.desktop.connections.page_preview import PagePreview, Read, read
from izzitup_desktop.desktop.connections.page_shares import PageShares
from izzitup_desktop.desktop.start.context import Context
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.theme import GAP, MARGIN
from izzitup_desktop.desktop.widgets.dialog import Scrolled
from izzitup_desktop.desktop.widgets.labels import heading_label
from izzitup_desktop.desktop.words.errors import problem_of
from izzitup_desktop.desktop.words.page import PagePlace

if TYPE_CHECKING:
    from izzitup_desktop.board import Board
    from izzitup_desktop.domain.accounts import Principal
    from izzitup_desktop.platform.settings import Settings

_WIDE = 1_120
"""From so many pixels on what is set stands beside what comes of it."""


class StatusPageSection(QWidget):
    """`changed` carries a setting's key and its new value; whoever saves it calls
    `saved(settings)` or `refused(key, error)`. `told` says briefly what was done."""

    changed = Signal(str, object)
    told = Signal(str)
    failed = Signal(object)
    preferences_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._settings: Settings | None = None
        self._readings = Readings(context.runner, self)
        self.card = PageAddressCard(context.theme)
        self.editors = PageEditors(context.theme)
        self.preview = PagePreview(context.theme)
        self.shares = PageShares(context.theme)
        self._lay_out()
        self.card.turned.connect(lambda on: self.changed.emit("page", on))
        self.card.open_wanted.connect(lambda address: context.open_url(QUrl(f"{address}/")))
        self.card.preferences_wanted.connect(self.preferences_wanted)
        self.card.told.connect(self.told)
        self.shares.told.connect(self.told)
        self.editors.changed.connect(self.changed)
        self.editors.failed.connect(self._fail)
        self.restrict(self.tr("The board is being opened."))

    def attach(self, board: Board, principal: Principal) -> None:
        """Read this board as this principal from now on."""
        self._board, self._principal = board, principal

    def show_settings(self, settings: Settings) -> None:
        """Show what holds."""
        self._settings = settings
        self.card.is_on.setChecked(settings.page)
        self.editors.show_settings(settings)
        self.reload()

    def show_place(self, place: PagePlace) -> None:
        """Show where the page is."""
        self.card.show_place(place)
        self.shares.show_base(place.address, place.reason)
        self.preview.say_why_not(place.reason)

    def restrict(self, reason: str) -> None:
        """Let all of it be looked at only, for this reason; "" lets it be changed."""
        self.card.restrict(reason)
        self.editors.restrict(reason)

    def saved(self, settings: Settings) -> None:
        """These settings hold from now on."""
        self.show_settings(settings)

    def refused(self, key: str, error: Exception) -> None:
        """A setting was not taken; its value stays as typed."""
        if key == "page" and self._settings is not None:
            self.card.is_on.setChecked(self._settings.page)
            self._fail(error)
        else:
            self.editors.refused(key, error)

    def reload(self) -> None:
        """Read what strangers see, if anybody looks."""
        board, principal, settings = self._board, self._principal, self._settings
        if board is None or principal is None or settings is None or not self.isVisible():
            return
        # The same as the server's, so that one of them makes the board for both.
        choices = settings.page_choices(settings.board_name, settings.board_logo)
        self._readings.run(
            lambda: read(board, principal, choices),
            self._show,
            lambda _error: self.preview.say_nothing(
                self.tr("The board can’t be read now."), self.tr("It is tried again by itself.")
            ),
        )

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        is_wide = event.size().width() >= _WIDE
        self._columns.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    def _show(self, found: Read) -> None:
        self.preview.show_read(found)
        self.editors.tree.show_board(found.groups, found.services)
        self.shares.show_board(found.public)

    def _fail(self, error: Exception) -> None:
        self.failed.emit(problem_of(error, self.tr("The setting was not saved.")))

    def _lay_out(self) -> None:
        page = QWidget()
        # Its lines wrap: how high it has to be its width tells.
        page.setMinimumHeight(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._columns.setSpacing(MARGIN)
        sees = _card(heading_label(self.tr("What everybody sees"), larger=1.1), self.preview)
        shares = _card(heading_label(self.tr("Show it elsewhere"), larger=1.1), self.shares)
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in (
            (left, (self.card, _card(self.editors))),
            (right, (sees, shares)),
        ):
            column.setSpacing(MARGIN)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
            self._columns.addLayout(column, 1)
        inner = QVBoxLayout(page)
        inner.setContentsMargins(0, 0, GAP, 0)
        inner.addLayout(self._columns)
        inner.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(page))


def _card(*widgets: QWidget) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
    layout.setSpacing(GAP)
    for widget in widgets:
        layout.addWidget(widget)
    return card
