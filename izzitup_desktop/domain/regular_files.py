"""Reading files that somebody names: regular ones, and nothing that never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from izzitup_desktop.domain.messages import say

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def assert_regular(path: Path) -> None:
    """Raise OSError unless `path` is, or links to, a regular file."""
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


def read_regular(path: Path, most: int) -> bytes:
    """What the regular file holds, `most` bytes at most. Raises OSError."""
    with open_regular(path) as file:
        return file.read(most)


def _refuse_others(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, say("it is a pipe, a socket or a device"), str(path))
