"""The families of metrics: their names, what they mean, and how they are filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    InfoMetricFamily,
    Metric,
)

from izzitup_desktop import __version__
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.statuses import STATUSES
from izzitup_desktop.server.tally import Answered
from izzitup_desktop.server.v1.pictures import View

_OF_SERVICE = ["service", "group"]
_SHOWN = [status for status in STATUSES if status.for_services]

Ratios = Mapping[str, Mapping[int, float]]
"""By window (`1d`), then by the service's id."""


def services(view: View) -> Iterator[Metric]:
    """What is told of the services that are seen."""
    info = InfoMetricFamily(
        "izzitup_service", "A service by its key (or id), and how it is called.", labels=_OF_SERVICE
    )
    status = GaugeMetricFamily(
        "izzitup_service_status",
        "Which status a service has: 1 for that one, 0 for the others.",
        labels=[*_OF_SERVICE, "status"],
    )
    since = GaugeMetricFamily(
        "izzitup_service_status_since_timestamp_seconds",
        "Since when a service has its status.",
        labels=_OF_SERVICE,
    )
    confirmed = GaugeMetricFamily(
        "izzitup_service_status_confirmed_timestamp_seconds",
        "When somebody last set the status of a service, the same one too.",
        labels=_OF_SERVICE,
    )
    stale = GaugeMetricFamily(
        "izzitup_service_status_stale",
        "1 where nobody confirmed the status for as long as the service allows, else 0.",
        labels=_OF_SERVICE,
    )
    for service in view.seen.services.values():
        labels = _labels(view, service)
        info.add_metric(labels, {"id": str(service.id), "name": service.name})
        for one in _SHOWN:
            status.add_metric([*labels, one.name.lower()], float(service.status_id == one.id))
        since.add_metric(labels, service.since.timestamp())
        confirmed.add_metric(labels, service.confirmed.timestamp())
        stale.add_metric(labels, float(service.stale))
    yield from (info, status, since, confirmed, stale)


def uptimes(view: View, ratios: Ratios) -> Metric:
    """The share of known time without outage."""
    family = GaugeMetricFamily(
        "izzitup_service_uptime_ratio",
        "The share of the time in which somebody watched that a service had no outage.",
        labels=[*_OF_SERVICE, "window"],
    )
    seen = view.seen.services
    for window, of_services in ratios.items():
        for id_, ratio in of_services.items():
            if id_ in seen:
                family.add_metric([*_labels(view, seen[id_]), window], ratio)
    return family


def journal(last_id: int) -> Metric:
    """How far the journal goes."""
    return GaugeMetricFamily(
        "izzitup_journal_entry_id", "The newest entry of the journal that is shown.", value=last_id
    )


def server(counts: Mapping[Answered, int], connections: int) -> Iterator[Metric]:
    """What is told of the program."""
    yield InfoMetricFamily("izzitup_build", "The program.", value={"version": __version__})
    requests = CounterMetricFamily(
        "izzitup_http_requests",
        "Requests that were answered, by class of route and status.",
        labels=["class", "code"],
    )
    for (kind, status), count in sorted(counts.items(), key=lambda item: str(item[0])):
        requests.add_metric(["none" if kind is None else kind.value, str(status)], count)
    yield requests
    yield GaugeMetricFamily("izzitup_http_connections", "Open connections.", value=connections)


def _labels(view: View, service: Service) -> list[str]:
    group = view.group_of(service)
    # No key is digits alone, so that no key is an id.
    return [service.key or str(service.id), "" if group is None else group.name]
