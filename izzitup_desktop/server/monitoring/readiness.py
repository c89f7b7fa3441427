"""`/ready`: whether the board can be read and changed, and what is missing where not."""

from __future__ import annotations

import asyncio
import logging

from izzitup_desktop.board import Board
from izzitup_desktop.board.condition import Lack, Need
from izzitup_desktop.domain.errors import Unavailable
from izzitup_desktop.server.envelope import Headers, dumped
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.problems import Problem
from izzitup_desktop.server.sparing import SparingLog
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.whole import decline, send_whole, tell
from izzitup_desktop.storage.asked import Asked

log = logging.getLogger(__name__)

_SAID = {
    Need.DATABASE: "The database can't be read.",
    Need.MIGRATION: "The database is of another version than this program.",
    Need.WRITING: "Nothing can be stored.",
    Need.DISK: "Nothing can be stored: the disk is full.",
}
"""For anybody: where our files lie is for the log alone."""

_AGAIN_SECONDS = 5
_READY = dumped({"status": "ready"})


class Readiness:
    """Looks at the board anew with each question."""

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop) -> None:
        self._condition = board.condition
        self._readers = Readers(loop)
        self._log = SparingLog(log, board.clock)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["method"] not in ("GET", "HEAD"):
            await decline(send, scope["path"], scope["method"], ["GET"])
            return
        asked = scope["state"].get("asked", Asked)()
        try:
            lacks = await self._readers.result(self._condition.lacks, asked)
        except Unavailable as error:  # it did not answer in time
            lacks = (Lack(Need.DATABASE, error.code, str(error)),)
        if lacks:
            for lack in lacks:
                self._log.warning(lack.need, "not ready (%s): %s", lack.need, lack.reason)
            await tell(send, _problem(lacks))
            return
        headers: Headers = [
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(_READY)),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send_whole(send, 200, headers, _READY)

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._readers.close(seconds)


def _problem(lacks: tuple[Lack, ...]) -> Problem:
    missing = [
        {"what": lack.need.value, "code": lack.code, "detail": _SAID[lack.need]} for lack in lacks
    ]
    detail = " ".join(one["detail"] for one in missing)
    again = [(b"retry-after", b"%d" % _AGAIN_SECONDS)]
    return Problem("not-ready", detail, headers=again, more={"missing": missing})
