"""What is in a backup, and what going back to it would change, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from izzitup_desktop.domain.board_contents import BoardContents, difference
from izzitup_desktop.domain.messages import Message, counted, listed, msg
from izzitup_desktop.domain.statuses import status_word

if TYPE_CHECKING:
    from izzitup_desktop.domain.services import Service


def contents_lines(then: BoardContents) -> list[Message]:
    """How much there is, and when it last changed."""
    counts = msg(
        "%1, %2, %3",
        counted("%1 service", "%1 services", len(then.services)),
        counted("%1 group", "%1 groups", then.groups),
        counted("%1 account", "%1 accounts", then.accounts),
    )
    if then.changed is None:
        return [counts]
    return [counts, msg("Last change %1 by %2", then.changed, then.changed_by)]


def difference_lines(then: BoardContents, now: BoardContents) -> list[Message]:
    """What a restore would do to the services that are there now."""
    found = difference(then, now)
    if not found:
        return [msg("Its services are as they are now.")]
    lines = []
    if found.coming:
        lines.append(msg("Comes back: %1", _names(found.coming)))
    if found.going:
        lines.append(msg("Goes: %1", _names(found.going)))
    if found.other_status:
        told = [
            msg("%1 (%2, now %3)", old.name, status_word(old.status_id), status_word(new.status_id))
            for old, new in found.other_status
        ]
        lines.append(msg("Has another status: %1", listed(told)))
    if found.edited:
        lines.append(msg("Was edited since: %1", _names([old for old, _new in found.edited])))
    return lines


def _names(services: Sequence[Service]) -> str:
    return listed([service.name for service in services])
