"""What is told of changes: those of the journal, and those that would be."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Subject(BaseModel):
    """What an entry is about, as it was called then; what would be new has no `id` yet."""

    kind: str
    id: int | None
    name: str


ChangedFields = Annotated[
    dict[str, Any],
    Field(
        description=(
            "The changed fields alone, named and shaped as in the thing itself: statuses with "
            "their names, times in UTC; groups and services by their ids alone, since what they "
            "are called may have changed. Kinds of newer versions have what these have."
        ),
        examples=[{"status": {"id": 7, "name": "Outage"}, "group": {"id": 1}, "held_by": None}],
    ),
]


class ChangeShown(BaseModel):
    """What happened, or would happen; without an `account_id` where no account did it."""

    kind: str
    actor: str
    account_id: int | None
    origin: str
    subject: Subject
    before: ChangedFields
    after: ChangedFields
    comment: str


class EntryShown(ChangeShown):
    """An entry of the journal."""

    id: int
    time: AwareDatetime
    undoes: int | None
    operation_id: int


class Told(BaseModel):
    """How many would be told of a change in one way, and the words where it has such."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"by": "stream", "count": 3},
                {
                    "by": "desk",
                    "count": 2,
                    "text": "E-Mail: Outage\nWas Operational. Set by monitor.\nThe disk is full",
                },
            ]
        },
    )

    by: Annotated[
        str,
        Field(
            description="`stream`: those who listen and may hear of it. `desk`: programs that "
            "have the board open. There may be others one day."
        ),
    ]
    count: Annotated[int, Field(ge=1)]
    text: Annotated[
        str, Field(description="What people read, in English; a desk says it in its own language.")
    ] = ""


class DryRun(BaseModel):
    """What would be. Nothing was changed."""

    dry_run: bool
    changes: list[ChangeShown]
    told: Annotated[
        list[Told], Field(description="Who would be told, an item each way; empty for nobody.")
    ]
