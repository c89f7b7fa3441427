"""Files that are regular ones: none that never ends, or that somebody has to wait for.

On POSIX systems closing a file ends every lock that the process has on it, by whatever
handle, and SQLite's are of that kind. So a file that this process has open already is
read by the handle that is there, and none is closed.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from izzitup_desktop.domain.messages import msg

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_APPENDING = _FLAGS | os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
_HANDLES = "/dev/fd"
_HANDLES_MOST = 65_536
_BLOCK_BYTES = 1024 * 1024


def assert_regular(path: Path) -> None:
    """Raise OSError unless `path` is, or links to, a regular file."""
    if "\0" in str(path):
        # No file has such a name; Python tells of it by a ValueError.
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
    _refuse_others(path.stat().st_mode, path)


def open_regular(path: Path) -> BinaryIO:
    """The regular file at `path`, open for reading; links are followed.

    Raises OSError, also for a folder, a pipe, a socket and a device: nothing is waited
    for, and nothing without an end is read.
    """
    # Opening some devices does something already.
    assert_regular(path)
    handle = os.open(path, _FLAGS)
    try:
        _refuse_others(os.fstat(handle).st_mode, path)
    except OSError:
        os.close(handle)
        raise
    return os.fdopen(handle, "rb")


def append_to_regular(path: Path, mode: int) -> int:
    """A handle that appends to the file `path`, which is made where there is none.

    Raises OSError, also for a link, a folder, a pipe, a socket and a device: nothing is
    waited for, and nothing that lies elsewhere is written to.
    """
    with suppress(FileNotFoundError):
        found = path.lstat().st_mode
        if stat.S_ISLNK(found):
            raise OSError(errno.ELOOP, msg("it is a link"), str(path))
        _refuse_others(found, path)
    handle = os.open(path, _APPENDING, mode)
    try:
        _refuse_others(os.fstat(handle).st_mode, path)
    except OSError:
        os.close(handle)
        raise
    return handle


def read_regular(path: Path, most: int) -> bytes:
    """What the regular file holds, `most` bytes at most. Raises OSError."""
    assert_regular(path)
    found = path.stat()
    for handle in _handles_of(found):
        # One that is for writing only holds no lock of SQLite's.
        with suppress(OSError):
            return b"".join(_read_by(handle, found, most))
    with open_regular(path) as file:
        return file.read(most)


def copy_regular(source: Path, target: Path) -> None:
    """Fill the file `target` with what the regular file `source` holds. Raises OSError."""
    assert_regular(source)
    found = source.stat()
    handle = next(filter(_can_be_read, _handles_of(found)), None)
    with target.open("wb") as writing:
        if handle is not None:
            writing.writelines(_read_by(handle, found, sys.maxsize))
            return
        with open_regular(source) as reading:
            shutil.copyfileobj(reading, writing, _BLOCK_BYTES)


def is_open_here(found: os.stat_result) -> bool:
    """Whether this process has the file open, by whatever name and handle."""
    return next(_handles_of(found), None) is not None


def _handles_of(found: os.stat_result) -> Iterator[int]:
    if os.name == "nt":
        # Locks end by their own handle there.
        return
    for handle in _handles():
        with suppress(OSError):
            if os.path.samestat(os.fstat(handle), found):
                yield handle


def _can_be_read(handle: int) -> bool:
    with suppress(OSError):
        os.pread(handle, 1, 0)
        return True
    return False


def _handles() -> list[int]:
    with suppress(OSError, ValueError):
        return [int(entry.name) for entry in Path(_HANDLES).iterdir()]
    # Where no folder tells them, each number is asked.
    return list(range(min(os.sysconf("SC_OPEN_MAX"), _HANDLES_MOST)))


def _read_by(handle: int, found: os.stat_result, most: int) -> Iterator[bytes]:
    """Up to `most` bytes of the file `found` by a handle that others may close meanwhile."""
    place = 0
    while place < most:
        block = os.pread(handle, min(most - place, _BLOCK_BYTES), place)
        if not os.path.samestat(os.fstat(handle), found):
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        if not block:
            return
        place += len(block)
        yield block


def _refuse_others(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, msg("it is a pipe, a socket or a device"), str(path))
