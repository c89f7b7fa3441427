"""What is served follows the settings, and window and tray know where the status page is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QGuiApplication

from izzitup_desktop.desktop.notifications.tray import Tray
from izzitup_desktop.desktop.preferences.opener import SERVER_KEYS, PreferencesOpener, is_of_page
from izzitup_desktop.desktop.start.readings import Readings
from izzitup_desktop.desktop.start.runner import Runner
from izzitup_desktop.desktop.start.settings_keeper import SettingsKeeper
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.page import Page
from izzitup_desktop.desktop.words.page import PagePlace, place_of
from izzitup_desktop.desktop.words.texts import filled

if TYPE_CHECKING:
    # All of this loads after the first paint.
    from izzitup_desktop.application import Application
    from izzitup_desktop.desktop.connections.status_page import StatusPageSection
    from izzitup_desktop.server.embedded import EmbeddedServer, Served, ServerState

_ALSO_PAGE_KEYS = frozenset(("board_name", "board_logo"))
"""What the page is called and shows where it has no own."""


class ServedBoard(QObject):
    """Make it, `follow_window` and, once there is a server, `begin`."""

    failed = Signal(object)
    _state_told = Signal(object)

    def __init__(
        self,
        preferences: PreferencesOpener,
        keeper: SettingsKeeper,
        runner: Runner,
        tray: Tray,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences, self._keeper = preferences, keeper
        self._runner, self._tray = runner, tray
        self._readings = Readings(runner, self)
        self._application: Application | None = None
        self._server: EmbeddedServer | None = None
        self._window: MainWindow | None = None
        self._section: StatusPageSection | None = None
        self.place = PagePlace()
        # From the server's thread to this one.
        self._state_told.connect(self._look, Qt.ConnectionType.QueuedConnection)
        tray.page_wanted.connect(self.open_page)
        self._show(place_of(None, None, ()))

    def begin(self, application: Application, server: EmbeddedServer) -> None:
        """Serve, if the settings say so, and follow it."""
        self._application, self._server = application, server
        cancel = server.on_state(self._state_told.emit)
        self.destroyed.connect(lambda: cancel())
        if self._keeper.settings.serve:
            application.serve()
        self._look()

    def follow(self, keys: Iterable[str]) -> None:
        """These settings are others now."""
        application, server = self._application, self._server
        keys = frozenset(keys)
        is_of_server = bool(SERVER_KEYS & keys)
        is_page = bool(_ALSO_PAGE_KEYS & keys) or any(map(is_of_page, keys))
        if application is not None and server is not None:
            if is_of_server and self._keeper.settings.serve:
                application.serve()
            elif is_of_server:
                self._runner.run(server.stop, failed=self.failed.emit, owner=self)
            if is_page:
                application.show_page()
        if is_page or is_of_server:
            self._look()
            if (section := self._shown_section()) is not None:
                section.show_settings(self._keeper.settings)

    def follow_window(self, window: MainWindow) -> None:
        """Show it in this window from now on."""
        self._window, self._section = window, None
        actions = window.actions_
        actions.open_page.triggered.connect(self.open_page)
        actions.copy_page_address.triggered.connect(self._copy)
        actions.set_up_page.triggered.connect(partial(_go, window))
        window.pages.made.connect(self._on_made)
        self._show(self.place)
        # Why there is no page is said in the language of the window.
        self._look()

    def open_page(self) -> None:
        """Show the page in the browser."""
        if self._window is not None and self.place.address:
            self._window.context.open_url(QUrl(f"{self.place.address}/"))

    def permit(self) -> None:
        """Somebody else acts now."""
        if (section := self._shown_section()) is not None:
            section.restrict(self._preferences.reason())

    def _on_made(self, page: Page) -> None:
        from izzitup_desktop.desktop.connections.page import ConnectionsPage  # it is made by now

        if not isinstance(page, ConnectionsPage):
            return
        section = self._section = page.status_page
        section.changed.connect(
            lambda key, value: self._preferences.change(key, value, section)
        )  # fmt: skip
        if self._keeper.is_loaded:
            section.show_settings(self._keeper.settings)
        section.show_place(self.place)
        section.restrict(self._preferences.reason())

    def _look(self) -> None:
        server, keeper = self._server, self._keeper
        settings = keeper.settings if keeper.is_loaded else None
        if server is None:
            return

        def read() -> tuple[ServerState, Sequence[Served]]:
            return server.state, server.addresses()

        self._readings.run(
            read, lambda found: self._show(place_of(settings, *found)), self.failed.emit
        )

    def _show(self, place: PagePlace) -> None:
        self.place = place
        self._tray.set_page(place.reason)
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.actions_.set_page(place.reason)
        if (section := self._shown_section()) is not None:
            section.show_place(place)

    def _copy(self) -> None:
        if self._window is not None and self.place.address:
            text = f"{self.place.address}/"
            QGuiApplication.clipboard().setText(text)
            self._window.tell(filled(self.tr("Copied: %1"), text))

    def _shown_section(self) -> StatusPageSection | None:
        section = self._section
        return section if section is not None and shiboken6.isValid(section) else None


def _go(window: MainWindow) -> None:
    from izzitup_desktop.desktop.connections.page import ConnectionsPage  # when it is asked for

    window.pages.go("connections")
    page = window.pages.page("connections")
    if isinstance(page, ConnectionsPage):
        page.show_section(page.status_page)
