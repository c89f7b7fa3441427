"""What comes in and goes out of the trash."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, Field

from izzitup_desktop.server.v1 import values
from izzitup_desktop.server.v1.models import Page, PageQuery, ServiceShown


class TrashQuery(PageQuery):
    """Which removed services, in which order. What is left out does not count."""

    group: Annotated[
        list[str],
        Field(description="Groups, by id or name; any of several, empty for none.", max_length=50),
    ] = []
    q: Annotated[str, Field(max_length=200, description="Words, all of which it has.")] = ""
    sort: Annotated[str, values.sorted_by("removed", "name", "key", "id")] = "-removed"


class RemovedShown(BaseModel):
    """A service in the trash."""

    service: ServiceShown
    removed: AwareDatetime
    removed_by: str
    links: dict[str, str]


class TrashPage(Page):
    """What is in the trash, newest first."""

    items: list[RemovedShown]
