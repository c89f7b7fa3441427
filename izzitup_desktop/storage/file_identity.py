"""Whether a database file is still the one that was opened."""

from __future__ import annotations

import os
from pathlib import Path

from izzitup_desktop.domain.errors import LostDatabase
from izzitup_desktop.domain.messages import msg


class FileIdentity:
    """The file that had the name `path` when this was made; None: there is no file.

    Asked before each reading and each list: one `stat`, which takes a microsecond.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._known = None if path is None else _id_of(path)

    def holds(self) -> bool:
        """Whether the same file has the name now."""
        return self._path is None or _id_of(self._path) == self._known

    def assert_holds(self) -> None:
        """Raise `LostDatabase`, with what to do, where another file has the name or none."""
        if self._path is None:
            return
        found = _id_of(self._path)
        if found == self._known:
            return
        if found is None:
            raise LostDatabase(
                msg(
                    "The database file %1 was moved or deleted while it was open, or its disk is "
                    "gone. Put it back: the board goes on by itself then.",
                    self._path,
                )
            )
        raise LostDatabase(
            msg(
                "Another file is in the place of the database %1, which was open: it was "
                "replaced. Put the first one back, or open the board again to go on with this one.",
                self._path,
            )
        )


def _id_of(path: Path) -> tuple[int, int] | None:
    try:
        # Not `path.stat()`, which takes half as long again.
        stat = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
