"""The socket at which the first window hears who starts a second one."""

from __future__ import annotations

import logging
import os
import socket as sockets
import struct
import time

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from izzitup_desktop.desktop.access.window_lock import is_me

log = logging.getLogger(__name__)

_ASK, _ASK_PALETTE, _ANSWER = b"raise\n", b"palette\n", b"raised\n"
_SAID_MOST = 64
_SILENT_MS = 5_000


class InstanceServer(QObject):
    """The first's end: `raised` or `palette_wanted` when a process of this user asks for it."""

    raised = Signal()
    palette_wanted = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    @property
    def address(self) -> str:
        """Where it hears others; "" while it does not."""
        return self._server.fullServerName() if self._server.isListening() else ""

    @property
    def problem(self) -> str:
        """Why the last `listen` failed."""
        return self._server.errorString()

    def listen(self, address: str) -> bool:
        """Hear others there from now on; whether it does."""
        return self._server.listen(address)

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            caller = _Caller(socket, self._server)
            caller.asked.connect(self.raised)
            caller.asked_for_palette.connect(self.palette_wanted)
            caller.begin()


def raise_first(address: str, seconds: float, *, palette: bool = False) -> bool:
    """Ask the first to come to the front; whether it said that it did."""
    end = time.monotonic() + seconds
    socket = QLocalSocket()
    socket.connectToServer(address)
    try:
        if not socket.waitForConnected(round(seconds * 1_000)) or not _is_of_mine(socket):
            return False
        socket.write(_ASK_PALETTE if palette else _ASK)
        heard = b""
        while len(heard) < len(_ANSWER):
            left = round((end - time.monotonic()) * 1_000)
            if left <= 0 or not (socket.bytesAvailable() or socket.waitForReadyRead(left)):
                return False
            heard += bytes(socket.readAll().data())
        return heard == _ANSWER
    finally:
        socket.abort()


class _Caller(QObject):
    """One that calls the first: heard for a moment, answered once."""

    asked = Signal()
    asked_for_palette = Signal()

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        self._said = b""
        socket.setParent(self)
        socket.setReadBufferSize(_SAID_MOST)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self.deleteLater)

    def begin(self) -> None:
        """Hear it, for as long as nobody needs who is well."""
        if not _is_of_mine(self._socket):
            self.deleteLater()
            return
        self._socket.disconnected.connect(self.deleteLater)
        self._socket.readyRead.connect(self._on_bytes)
        self._end.start(_SILENT_MS)
        self._on_bytes()

    def _on_bytes(self) -> None:
        self._said += bytes(self._socket.readAll().data())
        if self._said in (_ASK, _ASK_PALETTE):
            log.info("another start raised this window")
            (self.asked if self._said == _ASK else self.asked_for_palette).emit()
            self._socket.write(_ANSWER)
            self._socket.disconnectFromServer()
        elif not (_ASK.startswith(self._said) or _ASK_PALETTE.startswith(self._said)):
            self._socket.readyRead.disconnect(self._on_bytes)
            self.deleteLater()


def _is_of_mine(socket: QLocalSocket) -> bool:
    """Whether a process of this user is at the other end, where the system tells."""
    if not hasattr(sockets, "SO_PEERCRED"):
        return True  # the address itself is known to this user alone
    try:
        with sockets.socket(fileno=os.dup(int(socket.socketDescriptor()))) as other:
            told = other.getsockopt(sockets.SOL_SOCKET, sockets.SO_PEERCRED, struct.calcsize("3i"))
    except OSError:
        return False  # it is gone already
    _, user_id, _ = struct.unpack("3i", told)
    return is_me(user_id)
