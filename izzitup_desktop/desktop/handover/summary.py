"""What a shift hands over: changes since then, what is held, ends, is stale; no Qt in here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import StatusId, severity

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

ENTRIES_MOST = 5_000
"""Nobody reads more, and the window has to lay them out."""


@dataclass(frozen=True)
class Way:
    """One service's way since then: its status at first and now, and its changes."""

    name: str
    service_id: int
    before: int
    after: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Summary:
    """Everything that the next shift should know."""

    since: datetime | None
    now: datetime
    bad: tuple[Service, ...]
    held: tuple[Service, ...]
    ending: tuple[Service, ...]
    stale: tuple[Service, ...]
    ways: tuple[Way, ...]
    others: tuple[Entry, ...]
    """What happened to other things than statuses."""
    last_id: int
    """Up to which journal entry this tells."""
    cut: bool
    """Whether more happened than this tells: the newest is here, the journal has all."""
    most: int
    """Of so many entries it tells at most."""


def summary(
    board: Board, principal: Principal, entry_id: int, now: datetime, most: int = ENTRIES_MOST
) -> Summary:
    """What happened after the journal entry `entry_id`, and how things stand now."""
    last_id = board.last_id()
    quiet = board.vocabulary.kinds(lambda spec: not spec.handed_over)
    newest = board.journal.newest_since(principal, entry_id, limit=most + 1, but=quiet)
    cut = len(newest) > most
    entries = newest[most - 1 :: -1] if cut else newest[::-1]
    services = board.live.picture().seen_by(principal).services.values()
    by_name = sorted(services, key=lambda service: service.name.casefold())
    ending = [(service.expiry.until, service.id, service) for service in services if service.expiry]
    return Summary(
        since=entries[0].time if entries else None,
        now=now,
        bad=tuple(
            sorted(
                (s for s in by_name if severity(s.status_id)),
                key=lambda service: -severity(service.status_id),
            )
        ),
        held=tuple(service for service in by_name if service.hold),
        ending=tuple(service for _, _, service in sorted(ending)),
        stale=tuple(service for service in by_name if service.stale),
        ways=_ways(entries),
        others=tuple(entry for entry in entries if entry.kind != SERVICE_STATUS),
        last_id=max(last_id, newest[0].id if newest else 0),
        cut=cut,
        most=most,
    )


def _ways(entries: Sequence[Entry]) -> tuple[Way, ...]:
    changes: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.kind == SERVICE_STATUS:
            changes.setdefault(entry.subject_id, []).append(entry)
    ways = [
        Way(
            found[-1].subject_name,
            service_id,
            int(found[0].before.get("status", StatusId.OPERATIONAL)),
            int(found[-1].after["status"]),
            tuple(found),
        )
        for service_id, found in changes.items()
    ]
    return tuple(sorted(ways, key=lambda way: (-severity(way.after), way.name.casefold())))
