"""`/metrics`: the board for Prometheus, as far as whoever asks may see it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.process_collector import ProcessCollector

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Action, Principal, allowed
from izzitup_desktop.domain.errors import BoardError
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.envelope import Headers
from izzitup_desktop.server.exchange import Receive, Scope, Send
from izzitup_desktop.server.monitoring import families
from izzitup_desktop.server.monitoring.uptimes import Uptimes
from izzitup_desktop.server.problems import of_error
from izzitup_desktop.server.routes import of_name
from izzitup_desktop.server.tally import Tally
from izzitup_desktop.server.v1.answers import header
from izzitup_desktop.server.v1.asking import Askers, Asking
from izzitup_desktop.server.v1.pictures import Pictures, View
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.refused import Refused
from izzitup_desktop.server.whole import decline, send_whole, tell

_END = b"# EOF\n"
"""What OpenMetrics ends with."""

_KEPT_MOST = 8

Encode = Callable[["_Families"], bytes]


class _Families:
    """What an encoder asks for families."""

    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = tuple(found)

    def collect(self) -> Iterable[Metric]:
        """prometheus_client's."""
        return self._found


class Metrics:
    """Answers scrapes; what is told of services is kept until something changes."""

    def __init__(
        self,
        board: Board,
        tally: Tally,
        connections: Callable[[], int],
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._readers = readers = Readers(loop)
        self._askers = Askers(board, Endings(loop))
        self._tally = tally
        self._connections = connections
        self._pictures = Pictures(board.live, readers)
        self._uptimes = Uptimes(board)
        self._process = ProcessCollector(registry=None)
        self._kept: dict[tuple[str, str], tuple[int, bytes]] = {}

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Answer one request; what goes wrong is told as a problem."""
        if scope["method"] not in ("GET", "HEAD"):
            await decline(send, scope["path"], scope["method"], ["GET"])
            return
        try:
            await self._scrape(scope, send)
        except Refused as refused:
            await tell(send, refused.problem)
        except BoardError as error:
            await tell(send, of_error(error))

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._readers.close(seconds)

    async def _scrape(self, scope: Scope, send: Send) -> None:
        asking = await self._askers.asking(scope, of_name("metrics"))
        view = await self._pictures.view(asking.principal, asking.asked)
        encode, content_type = choose_encoder(header(scope, b"accept").decode("latin-1"))
        content = await self._content(asking, view, encode, content_type)
        headers: Headers = [
            (b"content-type", content_type.encode("latin-1")),
            (b"content-length", b"%d" % len(content)),
            (b"cache-control", b"no-store"),
            (b"vary", b"Accept, Authorization"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send_whole(send, 200, headers, content)

    async def _content(self, asking: Asking, view: View, encode: Any, content_type: str) -> bytes:
        def made(principal: Principal) -> bytes:
            services = self._services(view, encode, content_type)
            others = [*families.server(self._tally.counts(), self._connections())]
            if allowed(principal, Action.JOURNAL_READ):
                others += [families.journal(view.picture.journal_id), *self._process.collect()]
            if allowed(principal, Action.UPTIME_READ):
                others.append(families.uptimes(view, self._uptimes.ratios(principal)))
            return services + bytes(encode(_Families(others)))

        # Ten thousand services are a megabyte of text: not on the loop.
        return await asking.acting(
            lambda principal: self._readers.result(lambda: made(principal), asking.asked)
        )

    def _services(self, view: View, encode: Any, content_type: str) -> bytes:
        """What is told of services, without an end."""
        key, version = (view.name, content_type), view.picture.version
        known = self._kept.get(key)
        if known is not None and known[0] == version:
            return known[1]
        content = bytes(encode(_Families(families.services(view)))).removesuffix(_END)
        if view.name:
            if len(self._kept) >= _KEPT_MOST:
                self._kept.clear()
            self._kept[key] = version, content
        return content
