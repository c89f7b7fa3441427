"""What the console can ask: of the API v1 and of the services API, as calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES
from izzitup_desktop.text.script_lines import Call, SignInBy, set_status

V1, CONTRACT = "v1", "services"
_ROOT, _SERVICES = "/api/v1", "/api/services"
_STATUS = "/services/{service}/status"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen: a service by its id and what it is named by, a status, a comment."""

    service_id: int = 0
    service: str = ""
    status_id: int = int(SETTABLE[0])
    comment: str = ""
    is_trial: bool = False
    sign_in: SignInBy = SignInBy.NOTHING
    user: str = ""


@dataclass(frozen=True, slots=True)
class ApiAction:
    """One thing to ask; `{service}` in `path` stands for what a service is named by."""

    api: str
    title: Message
    method: str = "GET"
    path: str = ""
    with_status: bool = False
    body: Callable[[Wanted], Mapping[str, Any]] | None = None

    @property
    def is_write(self) -> bool:
        """Whether it changes something, and needs a sign-in."""
        return self.method != "GET"

    @property
    def of_service(self) -> bool:
        """Whether it is about one service."""
        return self.with_status or "{service}" in self.path

    def call(self, wanted: Wanted) -> Call:
        """The request. Where the body says who asks nothing else does."""
        if self.api == CONTRACT:
            if not self.is_write:
                return Call("GET", _SERVICES)
            return set_status(wanted.service_id, wanted.status_id, wanted.user)
        path = _ROOT + self.path.replace("{service}", quote(wanted.service, safe=""))
        if wanted.is_trial and self.is_write:
            path += "?dry_run=true"
        body = None if self.body is None else self.body(wanted)
        return Call(self.method, path, body, wanted.sign_in, wanted.user)


def actions(api: str) -> tuple[ApiAction, ...]:
    """All that can be asked of one of the two."""
    return tuple(one for one in _ALL if one.api == api)


def _set(wanted: Wanted) -> dict[str, Any]:
    return {"status": STATUS_NAMES[wanted.status_id].lower(), **_said(wanted)}


def _said(wanted: Wanted) -> dict[str, Any]:
    return {"comment": wanted.comment} if wanted.comment else {}


_ALL = (
    ApiAction(V1, msg("See the board in one look"), path="/summary"),
    ApiAction(V1, msg("List all services"), path="/services"),
    ApiAction(
        V1, msg("List what is not operational"),
        path="/services?status=outage&status=impaired&sort=-since",
    ),
    ApiAction(V1, msg("Read a service"), path="/services/{service}"),
    ApiAction(V1, msg("Set a status"), "PUT", _STATUS, with_status=True, body=_set),
    ApiAction(V1, msg("Confirm a status"), "POST", "/services/{service}/confirm", body=_said),
    ApiAction(V1, msg("Hold a status"), "POST", "/services/{service}/hold", body=_said),
    ApiAction(V1, msg("Release a status"), "POST", "/services/{service}/release", body=_said),
    ApiAction(
        V1, msg("See what happened to a service"), path="/journal?service={service}&limit=10"
    ),
    ApiAction(V1, msg("List all groups"), path="/groups"),
    ApiAction(CONTRACT, msg("Set a status"), "POST", with_status=True),
    ApiAction(CONTRACT, msg("List all services")),
)  # fmt: skip
