"""Sample data: what a board may look like, for who wants to see before filling."""

from __future__ import annotations

import json

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.services import ServiceDraft
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.platform.paths import resource


def add_sample(board: Board, principal: Principal) -> int:
    """Add the sample's groups and services; how many services. Raises as the board does."""
    sample = json.loads(resource("sample", "services.json").read_text("utf-8"))
    count = 0
    for group in sample:
        group_id = board.groups.add(principal, group["name"]).value.id
        for item in group["services"]:
            status_id, comment = item.pop("status", StatusId.OPERATIONAL), item.pop("comment", "")
            draft = ServiceDraft(**item, group_id=group_id)
            service = board.services.add(principal, draft).value
            if status_id != StatusId.OPERATIONAL:
                board.statuses.set(principal, [service.id], status_id, comment)
            count += 1
    return count
