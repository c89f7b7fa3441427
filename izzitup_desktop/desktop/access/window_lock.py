"""A lock that one process holds and that ends with it, and what the holder says of itself."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.platform.files import PRIVATE_FILE

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_RECORD_BYTES = 512
_LOCKED_AT = 1 << 20
"""Windows lets nobody read what is locked: a byte far behind the record is."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock; `address` is where it hears others, "" while it does not yet."""

    pid: int = 0
    address: str = ""


class WindowLock:
    """The lock file at `path`. It is never removed, so that nobody locks another one.

    Raises OSError where it can't be made, or belongs to somebody else.
    """

    def __init__(self, path: Path) -> None:
        flags = os.O_RDWR | os.O_CREAT
        for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
            flags |= getattr(os, name, 0)
        self._handle = os.open(path, flags, PRIVATE_FILE)
        found = os.fstat(self._handle)
        if not stat.S_ISREG(found.st_mode) or not is_me(found.st_uid):
            os.close(self._handle)
            raise PermissionError(f"{path} is no file of this user")

    def take(self) -> bool:
        """Hold the lock, unless another process does."""
        try:
            if sys.platform == "win32":
                os.lseek(self._handle, _LOCKED_AT, os.SEEK_SET)
                msvcrt.locking(self._handle, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True

    def holder(self) -> Holder:
        """What the process that took the lock last said of itself."""
        os.lseek(self._handle, 0, os.SEEK_SET)
        pid, _, rest = os.read(self._handle, _RECORD_BYTES).partition(b"\n")
        address, end, _ = rest.partition(b"\n")
        if not (pid.isdigit() and len(pid) < 20 and end):
            return Holder()
        return Holder(int(pid), os.fsdecode(address))

    def say(self, address: str) -> None:
        """Say that this process holds the lock and hears others at `address`."""
        record = b"%d\n%s\n" % (os.getpid(), os.fsencode(address))
        os.lseek(self._handle, 0, os.SEEK_SET)
        # Of one length: nobody reads the half of one and the half of another.
        os.write(self._handle, record.ljust(_RECORD_BYTES, b" "))

    def close(self) -> None:
        """Let the lock go."""
        with suppress(OSError):
            os.close(self._handle)


def is_me(user_id: int) -> bool:
    """Whether this is the number of the user who runs this; Windows has none."""
    return not hasattr(os, "geteuid") or user_id == os.geteuid()
