"""What the journal has, as events: with what of each service could be seen in its time."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import replace

from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds.services import (
    SERVICE_ADDED,
    SERVICE_REMOVED,
    SERVICE_RESTORED,
)
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server.v1.stream.events import Event, Groups

Services = Mapping[int, Service | None]
_SEEN_BY = ("hidden", "group_id")
"""What it goes by who sees a service."""


def past(entries: Sequence[Entry], known: Services, then: Services, groups: Groups) -> deque[Event]:
    """The events of entries, oldest first.

    `known` are the services now, `then` as they were after the last of the entries. From
    there it is followed back which of them were hidden, in which group, or not there.
    """
    looks = dict(then)
    gone: set[int] = {id_ for id_ in known if id_ not in then}
    told: deque[Event] = deque()
    for entry in reversed(entries):
        if entry.kind.subject != "service":
            told.appendleft(Event(entry, None, None, None, groups, is_past=True))
            continue
        id_ = entry.subject_id
        look = looks.get(id_, known.get(id_))
        after = None if id_ in gone else look
        if look is not None:
            look = looks[id_] = _before(entry, look)
        if entry.kind in (SERVICE_ADDED, SERVICE_RESTORED):
            gone.add(id_)
        elif entry.kind == SERVICE_REMOVED:
            gone.discard(id_)
        before = None if id_ in gone else look
        told.appendleft(Event(entry, id_, before, known.get(id_), groups, is_past=True, then=after))
    return told


def _before(entry: Entry, look: Service) -> Service:
    changed = {name: entry.before[name] for name in _SEEN_BY if name in entry.before}
    return replace(look, **changed) if changed else look
