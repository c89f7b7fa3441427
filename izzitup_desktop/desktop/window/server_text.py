"""The server's state in words, for a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from izzitup_desktop.desktop.words.texts import translated

if TYPE_CHECKING:
    # The server brings the HTTP stack along, which loads after the first paint.
    from izzitup_desktop.server.embedded import EmbeddedServer, ServerState


class ServerText(QObject):
    """The server's state in words, on the GUI thread, as long as a dialog is open."""

    text = Signal(str)
    _state = Signal(object)

    def __init__(self, server: EmbeddedServer, parent: QObject) -> None:
        super().__init__(parent)
        self._server = server
        self._state.connect(self._say, Qt.ConnectionType.QueuedConnection)
        cancel = server.on_state(self._state.emit)
        parent.destroyed.connect(lambda: cancel())

    def begin(self) -> None:
        """Say how it is now."""
        self._say(self._server.state)

    def _say(self, state: ServerState) -> None:
        if state.url:
            self.text.emit(self.tr("Serving on %1").replace("%1", state.url))
        elif state.reason:
            self.text.emit(translated(state.reason))
        else:
            self.text.emit(self.tr("The API is off."))
