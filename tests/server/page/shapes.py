"""The shapes that other programs' APIs have: every name is there, none is too much."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-z]{12}$")]
Time = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
Text = Annotated[str, StringConstraints(min_length=1)]
Address = Annotated[str, StringConstraints(pattern=r"^http://[^/ ]+[^ ]*[^/ ]$")]
ComponentStatus = Literal[
    "operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"
]  # fmt: skip


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")


class CamelShape(Shape):
    """One whose names are written likeThis."""

    model_config = ConfigDict(strict=True, extra="forbid", alias_generator=to_camel)


class Page(Shape):
    id: Id
    name: Text
    url: Address
    time_zone: Text
    updated_at: Time


class Status(Shape):
    indicator: Literal["none", "minor", "major", "critical", "maintenance"]
    description: Text


class Component(Shape):
    id: Id
    name: Text
    status: ComponentStatus
    created_at: Time
    updated_at: Time
    position: Annotated[int, Field(ge=1)]
    description: Text | None
    showcase: bool
    start_date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d$")] | None
    group_id: Id | None
    page_id: Id
    group: Literal[False]
    only_show_if_degraded: bool


class Group(Shape):
    id: Id
    name: Text
    status: ComponentStatus
    created_at: Time
    updated_at: Time
    position: Annotated[int, Field(ge=1)]
    description: None
    showcase: bool
    start_date: None
    group_id: None
    page_id: Id
    group: Literal[True]
    only_show_if_degraded: bool
    components: list[Id]


class Affected(Shape):
    code: Id
    name: Text
    old_status: ComponentStatus
    new_status: ComponentStatus


class IncidentUpdate(Shape):
    id: Id
    status: Literal[
        "investigating", "identified", "monitoring", "resolved", "postmortem",
        "scheduled", "in_progress", "verifying", "completed",
    ]  # fmt: skip
    body: Text
    incident_id: Id
    created_at: Time
    updated_at: Time
    display_at: Time
    affected_components: list[Affected]
    deliver_notifications: bool
    custom_tweet: None
    tweet_id: None


class Incident(Shape):
    id: Id
    name: Text
    status: Literal["investigating", "identified", "monitoring", "resolved", "postmortem"]
    impact: Literal["none", "minor", "major", "critical"]
    created_at: Time
    updated_at: Time
    started_at: Time
    monitoring_at: Time | None
    resolved_at: Time | None
    shortlink: Address
    page_id: Id
    incident_updates: Annotated[list[IncidentUpdate], Field(min_length=1)]
    components: list[Component]


class Maintenance(Incident):
    status: Literal["scheduled", "in_progress", "verifying", "completed"]  # type: ignore[assignment]
    impact: Literal["maintenance"]  # type: ignore[assignment]
    scheduled_for: Time
    scheduled_until: Time


class StatusAnswer(Shape):
    page: Page
    status: Status


class ComponentsAnswer(Shape):
    page: Page
    components: list[Component | Group]


class IncidentsAnswer(Shape):
    page: Page
    incidents: list[Incident]


class MaintenancesAnswer(Shape):
    page: Page
    scheduled_maintenances: list[Maintenance]


class SummaryAnswer(Shape):
    page: Page
    status: Status
    components: list[Component | Group]
    incidents: list[Incident]
    scheduled_maintenances: list[Maintenance]


class Receiver(CamelShape):
    name: Text


class AlertStatus(CamelShape):
    state: Literal["unprocessed", "active", "suppressed"]
    silenced_by: list[str]
    inhibited_by: list[str]
    muted_by: list[str]


class Alert(CamelShape):
    """`gettableAlert` of Alertmanager's own document."""

    annotations: dict[str, str]
    receivers: list[Receiver]
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    starts_at: Time
    updated_at: Time
    ends_at: Time
    status: AlertStatus
    labels: dict[str, Text]
    generator_url: Address = Field(alias="generatorURL")


class VersionInfo(CamelShape):
    version: Text
    revision: str
    branch: str
    build_user: str
    build_date: str
    go_version: str


class ClusterStatus(CamelShape):
    status: Literal["ready", "settling", "disabled"]
    peers: list[str]


class AlertmanagerConfig(CamelShape):
    original: str


class AlertmanagerStatus(CamelShape):
    cluster: ClusterStatus
    version_info: VersionInfo
    config: AlertmanagerConfig
    uptime: Time


KumaTime = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$")]


class Monitor(CamelShape):
    id: int
    name: Text
    send_url: Literal[0, 1]
    type: Text


class MonitorGroup(CamelShape):
    id: int
    name: Text
    weight: int
    monitor_list: list[Monitor]


class KumaIncident(CamelShape):
    id: int
    style: Literal["info", "warning", "danger", "primary", "light", "dark"]
    title: Text
    content: Text
    pin: bool
    active: bool
    created_date: KumaTime
    last_updated_date: KumaTime
    status_page_id: int = Field(alias="status_page_id")


class KumaPage(CamelShape):
    config: dict[str, object]
    incident: KumaIncident | None
    incidents: list[KumaIncident]
    public_group_list: list[MonitorGroup]
    maintenance_list: list[dict[str, object]]


class Heartbeat(CamelShape):
    status: Literal[0, 1, 2, 3]
    time: KumaTime
    msg: Literal[""]
    ping: None


class Heartbeats(CamelShape):
    heartbeat_list: dict[str, Annotated[list[Heartbeat], Field(min_length=1, max_length=100)]]
    uptime_list: dict[str, Annotated[float, Field(ge=0, le=1)]]


class Result(CamelShape):
    duration: int
    success: bool
    timestamp: Time
    errors: list[str] = []


class Endpoint(CamelShape):
    name: Text
    key: Annotated[str, StringConstraints(pattern=r"^[^/., #+&]*_[^/_., #+&]+$")]
    results: list[Result]
    group: Text | None = None
