"""What Alertmanager's API (v2) answers to those who only read: an alert a service in trouble.

A service that is impaired or out has one alert, of the same fingerprint for as long as
that lasts. There are no silences.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from izzitup_desktop.domain.public_board import PublicBoard, PublicService
from izzitup_desktop.domain.statuses import STATUS_NAMES, StatusId
from izzitup_desktop.server.page.addresses import service_page
from izzitup_desktop.server.page.formats import Document, Wanted
from izzitup_desktop.server.page.json_documents import json_document
from izzitup_desktop.server.page.matchers import Matcher, NotAMatcher, parsed
from izzitup_desktop.server.page.moments import to_millisecond
from izzitup_desktop.server.page.patterns import NotAPattern, Pattern

RECEIVER = "page"
"""Whom all alerts are for."""

RESOLVED_AFTER = timedelta(minutes=5)
"""An alert ends so long after it was last told of, as with Alertmanager's own default."""

VERSION = "0.25.0"
"""The Alertmanager whose API this is: its clients choose by this how to read it."""

FILTERS_MOST = 10
"""So many filters are taken at once: each may be a pattern."""

_SEVERITIES = {StatusId.IMPAIRED: "warning", StatusId.OUTAGE: "critical"}
_TRUE = frozenset(("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled"))


def alerts(board: PublicBoard, wanted: Wanted) -> Document:
    """`alerts`: of the services in trouble those whose labels fit each `filter`."""
    query = wanted.query
    try:
        matchers = _matchers(query.get("filter", ""))
        receiver = Pattern(query.get("receiver") or ".*")
    except (NotAMatcher, NotAPattern):
        return json_document("bad matcher format", status=400)
    # Ours are active, all of them: none is silenced, inhibited or still to be looked at.
    is_asked = _is_true(query.get("active")) and receiver.fits(RECEIVER)
    found = [
        _Alert(service, group.name, board.made, wanted.base)
        for group in board.groups
        for service in group.services
        if is_asked and not service.is_fine
    ]
    fitting = [one for one in found if all(each.fits(one.labels) for each in matchers)]
    fitting.sort(key=lambda one: one.fingerprint)
    return json_document([one.written() for one in fitting])


def status(board: PublicBoard, _wanted: Wanted) -> Document:
    """`status`: no cluster, no configuration that could be read."""
    version = {"version": VERSION, "branch": "", "buildDate": "", "buildUser": ""}
    return json_document(
        {
            "cluster": {"status": "disabled", "peers": []},
            "config": {"original": ""},
            "uptime": to_millisecond(board.since or board.made),
            "versionInfo": {**version, "goVersion": "", "revision": ""},
        }
    )


def silences(_board: PublicBoard, _wanted: Wanted) -> Document:
    """`silences`: none."""
    return json_document([])


def receivers(_board: PublicBoard, _wanted: Wanted) -> Document:
    """`receivers`: the one that alerts name."""
    return json_document([{"name": RECEIVER}])


class _Alert:
    """A service in trouble, as an alert."""

    def __init__(self, service: PublicService, group: str, made: datetime, base: str) -> None:
        self._service, self._made, self._base = service, made, base
        identity = f"{service.id} {service.created.isoformat()}"
        self.fingerprint = hashlib.sha256(identity.encode("utf-8")).hexdigest()[:16]
        status_id = StatusId(service.status_id)
        labels = {
            "alertname": service.name,
            "service": service.name,
            "key": service.key,
            "group": group,
            "instance": urlsplit(base).netloc,
            "severity": _SEVERITIES[status_id],
            "status": STATUS_NAMES[status_id].lower(),
        }
        self.labels = {name: value for name, value in labels.items() if value}

    def written(self) -> dict[str, object]:
        """As the API says it."""
        service = self._service
        return {
            "annotations": self._annotations(),
            "endsAt": to_millisecond(self._made + RESOLVED_AFTER),
            "fingerprint": self.fingerprint,
            "receivers": [{"name": RECEIVER}],
            "startsAt": to_millisecond(service.since),
            "status": {"inhibitedBy": [], "mutedBy": [], "silencedBy": [], "state": "active"},
            "updatedAt": to_millisecond(max(service.confirmed, service.since)),
            "generatorURL": service_page(self._base, service),
            "labels": self.labels,
        }

    def _annotations(self) -> dict[str, str]:
        service = self._service
        found = {"summary": f"{service.name}: {STATUS_NAMES[service.status_id]}"}
        if service.comment:
            # Nagstamon shows the message, others the description.
            found["message"] = found["description"] = service.comment
        if service.expiry is not None:
            found["until"] = to_millisecond(service.expiry.until)
        return found


def _matchers(filters: str) -> Sequence[Matcher]:
    """Those of several values, which are joined by line breaks. Raises `NotAMatcher`."""
    if not filters:
        return []
    several = filters.split("\n")
    if len(several) > FILTERS_MOST:
        raise NotAMatcher
    return [parsed(one) for one in several]


def _is_true(value: str | None) -> bool:
    """As Go's clients write it; true where nothing is said."""
    return not value or value.lower() in _TRUE
