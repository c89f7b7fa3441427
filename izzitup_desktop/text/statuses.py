"""Statuses in words. The names that scripts use are in `domain/statuses.py`."""

from __future__ import annotations

from izzitup_desktop.domain.messages import Message, say
from izzitup_desktop.domain.statuses import StatusId

UNKNOWN = say("Unknown")

_WORDS = {
    StatusId.TO_DO: say("To Do"),
    StatusId.SCHEDULED: say("Scheduled"),
    StatusId.IN_PROGRESS: say("In Progress"),
    StatusId.DONE: say("Done"),
    StatusId.OPERATIONAL: say("Operational"),
    StatusId.IMPAIRED: say("Impaired"),
    StatusId.OUTAGE: say("Outage"),
    StatusId.CLOSED: say("Closed"),
}


def status_word(status_id: int) -> Message:
    """The status's name. Raises ValueError for what is no status."""
    return _WORDS[StatusId(status_id)]


def span_word(status_id: int) -> Message:
    """Like `status_word`, and a word for 0: nobody knows."""
    return status_word(status_id) if status_id else UNKNOWN
