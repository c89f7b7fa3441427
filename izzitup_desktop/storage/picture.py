"""What the board looks like: its services and groups, all of them or what entries changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.groups import GROUP_ORDERED
from izzitup_desktop.domain.services import Service
from izzitup_desktop.storage import groups, journal, services

SINGLY_MOST = 500
"""More changed services than this are read as the whole board."""

_TOUCHING_ALL = frozenset({GROUP_ORDERED})
"""Kinds whose entry stands for changes of things that it doesn't name."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Services by id as they are now, None for one that is not on the board any more.

    `groups` are all there are, None where they are as they were. Of a `whole`
    board nothing else is left.
    """

    services: Mapping[int, Service | None]
    groups: tuple[Group, ...] | None = None
    whole: bool = False


NO_CHANGES = Changes({})


def read_all(connection: Connection) -> tuple[int, Changes]:
    """The journal's newest id, and the whole board as it is then."""
    found = {service.id: service for service in services.listed(connection)}
    whole = Changes(found, groups.listed(connection), whole=True)
    return journal.last_id(connection), whole


def read_changes(
    connection: Connection, entries: Sequence[Entry], known: Mapping[int, Service | None]
) -> Changes:
    """What the things that `entries` are about are like now.

    `known` holds those that needn't be read: they are like that now.
    """
    ids = _service_ids(entries)
    if _touches_all(entries, ids):
        return read_all(connection)[1]
    return _read_few(connection, entries, ids, known)


def read_few(
    connection: Connection, entries: Sequence[Entry], known: Mapping[int, Service | None]
) -> Changes | None:
    """`read_changes`, but None where it would take long."""
    ids = _service_ids(entries)
    return None if _touches_all(entries, ids) else _read_few(connection, entries, ids, known)


def _service_ids(entries: Sequence[Entry]) -> set[int]:
    """The services that entries are about."""
    return {entry.subject_id for entry in entries if entry.kind.subject == "service"}


def _read_few(
    connection: Connection,
    entries: Sequence[Entry],
    ids: set[int],
    known: Mapping[int, Service | None],
) -> Changes:
    found: dict[int, Service | None] = {id_: known.get(id_) for id_ in ids}
    unknown = [id_ for id_ in ids if id_ not in known]
    for service in services.many(connection, unknown):
        found[service.id] = service
    of_groups = any(entry.kind.subject == "group" for entry in entries)
    return Changes(found, groups.listed(connection) if of_groups else None)


def _touches_all(entries: Sequence[Entry], ids: set[int]) -> bool:
    """Whether anything on the board may be different after these entries."""
    return len(ids) > SINGLY_MOST or any(
        entry.kind.subject == "board" or entry.kind in _TOUCHING_ALL for entry in entries
    )
