"""The rail at the left: a button a view, and the stack of the views themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from izzitup_desktop.desktop.theme import SMALL, Theme
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.domain.accounts import Action, Principal, allowed

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board
    from izzitup_desktop.desktop.window.actions import Actions
    from izzitup_desktop.domain.journal import Entry
    from izzitup_desktop.server.embedded import EmbeddedServer

BOARD = "board"
_JOURNAL = "journal"
_BADGE = 15
_BELOW_ICON = 4


@dataclass(frozen=True)
class View:
    """One view: its name, title and icon, who may see it, and what makes its page."""

    name: str
    title: str
    icon: str
    action: Action
    make: Callable[[], Page]


class RailButton(QToolButton):
    """A view's icon with its name below, and a count in the icon's upper corner."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._badge = ""

    @property
    def badge(self) -> str:
        """What stands in the corner, "" for nothing."""
        return self._badge

    def set_badge(self, badge: str) -> None:
        """Put a few characters into the corner."""
        self._badge = badge
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._badge:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(_BADGE - 4)
        font.setBold(True)
        painter.setFont(font)
        width = max(_BADGE, painter.fontMetrics().horizontalAdvance(self._badge) + 8)
        rect = QRect(self.width() // 2 + 2, 3, width, _BADGE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.colours.accent))
        painter.drawRoundedRect(rect, _BADGE / 2, _BADGE / 2)
        painter.setPen(QColor(self._theme.colours.on_accent))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._badge)
        painter.end()


class Rail(QFrame):
    """Narrow, with a word below each icon."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Views"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        self._layout.setSpacing(2)
        self._layout.addStretch()
        self.buttons: list[RailButton] = []
        theme.changed.connect(self._dress)
        self._dress()

    def add(self, action: QAction) -> None:
        """Offer a view."""
        button = RailButton(self._theme)
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setAutoRaise(True)
        button.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        button.setMinimumWidth(max(76, button.sizeHint().width()))
        self.buttons.append(button)
        self._layout.insertWidget(self._layout.count() - 1, button)

    def set_badge(self, action: QAction, badge: str) -> None:
        """Put a count on a view's button, "" for none."""
        for button in self.buttons:
            if button.defaultAction() is action:
                button.set_badge(badge)
                button.setAccessibleName(action.text())

    def minimumSizeHint(self) -> QSize:
        # Without room for words the icons do; each says its name in its tooltip.
        icons = sum(self._height_of(button, words=False) for button in self.buttons)
        return QSize(super().minimumSizeHint().width(), icons + self._around())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = [button for button in self.buttons if not button.isHidden()]
        words = sum(self._height_of(button, words=True) for button in shown)
        styles = Qt.ToolButtonStyle
        has_room = words + self._around() <= self.height()
        style = styles.ToolButtonTextUnderIcon if has_room else styles.ToolButtonIconOnly
        for button in self.buttons:
            button.setToolButtonStyle(style)

    def _around(self) -> int:
        return 2 * SMALL + self._layout.spacing() * len(self.buttons)

    def _height_of(self, button: RailButton, *, words: bool) -> int:
        below = button.fontMetrics().lineSpacing() + _BELOW_ICON
        has_words = button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        return button.sizeHint().height() + below * (int(words) - int(has_words))

    def _dress(self) -> None:
        colours = self._theme.colours
        self.setStyleSheet(
            f"#rail {{ background: {colours.window}; border-right: 1px solid {colours.border}; }}"
            f"#rail QToolButton {{ padding: 5px 2px; color: {colours.muted}; }}"
            f"#rail QToolButton:checked {{ color: {colours.on_selection}; }}"
        )


class Pages(QStackedWidget):
    """Makes a page when it is first gone to; `went` carries the name of the view shown."""

    went = Signal(str)
    made = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: dict[str, View] = {}
        self._pages: dict[str, Page] = {}
        self._board: Board | None = None
        self._principal: Principal | None = None
        self._server: EmbeddedServer | None = None
        self.current = BOARD

    def set_board_view(self, widget: QWidget) -> None:
        """The Board view, which is there from the start."""
        self.addWidget(widget)

    def offer(self, views: Sequence[View]) -> None:
        """These views can be gone to."""
        self._views = {view.name: view for view in views}

    def attach(self, board: Board, principal: Principal) -> None:
        """Show this board to this principal from now on."""
        self._board, self._principal = board, principal
        for page in self._pages.values():
            page.attach(board, principal)
        if not self.may_see(self.current):
            self.go(BOARD)

    def set_server(self, server: EmbeddedServer | None) -> None:
        """Have pages show this server; None: there is none."""
        self._server = server
        for page in self._pages.values():
            page.show_server(server)

    def may_see(self, name: str) -> bool:
        """Whether the principal may see a view."""
        if name == BOARD:
            return True
        view = self._views.get(name)
        return (
            view is not None
            and self._principal is not None
            and allowed(self._principal, view.action)
        )

    def page(self, name: str) -> Page:
        """The page of a view, made now if need be."""
        if name not in self._pages:
            page = self._views[name].make()
            self._pages[name] = page
            self.addWidget(page)
            self.made.emit(page)
            page.show_server(self._server)
            if self._board is not None and self._principal is not None:
                page.attach(self._board, self._principal)
        return self._pages[name]

    def made_pages(self) -> dict[str, Page]:
        """The pages that were gone to, by the names of their views."""
        return dict(self._pages)

    def go(self, name: str) -> None:
        """Show a view."""
        if not self.may_see(name):
            return
        self.current = name
        widget = self.widget(0) if name == BOARD else self.page(name)
        if widget is not None:
            self.setCurrentWidget(widget)
        self.went.emit(name)

    def read_journal(self, service_id: int, days: tuple[QDate, QDate] | None = None) -> None:
        """Show what happened to a service, on the days from the first to the last."""
        self.go(_JOURNAL)
        if self.current == _JOURNAL:
            page = self.page(_JOURNAL)
            page.show_service(service_id)
            if days is not None:
                page.show_days(*days)

    def find_here(self) -> None:
        """Give the keys to the search of the view shown; one without goes to the board."""
        page = None if self.current == BOARD else self.page(self.current)
        if page is None or page.search is None:
            self.go(BOARD)
            return
        page.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        page.search.selectAll()

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        for page in self._pages.values():
            page.on_entries(entries)


def offer_views(
    views: Sequence[View], board: str, actions: Actions, pages: Pages, rail: Rail
) -> None:
    """Have an action and a button for the board (its title) and for each of these views."""
    pages.offer(views)
    names = [(BOARD, board, "board"), *((view.name, view.title, view.icon) for view in views)]
    for number, (name, title, icon) in enumerate(names, 1):
        action = actions.add_view(name, title, icon, number)
        action.setData(name)
        action.triggered.connect(partial(pages.go, name))
        rail.add(action)
