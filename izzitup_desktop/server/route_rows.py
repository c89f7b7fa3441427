"""What a row of the table of routes says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from izzitup_desktop.domain.accounts import Action


class RouteClass(StrEnum):
    """What kind of thing answers; its limits and deadlines are `limits.ClassLimits`."""

    CONTRACT = "contract"
    API = "api"
    STREAM = "stream"
    PAGE = "page"
    UPLOAD = "upload"


class Visibility(StrEnum):
    """What of the board an answer shows."""

    NOTHING = "nothing"
    """The same to everybody, whatever is on the board."""
    PUBLIC = "public"
    """What everybody may see of the board, whoever asks."""
    SEEN = "seen"
    """What whoever asks may see of the picture."""
    SIGNED_IN = "signed in"
    """More than the public may see; nobody else gets an answer."""


@dataclass(frozen=True)
class RouteRow:
    """One route: `action` is what whoever asks must be allowed to do, None for nothing.

    `takes_body`: a JSON document comes with it; `takes_secret`: with a password in it.
    `query`: the names that it knows, where it passes over others; `is_framed`: pages of
    other sites may have it in a frame; `is_picture`: they may show it;
    `reads_past`: it may take a while, as what is over has to be read.
    """

    name: str
    method: str
    path: str
    kind: RouteClass
    action: Action | None
    shows: Visibility
    takes_body: bool = False
    takes_secret: bool = False
    query: tuple[str, ...] = ()
    is_framed: bool = False
    is_picture: bool = False
    reads_past: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What a path of this route looks like."""
        parts = self.path.split("/")
        return re.compile(
            "/".join(
                f"(?P<{part[1:-1]}>[^/]+)" if part.startswith("{") else re.escape(part)
                for part in parts
            )
        )
