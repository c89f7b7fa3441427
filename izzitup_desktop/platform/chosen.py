"""Files that a person names: written whole or not at all, replacing only what they may.

The new file is made beside the old one, is on the disk, and only then takes its name.
Whatever goes wrong before, the old file is as it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from izzitup_desktop.domain.errors import Invalid, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.regular_files import is_open_here
from izzitup_desktop.platform import making
from izzitup_desktop.platform.files import JOURNALS
from izzitup_desktop.platform.folders import Place, found

SETTINGS_NAME = "settings.toml"
"""What the settings' file is called, in whatever folder."""

_NEW = "new"
_PRIVATE_FILE = 0o600
_DATABASE_MAGIC = b"SQLite format 3\x00"
_DATABASE_ENDINGS = (".db", ".sqlite", ".sqlite3")
_PICTURES = {b"%PDF-": "PDF", b"\x89PNG": "PNG"}
_TEXT_ENDINGS = (".json", ".csv", ".tsv", ".txt")
_LOOKED_AT_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Standing:
    """A regular file that stands where another is to be written."""

    path: Path
    state: os.stat_result
    open: Callable[[], BinaryIO]
    """Open it for reading; not called for what must not even be opened."""


Judge = Callable[[Standing], None]
"""Raises `Invalid` unless the file may be replaced."""


@contextmanager
def chosen_file(path: Path, judge: Judge) -> Iterator[Path]:
    """A private, empty file that becomes `path` when the block ends well.

    Raises `Invalid` for what is never written to (folders, pipes, devices, journals of
    databases, the settings, what this program has open, links that others made) and what
    `judge` refuses, OSError where it can't be written. The block may raise what it likes:
    nothing has changed.
    """
    _assert_no_device(path)
    with found(path) as place:
        _assert_free_name(place.name, path)
        before = _judged(place, path, judge)
        making.clear_dead(place.folder)
        with making.making(place.folder) as folder:
            new = folder / _NEW
            os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, _PRIVATE_FILE))
            made = new.lstat()
            yield new
            _give_name(place, f"{folder.name}/{_NEW}", made, before)


def judge_export(standing: Standing, content: bytes) -> None:
    """Raise `Invalid` unless the export, report or picture may replace the file.

    A text replaces one that is named like ours (.json, .csv …) or holds an export, a
    PDF or a picture one of its kind, and everything an empty file.
    """
    if not standing.state.st_size:
        return
    name = standing.path.name.casefold()
    if name.endswith(_DATABASE_ENDINGS):
        raise _no_export(standing)
    assert_no_database_beside(standing)
    with standing.open() as file:
        head = file.read(_LOOKED_AT_BYTES)
    if head.startswith(_DATABASE_MAGIC):
        raise _no_export(standing)
    for magic, kind in _PICTURES.items():
        if content.startswith(magic):
            if head.startswith(magic):
                return
            raise Invalid(
                "file", msg("%1 is no %2 file, and is not replaced by one.", standing.path, kind)
            )
    named_so = name.endswith(_TEXT_ENDINGS) and b"\0" not in head
    if not named_so and not _same_kind(content, head):
        raise Invalid(
            "file",
            msg("%1 is no export, and is not replaced by one. Choose another name.", standing.path),
        )


def assert_no_database_beside(standing: Standing) -> None:
    """Raise `Invalid` for a database that is open, or was not closed well."""
    for ending in JOURNALS:
        if os.path.lexists(standing.path.with_name(standing.path.name + ending)):
            raise Invalid(
                "file", msg("%1 is a database in use. Choose another name.", standing.path)
            )


def write_chosen_file(path: Path, content: bytes) -> None:
    """`write_chosen_parts` of one part."""
    write_chosen_parts(path, [content])


def write_chosen_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write to a file that somebody chose: whole, or not at all.

    What the parts raise while they are made leaves the file as it is, too.
    Raises `Invalid` for what is not replaced (see `chosen_file` and
    `judge_export`), `Unavailable` where it can't be written.
    """
    rest = iter(parts)
    first = next(rest, b"")
    try:
        with (
            chosen_file(path, lambda standing: judge_export(standing, first)) as new,
            new.open("wb") as file,
        ):
            file.write(first)
            file.writelines(rest)
    except OSError as error:
        raise Unavailable(msg("%1 can't be written: %2.", path, error.strerror or error)) from error


def _assert_no_device(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    _refuse_others(mode, path)


def _refuse_others(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise Invalid("file", msg("%1 is a folder; name a file.", path))
    if not stat.S_ISREG(mode):
        raise Invalid("file", msg("%1 is a pipe, a socket or a device; name a file.", path))


def _assert_free_name(name: str, path: Path) -> None:
    plain = name.casefold().rstrip(" .")
    if plain.endswith(JOURNALS):
        raise Invalid(
            "file",
            msg("%1 has the name of a database's journal. Choose another name.", path),
        )
    if plain == SETTINGS_NAME:
        raise Invalid("file", msg("%1 is the settings' file. Choose another name.", path))


def _judged(place: Place, path: Path, judge: Judge) -> os.stat_result | None:
    """What stands at the place and may be replaced, None where nothing does."""
    state = place.stat()
    if state is None:
        return None
    _refuse_others(state.st_mode, path)
    # To look at a database and close it would end the locks that this process has on it.
    if is_open_here(state):
        raise Invalid("file", msg("%1 is in use by IzzitUp itself. Choose another name.", path))

    def open_standing() -> BinaryIO:
        handle = place.open(place.name, os.O_RDONLY)
        file = os.fdopen(handle, "rb")
        if not os.path.samestat(os.fstat(handle), state):
            file.close()
            raise Unavailable(msg("%1 was replaced meanwhile. Try again.", path))
        return file

    judge(Standing(place.path, state, open_standing))
    return state


def _give_name(place: Place, new: str, made: os.stat_result, before: os.stat_result | None) -> None:
    handle = place.open(new, os.O_RDWR)
    try:
        now = os.fstat(handle)
        if not os.path.samestat(now, made) or now.st_nlink != 1:
            raise Unavailable(msg("%1 was replaced meanwhile. Try again.", place.path))
        os.fsync(handle)
    finally:
        os.close(handle)
    if before is None:
        _link(place, new)
    else:
        standing = place.stat()
        if standing is not None and _changed(standing, before):
            raise Unavailable(msg("%1 was replaced meanwhile. Try again.", place.path))
        _rename(place, new)
    place.sync()


def _link(place: Place, new: str) -> None:
    """Give the new file a name that no other file has."""
    try:
        os.link(
            place.of(new), place.of(place.name),
            src_dir_fd=place.handle, dst_dir_fd=place.handle, follow_symlinks=False,
        )  # fmt: skip
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        # A file system without hard links: a moment's race is left there.
        if place.stat() is not None:
            raise FileExistsError(17, "a file of that name exists", str(place.path)) from None
        _rename(place, new)
    else:
        os.unlink(place.of(new), dir_fd=place.handle)


def _rename(place: Place, new: str) -> None:
    os.replace(
        place.of(new), place.of(place.name), src_dir_fd=place.handle, dst_dir_fd=place.handle
    )


def _changed(now: os.stat_result, before: os.stat_result) -> bool:
    return not os.path.samestat(now, before) or (
        (now.st_mtime_ns, now.st_size) != (before.st_mtime_ns, before.st_size)
    )


def _same_kind(content: bytes, head: bytes) -> bool:
    """Whether both are JSON objects, or tables with the same titles."""
    if content[:1] in (b"{", b"["):
        return head[:1] == content[:1]
    return content.partition(b"\n")[0] == head.partition(b"\n")[0]


def _no_export(standing: Standing) -> Invalid:
    return Invalid(
        "file",
        msg(
            "%1 is a database, and an export can't replace it. Choose another name.",
            standing.path,
        ),
    )
