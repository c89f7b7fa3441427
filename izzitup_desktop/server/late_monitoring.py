"""What programs watch the board by: `/health`, `/ready` and `/metrics`.

`/health` needs nothing but the loop; the others load with the first question for one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from izzitup_desktop.board import Board
from izzitup_desktop.server.envelope import Headers, dumped
from izzitup_desktop.server.exchange import Application, Receive, Scope, Send
from izzitup_desktop.server.guard import Mounted
from izzitup_desktop.server.late import Late
from izzitup_desktop.server.routes import HEALTH, METRICS, READY, RouteClass
from izzitup_desktop.server.tally import Tally

if TYPE_CHECKING:
    from izzitup_desktop.server.monitoring.metrics import Metrics
    from izzitup_desktop.server.monitoring.readiness import Readiness

_OK = dumped({"status": "ok"})
_OK_HEADERS: Headers = [
    (b"content-type", b"application/json"),
    (b"content-length", b"%d" % len(_OK)),
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
]


class LateMonitoring:
    """Finds the applications, and makes them when they are asked for. On the event loop.

    `connections` says how many there are.
    """

    def __init__(self, board: Board, tally: Tally, connections: Callable[[], int]) -> None:
        # Each here, so that nobody has it who never asks.
        def made_readiness(loop: asyncio.AbstractEventLoop) -> Readiness:
            from izzitup_desktop.server.monitoring.readiness import Readiness

            return Readiness(board, loop)

        def made_metrics(loop: asyncio.AbstractEventLoop) -> Metrics:
            from izzitup_desktop.server.monitoring.metrics import Metrics

            return Metrics(board, tally, connections, loop)

        self._readiness, self._metrics = Late(made_readiness), Late(made_metrics)
        applications: dict[str, Application] = {
            HEALTH: _answer_health, READY: self._answer_ready, METRICS: self._answer_metrics
        }  # fmt: skip
        self._found = {
            path: Mounted(path, application, RouteClass.PAGE)
            for path, application in applications.items()
        }

    def find(self, path: str) -> Mounted | None:
        """What answers a path, None where that is not ours."""
        return self._found.get(path)

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        for late in (self._readiness, self._metrics):
            late.close(seconds)
            if late.made is not None:
                late.made.close(seconds)

    async def _answer_ready(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._readiness.get())(scope, receive, send)

    async def _answer_metrics(self, scope: Scope, receive: Receive, send: Send) -> None:
        await (await self._metrics.get())(scope, receive, send)


async def _answer_health(scope: Scope, _receive: Receive, send: Send) -> None:
    if scope["method"] in ("GET", "HEAD"):
        await send({"type": "http.response.start", "status": 200, "headers": _OK_HEADERS})
        await send({"type": "http.response.body", "body": _OK})
        return
    from izzitup_desktop.server.whole import decline  # for nobody who asks as one should

    await decline(send, scope["path"], scope["method"], ["GET"])
