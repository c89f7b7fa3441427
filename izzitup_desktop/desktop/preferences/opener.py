"""Opens the preferences: who may change what there, and where a change goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.start.settings_keeper import HearsOfSaving, SettingsKeeper
from izzitup_desktop.desktop.theme import Theme
from izzitup_desktop.desktop.window.main_window import MainWindow
from izzitup_desktop.desktop.window.server_text import ServerText
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.errors import NotAllowed

if TYPE_CHECKING:
    # Both load when they are asked for.
    from izzitup_desktop.desktop.preferences.dialog import Preferences
    from izzitup_desktop.server.embedded import EmbeddedServer

SERVER_KEYS = frozenset((
    "serve", "host", "port", "host_names", "https", "https_port", "https_only",
    "tls_certificate", "tls_key", "mdns",
))  # fmt: skip
"""The settings that the server follows from the moment they are saved."""

_PAGE = "page"


def is_of_page(key: str) -> bool:
    """Whether a setting is the status page's."""
    return key == _PAGE or key.startswith(f"{_PAGE}_")


class PreferencesOpener(QObject):
    """`opened` carries the dialog, which is to be shown."""

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        keeper: SettingsKeeper,
        window: Callable[[], MainWindow],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._theme, self._keeper, self._window = theme, keeper, window
        self._dialog: Preferences | None = None
        self.principal: Principal | None = None
        """Who acts."""
        self.server: EmbeddedServer | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody reads them now."""
        return self._dialog is not None

    def open(self) -> None:
        """Open them, once the settings are loaded."""
        from izzitup_desktop.desktop.preferences.dialog import Preferences  # when it is asked for

        if not self._keeper.is_loaded:
            return
        window = self._window()
        dialog = Preferences(self._theme, self._keeper.settings, window)
        dialog.changed.connect(lambda key, value: self.change(key, value, dialog))
        dialog.login_start.attach(window.context.runner)
        if reason := self.reason():
            dialog.restrict(reason)
        if self.server is not None:
            shown = ServerText(self.server, dialog)
            shown.text.connect(dialog.show_server)
            shown.begin()
        self._dialog = dialog
        dialog.finished.connect(self._forget)
        self.opened.emit(dialog)

    def reason(self) -> str:
        """Why who acts may not change what is not everybody's to change, "" where they may."""
        return self._window().actions_.reason(self.principal, Action.BOARD_SERVE)

    def change(self, key: str, value: Any, hearer: HearsOfSaving) -> None:
        """Have a setting changed, by whoever may; `hearer` hears how it went."""
        from izzitup_desktop.desktop.preferences.dialog import SAFETY  # when something is changed

        principal = self.principal
        is_safety = key in SAFETY or is_of_page(key)
        if is_safety and (principal is None or not allowed(principal, Action.BOARD_SERVE)):
            name = principal.name if principal is not None else ""
            hearer.refused(key, NotAllowed(Action.BOARD_SERVE.value, name))
            return
        self._keeper.save(key, value, hearer)

    def _forget(self) -> None:
        self._dialog = None
