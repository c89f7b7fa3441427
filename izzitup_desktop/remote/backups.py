"""Backups of another board: made in its folder there, and fetched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from izzitup_desktop.domain.errors import NotFound, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.platform.chosen import chosen_file
from izzitup_desktop.platform.database_files import BACKUP_ID, HEADER_BYTES, application_of
from izzitup_desktop.platform.replaced_backups import judge_backup
from izzitup_desktop.remote.connection import Connection

_BEGUN = 202
_LOOKS_MOST = 600
_LOOK_SECONDS = 1.0


class RemoteBackups:
    """Its backups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, path: Path | None) -> str:
        """Make a checked backup there, and fetch it to the file `path` if one is named.

        One that takes long is waited for. Raises `Invalid` for a path where something
        stands that is no backup, `Unavailable` where none comes whole, or others could read it.
        """
        if path is None:
            return self._made()
        if not self._connection.address.is_private:
            raise Unavailable(
                msg(
                    "A backup has the hashes of passwords: fetch it over https, or at the board "
                    "itself."
                )
            )
        try:
            with chosen_file(path, judge_backup) as new:
                pieces = self._connection.pieces(f"{_path_of(self._made())}/file")
                with new.open("wb") as file:
                    file.writelines(pieces)
                _assert_sound(path, new)
        except OSError as error:
            raise Unavailable(
                msg("The backup %1 can't be written: %2.", path, error.strerror or error)
            ) from error
        return str(path)

    def _made(self) -> str:
        """A new backup in the folder there; its name."""
        answer = self._connection.ask("POST", "/backups")
        with self._connection.understanding():
            name = str(answer.content["name"])
        if answer.status == _BEGUN:
            self._wait_for(name)
        return name

    def _wait_for(self, name: str) -> None:
        missing = NotFound("backup", name)
        for _ in range(_LOOKS_MOST):
            self._connection.pause(_LOOK_SECONDS)
            try:
                self._connection.get(_path_of(name), wanted=missing)
            except NotFound:
                continue
            return
        raise Unavailable(msg("The backup %1 is still being made; look for it later.", name))


def _path_of(name: str) -> str:
    return f"/backups/{quote(name, safe='')}"


def _assert_sound(path: Path, new: Path) -> None:
    """Raise `Unavailable` unless what came is a backup, and whole."""
    with new.open("rb") as file:
        is_backup = application_of(file.read(HEADER_BYTES)) == BACKUP_ID
    if is_backup:
        try:
            with closing(sqlite3.connect(new)) as connection:
                if connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]:
                    return
        except sqlite3.Error:
            pass
    raise Unavailable(msg("What came for %1 is no sound backup; nothing was kept.", path))
