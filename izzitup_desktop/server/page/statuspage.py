"""What Statuspage's public API (v2) says of a page: the shapes that most programs read.

Nothing is left out where there is nothing: lists are empty, never null, and everything
has an id of 12 characters. Disruptions of which something was said for the page are the
incidents. Planned work never hides that a service is impaired or out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime

from izzitup_desktop.domain.public_board import (
    Disruption,
    Maintenance,
    PublicBoard,
    PublicChange,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId, severity, worst
from izzitup_desktop.server.page import disruptions
from izzitup_desktop.server.page.addresses import disruption_page
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.json_documents import json_document
from izzitup_desktop.server.page.moments import to_millisecond
from izzitup_desktop.server.page.planned_work import Phase, in_maintenance, phase_of, running
from izzitup_desktop.server.page.titles import programs_title

LISTED_MOST = 50
"""So many incidents, and so much planned work, are listed: the newest."""

Object = dict[str, object]

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12

_COMPONENT = ("operational", "degraded_performance", "major_outage")
_IMPACT = ("none", "minor", "major")
_MAINTENANCE = "under_maintenance"


def summary(board: PublicBoard, wanted: Wanted) -> Document:
    """`summary.json`: the page at a glance, with what is open or coming."""
    writer = _Writer(board, wanted.base)
    return writer.document(
        components=writer.components(),
        incidents=writer.incidents(board.open()),
        scheduled_maintenances=writer.maintenances(Phase.SCHEDULED, Phase.IN_PROGRESS),
        status=writer.status(),
    )


def status(board: PublicBoard, wanted: Wanted) -> Document:
    """`status.json`: one word and one sentence."""
    writer = _Writer(board, wanted.base)
    return writer.document(status=writer.status())


def components(board: PublicBoard, wanted: Wanted) -> Document:
    """`components.json`: services, and their groups."""
    writer = _Writer(board, wanted.base)
    return writer.document(components=writer.components())


def incidents(board: PublicBoard, wanted: Wanted) -> Document:
    """`incidents.json`: the newest, open or not, as far back as the strips go.

    Waits for the database; raises `Unavailable`.
    """
    newest = disruptions.as_far_as_strips(board, wanted)
    writer = _Writer(board, wanted.base)
    return writer.document(incidents=writer.incidents(newest))


def unresolved(board: PublicBoard, wanted: Wanted) -> Document:
    """`incidents/unresolved.json`."""
    writer = _Writer(board, wanted.base)
    return writer.document(incidents=writer.incidents(board.open()))


def maintenances(board: PublicBoard, wanted: Wanted) -> Document:
    """`scheduled-maintenances.json`: coming, running and done."""
    writer = _Writer(board, wanted.base)
    return writer.document(scheduled_maintenances=writer.maintenances(*Phase))


def upcoming(board: PublicBoard, wanted: Wanted) -> Document:
    """`scheduled-maintenances/upcoming.json`."""
    writer = _Writer(board, wanted.base)
    return writer.document(scheduled_maintenances=writer.maintenances(Phase.SCHEDULED))


def active(board: PublicBoard, wanted: Wanted) -> Document:
    """`scheduled-maintenances/active.json`."""
    writer = _Writer(board, wanted.base)
    return writer.document(scheduled_maintenances=writer.maintenances(Phase.IN_PROGRESS))


def public_id(kind: str, number: int) -> str:
    """12 characters of base 36, as Statuspage's ids look; `kind` is their first."""
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return kind + digits.rjust(_ID_LENGTH - len(kind), "0")


class _Writer:
    """Writes the parts of one board."""

    def __init__(self, board: PublicBoard, base: str) -> None:
        self._board, self._base = board, base
        self._worked_on = in_maintenance(board)
        # Boards have no id of their own: pages of several are told apart by address.
        digest = hashlib.sha256(base.encode("utf-8")).digest()
        self._page_id = public_id("p", int.from_bytes(digest[:7]))
        self._positions = _positions(board.groups)

    def document(self, **parts: object) -> Document:
        """These parts, below the page that each answer begins with."""
        page = {
            "id": self._page_id,
            "name": programs_title(self._board),
            "url": self._base,
            "time_zone": "Etc/UTC",
            "updated_at": to_millisecond(self._updated()),
        }
        return json_document({"page": page, **parts})

    def status(self) -> Object:
        """The worst of components and open incidents, worded as Statuspage does."""
        statuses = [service.status_id for service in self._board.services.values()]
        bad = severity(worst(statuses))
        if bad == severity(StatusId.OUTAGE):
            if all(severity(one) == bad for one in statuses):
                return _status("critical", "Major Service Outage")
            return _status("major", "Partial System Outage")
        if bad:
            return _status("minor", "Partially Degraded Service")
        if any(running(self._board)):
            return _status("maintenance", "Service Under Maintenance")
        return _status("none", "All Systems Operational")

    def components(self) -> list[Object]:
        """Each group with its services after it; what is in no group stands beside groups."""
        found: list[Object] = []
        for group in self._board.groups:
            if group.id:
                found.append(self._group(group))
            found += map(self._component, group.services)
        return found

    def incidents(self, found: Iterable[Disruption]) -> list[Object]:
        """Those of which something was said, in the order given."""
        said = [one for one in found if one.said]
        return [self._incident(one) for one in said[:LISTED_MOST]]

    def maintenances(self, *phases: Phase) -> list[Object]:
        """Planned work in these phases, that which begins last first."""
        chosen = (
            (work, phase)
            for work in self._board.maintenance
            if not work.is_cancelled and (phase := phase_of(work, self._board.made)) in phases
        )
        newest = sorted(chosen, key=lambda one: (one[0].begin, one[0].id), reverse=True)
        return [self._maintenance(work, phase) for work, phase in newest[:LISTED_MOST]]

    def _updated(self) -> datetime:
        board = self._board
        times = [service.updated for service in board.services.values()]
        times += [change.time for change in board.changes]
        times += [work.changed for work in board.maintenance]
        return max(times, default=board.made)

    def _component_status(self, status_id: int, service_id: int | None = None) -> str:
        bad = severity(status_id)
        if not bad and service_id in self._worked_on:
            return _MAINTENANCE
        return _COMPONENT[bad]

    def _component(self, service: PublicService) -> Object:
        return {
            "id": public_id("s", service.id),
            "name": service.name,
            "status": self._component_status(service.status_id, service.id),
            "created_at": to_millisecond(service.created),
            "updated_at": to_millisecond(_updated(service)),
            "position": self._positions[public_id("s", service.id)],
            "description": service.description or None,
            "showcase": True,
            "start_date": service.created.date().isoformat(),
            "group_id": public_id("g", service.group_id) if service.group_id else None,
            "page_id": self._page_id,
            "group": False,
            "only_show_if_degraded": False,
        }

    def _group(self, group: PublicGroup) -> Object:
        bad = severity(worst(one.status_id for one in group.services))
        is_worked_on = any(one.id in self._worked_on for one in group.services)
        return {
            "id": public_id("g", group.id),
            "name": group.name,
            "status": _MAINTENANCE if is_worked_on and not bad else _COMPONENT[bad],
            "created_at": to_millisecond(min(one.created for one in group.services)),
            "updated_at": to_millisecond(
                max(max(one.updated, one.since) for one in group.services)
            ),
            "position": self._positions[public_id("g", group.id)],
            "description": None,
            "showcase": True,
            "start_date": None,
            "group_id": None,
            "page_id": self._page_id,
            "group": True,
            "only_show_if_degraded": False,
            "components": [public_id("s", one.id) for one in group.services],
        }

    def _named(self, service_ids: Iterable[int]) -> list[Object]:
        """The components of these services; those that nobody may see are left out."""
        found = (self._board.services.get(id_) for id_ in service_ids)
        return [self._component(one) for one in found if one is not None]

    def _incident(self, disruption: Disruption) -> Object:
        id_ = public_id("i", disruption.id)
        changes = disruption.changes
        return {
            "id": id_,
            "name": f"{disruption.service_name}: {STATUS_NAMES[disruption.worst]}",
            "status": "investigating" if disruption.end is None else "resolved",
            # While it goes on what it is now: no indicator says more than components do.
            "impact": _IMPACT[severity(disruption.status_id)],
            "created_at": to_millisecond(disruption.begin),
            "updated_at": to_millisecond(changes[-1].time),
            "started_at": to_millisecond(disruption.begin),
            "monitoring_at": None,
            "resolved_at": to_millisecond(disruption.end) if disruption.end else None,
            "shortlink": disruption_page(self._base, disruption),
            "page_id": self._page_id,
            "incident_updates": self._updates(disruption, id_),
            "components": self._named([disruption.service_id]),
        }

    def _updates(self, disruption: Disruption, incident_id: str) -> list[Object]:
        """Newest first; only the change that ended it is a resolution."""
        last = disruption.changes[-1]
        return [
            _update(
                public_id("u", change.id), incident_id, change.time,
                "resolved" if disruption.end and change is last else "investigating",
                change.comment or f"{disruption.service_name}: {STATUS_NAMES[change.status_id]}",
                [self._affected(disruption.service_name, change)],
            )
            for change in reversed(disruption.changes)
        ]  # fmt: skip

    def _affected(self, name: str, change: PublicChange) -> Object:
        before = change.status_id if change.before is None else change.before
        return {
            "code": public_id("s", change.service_id),
            "name": name,
            "old_status": self._component_status(before),
            "new_status": self._component_status(change.status_id),
        }

    def _maintenance(self, work: Maintenance, phase: Phase) -> Object:
        id_ = public_id("m", work.id)
        named = self._named(work.service_ids)
        affected: list[Object] = [
            {
                "code": one["id"], "name": one["name"],
                "old_status": one["status"], "new_status": one["status"],
            }
            for one in named
        ]  # fmt: skip
        announced = min(work.changed, self._board.made)
        return {
            "id": id_,
            "name": work.title,
            "status": phase.value,
            "impact": "maintenance",
            "created_at": to_millisecond(announced),
            "updated_at": to_millisecond(announced),
            "started_at": to_millisecond(work.begin),
            "monitoring_at": None,
            "resolved_at": to_millisecond(work.end) if phase is Phase.COMPLETED else None,
            "shortlink": f"{self._base}/events/{work.id}",
            "page_id": self._page_id,
            "incident_updates": [
                _update(
                    public_id("n", work.id), id_, announced, phase.value,
                    work.text or work.title, affected,
                ),
            ],
            "components": named,
            "scheduled_for": to_millisecond(work.begin),
            "scheduled_until": to_millisecond(work.end),
        }  # fmt: skip


def _positions(groups: Iterable[PublicGroup]) -> dict[str, int]:
    """Where each component stands, by its id: in its group, or among those that are in none."""
    found: dict[str, int] = {}
    outside = 0
    for group in groups:
        services = [public_id("s", one.id) for one in group.services]
        if group.id:
            outside += 1
            found[public_id("g", group.id)] = outside
            found.update((id_, place) for place, id_ in enumerate(services, 1))
        else:
            found.update((id_, outside + place) for place, id_ in enumerate(services, 1))
            outside += len(services)
    return found


def _status(indicator: str, description: str) -> Object:
    return {"indicator": indicator, "description": description}


def _updated(service: PublicService) -> datetime:
    return max(service.updated, service.since)


def _update(
    id_: str, incident_id: str, time: datetime, status: str, body: str, affected: Sequence[Object]
) -> Object:
    return {
        "id": id_,
        "status": status,
        "body": body,
        "incident_id": incident_id,
        "created_at": to_millisecond(time),
        "updated_at": to_millisecond(time),
        "display_at": to_millisecond(time),
        "affected_components": affected,
        "deliver_notifications": False,
        "custom_tweet": None,
        "tweet_id": None,
    }
