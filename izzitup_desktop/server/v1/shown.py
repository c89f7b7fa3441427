"""How things of the board look in the API v1, for those who signed in and for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import VOCABULARY
from izzitup_desktop.domain.services import Removed, Service
from izzitup_desktop.domain.statuses import STATUS_NAMES, STATUSES, worst
from izzitup_desktop.domain.told_fields import status_told, time_told, told
from izzitup_desktop.server.routes import API_ROOT
from izzitup_desktop.server.v1.answers import Answer, answer

_KEPT_MOST = 4_000
"""Answers of so many services are kept, for those that are asked for again and again."""


time_shown, status_shown = time_told, status_told

STATUS_LIST = [
    {
        **status_shown(status.id),
        "for_services": status.for_services,
        "for_events": status.for_events,
    }
    for status in STATUSES
]


def service_shown(service: Service, group: Group | None, *, whole: bool) -> dict[str, Any]:
    """A service; the `whole` of it has who did what, and what people note."""
    expiry = service.expiry
    shown: dict[str, Any] = {
        "id": service.id,
        "key": service.key,
        "name": service.name,
        "description": service.description,
        "url": service.url,
        "check_url": service.check_url,
        "status": status_shown(service.status_id),
        "since": time_shown(service.since),
        "until": None if expiry is None else time_shown(expiry.until),
        "then": None if expiry is None or expiry.then is None else status_shown(expiry.then),
        "confirmed": time_shown(service.confirmed),
        "stale": service.stale,
        "stale_minutes": service.stale_minutes,
        "group": None if group is None else {"id": group.id, "name": group.name},
        "created": time_shown(service.created),
        "updated": time_shown(service.updated),
    }
    if whole:
        shown |= {
            "comment": service.comment,
            "comment_public": service.comment_public,
            "changed_by": service.changed_by,
            "held_by": None if service.hold is None else service.hold.by,
            "proposal": _proposal_shown(service),
            "hidden": service.hidden,
            "note": service.note,
        }
    shown["links"] = {"self": f"{API_ROOT}/services/{service.id}"}
    return shown


def _proposal_shown(service: Service) -> dict[str, Any] | None:
    if (proposal := service.proposal) is None:
        return None
    return {
        "status": status_shown(proposal.status_id),
        "by": proposal.by,
        "time": time_shown(proposal.time),
    }


def removed_shown(removed: Removed, group: Group | None, *, whole: bool) -> dict[str, Any]:
    """A service in the trash; who removed it, as all of the `whole`, is not for everybody."""
    return {
        "service": service_shown(removed.service, group, whole=whole),
        "removed": time_shown(removed.time),
        "removed_by": removed.by if whole else "",
        "links": {"restore": f"{API_ROOT}/trash/{removed.service.id}/restore"},
    }


def counts(services: Iterable[Service]) -> dict[str, int]:
    """How many have each status that a service may have."""
    found = dict.fromkeys(("operational", "impaired", "outage", "closed"), 0)
    for service in services:
        found[STATUS_NAMES[service.status_id].lower()] += 1
    return found


def group_shown(group: Group, services: Iterable[Service]) -> dict[str, Any]:
    """A group, with the worst status of those of its services that may be seen."""
    found = list(services)
    return {
        "id": group.id,
        "name": group.name,
        "position": group.position,
        "status": status_shown(worst(service.status_id for service in found)),
        "counts": counts(found),
        "links": {
            "self": f"{API_ROOT}/groups/{group.id}",
            "services": f"{API_ROOT}/services?group={group.id}",
        },
    }


def entry_shown(entry: Entry) -> dict[str, Any]:
    """An entry of the journal."""
    spec = VOCABULARY.spec(entry.kind)
    return {
        "id": entry.id,
        "time": time_shown(entry.time),
        "kind": entry.kind.value,
        "actor": entry.actor,
        "account_id": entry.account_id,
        "origin": str(entry.origin.value),
        "subject": {
            "kind": entry.kind.subject,
            "id": entry.subject_id,
            "name": entry.subject_name,
        },
        "before": told(spec, entry.before),
        "after": told(spec, entry.after),
        "comment": entry.comment,
        "undoes": entry.undoes,
        "operation_id": entry.operation_id,
    }


def change_shown(entry: Entry) -> dict[str, Any]:
    """What would stand in the journal: an entry without what it only has once it is there."""
    return {
        name: value
        for name, value in entry_shown(entry).items()
        if name not in ("id", "time", "undoes", "operation_id")
    }


class ServiceAnswers:
    """Answers of single services, made once for each state of one."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, bool], tuple[Service, Group | None, Answer]] = {}

    def of(self, service: Service, group: Group | None, *, whole: bool) -> Answer:
        """The answer of a service in its group."""
        known = self._kept.get((service.id, whole))
        if known is not None and known[0] is service and known[1] is group:
            return known[2]
        made = answer(service_shown(service, group, whole=whole))
        if len(self._kept) >= _KEPT_MOST:
            self._kept.clear()
        self._kept[service.id, whole] = (service, group, made)
        return made


def groups_by_id(groups: Iterable[Group]) -> Mapping[int | None, Group]:
    """Groups, to be looked up by what a service has."""
    return {group.id: group for group in groups}
