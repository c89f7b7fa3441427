"""Accounts, roles, and the one table of who may do what."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from izzitup_desktop.domain.open_enum import OpenEnum
from izzitup_desktop.domain.scopes import Limits, Scope, TokenRights
from izzitup_desktop.domain.text import fold, is_storable, one_line

NAME_MOST = 64

_TYPED_MOST = 4 * NAME_MOST
"""A name may come decomposed: up to four code points for each of its characters."""
HASH_SCHEME = "v2$"
"""What a stored password hash begins with; bcrypt's own follows."""

_BCRYPT = re.compile(r"\$2b\$([0-9]{2})\$[./A-Za-z0-9]{21}[.Oeu][./A-Za-z0-9]{31}")
_COSTS = range(4, 16)


class Role(StrEnum):
    """What an account is. `PUBLIC` is whoever did not sign in."""

    ADMINISTRATOR = "administrator"
    EDITOR = "editor"
    VIEWER = "viewer"
    PUBLIC = "public"


ACCOUNT_ROLES = (Role.ADMINISTRATOR, Role.EDITOR, Role.VIEWER)


class Origin(OpenEnum):
    """Through which face a change came in."""

    DESKTOP = "desktop"
    API = "api"
    CLI = "cli"
    SCHEDULE = "schedule"


class Action(StrEnum):
    """Everything that needs a permission."""

    SERVICE_LIST = "service.list"
    SERVICE_LIST_HIDDEN = "service.list_hidden"
    SERVICE_SET_STATUS = "service.set_status"
    SERVICE_ADD = "service.add"
    SERVICE_EDIT = "service.edit"
    SERVICE_REMOVE = "service.remove"
    SERVICE_RESTORE = "service.restore"
    SERVICE_PURGE = "service.purge"
    SERVICE_MARK_MISTAKE = "service.mark_mistake"
    GROUP_LIST = "group.list"
    GROUP_ADD = "group.add"
    GROUP_EDIT = "group.edit"
    GROUP_REMOVE = "group.remove"
    ACCOUNT_LIST = "account.list"
    ACCOUNT_MANAGE = "account.manage"
    TOKEN_OWN = "token.own"
    TOKEN_MANAGE = "token.manage"
    JOURNAL_READ = "journal.read"
    JOURNAL_UNDO = "journal.undo"
    UPTIME_READ = "uptime.read"
    HANDOVER_WRITE = "handover.write"
    BOARD_EXPORT = "board.export"
    BOARD_IMPORT = "board.import"
    BOARD_BACKUP = "board.backup"
    BOARD_RESTORE = "board.restore"
    BOARD_SERVE = "board.serve"


_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})
_EDITORS = _ADMINISTRATOR | {Role.EDITOR}
_SIGNED_IN = _EDITORS | {Role.VIEWER}
_EVERYBODY = _SIGNED_IN | {Role.PUBLIC}

PERMISSIONS: dict[Action, frozenset[Role]] = {
    Action.SERVICE_LIST: _EVERYBODY,
    Action.SERVICE_LIST_HIDDEN: _SIGNED_IN,
    Action.SERVICE_SET_STATUS: _EDITORS,
    Action.SERVICE_ADD: _EDITORS,
    Action.SERVICE_EDIT: _EDITORS,
    Action.SERVICE_REMOVE: _EDITORS,
    Action.SERVICE_RESTORE: _EDITORS,
    Action.SERVICE_PURGE: _ADMINISTRATOR,
    Action.SERVICE_MARK_MISTAKE: _EDITORS,
    Action.GROUP_LIST: _EVERYBODY,
    Action.GROUP_ADD: _ADMINISTRATOR,
    Action.GROUP_EDIT: _ADMINISTRATOR,
    Action.GROUP_REMOVE: _ADMINISTRATOR,
    Action.ACCOUNT_LIST: _ADMINISTRATOR,
    Action.ACCOUNT_MANAGE: _ADMINISTRATOR,
    Action.TOKEN_OWN: _SIGNED_IN,
    Action.TOKEN_MANAGE: _ADMINISTRATOR,
    Action.JOURNAL_READ: _SIGNED_IN,
    Action.JOURNAL_UNDO: _EDITORS,
    Action.UPTIME_READ: _SIGNED_IN,
    Action.HANDOVER_WRITE: _EDITORS,
    Action.BOARD_EXPORT: _SIGNED_IN,
    Action.BOARD_IMPORT: _ADMINISTRATOR,
    Action.BOARD_BACKUP: _ADMINISTRATOR,
    Action.BOARD_RESTORE: _ADMINISTRATOR,
    Action.BOARD_SERVE: _ADMINISTRATOR,
}
"""Action -> roles that may do it. What has no row is denied."""

GROUP_BOUND: frozenset[Action] = frozenset(
    {
        Action.SERVICE_SET_STATUS,
        Action.SERVICE_ADD,
        Action.SERVICE_EDIT,
        Action.SERVICE_REMOVE,
        Action.SERVICE_RESTORE,
        Action.SERVICE_MARK_MISTAKE,
        Action.JOURNAL_UNDO,
    }
)
"""Actions for which an Editor's group restriction counts, and a token's limits."""

SCOPE_OF: dict[Action, Scope] = {
    Action.SERVICE_LIST: Scope.READ,
    Action.SERVICE_LIST_HIDDEN: Scope.READ,
    Action.SERVICE_SET_STATUS: Scope.SET,
    Action.SERVICE_ADD: Scope.MANAGE,
    Action.SERVICE_EDIT: Scope.MANAGE,
    Action.SERVICE_REMOVE: Scope.MANAGE,
    Action.SERVICE_RESTORE: Scope.MANAGE,
    Action.SERVICE_PURGE: Scope.MANAGE,
    Action.SERVICE_MARK_MISTAKE: Scope.MANAGE,
    Action.GROUP_LIST: Scope.READ,
    Action.GROUP_ADD: Scope.MANAGE,
    Action.GROUP_EDIT: Scope.MANAGE,
    Action.GROUP_REMOVE: Scope.MANAGE,
    Action.ACCOUNT_LIST: Scope.MANAGE,
    Action.JOURNAL_READ: Scope.READ,
    Action.JOURNAL_UNDO: Scope.SET,
    Action.UPTIME_READ: Scope.READ,
    Action.HANDOVER_WRITE: Scope.MANAGE,
    Action.BOARD_EXPORT: Scope.READ,
    Action.BOARD_IMPORT: Scope.MANAGE,
}
"""Action -> what a token has to be for. What has no row no token may do: nothing that gets
accounts, passwords, other tokens or the whole database into somebody's hands."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account. `group_ids`: what an Editor is limited to; empty is everything.

    `uid` stays with the account for ever and is nobody else's: a row number may be
    another account's after a restore.
    """

    id: int
    uid: str
    name: str
    role: Role
    active: bool
    group_ids: frozenset[int]
    created: datetime
    updated: datetime
    version: int


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account with the hash of its password; the hash stays in the core."""

    account: Account
    password_hash: str


@dataclass(frozen=True, slots=True)
class Principal:
    """Who does something, and through which face.

    With an `account_id` the account is read again wherever the principal reads or writes,
    and holds as it is then, if its `account_uid` is the same. With an `account_version`
    nothing is done once the account was changed since: whoever signed in by a password
    that may be an old one signs in anew.

    With a `token` it is the token that is read again, and the account or group that it
    belongs to. What it may do is less than that by what the token allows.
    """

    name: str
    role: Role
    origin: Origin
    account_id: int | None = None
    group_ids: frozenset[int] = frozenset()
    account_uid: str = ""
    account_version: int | None = None
    token: TokenRights | None = None

    @classmethod
    def of(cls, account: Account, origin: Origin, *, version: int | None = None) -> Principal:
        """`account` acting through `origin`; `version` as in `account_version`."""
        return cls(
            account.name,
            account.role,
            origin,
            account.id,
            account.group_ids,
            account.uid,
            version,
        )

    def as_now(self, account: Account | None) -> Principal:
        """The principal with the rights of its account, as that is now.

        Whose account is gone, disabled or another's has those of the public.
        """
        if self.account_id is None:
            return self
        if account is None or account.uid != self.account_uid or not account.active:
            return replace(self, role=Role.PUBLIC, group_ids=frozenset())
        now = account.name, account.role, account.group_ids
        if now == (self.name, self.role, self.group_ids):
            return self
        return replace(self, name=account.name, role=account.role, group_ids=account.group_ids)


PUBLIC = Principal("public", Role.PUBLIC, Origin.API)

SCHEDULE = Principal("schedule", Role.ADMINISTRATOR, Origin.SCHEDULE)
"""Who acts when nobody does: what was set for a time ends, the trash is emptied."""


def allowed(principal: Principal, action: Action) -> bool:
    """Whether the principal's role may do `action` at all, on some group or other.

    A token allows what its scopes are for, and what everybody may.
    """
    roles = PERMISSIONS.get(action, frozenset())
    if principal.role not in roles:
        return False
    token = principal.token
    return token is None or Role.PUBLIC in roles or _covers(token, action)


def allowed_on(
    principal: Principal, action: Action, group_id: int | None, service_id: int | None = None
) -> bool:
    """Whether the principal may do `action` on a thing of this group (None: of no group).

    `service_id` is the service that it is, None for one that is to be.
    """
    if not allowed(principal, action):
        return False
    if action not in GROUP_BOUND:
        return True
    is_bound = principal.role is Role.EDITOR and bool(principal.group_ids)
    if is_bound and group_id not in principal.group_ids:
        return False
    limits = None if principal.token is None else principal.token.limits
    return limits is None or limits.hold(service_id, group_id)


def hidden_shown_to(principal: Principal) -> Limits:
    """Which hidden services somebody sees who does not see all of them: a token's own."""
    token = principal.token
    if token is None or token.limits is None or Scope.READ not in token.scopes:
        return _NOTHING
    sees = principal.role in PERMISSIONS[Action.SERVICE_LIST_HIDDEN]
    return token.limits if sees else _NOTHING


_NOTHING = Limits()


def _covers(token: TokenRights, action: Action) -> bool:
    """Whether the token is for that; one with limits is for nothing but services."""
    if SCOPE_OF.get(action) not in token.scopes:
        return False
    return token.limits is None or action in GROUP_BOUND


def checked_name(name: str) -> str:
    """An account's name, trimmed. Raises `Invalid`."""
    return one_line("name", name, most=NAME_MOST, required=True)


def folded_name(name: str) -> str | None:
    """The form in which an account's name is looked for; None for nobody's name.

    What is too long for a name, or what no database can hold, is not even looked at:
    normalising a long text may take seconds.
    """
    return fold(name) if len(name) <= _TYPED_MOST and is_storable(name) else None


def name_key(name: str) -> str:
    """The same text for all spellings of one name, also for what is nobody's name."""
    folded = folded_name(name)
    if folded is not None:
        return folded
    import hashlib  # brings OpenSSL, for what somebody typed wrong

    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16)
    # No name of an account begins so.
    return f"\0{digest.hexdigest()}"


def bcrypt_part(password_hash: str) -> str | None:
    """Bcrypt's part of a stored hash; None for garbage and for a cost that would stall us."""
    if not password_hash.startswith(HASH_SCHEME):
        return None
    found = _BCRYPT.fullmatch(password_hash, len(HASH_SCHEME))
    return found[0] if found and int(found[1]) in _COSTS else None
