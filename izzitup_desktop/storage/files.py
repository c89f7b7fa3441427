"""Files of ours: private to the user under any umask, and written whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import say

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_DATABASE_MAGIC = b"SQLite format 3\x00"
_DATABASE_JOURNALS = ("-wal", "-shm", "-journal")


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
    _write_private_parts(path, [content])


def _write_private_parts(path: Path, parts: Iterable[bytes]) -> None:
    making = path.with_name(f".{path.name}.new")
    making.unlink(missing_ok=True)
    make_private_file(making)
    try:
        with making.open("wb") as file:
            file.writelines(parts)
        sync_file(making)
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def write_chosen_file(path: Path, content: bytes) -> None:
    """`write_chosen_parts` of one part."""
    write_chosen_parts(path, [content])


def write_chosen_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write to a file that somebody chose: whole, or not at all.

    What the parts raise while they are made leaves the file as it is, too.
    A link stays one, and what is no regular file (a pipe, a device) is written into.
    Raises `Invalid` for a folder and for a database, which an export must not
    replace, and `Unavailable` where it can't be written.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise Invalid("file", say("%1 is a folder; name a file.", path))
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                file.writelines(parts)
            return
        if _is_database(target):
            raise Invalid(
                "file",
                say("%1 is a database, and an export can't replace it. Choose another name.", path),
            )
        _write_private_parts(target, parts)
    except OSError as error:
        raise Unavailable(say("%1 can't be written: %2.", path, error.strerror or error)) from error


def _is_database(path: Path) -> bool:
    if not path.exists():
        return False
    if path.name.endswith(_DATABASE_JOURNALS):
        return True
    with path.open("rb") as file:
        return file.read(len(_DATABASE_MAGIC)) == _DATABASE_MAGIC
