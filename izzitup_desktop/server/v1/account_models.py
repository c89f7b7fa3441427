"""What comes in and goes out of accounts and tokens."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StrictBool,
    StrictStr,
    model_validator,
)

from izzitup_desktop.domain.accounts import NAME_MOST, Role
from izzitup_desktop.domain.scopes import Scope
from izzitup_desktop.domain.tokens import (
    LIMITS_MOST,
    NAME_MOST as TOKEN_NAME_MOST,
    TokenKind,
    TokenState,
)
from izzitup_desktop.server.v1.change_models import DryRun
from izzitup_desktop.server.v1.models import Known, PageQuery
from izzitup_desktop.server.v1.values import (
    NOT_EMPTY,
    GroupWord,
    ServiceWord,
    Time,
    Word,
    patched,
    sorted_by,
)

PASSWORD_MOST = 1_024

RoleWord = Annotated[
    StrictStr, Field(description="administrator, editor or viewer.", examples=["editor"])
]
Password = Annotated[
    SecretStr,
    Field(max_length=PASSWORD_MOST, description="Never answered.", examples=["correct horse b."]),
]
LimitGroups = Annotated[
    list[Word],
    Field(max_length=1_000, description="Groups an editor is limited to, by id or name."),
]
AccountWord = Annotated[Word | None, Field(description="An account, by its id or name.")]


class AccountQuery(PageQuery):
    """Which accounts, in which order. What is left out does not count."""

    name: Annotated[str, Field(max_length=256, description="Called this, in any case.")] = ""
    role: Annotated[list[Role], Field(max_length=4, description="Of one of these roles.")] = []
    active: Annotated[bool | None, Field(description="Enabled ones alone, or disabled.")] = None
    group: Annotated[
        list[str],
        Field(max_length=50, description="Limited to one of these, by id or name; empty: to none."),
    ] = []
    q: Annotated[str, Field(max_length=200, description="Words that its name has.")] = ""
    sort: Annotated[str, sorted_by("name", "id", "role", "created", "updated")] = "name"


class NewAccount(Known):
    """An account to add."""

    name: Annotated[StrictStr, Field(max_length=NAME_MOST), NOT_EMPTY]
    role: RoleWord
    password: Password
    groups: LimitGroups = []


class AccountPatch(Known):
    """What to change of an account; what is left out stays. A merge patch (RFC 7396)."""

    model_config = ConfigDict(json_schema_extra=patched("active", "groups"))

    role: RoleWord = ""
    active: StrictBool = True
    groups: LimitGroups = []
    password: Password = SecretStr("")

    @model_validator(mode="before")
    @classmethod
    def _as_in_a_new_one(cls, sent: Any) -> Any:
        """What is null is what it would be in a new account."""
        if not isinstance(sent, dict):
            return sent
        default = {"active": True, "groups": []}
        return {
            name: default[name] if value is None and name in default else value
            for name, value in sent.items()
        }


class NamedOrGone(BaseModel):
    """Something by its id; the name of what is gone is null."""

    id: int
    name: str | None


class AccountShown(BaseModel):
    """An account, without anything that signs in to it."""

    model_config = ConfigDict(extra="forbid")

    id: int
    name: str
    role: Role
    active: bool
    groups: list[NamedOrGone]
    created: AwareDatetime
    updated: AwareDatetime
    links: dict[str, str]


class AccountPage(BaseModel):
    """A page of accounts."""

    items: list[AccountShown]
    next: str | None


class AccountTried(AccountShown):
    """An account as it would be; one that would be new has no `id` yet."""

    id: int | None  # type: ignore[assignment]


class AccountsTried(DryRun):
    """What would be. Nothing was changed."""

    items: list[AccountTried]


class TokenQuery(PageQuery):
    """Which tokens, in which order. What is left out does not count."""

    account: Annotated[str, Field(max_length=256, description="Of this one, by id or name.")] = ""
    group: Annotated[
        str, Field(max_length=400, description="Of automation of this group, by id or name.")
    ] = ""
    state: Annotated[list[TokenState], Field(max_length=4, description="In these states.")] = []
    scope: Annotated[list[Scope], Field(max_length=5, description="With all of these.")] = []
    q: Annotated[str, Field(max_length=200, description="Words that its name has.")] = ""
    sort: Annotated[str, sorted_by("id", "name", "created", "expires")] = "id"


class TokenLimits(Known):
    """The services and groups that a token is for."""

    services: Annotated[list[ServiceWord], Field(max_length=LIMITS_MOST)] = []
    groups: Annotated[list[Word], Field(max_length=LIMITS_MOST)] = []


class NewTokenBody(Known):
    """A token to make: of an account (one's own, if none is named) or of automation."""

    name: Annotated[StrictStr, Field(max_length=TOKEN_NAME_MOST), NOT_EMPTY]
    account: AccountWord = None
    group: GroupWord = None
    scopes: Annotated[list[Scope], Field(max_length=5, description="What it is for.")] = [
        Scope.READ
    ]
    limits: Annotated[
        TokenLimits | None, Field(description="Nothing but these; null for no limit.")
    ] = None
    expires: Annotated[
        Time | None, Field(description="When it ends; null for never by itself.")
    ] = None


class ServiceOrGone(NamedOrGone):
    """A service by its id, with its key and name while it is on the board."""

    key: str | None


class LimitsShown(BaseModel):
    """What a token is limited to; what is empty on both sides is nothing at all."""

    services: list[ServiceOrGone]
    groups: list[NamedOrGone]


class LastUseShown(BaseModel):
    """When a token was used last, from where, and by which route."""

    time: AwareDatetime
    address: str
    route: str


class TokenShown(BaseModel):
    """A token, without itself; `ending` is its last characters."""

    model_config = ConfigDict(extra="forbid")

    id: int
    name: str
    kind: str
    account: NamedOrGone | None
    group: NamedOrGone | None
    scopes: list[Scope]
    limits: LimitsShown | None
    state: TokenState
    ending: str
    created: AwareDatetime
    created_by: str
    expires: AwareDatetime | None
    revoked: AwareDatetime | None
    last_use: LastUseShown | None
    links: dict[str, str]


class TokenMade(TokenShown):
    """A new token with itself: told this once, and kept nowhere."""

    token: str


class TokenPage(BaseModel):
    """A page of tokens."""

    items: list[TokenShown]
    next: str | None


class TokenTried(TokenShown):
    """A token as it would be; one that would be new has no `id` yet."""

    id: int | None  # type: ignore[assignment]


class TokensTried(DryRun):
    """What would be. Nothing was changed."""

    items: list[TokenTried]


KIND_WORDS = {TokenKind.ACCOUNT: "account", TokenKind.AUTOMATION: "automation"}
"""What kinds of tokens are called; others are called by what they begin with."""
