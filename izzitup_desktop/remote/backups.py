"""Backups of another board, which stay in its folder there."""

from __future__ import annotations

from urllib.parse import quote

from izzitup_desktop.domain.errors import NotFound, Unavailable
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.remote.connection import Connection

_BEGUN = 202
_LOOKS_MOST = 600
_LOOK_SECONDS = 1.0


class RemoteBackups:
    """Its backups."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def make(self) -> str:
        """Make a checked backup in the board's folder; the name of its file.

        One that takes long is waited for. Raises `Unavailable` where it does not come.
        """
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
                self._connection.get(f"/backups/{quote(name, safe='')}", wanted=missing)
            except NotFound:
                continue
            return
        raise Unavailable(msg("The backup %1 is still being made; look for it later.", name))
