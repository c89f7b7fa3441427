"""Finding the file that a path means, in a folder that stays the same one.

Links on the way are followed as a careful kernel does: not where somebody else could
have put them. From then on the file is named within the opened folder, so that nobody
who moves folders about meanwhile leads a write elsewhere.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.messages import msg

_LINKS_MOST = 40
_CAN_WALK = os.open in os.supports_dir_fd and os.stat in os.supports_dir_fd
_FOLDER = (
    getattr(os, "O_DIRECTORY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    # A folder need not be readable to be passed through.
    | getattr(os, "O_PATH", os.O_RDONLY)
)
_ROOT_USER = 0


@dataclass(frozen=True, slots=True)
class Place:
    """The file `name` in the folder `folder`, which `handle` holds open.

    `handle` is None where the system can't name files within an opened folder.
    """

    folder: Path
    name: str
    handle: int | None

    @property
    def path(self) -> Path:
        """Where that is, without links."""
        return self.folder / self.name

    def of(self, name: str) -> str:
        """`name` in the folder, for a call that is given `handle` as its `dir_fd`."""
        return name if self.handle is not None else str(self.folder / name)

    def stat(self, name: str = "") -> os.stat_result | None:
        """What `name` (else the file itself) is, None where there is none."""
        try:
            return os.stat(self.of(name or self.name), dir_fd=self.handle, follow_symlinks=False)
        except FileNotFoundError:
            return None

    def open(self, name: str, flags: int) -> int:
        """Open `name`, which is no link."""
        flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        return os.open(self.of(name), flags, dir_fd=self.handle)

    def sync(self) -> None:
        """Wait until the folder's entries are on the disk, where that can be done."""
        if os.name == "nt":
            return
        with contextlib.suppress(PermissionError):
            handle = os.open(self.of("."), os.O_RDONLY, dir_fd=self.handle)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


@contextmanager
def found(path: Path) -> Iterator[Place]:
    """The place that `path` means, whether a file is there or not.

    Raises `Invalid` for links that are not followed and for paths that name no file,
    and OSError.
    """
    try:
        is_name = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        is_name = False
    if not is_name:
        raise Invalid("file", msg("This is no file name."))
    handle: int | None = None
    if _CAN_WALK:
        handle, folder, name = _walked(path.absolute())
    else:
        whole = path.resolve()
        folder, name = whole.parent, whole.name
    try:
        if not name:
            raise Invalid("file", msg("%1 is a folder; name a file.", path))
        yield Place(folder, name, handle)
    finally:
        if handle is not None:
            os.close(handle)


def _walked(path: Path) -> tuple[int, Path, str]:
    """The last folder of `path`, opened, its path without links, and the file's name."""
    rest = list(reversed(path.parts[1:]))
    handle, real = os.open("/", _FOLDER), Path("/")
    links = 0
    try:
        while rest:
            part = rest.pop()
            state = _state(part, handle)
            if state is not None and stat.S_ISLNK(state.st_mode):
                links += 1
                if links > _LINKS_MOST:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
                _judge_link(real / part, state, os.fstat(handle), is_last=not rest)
                goal = Path(os.readlink(part, dir_fd=handle))
                rest += reversed(goal.parts[1:] if goal.is_absolute() else goal.parts)
                step, real = ("/", Path("/")) if goal.is_absolute() else (".", real)
            elif not rest and part != "..":
                return handle, real, part
            else:
                step, real = part, real.parent if part == ".." else real / part
            opened = os.open(step, _FOLDER | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = opened
    except BaseException:
        os.close(handle)
        raise
    return handle, real, ""


def _state(name: str, handle: int) -> os.stat_result | None:
    try:
        return os.stat(name, dir_fd=handle, follow_symlinks=False)
    except FileNotFoundError:
        return None


def _judge_link(path: Path, link: os.stat_result, folder: os.stat_result, *, is_last: bool) -> None:
    """Follow our own links and the system's; others' only within others' folders."""
    if path.is_relative_to("/proc"):
        # /dev/stdout and its like: what such a link says need not be where it leads.
        raise Invalid("file", msg("%1 is a pipe, a socket or a device; name a file.", path))
    trusted = {os.getuid(), _ROOT_USER}
    if not is_last:
        if not folder.st_mode & stat.S_IWOTH:
            return
        trusted.add(folder.st_uid)
    if link.st_uid not in trusted:
        raise Invalid(
            "file", msg("%1 is a link that somebody else made; it is not followed.", path)
        )
