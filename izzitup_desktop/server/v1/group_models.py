"""What comes in and goes out of groups, beside what `models` has of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, StrictInt, StrictStr

from izzitup_desktop.domain.field_rules import COUNT_MOST
from izzitup_desktop.domain.groups import NAME_MOST
from izzitup_desktop.server.v1.change_models import DryRun
from izzitup_desktop.server.v1.models import GroupShown, Known, PageQuery
from izzitup_desktop.server.v1.values import AS_WHOLE, NOT_EMPTY, patched, sorted_by

Position = Annotated[
    StrictInt,
    Field(ge=0, le=COUNT_MOST, description="Groups stand by this, then by name."),
    AS_WHOLE,
]


class GroupQuery(PageQuery):
    """Which groups, in which order. What is left out does not count."""

    status: Annotated[
        list[str],
        Field(description="Whose worst status is one of these, by id or name.", max_length=8),
    ] = []
    q: Annotated[str, Field(max_length=200, description="Words that its name has.")] = ""
    sort: Annotated[str, sorted_by("position", "id", "name", "status")] = "position"


class NewGroup(Known):
    """A group to add; it comes at the end of the board."""

    name: Annotated[StrictStr, Field(max_length=NAME_MOST), NOT_EMPTY]


class GroupPatch(Known):
    """What to change of a group; what is left out stays. A merge patch (RFC 7396)."""

    model_config = ConfigDict(json_schema_extra=patched())

    name: Annotated[StrictStr, Field(max_length=NAME_MOST), NOT_EMPTY] = ""
    position: Position = 0


class GroupTried(GroupShown):
    """A group as it would be; one that would be new has no `id` yet."""

    id: int | None  # type: ignore[assignment]


class GroupsTried(DryRun):
    """What would be. Nothing was changed."""

    items: list[GroupTried]
