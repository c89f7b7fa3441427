"""The values that requests hold: how they are checked, and what the document tells of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AwareDatetime, BeforeValidator, Field, StrictInt, StrictStr
from pydantic_core import PydanticCustomError

from izzitup_desktop.domain.services import NAME_MOST, STALE_MINUTES_MOST
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES

_DATE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]")

CURSOR_MOST = 1_900
"""A cursor has to fit into an address."""


def told(**schema: Any) -> Any:
    """What the document tells, and the domain asks for."""
    return Field(json_schema_extra=schema)


def sorted_by(*names: str) -> Any:
    """An order: one of the names, with a minus downwards."""
    return Field(
        description=f"{', '.join(names[:-1])} or {names[-1]}; with - downwards.",
        json_schema_extra={"pattern": f"^-?({'|'.join(names)})$"},
    )


def _whole(sent: Any) -> Any:
    """For JSON 7.0 is as whole a number as 7."""
    return int(sent) if isinstance(sent, float) and sent.is_integer() else sent


def _written(sent: Any) -> Any:
    """A time is a text; a number is none of a calendar's."""
    if isinstance(sent, int | float) or (isinstance(sent, str) and not _DATE.match(sent)):
        raise PydanticCustomError("datetime_type", "A time is written as 2026-11-27T08:30:00Z")
    return sent


def patched(*nullable: str) -> Callable[[dict[str, Any]], None]:
    """Tell of a merge patch which fields may be null, and that nothing has a default."""

    def tell(schema: dict[str, Any]) -> None:
        for name, field in schema["properties"].items():
            # What is left out stays as it is.
            field.pop("default", None)
            if name in nullable and "type" in field:
                field["type"] = [field["type"], "null"]

    return tell


AS_WHOLE = BeforeValidator(_whole)
NOT_EMPTY = told(minLength=1, pattern=r"\S")

Time = Annotated[AwareDatetime, BeforeValidator(_written)]
Whole = Annotated[StrictInt, AS_WHOLE]
Word = Whole | StrictStr
SettableWord = Annotated[Whole, told(minimum=min(SETTABLE), maximum=max(SETTABLE))] | StrictStr
StatusWord = Annotated[
    SettableWord,
    Field(
        description="A status, by its id or by its name in any case.",
        examples=[STATUS_NAMES[id_] for id_ in reversed(SETTABLE)],
    ),
]
ServiceWord = Annotated[Word, Field(description="A service, by its id or key.")]
GroupWord = Annotated[
    Word | None, Field(description="A group, by its id or name; null for none.", examples=["Core"])
]
NameText = Annotated[StrictStr, Field(max_length=NAME_MOST), NOT_EMPTY]
Minutes = Annotated[StrictInt, Field(ge=0, le=STALE_MINUTES_MOST), AS_WHOLE]
CursorText = Annotated[
    str,
    Field(max_length=CURSOR_MOST, description="`next` of the page before."),
    told(pattern="^[A-Za-z0-9_-]*$"),
]
