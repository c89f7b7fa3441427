"""What comes in and what goes out, as models: they check the one and document both."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictStr,
    model_validator,
)

from izzitup_desktop.domain.comments import COMMENT_MOST
from izzitup_desktop.domain.services import (
    DESCRIPTION_MOST,
    KEY_MOST,
    NOTE_MOST,
    URL_MOST,
)
from izzitup_desktop.server.v1 import values
from izzitup_desktop.server.v1.change_models import ChangeShown, DryRun, EntryShown

LIMIT_MOST = 1_000
"""So many things stand on one page at most."""

MANY_MOST = 1_000
"""The statuses of so many services are set at once at most."""

OnThePage = Annotated[
    StrictBool, Field(description="Whether the comment is meant for the page, which all see.")
]

_NO_NUL = r"^[^\u0000]*$"
"""What the database is asked for has no NUL: no text that is stored has one."""


class Known(BaseModel):
    """Of what comes in nothing is passed over: a name that is not known is refused."""

    model_config = ConfigDict(extra="forbid")


class PageQuery(Known):
    """Which page of a list."""

    limit: Annotated[int, Field(ge=1, le=LIMIT_MOST, description="How many at most.")] = 100
    cursor: values.CursorText = ""


class ServiceQuery(PageQuery):
    """Which services, in which order. What is left out does not count."""

    status: Annotated[
        list[str], Field(description="Statuses, by id or name; any of several.", max_length=8)
    ] = []
    group: Annotated[
        list[str],
        Field(description="Groups, by id or name; any of several, empty for none.", max_length=50),
    ] = []
    q: Annotated[str, Field(max_length=200, description="Words, all of which it has.")] = ""
    hidden: Annotated[bool | None, Field(description="Hidden ones alone, or none.")] = None
    stale: Annotated[bool | None, Field(description="Stale ones alone, or none.")] = None
    held: Annotated[
        bool | None, Field(description="Held ones alone, or none; needs a sign-in.")
    ] = None
    sort: Annotated[
        str, values.sorted_by("id", "name", "key", "status", "since", "updated", "position")
    ] = "id"


class JournalQuery(PageQuery):
    """Which entries of the journal, newest first."""

    service: Annotated[str, Field(max_length=40, description="Of this one, by id or key.")] = ""
    kind: Annotated[
        list[str], Field(max_length=50, description="Of this kind; any of several.")
    ] = []
    subject: Annotated[
        list[str],
        Field(max_length=20, description="About these: service, group, account, …"),
    ] = []
    origin: Annotated[
        list[str],
        Field(max_length=10, description="By these faces: desktop, api, cli, schedule."),
    ] = []
    since: Annotated[
        values.Time | None, Field(description="At this time or later, with its zone.")
    ] = None
    until: Annotated[values.Time | None, Field(description="Before this time, with its zone.")] = (
        None
    )
    actor: Annotated[str, Field(max_length=64, pattern=_NO_NUL, description="By this account.")] = (
        ""
    )
    q: Annotated[
        str, Field(max_length=200, pattern=_NO_NUL, description="Words, all of which it has.")
    ] = ""


class WriteQuery(Known):
    """How something is changed."""

    dry_run: Annotated[
        bool, Field(description="Only say what would change, and change nothing.")
    ] = False


class StatusBody(Known):
    """The status to set, and what goes with it."""

    status: values.StatusWord
    comment: Annotated[StrictStr, Field(max_length=COMMENT_MOST, description="Why.")] = ""
    until: Annotated[
        values.Time | None,
        Field(description="When it ends; null for never by itself."),
    ] = None
    then: Annotated[
        values.SettableWord | None,
        Field(description="Which status follows then; null to have somebody asked."),
    ] = None
    hold: Annotated[StrictBool, Field(description="Keep scripts from changing it.")] = False
    public: OnThePage = False


class StatusesBody(StatusBody):
    """The same status for several services: all of them, or none."""

    services: Annotated[list[values.ServiceWord], Field(min_length=1, max_length=MANY_MOST)]


class CommentBody(Known):
    """What is said with a change."""

    comment: Annotated[StrictStr, Field(max_length=COMMENT_MOST, description="Why.")] = ""
    public: OnThePage = False


class ServiceFields(Known):
    """What people say of a service."""

    key: Annotated[StrictStr, Field(max_length=KEY_MOST)] = ""
    description: Annotated[StrictStr, Field(max_length=DESCRIPTION_MOST)] = ""
    url: Annotated[StrictStr, Field(max_length=URL_MOST)] = ""
    check_url: Annotated[StrictStr, Field(max_length=URL_MOST)] = ""
    hidden: StrictBool = False
    group: values.GroupWord = None
    note: Annotated[StrictStr, Field(max_length=NOTE_MOST)] = ""
    stale_minutes: values.Minutes = 0


class NewService(ServiceFields):
    """A service to add."""

    name: values.NameText
    status: values.StatusWord = "Operational"


class ServicePatch(ServiceFields):
    """What to change of a service; what is left out stays, what is null is as in a new one.

    A merge patch (RFC 7396).
    """

    model_config = ConfigDict(json_schema_extra=values.patched(*ServiceFields.model_fields))

    name: values.NameText = Field(default_factory=str)

    @model_validator(mode="before")
    @classmethod
    def _as_in_a_new_one(cls, sent: Any) -> Any:
        """What is null is what it would be in a new service."""
        if not isinstance(sent, dict):
            return sent
        known = ServiceFields.model_fields
        return {
            name: known[name].default if value is None and name in known else value
            for name, value in sent.items()
        }


class StatusShown(BaseModel):
    """A status."""

    id: int
    name: str


class StatusListed(StatusShown):
    """A status, and what may have it."""

    for_services: bool
    for_events: bool


class GroupNamed(BaseModel):
    """A group's id and name."""

    id: int
    name: str


class ProposalShown(BaseModel):
    """What a script would have set, had nobody held the status."""

    status: StatusShown
    by: str
    time: AwareDatetime


class ServiceShown(BaseModel):
    """A service. From `comment` on: only for those who signed in."""

    model_config = ConfigDict(extra="forbid")

    id: int
    key: str
    name: str
    description: str
    url: str
    check_url: str
    status: StatusShown
    since: AwareDatetime
    until: AwareDatetime | None
    then: StatusShown | None
    confirmed: AwareDatetime
    stale: bool
    stale_minutes: int
    group: GroupNamed | None
    created: AwareDatetime
    updated: AwareDatetime
    links: dict[str, str]
    comment: str = ""
    comment_public: bool = False
    changed_by: str = ""
    held_by: str | None = None
    proposal: ProposalShown | None = None
    hidden: bool = False
    note: str = ""


class ServiceTried(ServiceShown):
    """A service as it would be; one that would be new has no `id` yet."""

    id: int | None  # type: ignore[assignment]


class Counts(BaseModel):
    """How many services have which status."""

    operational: int
    impaired: int
    outage: int
    closed: int


class GroupShown(BaseModel):
    """A group, with the worst status of its services."""

    model_config = ConfigDict(extra="forbid")

    id: int
    name: str
    position: int
    status: StatusShown
    counts: Counts
    links: dict[str, str]


class SummaryShown(BaseModel):
    """The board in one look. `journal_id` is only for those who may read the journal."""

    model_config = ConfigDict(extra="forbid")

    status: StatusShown
    since: AwareDatetime | None
    total: int
    counts: Counts
    stale: int
    journal_id: int | None = None


class Page(BaseModel):
    """A page of a list; `next` is the cursor of the one after it."""

    next: str | None


class StatusPage(Page):
    """All statuses."""

    items: list[StatusListed]


class ServicePage(Page):
    """A page of services."""

    items: list[ServiceShown]


class GroupPage(Page):
    """All groups, in the order of the board."""

    items: list[GroupShown]


class EntryPage(Page):
    """A page of the journal."""

    items: list[EntryShown]


class ServicesSet(BaseModel):
    """The services whose status was set, and the operation that undo takes back."""

    items: list[ServiceShown]
    operation_id: int | None


class Undone(BaseModel):
    """What was taken back: the services it was about, as they are now, and the changes."""

    items: list[ServiceShown]
    changes: list[ChangeShown]
    operation_id: int


class Tried(DryRun):
    """What would be: the services as they would be, and the changes. Nothing was changed."""

    items: list[ServiceTried]
