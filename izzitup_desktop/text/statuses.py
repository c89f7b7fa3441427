"""Statuses in words, beyond those of services (`domain/statuses.py`)."""

from __future__ import annotations

from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.statuses import status_word

UNKNOWN = msg("Unknown")


def span_word(status_id: int) -> str:
    """Like `status_word`, and a word for 0: nobody knows."""
    return status_word(status_id) if status_id else UNKNOWN
