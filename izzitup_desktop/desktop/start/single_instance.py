"""One window for each user and database: a second start raises the first.

Who is the first is decided by a lock in the data folder, which ends with the process
that holds it. The lock's file says where the first hears the others: a socket in a
folder that nobody else can write to (`instance_socket.py`).
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.desktop.access.window_lock import Holder, WindowLock, is_me
from izzitup_desktop.desktop.start.wish import Wish
from izzitup_desktop.domain.errors import BoardError, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.files import make_private_folder

if TYPE_CHECKING:
    # Sockets load once the window is painted, or when there is another one.
    from izzitup_desktop.desktop.start.instance_socket import InstanceServer

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10.0
"""How long a first instance may take to answer: it may be starting or ending."""

_AGAIN_SECONDS = 0.05
_PATH_MOST = 100
"""Bytes of a socket's path; the system takes 103 to 107."""


class SingleInstance(QObject):
    """Claims `opened` (a database, or the data folder) for this process.

    The first then has to `listen()`; `raised` comes when somebody started a second one,
    which waits until it is heard, for `answer_seconds` at most; `palette_wanted` comes
    instead where that wants the command palette.
    """

    raised = Signal()
    palette_wanted = Signal()

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
        self._left = ""
        self._made: Path | None = None
        self._server: InstanceServer | None = None

    @property
    def address(self) -> str:
        """Where this one hears others; "" while it does not."""
        return "" if self._server is None else self._server.address

    def claim(self, wish: Wish = Wish.SHOW) -> bool:
        """Be the first; False where there is one already, which was then told the wish.

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
            if wish is Wish.HIDDEN and holder.address:
                # It is there, and nobody wants to see it.
                lock.close()
                return False
            left = end - time.monotonic()
            if left <= 0:
                lock.close()
                raise _silent(holder, self._answer_seconds)
            if holder.address and _raise_first(holder.address, left, wish):
                lock.close()
                return False
            time.sleep(_AGAIN_SECONDS)
        self._lock = lock
        self._left = lock.holder().address
        with suppress(OSError):
            # Who starts meanwhile waits for this one, not for the one before.
            lock.say("")
        return True

    def listen(self) -> None:
        """Hear others from now on, if this is the first."""
        if self._lock is None:
            return
        from izzitup_desktop.desktop.start.instance_socket import InstanceServer  # brings QtNetwork

        server = self._server = InstanceServer(self)
        server.raised.connect(self.raised)
        server.palette_wanted.connect(self.palette_wanted)
        with suppress(OSError, ValueError):
            _remove_socket(Path(self._left))
        for address in self._addresses():
            with suppress(OSError):
                _remove_socket(Path(address))
            if server.listen(address):
                try:
                    self._lock.say(address)
                except OSError as error:
                    log.warning("other starts can't raise this window: %s", error)
                return
        log.warning("other starts can't raise this window: %s", server.problem)

    def hear_nobody(self) -> None:
        """Be raised no more; who starts now waits until the lock is free."""
        if self._server is not None:
            self._server.close()

    def close(self) -> None:
        """Let another start be the first."""
        self.hear_nobody()
        if self._made is not None:
            with suppress(OSError):
                self._made.rmdir()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _open_lock(self) -> WindowLock | None:
        with suppress(BoardError):
            make_private_folder(self._data)
        for folder in filter(None, (self._data, self._runtime)):
            try:
                return WindowLock(folder / f"{self._name}.lock")
            except OSError as error:
                log.info("no lock in %s: %s", folder, error)
        return None

    def _addresses(self) -> Iterator[str]:
        """Where to listen, the best first: nobody else can be there before us."""
        if sys.platform == "win32":
            import secrets  # brings OpenSSL's other half; elsewhere a folder keeps others out

            yield f"{self._name}-{secrets.token_hex(16)}"
            return
        for folder in filter(None, (self._runtime, _own_folder(str(self._data)))):
            path = folder / f"{self._name}.socket"
            if len(os.fsencode(path)) <= _PATH_MOST:
                yield str(path)
        self._made = Path(tempfile.mkdtemp(prefix="izzitup-"))
        yield str(self._made / "socket")


def _raise_first(address: str, seconds: float, wish: Wish) -> bool:
    from izzitup_desktop.desktop.start.instance_socket import raise_first  # brings QtNetwork

    return raise_first(address, seconds, palette=wish is Wish.PALETTE)


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
