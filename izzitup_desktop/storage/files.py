"""Files of ours: private to the user under any umask, and written whole."""

from __future__ import annotations

import os
from pathlib import Path

from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.domain.messages import say

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def make_private_folder(folder: Path) -> Path:
    """Make `folder` and what is missing above it, readable by the user alone.

    Raises `Unavailable` where that can't be done.
    """
    missing = [folder, *folder.parents]
    for part in reversed(missing):
        if part.is_dir():
            continue
        try:
            part.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            part.chmod(PRIVATE_FOLDER)
        except OSError as error:
            raise Unavailable(
                say("The folder %1 can't be made: %2.", part, error.strerror)
            ) from error
    return folder


def make_private_file(path: Path) -> None:
    """Make the new, empty file `path`. Raises OSError where it exists."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
    path.chmod(PRIVATE_FILE)


def keep_private(path: Path) -> None:
    """Take other users' rights on a file of ours away, where it is ours to do."""
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
    making = path.with_name(f".{path.name}.new")
    making.unlink(missing_ok=True)
    make_private_file(making)
    making.write_bytes(content)
    sync_file(making)
    making.replace(path)
