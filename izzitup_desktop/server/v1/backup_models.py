"""What goes out of backups."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from izzitup_desktop.server.v1.change_models import DryRun
from izzitup_desktop.server.v1.models import PageQuery, StatusShown
from izzitup_desktop.server.v1.values import Time, sorted_by


class Made(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    SCHEDULED = "scheduled"
    BEFORE_RESTORE = "before-restore"
    BEFORE_UPGRADE = "before-upgrade"


class BackupQuery(PageQuery):
    """Which backups, in which order. What is left out does not count."""

    made: Annotated[list[Made], Field(max_length=4, description="Made for one of these.")] = []
    since: Annotated[Time | None, Field(description="At this time or later, with its zone.")] = None
    until: Annotated[Time | None, Field(description="Before this time, with its zone.")] = None
    sort: Annotated[str, sorted_by("time", "name", "size")] = "-time"


class BackupShown(BaseModel):
    """A backup in the board's folder, by the name of its file."""

    model_config = ConfigDict(extra="forbid")

    name: str
    time: AwareDatetime
    size_bytes: int
    made: Made
    links: dict[str, str]


class BackupPage(BaseModel):
    """A page of backups."""

    items: list[BackupShown]
    next: str | None


class BackupsTried(DryRun):
    """A backup would be made. Nothing was changed."""

    items: list[BackupShown]


class BackupBegun(BaseModel):
    """A backup that is still being made."""

    name: str
    links: dict[str, str]


class ContentsSide(BaseModel):
    """What is on a board: how many of each, and its newest change."""

    services: int
    groups: int
    accounts: int
    changed: AwareDatetime | None
    changed_by: str


class ServiceThen(BaseModel):
    """A service of which the backup has something else than the board."""

    id: int
    key: str
    name: str


class StatusThen(ServiceThen):
    """A service that has another status in the backup (`then`) than on the board (`now`)."""

    then: StatusShown
    now: StatusShown


class DifferenceShown(BaseModel):
    """What going back would do to services.

    `coming` are only in the backup, `going` only on the board.
    """

    coming: list[ServiceThen]
    going: list[ServiceThen]
    other_status: list[StatusThen]
    edited: list[ServiceThen]


class ContentsShown(BaseModel):
    """What is in a backup, what is on the board now, and how the services differ."""

    name: str
    then: ContentsSide
    now: ContentsSide
    difference: DifferenceShown
