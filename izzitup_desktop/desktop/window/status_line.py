"""The status bar: where the API answers, who acts, and where the data are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStatusBar, QToolButton, QWidget

from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.widgets.labels import plain_label
from izzitup_desktop.desktop.window.lately import Lately
from izzitup_desktop.desktop.words.roles import role_word
from izzitup_desktop.desktop.words.texts import filled, tooltip, translated
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.statuses import StatusId

if TYPE_CHECKING:
    # The server brings the HTTP stack along, which loads after the first paint.
    from izzitup_desktop.server.embedded import EmbeddedServer, ServerState

_COPIED_MS = 1_500
_WIDE = 1_000
"""Pixels; below, the path of the database is only its file's name."""


class StatusLine(QStatusBar):
    """Filled in piece by piece while the application starts."""

    folder_wanted = Signal(str)
    """The folder of the database's file is to be shown."""
    _server_state = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state: ServerState | None = None
        self._text = ""
        self._is_lost = False
        self._stale = ""
        self._condition = ("", "")
        self._cancel: Callable[[], None] = _nothing
        self.setSizeGripEnabled(False)
        self.server = QPushButton()
        self.server.setObjectName("server")
        self.server.setIconSize(QSize(16, 16))
        self.server.setCursor(Qt.CursorShape.PointingHandCursor)
        self.server.clicked.connect(self.copy_address)
        self.trouble = plain_label()
        self.trouble.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.principal = plain_label()
        self.lately = Lately()
        self.database = QToolButton()
        self.database.setObjectName("database")
        self.database.clicked.connect(self._want_folder)
        self._location = self._where = ""
        self._principal_icon = plain_label()
        self._database_icon = plain_label()
        self.addWidget(self.server)
        self.addWidget(self.trouble, 1)
        self.addWidget(self.lately, 3)
        for label in (self._principal_icon, self.principal, self._database_icon, self.database):
            label.hide()
            self.addPermanentWidget(label)
        # From the server's thread to this one.
        self._server_state.connect(self._show_server, Qt.ConnectionType.QueuedConnection)
        theme.changed.connect(self._dress)
        self._dress()
        self.server.hide()

    @property
    def address(self) -> str:
        """Where the API answers, "" when it does not."""
        return self._state.url if self._state is not None else ""

    def set_server(self, server: EmbeddedServer | None) -> None:
        """Show this server's state from now on; None: there is none."""
        self._cancel()
        self._cancel = _nothing
        if server is None:
            self._show_server(None)
        else:
            self._cancel = server.on_state(self._server_state.emit)
            self._show_server(server.state)

    def set_actor(self, principal: Principal) -> None:
        """Show who acts."""
        self.principal.setText(filled(self.tr("%1, %2"), principal.name, role_word(principal.role)))
        self.principal.setAccessibleName(filled(self.tr("Acting as %1"), self.principal.text()))
        self.principal.show()
        self._principal_icon.show()

    def set_database(self, location: str) -> None:
        """Show where the data are: the end of the path, all of it in the tooltip."""
        self._where = location
        self._elide()
        self._location = location if Path(location).is_absolute() else ""
        advice = self.tr("Click to open its folder") if self._location else ""
        self.database.setToolTip(tooltip("\n".join(filter(None, (location, advice)))))
        self.database.setEnabled(bool(self._location))
        self.database.setAccessibleName(filled(self.tr("Database: %1"), location))
        self.database.show()
        self._database_icon.show()

    def set_stale(self, reason: str) -> None:
        """Say that what is shown may be old, and why; "" when it is not."""
        self._stale = reason
        self._show_trouble()

    def set_condition(self, text: str, explained: str, *, is_lost: bool) -> None:
        """Say how the database is; "" where all is well. Where it is lost the API refuses."""
        self._is_lost, self._condition = is_lost, (text, explained)
        self._show_trouble()
        self._show_server(self._state)

    def copy_address(self) -> None:
        """Copy the server's address."""
        if self.address:
            QGuiApplication.clipboard().setText(self.address)
            self._text = self.tr("Address copied")
            self._elide()
            QTimer.singleShot(_COPIED_MS, self, lambda: self._show_server(self._state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def close_server(self) -> None:
        """Listen to the server no more."""
        self._cancel()
        self._cancel = _nothing

    def _show_trouble(self) -> None:
        # That the database is lost is worth more than why a reading of it failed.
        text, explained = self._condition
        self.trouble.setText(text or self._stale)
        self.trouble.setToolTip(tooltip(explained or self._stale))
        self.lately.setVisible(not self.trouble.text())
        self.trouble.setVisible(bool(self.trouble.text()))

    def _want_folder(self) -> None:
        if self._location:
            self.folder_wanted.emit(str(Path(self._location).parent))

    def _show_server(self, state: ServerState | None) -> None:
        self._state = state
        kind = state.kind.value if state is not None else "stopped"
        text, tip = self._server_texts(state, kind)
        self._text = text
        self._elide()
        self.server.setToolTip(tooltip(tip))
        self.server.setAccessibleName(text)
        self.server.setAccessibleDescription(tip)
        self.server.show()
        self._dress()

    def _elide(self) -> None:
        # A long reason must not widen the window.
        room = max(160, round(self.width() * 0.55))
        elided = Qt.TextElideMode.ElideRight
        self.server.setText(self.server.fontMetrics().elidedText(self._text, elided, room))
        # Where the data are matters least, and the tooltip has all of it.
        metrics, middle = self.database.fontMetrics(), Qt.TextElideMode.ElideMiddle
        room = metrics.horizontalAdvance("x") * (28 if self.width() >= _WIDE else 11)
        where = self._where if self.width() >= _WIDE else Path(self._where).name
        self.database.setText(metrics.elidedText(where, middle, room))

    def _server_texts(self, state: ServerState | None, kind: str) -> tuple[str, str]:
        if state is None or kind == "stopped":
            off = self.tr("The API is off: scripts can't reach this board. Preferences turn it on.")
            return self.tr("API off"), off
        if kind == "serving" and self._is_lost:
            refused = self.tr("Scripts get “Service temporarily unavailable” on %1.")
            return self.tr("Scripts are refused"), filled(refused, state.url)
        if kind == "serving":
            tip = self.tr("Click to copy the address")
            if state.secure_reason:
                tip = filled(self.tr("HTTPS: %1"), translated(state.secure_reason)) + f" {tip}."
            return filled(self.tr("Serving on %1"), state.url), tip
        if kind == "starting":
            return self.tr("Starting the API …"), ""
        reason = translated(state.reason)
        if state.retry_in_seconds is not None:
            again = filled(self.tr("Next try in %1 s."), round(state.retry_in_seconds))
            reason = f"{reason} {again}"
        where = f"{state.host}:{state.port}"
        return filled(self.tr("Not serving on %1: %2"), where, reason), reason

    def _dress(self) -> None:
        colours = self._theme.colours
        kind = self._state.kind.value if self._state is not None else "stopped"
        if kind == "serving" and self._is_lost:
            kind = "failed"
        outage = colours.status(StatusId.OUTAGE)
        ink = colours.text
        ground = "transparent"
        if kind == "failed":
            ink, ground = outage.ink, outage.tint
            self.server.setIcon(self._theme.icon("error", ink))
        elif kind == "serving":
            self.server.setIcon(self._theme.status_icon(StatusId.OPERATIONAL, 16))
        elif kind == "starting":
            self.server.setIcon(self._theme.icon("refresh", colours.muted))
        else:
            ink = colours.muted
            self.server.setIcon(self._theme.status_icon(StatusId.CLOSED, 16))
        self.server.setStyleSheet(
            f"#server {{ border: 1px solid transparent; border-radius: 5px; padding: 3px 8px;"
            f" color: {ink}; background: {ground}; text-align: left; }}"
            f"#server:hover {{ background: {outage.tint if kind == 'failed' else colours.hover}; }}"
            f"#server:focus {{ border-color: {colours.accent}; }}"
        )
        told = StatusId.OUTAGE if self._is_lost else StatusId.IMPAIRED
        # By this class alone: a tooltip is a label too, and has another ground.
        self.trouble.setStyleSheet(f".QLabel {{ color: {colours.status(told).ink}; }}")
        self.database.setStyleSheet(
            f"#database {{ border: 1px solid transparent; border-radius: 5px; padding: 3px 8px;"
            f" color: {colours.muted}; background: transparent; }}"
            f"#database:enabled:hover {{ background: {colours.hover}; }}"
            f"#database:focus {{ border-color: {colours.accent}; }}"
        )
        for label in (self.principal, self.lately):
            style = f"color: {colours.muted}; padding-right: 8px;"
            label.setStyleSheet(f".QLabel, .Lately {{ {style} }}")
        self._principal_icon.setPixmap(self._theme.pixmap("person", 16, colours.muted))
        self._database_icon.setPixmap(self._theme.pixmap("database", 16, colours.muted))


def _nothing() -> None:
    return None
