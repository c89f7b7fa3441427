"""Files of ours: private to the user under any umask, and written whole."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform import making

JOURNALS = ("-wal", "-shm", "-journal")
"""What the names of files end in that SQLite keeps beside a database."""

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_OURS = frozenset({"archive", "backups", "logs", "quarantine"})
"""Folders whose names say that they are ours; what else lies above is not ours to close."""


def make_private_folder(folder: Path) -> Path:
    """Make `folder` and what is missing above it, readable by the user alone.

    Raises `Unavailable` where that can't be done.
    """
    missing = [folder, *folder.parents]
    for part in reversed(missing):
        if part.is_dir():
            if part == folder and folder.name in _OURS:
                _take_rights_of_others(folder)
            continue
        try:
            part.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            part.chmod(PRIVATE_FOLDER)
        except OSError as error:
            raise Unavailable(
                msg("The folder %1 can't be made: %2.", part, error.strerror)
            ) from error
    return folder


def _take_rights_of_others(folder: Path) -> None:
    with contextlib.suppress(OSError):
        state = folder.lstat()
        # A folder in which everybody may put things is nobody's alone.
        if (
            hasattr(os, "getuid")
            and state.st_uid == os.getuid()
            and not state.st_mode & stat.S_ISVTX
            and state.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        ):
            folder.chmod(PRIVATE_FOLDER)


def assert_can_be_made(folder: Path) -> None:
    """Raise `Unavailable` where neither `folder` nor what is in it could be made."""
    there = next((part for part in (folder, *folder.parents) if part.exists()), folder)
    if not os.access(there, os.W_OK):
        raise Unavailable(
            msg(
                "The folder %1 can only be read, so no board can be made in it. Make it writable, "
                "or name another one by IZZITUP_HOME.",
                there,
            )
        )


def make_private_file(path: Path) -> None:
    """Make the new, empty file `path`. Raises OSError where it exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    path.chmod(PRIVATE_FILE)


def is_private_to_us(path: Path) -> bool:
    """Whether it is a regular file that is ours and that nobody else may write."""
    state = path.lstat()
    if not hasattr(os, "getuid"):
        return stat.S_ISREG(state.st_mode)
    others = stat.S_IWGRP | stat.S_IWOTH
    return (
        stat.S_ISREG(state.st_mode) and state.st_uid == os.getuid() and not state.st_mode & others
    )


def keep_private(path: Path) -> None:
    """Take other users' rights on a file of ours away, where it is ours to do."""
    with contextlib.suppress(OSError):
        if hasattr(os, "getuid") and path.stat().st_uid == os.getuid():
            path.chmod(PRIVATE_FILE)


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's entries are on the disk (not needed on Windows)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_private_text(path: Path, text: str) -> None:
    """Replace the file's text as a whole, or leave it as it is. Raises OSError."""
    write_private_bytes(path, text.encode())


def write_private_bytes(path: Path, content: bytes) -> None:
    """Replace the file's content as a whole, or leave it as it is. Raises OSError."""
    making.clear_dead(path.parent)
    with making.making(path.parent) as folder:
        new = folder / path.name
        make_private_file(new)
        new.write_bytes(content)
        sync_file(new)
        new.replace(path)
        sync_folder(path.parent)
