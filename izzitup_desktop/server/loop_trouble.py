"""An event loop's own trouble, told sparingly."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from izzitup_desktop.server.sparing import Faults, SparingLog

log = logging.getLogger(__name__)


def heard_by(loop: asyncio.AbstractEventLoop) -> asyncio.Event:
    """Set when the loop could not accept or went wrong; what repeats is counted."""
    heard = asyncio.Event()
    lines, faults = SparingLog(log), Faults(log)

    def handle(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        message, error = context["message"], context.get("exception")
        lines.warning(message, "the server's loop: %s (%s)", message, error)
        if isinstance(error, Exception) and not isinstance(error, OSError):
            faults.logged(error)
        heard.set()

    loop.set_exception_handler(handle)
    return heard
