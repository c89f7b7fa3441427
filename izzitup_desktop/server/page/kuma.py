"""What Uptime Kuma's public status pages answer: its dashboards' widgets read ours too.

There is one page, `default` or `status`; each group is one of its own by its name.
Impaired counts as up, as in uptimes. Times are UTC without a zone, as Kuma writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from izzitup_desktop.domain.days import uptime
from izzitup_desktop.domain.public_board import (
    NO_GROUP,
    Disruption,
    Maintenance,
    PublicBoard,
    PublicGroup,
    PublicService,
)
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.domain.text import fold
from izzitup_desktop.server.page.beats import Beat, Beats
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.json_documents import json_document
from izzitup_desktop.server.page.planned_work import Phase, in_maintenance, phase_of
from izzitup_desktop.server.page.titles import UNNAMED, programs_title

BEATS_MOST = 100
"""So many beats of a service are told at most, as Kuma does."""

DOWN, UP, MAINTENANCE = 0, 1, 3

_WHOLE_PAGES = ("default", "status")
_DAY = timedelta(days=1)
_STYLES = {StatusId.IMPAIRED: "warning", StatusId.OUTAGE: "danger"}
_PHASES = {
    Phase.SCHEDULED: "scheduled",
    Phase.IN_PROGRESS: "under-maintenance",
    Phase.COMPLETED: "ended",
}

Object = dict[str, object]


def page(board: PublicBoard, wanted: Wanted) -> Document | None:
    """`api/status-page/{slug}`: what the page is called, and which services it shows."""
    groups = _groups(board, wanted)
    if groups is None:
        return None
    shown = _ids(groups)
    incidents = [
        _incident(one) for one in board.open() if one.said and one.service_id in shown
    ]  # fmt: skip
    work = (
        one
        for one in board.maintenance
        if not one.is_cancelled and (not one.service_ids or shown & set(one.service_ids))
    )
    listed = ((one, phase_of(one, board.made)) for one in work)
    return json_document(
        {
            "config": _config(board, groups, wanted.parameters["slug"]),
            # The first is told by this name, too: so did Kuma until its second version.
            "incident": incidents[0] if incidents else None,
            "incidents": incidents,
            "publicGroupList": [_group(group, place) for place, group in enumerate(groups, 1)],
            "maintenanceList": [
                _maintenance(one, phase) for one, phase in listed if phase is not Phase.COMPLETED
            ],
        }
    )


def heartbeat(board: PublicBoard, wanted: Wanted) -> Document | None:
    """`api/status-page/heartbeat/{slug}`: how its services are, and have been."""
    groups = _groups(board, wanted)
    if groups is None:
        return None
    worked_on = in_maintenance(board)
    services = [one for group in groups for one in group.services]
    beats = Beats(board, _time)
    listed = {
        str(one.id): _listed(beats.of(one)[-BEATS_MOST:], one.is_fine and one.id in worked_on)
        for one in services
    }
    outages = _outages(board)
    uptimes = {f"{one.id}_24": _uptime(one, board, outages) for one in services}
    return json_document({"heartbeatList": listed, "uptimeList": uptimes})


def _groups(board: PublicBoard, wanted: Wanted) -> Sequence[PublicGroup] | None:
    """The groups that are meant; None where there is no such page."""
    slug = wanted.parameters["slug"]
    if fold(slug) in _WHOLE_PAGES:
        return board.groups
    group = board.group(slug)
    return None if group is None or group.id == NO_GROUP else [group]


def _ids(groups: Iterable[PublicGroup]) -> set[int]:
    return {one.id for group in groups for one in group.services}


def _config(board: PublicBoard, groups: Sequence[PublicGroup], slug: str) -> Object:
    choices = board.choices
    is_whole = fold(slug) in _WHOLE_PAGES
    title = programs_title(board)
    return {
        "slug": fold(slug) if is_whole else groups[0].name.lower(),
        "title": title if is_whole else f"{title}: {groups[0].name}",
        "description": choices.text or None,
        "icon": "",
        "autoRefreshInterval": 300,
        "theme": "auto",
        "published": True,
        "showTags": False,
        "customCSS": "",
        "footerText": None,
        "showPoweredBy": False,
        "analyticsId": None,
        "analyticsScriptUrl": None,
        "analyticsType": None,
        "showCertificateExpiry": False,
        "showOnlyLastHeartbeat": False,
        "rssTitle": None,
    }


def _group(group: PublicGroup, weight: int) -> Object:
    return {
        "id": group.id,
        "name": group.name or UNNAMED,
        "weight": weight,
        "monitorList": [
            {"id": one.id, "name": one.name, "sendUrl": 0, "type": "manual"}
            for one in group.services
        ],
    }


def _incident(disruption: Disruption) -> Object:
    said = [change for change in disruption.changes if change.comment]
    return {
        "id": disruption.id,
        "style": _STYLES.get(StatusId(disruption.status_id), "info"),
        "title": f"{disruption.service_name}: {STATUS_NAMES[disruption.status_id]}",
        "content": said[-1].comment,
        "pin": True,
        "active": True,
        "createdDate": _time(disruption.begin),
        "lastUpdatedDate": _time(said[-1].time),
        "status_page_id": 1,
    }


def _maintenance(work: Maintenance, phase: Phase) -> Object:
    begin, end = _time(work.begin), _time(work.end)
    minutes = int((work.end - work.begin).total_seconds() // 60)
    return {
        "id": work.id,
        "title": work.title,
        "description": work.text,
        "strategy": "single",
        "intervalDay": 1,
        "active": True,
        "dateRange": [begin, end],
        "timeRange": [{"hours": 0, "minutes": 0}, {"hours": 0, "minutes": 0}],
        "weekdays": [],
        "daysOfMonth": [],
        "timeslotList": [{"startDate": begin, "endDate": end}],
        "cron": None,
        "duration": minutes * 60,
        "durationMinutes": minutes,
        "timezone": "UTC",
        "timezoneOption": "UTC",
        "timezoneOffset": "+00:00",
        "status": _PHASES[phase],
    }


def _listed(beats: Iterable[Beat], is_worked_on: bool) -> list[Object]:
    found: list[Object] = [
        {
            "status": DOWN if beat.status_id == StatusId.OUTAGE else UP,
            "time": beat.time, "msg": "", "ping": None,
        }
        for beat in beats
    ]  # fmt: skip
    if is_worked_on:
        found[-1]["status"] = MAINTENANCE
    return found


def _outages(board: PublicBoard) -> dict[int, timedelta]:
    """How long each service was out in the last 24 hours; those that were not are left out."""
    since, found = board.made - _DAY, dict[int, timedelta]()
    for one in board.disruptions:
        ends = [change.time for change in one.changes[1:]] + [one.end or board.made]
        for change, end in zip(one.changes, ends, strict=True):
            if change.status_id == StatusId.OUTAGE and end > since:
                lasted = end - max(change.time, since)
                found[one.service_id] = found.get(one.service_id, timedelta()) + lasted
    return found


def _uptime(service: PublicService, board: PublicBoard, outages: Mapping[int, timedelta]) -> float:
    """The share of the last 24 hours, or of its life, in which it was not out.

    Of today where nothing that is over is shown.
    """
    if not board.choices.past_days:
        today = uptime(service.days[-1:])
        return 1.0 if today is None else round(today, 6)
    lived = min(_DAY, board.made - service.created)
    outage = min(outages.get(service.id, timedelta()), lived)
    return round(1 - outage / lived, 6) if lived > timedelta() else 1.0


def _time(time: datetime) -> str:
    utc = time.astimezone(UTC)
    return utc.strftime("%Y-%m-%d %H:%M:%S.") + f"{utc.microsecond // 1000:03}"
