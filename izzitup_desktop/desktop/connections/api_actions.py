"""What the console can ask: of the API v1 and of the services API, as calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.domain.statuses import SETTABLE, STATUS_NAMES
from izzitup_desktop.server import routes
from izzitup_desktop.text.script_lines import PASSWORD, Call, SignInBy

V1, CONTRACT = "v1", "services"
_SERVICES = "/api/services"


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
    """One thing to ask: `name` is its route's where it is of the API v1."""

    api: str
    name: str
    title: Message
    of_service: bool = False
    with_status: bool = False
    query: str = ""
    body: Callable[[Wanted], Mapping[str, Any]] | None = None

    @property
    def is_write(self) -> bool:
        """Whether it changes something, and needs a sign-in."""
        return self.body is not None

    def call(self, wanted: Wanted) -> Call:
        """The request. Where the body says who asks nothing else does."""
        body = None if self.body is None else self.body(wanted)
        if self.api == CONTRACT:
            return Call("GET" if body is None else "POST", _SERVICES, body)
        row = routes.of_name(self.name)
        path = row.path.replace("{service}", quote(wanted.service, safe=""))
        query = self.query.replace("{service}", quote(wanted.service, safe=""))
        if wanted.is_trial and self.is_write:
            query = "dry_run=true"
        path += f"?{query}" if query else ""
        return Call(row.method, path, body, wanted.sign_in, wanted.user)


def actions(api: str) -> tuple[ApiAction, ...]:
    """All that can be asked of one of the two; what this server has no route for is left out."""
    known = {row.name for row in routes.ROUTES}
    return tuple(one for one in _ALL if one.api == api and (api == CONTRACT or one.name in known))


def _status(wanted: Wanted) -> dict[str, Any]:
    body: dict[str, Any] = {"status": STATUS_NAMES[wanted.status_id].lower()}
    return {**body, "comment": wanted.comment} if wanted.comment else body


def _nothing(_wanted: Wanted) -> dict[str, Any]:
    return {}


def _setstatus(wanted: Wanted) -> dict[str, Any]:
    return {
        "action": "setstatus", "service": wanted.service_id, "status": wanted.status_id,
        "user": wanted.user, "pwd": PASSWORD,
    }  # fmt: skip


_ALL = (
    ApiAction(V1, "read_summary", msg("See the board in one look")),
    ApiAction(V1, "list_services", msg("List all services")),
    ApiAction(
        V1, "list_services", msg("List what is not operational"),
        query="status=outage&status=impaired&sort=-since",
    ),
    ApiAction(V1, "read_service", msg("Read a service"), of_service=True),
    ApiAction(
        V1, "set_status", msg("Set a status"), of_service=True, with_status=True, body=_status
    ),
    ApiAction(V1, "confirm_service", msg("Confirm a status"), of_service=True, body=_nothing),
    ApiAction(V1, "hold_service", msg("Hold a status"), of_service=True, body=_nothing),
    ApiAction(V1, "release_service", msg("Release a status"), of_service=True, body=_nothing),
    ApiAction(
        V1, "list_journal", msg("See what happened to a service"), of_service=True,
        query="service={service}&limit=10",
    ),
    ApiAction(V1, "list_groups", msg("List all groups")),
    ApiAction(CONTRACT, "setstatus", msg("Set a status"), of_service=True, with_status=True,
              body=_setstatus),
    ApiAction(CONTRACT, "list", msg("List all services")),
)  # fmt: skip
