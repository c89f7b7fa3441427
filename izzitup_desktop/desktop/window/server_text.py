"""The server's state in words, for a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.text.fingerprints import Fingerprint

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
            self.text.emit("\n".join(self._serving(state)))
        elif state.reason:
            self.text.emit(translated(state.reason))
        else:
            self.text.emit(self.tr("The API is off."))

    def _serving(self, state: ServerState) -> list[str]:
        lines = [filled(self.tr("Serving on %1"), state.url)]
        if state.secure_url and state.secure_url != state.url:
            lines.append(filled(self.tr("Serving on %1"), state.secure_url))
        if state.fingerprint:
            words = " ".join(Fingerprint(state.fingerprint).words())
            lines.append(filled(self.tr("Certificate %1"), state.fingerprint))
            lines.append(filled(self.tr("In words: %1"), words))
        if state.secure_reason:
            lines.append(filled(self.tr("HTTPS: %1"), translated(state.secure_reason)))
        if state.announced_as:
            lines.append(filled(self.tr("Announced on the network as %1"), state.announced_as))
        return lines
