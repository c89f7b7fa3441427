"""Puts the parts of the API v1 together; what imports this loads all of them."""

from __future__ import annotations

import asyncio
from typing import cast

from izzitup_desktop.board import Board
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.exchange import Application
from izzitup_desktop.server.limits import StreamLimits
from izzitup_desktop.server.v1 import application
from izzitup_desktop.server.v1.api import Api, Problems
from izzitup_desktop.server.v1.asking import Askers
from izzitup_desktop.server.v1.pages import ProblemPages
from izzitup_desktop.server.v1.pictures import Pictures
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.stream.streams import Streams
from izzitup_desktop.server.v1.writes import Writes


class Parts:
    """The applications that `late_api` passes requests on to; used on `loop`."""

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop, limits: StreamLimits) -> None:
        self._readers = readers = Readers(loop)
        try:
            endings = Endings(loop)
            pictures = Pictures(board.live, readers)
            reads = Reads(board, pictures, readers)
            writes = Writes(board, pictures, endings)
            problems = Problems(board.clock)
            app = cast("Application", application.made(reads, writes, problems))
            self.streams = Streams(board, pictures, readers, limits, loop)
            self.api = Api(
                app, Askers(board, endings), pictures, reads, writes, problems, self.streams
            )
            self.pages = ProblemPages()
        except BaseException:
            readers.close(0.0)
            raise

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._readers.close(seconds)
