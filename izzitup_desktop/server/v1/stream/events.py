"""Events of a stream, and the bytes that they are told by: made once for all who hear them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service
from izzitup_desktop.server import envelope
from izzitup_desktop.server.routes import API_ROOT
from izzitup_desktop.server.v1.shown import entry_shown, service_shown, status_shown, time_shown

SERVICE_CHANGED = "service.changed"
"""Something of a service is different that has no type of its own for who hears of it."""

GROUP_CHANGED = "group.changed"
RESET = "reset"

Groups = Mapping[int | None, Group]


@dataclass(slots=True)
class Event:
    """One thing that happened; `entry` is None where the journal has nothing of it.

    `before` and `after` are the service that it is about. Of what is read from the
    journal (`is_past`) `after` is how it is now; of `before`, and of `then`, which is how it
    was after it, only that is right by which it can be told who saw it.
    """

    entry: Entry | None
    service_id: int | None
    before: Service | None
    after: Service | None
    groups: Groups
    is_past: bool = False
    then: Service | None = None
    _frames: dict[tuple[str, bool], bytes] = field(default_factory=dict)

    @property
    def id(self) -> int:
        """The journal's id of it, 0 for none."""
        return 0 if self.entry is None else self.entry.id

    def frame(self, name: str, *, whole: bool) -> bytes:
        """What is sent of it as a `name`; the `whole` of it to those who signed in."""
        known = self._frames.get((name, whole))
        if known is None:
            data = self._whole() if whole else self._outer(name)
            known = self._frames[name, whole] = frame(name, data, self.id)
        return known

    def _service(self, *, whole: bool) -> dict[str, Any] | None:
        if self.after is None:
            return None
        return service_shown(self.after, self.groups.get(self.after.group_id), whole=whole)

    def _whole(self) -> dict[str, Any]:
        told: dict[str, Any] = {}
        if self.entry is not None:
            told = entry_shown(self.entry)
        if self.service_id is not None:
            told["service"] = self._service(whole=True)
        return told

    def _outer(self, name: str) -> dict[str, Any]:
        """What everybody may hear, who sees the thing: not who did it, nor why."""
        told: dict[str, Any] = {}
        entry = self.entry
        if entry is not None:
            told = {"id": entry.id, "time": time_shown(entry.time)}
        if self.service_id is None:
            group_id = None if entry is None else entry.subject_id
            group = self.groups.get(group_id)
            told["subject"] = {"kind": "group", "id": group_id}
            told["group"] = None if group is None else {"id": group.id, "name": group.name}
            return told
        told["subject"] = {"kind": "service", "id": self.service_id}
        if name == "service.removed":
            return {**told, "service": None}
        if name == "service.status" and entry is not None:
            for side, values in (("before", entry.before), ("after", entry.after)):
                told[side] = {"status": status_shown(values["status"])}
        return {**told, "service": self._service(whole=False)}


def frame(name: str, data: Any, id_: int = 0) -> bytes:
    """One event; without an id the one before it goes on holding."""
    mark = b"id: %d\n" % id_ if id_ else b""
    return b"%bevent: %b\ndata: %b\n\n" % (mark, name.encode("utf-8"), envelope.dumped(data))


def first(id_: int, retry_milliseconds: int) -> bytes:
    """What begins a stream: from where to go on, even if nothing ever happens."""
    return b"retry: %d\nid: %d\n\n" % (retry_milliseconds, id_)


def reset(id_: int, reason: str) -> bytes:
    """What was missed can't be told: read everything anew."""
    data = {"reason": reason, "links": {"services": f"{API_ROOT}/services"}}
    # Not told without an id: a cut right after it must not ask for what was missed again.
    return b"id: %d\n" % id_ + frame(RESET, data)


def ping(id_: int) -> bytes:
    """That somebody is there; with an id, that nothing up to it is missing."""
    return b": ping\nid: %d\n\n" % id_ if id_ else b": ping\n"
