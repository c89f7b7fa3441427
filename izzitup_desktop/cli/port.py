"""The board as the command line needs it: here, or at the other end of `--server`.

Commands are written once over this. What is here acts as the operator of this computer
(`local_board`), what is there as whoever signs in (`izzitup_desktop.remote`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from izzitup_desktop.domain.accounts import Account, Role
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.tokens import ListedToken, NewToken, Revocation, TokenDraft


class ServicesPort(Protocol):
    """Services, and their statuses."""

    def list(self) -> Sequence[Service]:
        """All that may be seen, by id."""

    def find(self, reference: str) -> Service:
        """The service of this id or key. Raises `NotFound`."""

    def add(self, draft: ServiceDraft, status_id: int) -> Service:
        """Add a service."""

    def set_status(self, service: Service, status_id: int, comment: str) -> None:
        """Set its status; a `Comment` may be meant for the page."""

    def remove(self, service: Service) -> None:
        """Put it into the trash."""


class GroupsPort(Protocol):
    """Groups."""

    def list(self) -> Sequence[Group]:
        """All groups, in the order of the board."""

    def add(self, name: str) -> Group:
        """Add a group."""

    def rename(self, group: Group, name: str) -> Group:
        """Give it another name; refused where somebody changed it since it was read."""

    def remove(self, group: Group) -> None:
        """Remove an empty group."""


class AccountsPort(Protocol):
    """Accounts."""

    def list(self) -> Sequence[Account]:
        """All accounts, by name."""

    def find(self, name: str) -> Account:
        """The account of this name. Raises `NotFound`."""

    def add(self, name: str, role: Role, password: str) -> Account:
        """Add an account."""

    def set_active(self, account: Account, *, active: bool) -> None:
        """Disable or enable it."""

    def set_password(self, account: Account, password: str) -> None:
        """Give it another password."""


class TokensPort(Protocol):
    """Tokens."""

    def list(self) -> Sequence[ListedToken]:
        """All tokens, revoked and expired ones too."""

    def add(self, draft: TokenDraft) -> NewToken:
        """Make a token."""

    def revoke(self, token_id: int) -> Revocation:
        """Let a token do nothing more."""


class JournalPort(Protocol):
    """The journal."""

    def latest(self, limit: int) -> Sequence[Entry]:
        """The newest entries, newest first."""


class BackupsPort(Protocol):
    """Backups."""

    def save(self, path: Path | None) -> str:
        """Make a checked backup: a file of this computer, or one in the board's own folder.

        Where it is, or what it is called where that is on another computer.
        """


class BoardPort(Protocol):
    """A board that is open for one command.

    Everything raises `BoardError`s as the use cases of `izzitup_desktop.board` do.
    """

    @property
    def services(self) -> ServicesPort: ...

    @property
    def groups(self) -> GroupsPort: ...

    @property
    def accounts(self) -> AccountsPort: ...

    @property
    def tokens(self) -> TokensPort: ...

    @property
    def journal(self) -> JournalPort: ...

    @property
    def backups(self) -> BackupsPort: ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the journal's kinds."""
