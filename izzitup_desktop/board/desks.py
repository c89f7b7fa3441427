"""Which programs keep the board open, and so may tell their people of a change."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.runs import HEARTBEAT_SECONDS
from izzitup_desktop.storage import runs, schema

_SEEN_FOR = timedelta(seconds=2 * HEARTBEAT_SECONDS)
"""Who said nothing for longer has gone, or sleeps."""


class Desks:
    """The desks of the board, by their heartbeats.

    `has_window`: whether this program is one. Of others that is not known: a server
    without a window has heartbeats, too.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self.has_window = False

    def count(self) -> int:
        """How many programs have the board open, this one if it has a window.

        Waits; raises `Unavailable`.
        """
        core = self._core
        but = None if self.has_window else core.run_id

        def query(connection: Any) -> int:
            _, ahead = schema.version_and_ahead(connection, core.clock)
            begin = core.clock.now() + ahead - _SEEN_FOR
            return runs.seen_since(connection, begin, but=but)

        return core.read(query)
