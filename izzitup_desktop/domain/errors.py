"""The few errors that a use case can raise; each face translates them once.

BoardError
├── Invalid        the caller sent a value that can't be taken
│   └── KeyReused      an idempotency key was sent with another request before
├── NotFound       the thing named does not exist (any more)
├── NotAllowed     the actor's role or groups do not permit the action
│   └── Held       a person holds the status against scripts
├── SignInFailed   name and password did not sign in
│   ├── SignInStale    they did, but the account was changed since
│   ├── NoToken        what was sent as a token is none
│   ├── MistypedToken  its checksum is not that of its characters
│   ├── WrongTokenKind it is a secret for something else
│   ├── UnknownToken   nobody was ever given it here
│   ├── RevokedToken   somebody has revoked it
│   ├── ExpiredToken   its time is over
│   └── OwnerlessToken its account is disabled, or its group is gone
├── Throttled      too many failed sign-ins; try again later
├── Cancelled      whoever asked for it wants it no more
├── Conflict       somebody changed the thing since the caller read it
│   └── Outdated       it is not what the caller expects it to be
└── Unavailable    the environment: disk, lock, network, shared database
    ├── Damaged        the database file can't be read as one
    ├── FullDisk       there is no room for what is to be stored
    ├── LostDatabase   the database file was moved, deleted or replaced while open
    ├── NewerDatabase  the database was made by a newer version
    └── OlderDatabase  a shared database that other desks may use as it is

Beside its sentence, which is for people and may be worded anew, each has a `code`
for programs, which stays: docs/errors.md has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from izzitup_desktop.domain.messages import msg

SUBJECTS = {
    "account": msg("account"),
    "backup": msg("backup"),
    "database": msg("database"),
    "group": msg("group"),
    "journal entry": msg("journal entry"),
    "service": msg("service"),
    "status": msg("status"),
    "token": msg("token"),
}
"""What can be not found, and how it is called."""


class BoardError(Exception):
    """Base of the errors a use case can raise. `str()` is one plain sentence."""

    _code = ""

    @property
    def code(self) -> str:
        """What happened, for programs: stable words of lower case, the general one first."""
        return self._code


@dataclass
class Invalid(BoardError):
    """A value that can't be taken: `field` names it, `reason` says why."""

    _code = "invalid"

    field: str
    reason: str

    def __str__(self) -> str:
        return self.reason


class KeyReused(Invalid):
    """The idempotency key was sent with another request before; nothing was done."""

    _code = "invalid.key-reused"

    def __init__(self) -> None:
        super().__init__("", msg("The key was sent with another request before."))


@dataclass
class NotFound(BoardError):
    """`subject` is the kind of thing (`service`), `reference` what was asked."""

    _code = "not-found"

    subject: str
    reference: str

    @property
    def code(self) -> str:
        """`not-found.service`; of a subject that has no name here, `not-found`."""
        if self.subject not in SUBJECTS:
            return self._code
        return f"{self._code}.{self.subject.replace(' ', '-')}"

    def __str__(self) -> str:
        return msg(
            "There is no %1 %2.", SUBJECTS.get(self.subject, self.subject), repr(self.reference)
        )


@dataclass
class NotAllowed(BoardError):
    """The actor may not do `action` (a value of `accounts.Action`)."""

    _code = "not-allowed"

    action: str
    actor: str

    def __str__(self) -> str:
        return msg("%1 is not allowed to do this (%2).", self.actor, self.action)


@dataclass
class Held(NotAllowed):
    """`held_by` keeps scripts from changing the service's status; a proposal is kept.

    It is "" where the actor may not know who that is. Where it was only tried no proposal is
    kept: then `would_be` has the journal entries that would tell of it.
    """

    _code = "not-allowed.held"

    service: str = ""
    held_by: str = ""
    would_be: tuple[Any, ...] | None = None

    def __str__(self) -> str:
        is_tried, by = self.would_be is not None, self.held_by
        if by and is_tried:
            return msg(
                "%1 holds the status of %2; scripts can't change it until it is released. What is "
                "proposed would be shown on the board.",
                by,
                self.service,
            )
        if by:
            return msg(
                "%1 holds the status of %2; scripts can't change it until it is released. What was "
                "proposed is shown on the board.",
                by,
                self.service,
            )
        if is_tried:
            return msg(
                "A person holds the status of %1; scripts can't change it until it is released. "
                "What is proposed would be shown on the board.",
                self.service,
            )
        return msg(
            "A person holds the status of %1; scripts can't change it until it is released. "
            "What was proposed is shown on the board.",
            self.service,
        )


@dataclass
class SignInFailed(BoardError):
    """One error for every reason, so that the reasons can't be told apart."""

    _code = "sign-in-failed"

    def __str__(self) -> str:
        return msg("Sign in failed: the name or the password is wrong, or the account is disabled.")


@dataclass
class SignInStale(SignInFailed):
    """The account was changed since the sign-in; nothing was done. Sign in anew."""

    _code = "sign-in-failed.stale"


@dataclass
class NoToken(SignInFailed):
    """What was sent as a token is none. Strangers hear `SignInFailed`, here and below."""

    _code = "sign-in-failed.no-token"

    def __str__(self) -> str:
        return msg("This is no token.")


@dataclass
class MistypedToken(SignInFailed):
    """A character of the token is wrong, is missing or is too many."""

    _code = "sign-in-failed.mistyped-token"

    def __str__(self) -> str:
        return msg("The token is mistyped, or was cut: its checksum is wrong.")


@dataclass
class WrongTokenKind(SignInFailed):
    """A secret that begins with `begin` is not for this."""

    _code = "sign-in-failed.wrong-token-kind"

    begin: str

    def __str__(self) -> str:
        return msg("A secret that begins with %1 does not sign in here.", self.begin)


@dataclass
class UnknownToken(SignInFailed):
    """Nobody was given such a token on this board."""

    _code = "sign-in-failed.unknown-token"

    def __str__(self) -> str:
        return msg("This board has no such token.")


@dataclass
class RevokedToken(SignInFailed):
    """The token of this name was revoked."""

    _code = "sign-in-failed.revoked-token"

    name: str
    token_id: int | None = None

    def __str__(self) -> str:
        return msg("The token %1 was revoked.", self.name)


@dataclass
class ExpiredToken(SignInFailed):
    """The time of the token of this name is over."""

    _code = "sign-in-failed.expired-token"

    name: str
    token_id: int | None = None

    def __str__(self) -> str:
        return msg("The token %1 has expired.", self.name)


@dataclass
class OwnerlessToken(SignInFailed):
    """The account of the token of this name is disabled, or its group is gone."""

    _code = "sign-in-failed.ownerless-token"

    name: str
    token_id: int | None = None

    def __str__(self) -> str:
        return msg(
            "The token %1 belongs to nobody any more: its account is disabled, or its group is "
            "deleted.",
            self.name,
        )


@dataclass
class Throttled(BoardError):
    """Too many failed sign-ins; the next try is taken after `retry_after_seconds`."""

    _code = "throttled"

    retry_after_seconds: int

    def __str__(self) -> str:
        return msg("Too many failed sign-ins. Try again in %1 seconds.", self.retry_after_seconds)


@dataclass
class Cancelled(BoardError):
    """Work was given up because it was cancelled; nothing was changed."""

    _code = "cancelled"

    def __str__(self) -> str:
        return msg("Cancelled. Nothing was changed.")


@dataclass
class Conflict(BoardError):
    """Somebody changed the thing since. `changed_by` names who, "" if unknown."""

    _code = "conflict"

    reason: str
    changed_by: str = ""

    def __str__(self) -> str:
        return self.reason


@dataclass
class Outdated(Conflict):
    """The thing is not what the caller expects; `now` is what it is."""

    _code = "conflict.outdated"

    now: object = None


@dataclass
class Unavailable(BoardError):
    """The environment says no now. `reason` says what to do where that is known."""

    _code = "unavailable"

    reason: str
    retry_after_seconds: int = 5

    def __str__(self) -> str:
        return self.reason


@dataclass
class Damaged(Unavailable):
    """The file at `path` is no usable database; a copy is kept at `quarantined`."""

    _code = "unavailable.damaged"

    path: Path = Path()
    quarantined: Path | None = None
    newest_backup: Path | None = None


@dataclass
class FullDisk(Unavailable):
    """There is no room for what is to be stored; nothing was changed."""

    _code = "unavailable.full-disk"


@dataclass
class LostDatabase(Unavailable):
    """The database file was moved, deleted or replaced while it was open."""

    _code = "unavailable.lost-database"


@dataclass
class NewerDatabase(Unavailable):
    """The database at `location` has schema `version`; we know up to `known`."""

    _code = "unavailable.newer-database"

    location: str = ""
    version: int = 0
    known: int = 0


@dataclass
class OlderDatabase(Unavailable):
    """The shared database at `location` has schema `version`; we need `known`."""

    _code = "unavailable.older-database"

    location: str = ""
    version: int = 0
    known: int = 0
