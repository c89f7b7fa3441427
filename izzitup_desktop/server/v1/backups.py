"""Backups in the API v1, for administrators who signed in by their passwords.

Going back to one is done at the board's computer alone: it takes the place of everything,
accounts too.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from fastapi import Query, Request, Response
from starlette.responses import StreamingResponse

from izzitup_desktop.board import Board
from izzitup_desktop.board.backups import BackupFile
from izzitup_desktop.domain.board_contents import BoardContents, difference
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.sources import LOOPBACK, network_of
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.routes import API_ROOT
from izzitup_desktop.server.v1 import paging
from izzitup_desktop.server.v1.answers import Answered, answer
from izzitup_desktop.server.v1.asking import Asking
from izzitup_desktop.server.v1.backup_models import BackupQuery, Made
from izzitup_desktop.server.v1.changing import tried, untagged
from izzitup_desktop.server.v1.models import WriteQuery
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import asking_of, paged
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.v1.resource_documentation import SQLITE
from izzitup_desktop.server.v1.shown import status_shown, time_shown

log = logging.getLogger(__name__)

Write = Annotated[WriteQuery, Query()]
Shown = dict[str, Any]

_PIECE_BYTES = 256 * 1024

_SPARE_SECONDS = 0.5
"""So long before nobody waits any more it is said that a backup is still being made."""

SORTS: dict[str, Callable[[BackupFile], Any]] = {
    "time": lambda backup: backup.time.isoformat(),
    "name": lambda backup: backup.path.name,
    "size": lambda backup: backup.size_bytes,
}


class Backups:
    """Backups in the board's folder: list, read, make, look into."""

    def __init__(self, board: Board, readers: Readers, makers: Readers) -> None:
        self._backups = board.backups
        self._readers = readers
        self._makers = makers
        self._making: asyncio.Future[Path] | None = None

    async def list_backups(
        self, request: Request, query: Annotated[BackupQuery, Query()]
    ) -> Answered:
        """The backups in the board's folder, newest first."""
        asking = asking_of(request)
        page, following = paging.page(
            filter(_wanted(query), await self._all(asking)),
            SORTS,
            lambda backup: backup.path.name,
            sort=query.sort,
            limit=query.limit,
            cursor=query.cursor,
        )
        shown = list(map(_shown, page))
        return Answered(paged(asking, shown, following).unless_known(asking.scope))

    async def read_backup(self, request: Request, name: str) -> Answered:
        """One backup, by the name of its file."""
        asking = asking_of(request)
        return Answered(answer(_shown(await self._named(asking, name))).unless_known(asking.scope))

    async def read_backup_contents(self, request: Request, name: str) -> Answered:
        """What is in a backup, and what going back to it would change."""
        asking = asking_of(request)
        path = (await self._named(asking, name)).path
        then, now = await asking.acting(
            lambda principal: self._readers.result(
                lambda: self._backups.contents(principal, path), asking.asked
            )
        )
        return Answered(answer(_contents(name, then, now)).unless_known(asking.scope))

    async def read_backup_file(self, request: Request, name: str) -> Response:
        """The file of a backup, as it is: an SQLite database.

        It has the hashes of passwords, and goes nowhere unencrypted.
        """
        asking = asking_of(request)
        path = (await self._named(asking, name)).path
        scope = asking.scope
        client = scope["client"]
        if scope["scheme"] != "https" and (not client or network_of(client[0]) != LOOPBACK):
            detail = "A backup is sent over TLS alone, or within the board's computer."
            raise Refused(Problem("not-allowed.unencrypted", detail))
        try:
            file = await self._readers.result(lambda: path.open("rb"), asking.asked)
        except OSError:
            raise NotFound("backup", name) from None
        log.info("%s fetches the backup %s", asking.principal.name, name)
        headers = {
            "content-length": str(os.fstat(file.fileno()).st_size),
            "content-disposition": f'attachment; filename="{name}"',
            "cache-control": "no-store",
            "x-content-type-options": "nosniff",
        }
        if scope["method"] == "HEAD":
            file.close()
            return Response(headers=headers, media_type=SQLITE)
        return StreamingResponse(self._pieces(file), headers=headers, media_type=SQLITE)

    async def _pieces(self, file: BinaryIO) -> AsyncIterator[bytes]:
        with file:
            while piece := await self._readers.begun(lambda: file.read(_PIECE_BYTES)):
                yield piece

    async def make_backup(self, request: Request, query: Write) -> Answered:
        """Make a backup: a checked one, under a new name in the board's folder.

        What takes long is answered by 202; it is in the list once it is whole.
        """
        asking = asking_of(request)
        await self._all(asking)  # who may not list them is refused
        path = await self._readers.result(self._backups.next_path, asking.asked)
        if self._making is not None and not self._making.done():
            raise Conflict(msg("A backup is being made already. Look at the list for it."))
        if query.dry_run:
            # It is no change of the board, and nobody hears of it.
            return Answered(tried([], (), []))
        principal = asking.principal
        making = self._makers.begun(lambda: self._backups.save(principal, path))
        self._making = making
        making.add_done_callback(_note)
        await asyncio.wait({making}, timeout=max(0.0, asking.asked.seconds_left - _SPARE_SECONDS))
        link = f"{API_ROOT}/backups/{path.name}"
        headers = [(b"location", link.encode("ascii"))]
        if not making.done():
            begun = {"name": path.name, "links": {"self": link}}
            return Answered(untagged(begun, status=202, headers=headers))
        made = making.result().name
        shown = _shown(await self._named(asking, made))
        return Answered(answer(shown, status=201, headers=headers))

    async def _all(self, asking: Asking) -> Sequence[BackupFile]:
        return await asking.acting(
            lambda principal: self._readers.result(
                lambda: self._backups.list(principal), asking.asked
            )
        )

    async def _named(self, asking: Asking, name: str) -> BackupFile:
        """The backup of this name: one of the folder, and no path elsewhere."""
        for backup in await self._all(asking):
            if backup.path.name == name:
                return backup
        raise NotFound("backup", name)


def _note(making: asyncio.Future[Path]) -> None:
    """Whoever asked for it may have gone before it failed."""
    if not making.cancelled() and (error := making.exception()) is not None:
        log.warning("a backup that was asked for failed: %s", error)


def _shown(backup: BackupFile) -> Shown:
    link = f"{API_ROOT}/backups/{backup.path.name}"
    return {
        "name": backup.path.name,
        "time": time_shown(backup.time),
        "size_bytes": backup.size_bytes,
        "made": _made(backup).value,
        "links": {"self": link, "contents": f"{link}/contents", "file": f"{link}/file"},
    }


def _made(backup: BackupFile) -> Made:
    if backup.scheduled:
        return Made.SCHEDULED
    if backup.before_restore:
        return Made.BEFORE_RESTORE
    return Made.BEFORE_UPGRADE if backup.before_upgrade else Made.ASKED


def _wanted(query: BackupQuery) -> Callable[[BackupFile], bool]:
    def wanted(backup: BackupFile) -> bool:
        return (
            (not query.made or _made(backup) in query.made)
            and (query.since is None or backup.time >= query.since)
            and (query.until is None or backup.time < query.until)
        )

    return wanted


def _contents(name: str, then: BoardContents, now: BoardContents) -> Shown:
    found = difference(then, now)
    return {
        "name": name,
        "then": _side(then),
        "now": _side(now),
        "difference": {
            "coming": list(map(_service, found.coming)),
            "going": list(map(_service, found.going)),
            "other_status": [
                {
                    **_service(now_is),
                    "then": status_shown(was.status_id),
                    "now": status_shown(now_is.status_id),
                }
                for was, now_is in found.other_status
            ],
            "edited": [_service(now_is) for _, now_is in found.edited],
        },
    }


def _side(contents: BoardContents) -> Shown:
    return {
        "services": len(contents.services),
        "groups": contents.groups,
        "accounts": contents.accounts,
        "changed": None if contents.changed is None else time_shown(contents.changed),
        "changed_by": contents.changed_by,
    }


def _service(service: Service) -> Shown:
    return {"id": service.id, "key": service.key, "name": service.name}
