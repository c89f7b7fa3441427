"""One window for each user and database: a second start raises the first.

Who is the first is decided by a lock in the data folder, which ends with the process
that holds it. The lock's file says where the first hears the others: a socket in a
folder that nobody else can write to.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import socket as sockets
import stat
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from izzitup_desktop.desktop.access.window_lock import Holder, WindowLock, is_me
from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import make_private_folder

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""How long a first instance may take to answer: it may be starting or ending."""

_ASK, _ANSWER = b"raise\n", b"raised\n"
_SAID_MOST = 64
_SILENT_MS = 5_000
_AGAIN_SECONDS = 0.05
_PATH_MOST = 100
"""Bytes of a socket's path; the system takes 103 to 107."""


class SingleInstance(QObject):
    """Claims `opened` (a database, or the data folder) for this process.

    `raised` comes when somebody started a second one. A first one may take
    `answer_seconds` to answer.
    """

    raised = Signal()

    def __init__(
        self,
        data: Path,
        opened: str,
        parent: QObject | None = None,
        environ: Mapping[str, str] = os.environ,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._data = data
        self._answer_seconds = answer_seconds
        self._runtime = _own_folder(environ.get("XDG_RUNTIME_DIR", ""))
        who = os.geteuid() if hasattr(os, "geteuid") else ""
        digest = hashlib.sha256(f"{who}\n{opened}".encode(errors="surrogateescape")).hexdigest()
        self._name = f"izzitup-{digest[:16]}"
        self._lock: WindowLock | None = None
        self._made: Path | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    @property
    def address(self) -> str:
        """Where this one hears others; "" while it does not."""
        return self._server.fullServerName() if self._server.isListening() else ""

    def claim(self) -> bool:
        """Be the first; False where there is one already, which was then raised.

        Raises `Unavailable` where there is one that does not answer in time.
        """
        lock = self._open_lock()
        if lock is None:
            # Better a window that nobody can raise than none, and nothing said.
            log.warning("nowhere to keep a lock: a second window would not notice this one")
            return True
        end = time.monotonic() + self._answer_seconds
        holder = Holder()
        while not lock.take():
            holder = lock.holder()
            left = end - time.monotonic()
            if left <= 0:
                lock.close()
                raise _silent(holder, self._answer_seconds)
            if holder.address and self._raise_first(holder.address, left):
                lock.close()
                return False
            time.sleep(_AGAIN_SECONDS)
        self._lock = lock
        self._listen(lock)
        return True

    def hear_nobody(self) -> None:
        """Be raised no more; who starts now waits until the lock is free."""
        self._server.close()

    def close(self) -> None:
        """Let another start be the first."""
        self._server.close()
        if self._made is not None:
            with suppress(OSError):
                self._made.rmdir()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    # The first

    def _open_lock(self) -> WindowLock | None:
        with suppress(BoardError):
            make_private_folder(self._data)
        for folder in filter(None, (self._data, self._runtime)):
            try:
                return WindowLock(folder / f"{self._name}.lock")
            except OSError as error:
                log.info("no lock in %s: %s", folder, error)
        return None

    def _listen(self, lock: WindowLock) -> None:
        with suppress(OSError, ValueError):
            _remove_socket(Path(lock.holder().address))
        for address in self._addresses():
            with suppress(OSError):
                _remove_socket(Path(address))
            if self._server.listen(address):
                try:
                    lock.say(address)
                except OSError as error:
                    log.warning("other starts can't raise this window: %s", error)
                return
        log.warning("other starts can't raise this window: %s", self._server.errorString())

    def _addresses(self) -> Iterator[str]:
        """Where to listen, the best first: nobody else can be there before us."""
        if sys.platform == "win32":
            yield f"{self._name}-{secrets.token_hex(16)}"
            return
        for folder in filter(None, (self._runtime, _own_folder(str(self._data)))):
            path = folder / f"{self._name}.socket"
            if len(os.fsencode(path)) <= _PATH_MOST:
                yield str(path)
        self._made = Path(tempfile.mkdtemp(prefix="izzitup-"))
        yield str(self._made / "socket")

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            caller = _Caller(socket, self._server)
            caller.asked.connect(self.raised)
            caller.begin()

    # The others

    def _raise_first(self, address: str, seconds: float) -> bool:
        """Ask the first to come to the front; whether it said that it did."""
        end = time.monotonic() + seconds
        socket = QLocalSocket()
        socket.connectToServer(address)
        try:
            if not socket.waitForConnected(round(seconds * 1_000)) or not _is_of_mine(socket):
                return False
            socket.write(_ASK)
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
        if self._said == _ASK:
            log.info("another start raised this window")
            self.asked.emit()
            self._socket.write(_ANSWER)
            self._socket.disconnectFromServer()
        elif not _ASK.startswith(self._said):
            self._socket.readyRead.disconnect(self._on_bytes)
            self.deleteLater()


def _silent(holder: Holder, waited_seconds: float) -> Unavailable:
    seconds = round(waited_seconds)
    if not holder.pid:
        return Unavailable(
            msg("IzzitUp is open already, and did not answer within %1 seconds.", seconds)
        )
    return Unavailable(
        msg(
            "IzzitUp is open already as process %1, which did not answer within %2 seconds. "
            "Wait for it or end it, then start again.",
            holder.pid,
            seconds,
        )
    )


def _own_folder(name: str) -> Path | None:
    """The folder, if it is this user's and nobody else may do anything in it."""
    try:
        folder = Path(name)
        found = folder.stat()
    except (OSError, ValueError):
        return None
    if not (name and folder.is_absolute() and stat.S_ISDIR(found.st_mode)):
        return None
    return folder if is_me(found.st_uid) and not found.st_mode & 0o077 else None


def _remove_socket(path: Path) -> None:
    """Remove the socket of one that was killed. Call it while holding the lock."""
    found = path.lstat()
    if stat.S_ISSOCK(found.st_mode) and is_me(found.st_uid):
        path.unlink()
        if path.parent.name.startswith("izzitup-") and path.name == "socket":
            path.parent.rmdir()


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
