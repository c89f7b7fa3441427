"""What goes out where something can't be done, as a model."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from izzitup_desktop.server.v1.change_models import Told


class ProblemError(BaseModel):
    """One value that can't be taken: where in the body, or which parameter of the query."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class ProblemShown(BaseModel):
    """Why there is no answer (RFC 9457). `type` is a page that explains it.

    `current` is the thing as it is now, where it is not what was read before. `told` has who
    would be told of the proposal that a refused status leaves, where it was only tried.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[ProblemError] = []
    hint: str = ""
    current: dict[str, Any] | None = None
    changed_by: str = ""
    told: list[Told] = []
