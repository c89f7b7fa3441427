"""One window for each user and database: a second start raises the first."""

from __future__ import annotations

import getpass
import hashlib
import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

_WAIT_MS = 1_000


class SingleInstance(QObject):
    """Claims a name made of the user and what is opened.

    `raised` comes when somebody started a second one.
    """

    raised = Signal()

    def __init__(self, opened: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        digest = hashlib.sha256(f"{getpass.getuser()}\n{opened}".encode()).hexdigest()
        self._name = f"izzitup-{digest[:24]}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Be the first; False where there is one already, which is then raised."""
        if self._raise_first():
            return False
        # What answers nobody is the socket of one that was killed.
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            # Better a window that nobody can raise than none, and nothing said.
            log.warning("other starts can't raise this window: %s", self._server.errorString())
        return True

    def close(self) -> None:
        """Give the name back."""
        self._server.close()

    def _raise_first(self) -> bool:
        socket = QLocalSocket(self)
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        socket.write(b"raise\n")
        socket.waitForBytesWritten(_WAIT_MS)
        socket.disconnectFromServer()
        return True

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            self.raised.emit()
