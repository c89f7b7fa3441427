"""Puts the parts of the API v1 together; what imports this loads all of them."""

from __future__ import annotations

import asyncio
import functools
from typing import cast

from izzitup_desktop.board import Board
from izzitup_desktop.server.endings import Endings
from izzitup_desktop.server.exchange import Application
from izzitup_desktop.server.limits import Limits
from izzitup_desktop.server.v1 import application, resources
from izzitup_desktop.server.v1.api import Api, Problems
from izzitup_desktop.server.v1.asking import Askers
from izzitup_desktop.server.v1.changing import Changing
from izzitup_desktop.server.v1.documentation import document_of
from izzitup_desktop.server.v1.idempotency import Keys
from izzitup_desktop.server.v1.pages import ProblemPages
from izzitup_desktop.server.v1.pictures import Pictures
from izzitup_desktop.server.v1.quotas import Quotas
from izzitup_desktop.server.v1.readers import Readers
from izzitup_desktop.server.v1.reads import Reads
from izzitup_desktop.server.v1.reference.page import ReferencePage
from izzitup_desktop.server.v1.stream.streams import Streams
from izzitup_desktop.server.v1.tellers import DeskTeller, StreamTeller, Tellers
from izzitup_desktop.server.v1.writes import Writes


class Parts:
    """The applications that `late_api` passes requests on to; used on `loop`."""

    def __init__(self, board: Board, loop: asyncio.AbstractEventLoop, limits: Limits) -> None:
        self._readers = readers = Readers(loop)
        self._makers = makers = Readers(loop, 1, "izzitup-backup")
        try:
            endings = Endings(loop)
            pictures = Pictures(board.live, readers)
            reads = Reads(board, pictures, readers)
            self.streams = Streams(board, pictures, readers, limits.stream, loop)
            tellers = Tellers(StreamTeller(self.streams.hub), DeskTeller(board, readers))
            changing = Changing(endings, tellers)
            writes = Writes(board, pictures, changing)
            problems = Problems(board.clock)
            further = resources.of(board, pictures, reads, readers, makers, changing)
            made = application.made(reads, writes, problems, *further)
            app = cast("Application", made)
            keys = Keys(board, readers, endings)
            quotas = Quotas(limits.changes, board.clock)
            askers = Askers(board, endings)
            self.api = Api(
                app, askers, pictures, reads, writes, problems, keys, quotas, self.streams
            )
            self.pages = ProblemPages()
            self.reference = ReferencePage(functools.partial(document_of, made))
        except BaseException:
            readers.close(0.0)
            makers.close(0.0)
            raise

    def close(self, seconds: float) -> None:
        """Wait for what is being read, `seconds` at most."""
        self._readers.close(seconds)
        self._makers.close(seconds)
