"""What a shift hands over: a block for each thing that matters or changed; no Qt in here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.handovers import HandoverNote
from izzitup_desktop.domain.journal import Entry, Search
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import severity

if TYPE_CHECKING:
    # The board brings the database along, which is opened after the first paint.
    from izzitup_desktop.board import Board

ENTRIES_MOST = 5_000
"""Nobody reads more, and the window has to lay them out."""

Key = tuple[str, int]
"""What a block is about: as journal entries name it, and its id."""


@dataclass(frozen=True)
class Block:
    """One thing, as it is now and with all that happened to it."""

    key: Key
    name: str
    service: Service | None
    """None for what is no service, or not any more."""
    changes: tuple[Entry, ...]
    """Oldest first."""

    @property
    def way(self) -> tuple[int, int] | None:
        """Its status before the first change and after the last; None where it had none."""
        found = [entry for entry in self.changes if entry.kind == SERVICE_STATUS]
        if not found:
            return None
        return int(found[0].before["status"]), int(found[-1].after["status"])


@dataclass(frozen=True)
class Summary:
    """Everything that the next shift should know. Each thing is in one of the sections."""

    since: datetime | None
    """When the first of what is told happened."""
    now: datetime
    notes: tuple[HandoverNote, ...]
    """What others wrote, newest first; an older one where there is none of this time."""
    bad: tuple[Block, ...]
    """The worst first."""
    watched: tuple[Block, ...]
    """Operational, but held, set for a time or not confirmed."""
    changed: tuple[Block, ...]
    """Other services whose status changed."""
    others: tuple[Block, ...]
    mistakes: frozenset[int]
    """Which of the changes are marked as mistakes."""
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
    services = board.live.picture().seen_by(principal).services
    blocks = _blocks(entries, services)
    bad = _taken(blocks, lambda block: severity(block.service.status_id) if block.service else 0)
    watched = _taken(blocks, lambda block: _is_watched(block.service))
    changed = _taken(blocks, lambda block: block.service is not None and block.way is not None)
    others = _taken(blocks, lambda block: bool(block.changes))
    statuses = [entry.id for entry in entries if entry.kind == SERVICE_STATUS]
    return Summary(
        since=entries[0].time if entries else None,
        now=now,
        notes=_notes(board, principal, entry_id),
        bad=tuple(sorted(bad, key=lambda block: -severity(_status(block)))),
        watched=watched,
        changed=changed,
        others=others,
        mistakes=board.journal.mistakes_among(principal, statuses),
        last_id=max(last_id, newest[0].id if newest else 0),
        cut=cut,
        most=most,
    )


def entry_before(board: Board, principal: Principal, time: datetime) -> int:
    """The journal entry after which everything from `time` on happened; 0: all did."""
    found = board.journal.search(principal, Search(end=time), limit=1)
    return found[0].id if found else 0


def _blocks(entries: Iterable[Entry], services: Mapping[int, Service]) -> dict[Key, Block]:
    """A block for every service there is and for all that something happened to, by name."""
    changes: dict[Key, list[Entry]] = {("service", id_): [] for id_ in services}
    for entry in entries:
        changes.setdefault((entry.kind.subject, entry.subject_id), []).append(entry)
    blocks = [
        _block(key, found, services.get(key[1]) if key[0] == "service" else None)
        for key, found in changes.items()
    ]
    return {block.key: block for block in sorted(blocks, key=lambda block: block.name.casefold())}


def _block(key: Key, changes: Sequence[Entry], service: Service | None) -> Block:
    name = service.name if service is not None else changes[-1].subject_name
    return Block(key, name, service, tuple(changes))


def _taken(blocks: dict[Key, Block], is_of: Callable[[Block], object]) -> tuple[Block, ...]:
    """The blocks of which that is true, taken out: each stands in one section."""
    return tuple(blocks.pop(block.key) for block in list(blocks.values()) if is_of(block))


def _is_watched(service: Service | None) -> bool:
    return service is not None and bool(service.hold or service.expiry or service.stale)


def _status(block: Block) -> int:
    return block.service.status_id if block.service is not None else 0


def _notes(board: Board, principal: Principal, entry_id: int) -> tuple[HandoverNote, ...]:
    found = board.handovers.latest(principal)
    return tuple(note for note in found if note.entry_id > entry_id) or found[:1]
