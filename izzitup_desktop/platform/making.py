"""Folders in which something is made whole before it is given its name.

Each is locked by who makes something in it, and the lock ends with its process: so
what a killed one left behind is told from what a living one makes, and cleared.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

PREFIX = ".izzitup-new-"
"""Of folders beside what is made in them."""

TEMPORARY_PREFIX = "izzitup-restore-"
"""Of folders in the system's folder for temporary files."""

OLDER_PREFIX = ".backup-"
"""Of folders that older versions made, in the backups folder too; they locked none."""

_RANDOM = "[a-z0-9_]{8}"
_TRIES = 10
_UNLOCKABLE_SECONDS = 86_400
"""Where no lock is to be had (some network drives), what is older than this is dead."""


@contextmanager
def making(folder: Path, prefix: str = PREFIX) -> Iterator[Path]:
    """A private folder in `folder`, gone at the end with what is left in it.

    Raises OSError where none can be made.
    """
    path, lock = _made(folder, prefix)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        _let_go(lock)


def clear_dead(folder: Path, *prefixes: str) -> None:
    """Remove what processes that ended before their time left in `folder`.

    What living ones make stays, and so does what is not ours. Never raises OSError:
    what can't be cleared now is met again.
    """
    pattern = re.compile(f"(?:{'|'.join(map(re.escape, prefixes or (PREFIX,)))}){_RANDOM}")
    try:
        found = [path for path in folder.iterdir() if pattern.fullmatch(path.name)]
    except OSError:
        return
    for path in found:
        with contextlib.suppress(OSError):
            _clear(path)


def clear_temporary() -> None:
    """`clear_dead` for the system's folder for temporary files."""
    clear_dead(Path(tempfile.gettempdir()), TEMPORARY_PREFIX)


def _made(folder: Path, prefix: str) -> tuple[Path, int | None]:
    for _ in range(_TRIES):
        path = Path(tempfile.mkdtemp(prefix=prefix, dir=folder))
        try:
            return path, _locked(path)
        except (BlockingIOError, FileNotFoundError):
            # It was cleared between the two calls, as if nobody held it.
            continue
        except BaseException:
            shutil.rmtree(path, ignore_errors=True)
            raise
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(folder))


def _locked(path: Path) -> int | None:
    """The lock of the folder `path`, None where this system has none.

    Raises BlockingIOError where another one holds it, FileNotFoundError where the
    folder is gone, and OSError.
    """
    if sys.platform == "win32":
        return None
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(handle), path.lstat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError as error:
        os.close(handle)
        if error.errno in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL):
            return None
        raise
    return handle


def _let_go(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)


def _clear(path: Path) -> None:
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or (hasattr(os, "getuid") and found.st_uid != os.getuid()):
        return
    lock = _locked(path)
    if lock is None and time.time() - found.st_mtime < _UNLOCKABLE_SECONDS:
        return
    try:
        shutil.rmtree(path, ignore_errors=True)
    finally:
        _let_go(lock)
