"""When anybody watched the board: what no run of the application saw is unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from izzitup_desktop.board.core import Core
from izzitup_desktop.board.runs import WATCHED_FOR
from izzitup_desktop.domain.uptime import Interval, merged
from izzitup_desktop.storage import runs
from izzitup_desktop.storage.times import to_stored


def watched_times(core: Core, connection: Any, window: Interval) -> tuple[Interval, ...]:
    """When anybody watched within a window; up to now where this process does.

    Its next heartbeat says so. Until then what is going on now is no less known.
    """
    found, at = runs.between(connection, window), core.watched_at
    now = core.clock.now()
    if at is None or not timedelta() < now - at <= WATCHED_FOR:
        return found
    return merged((*found, (to_stored(at), to_stored(now))))
