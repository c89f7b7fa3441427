"""The board of this computer, or of `--database`, as the command line needs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Principal, Role
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.groups import Group
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.scopes import Limits
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.domain.tokens import (
    ListedToken,
    NewToken,
    Revocation,
    Token,
    TokenDraft,
    state_of,
)


class LocalBoard:
    """A board that `principal` acts on."""

    def __init__(self, board: Board, principal: Principal) -> None:
        self._board = board
        self.services = _Services(board, principal)
        self.groups = _Groups(board, principal)
        self.accounts = _Accounts(board, principal)
        self.tokens = _Tokens(board, principal)
        self.journal = _Journal(board, principal)
        self.backups = _Backups(board, principal)

    @property
    def vocabulary(self) -> Vocabulary:
        return self._board.vocabulary


class _Part:
    def __init__(self, board: Board, principal: Principal) -> None:
        self._board = board
        self._principal = principal


class _Services(_Part):
    def list(self) -> Sequence[Service]:
        return self._board.services.list(self._principal)

    def find(self, reference: str) -> Service:
        return self._board.services.find(self._principal, reference)

    def add(self, draft: ServiceDraft, status_id: int) -> Service:
        return self._board.services.add(self._principal, draft, status_id).value

    def set_status(self, service: Service, status_id: int, comment: str) -> None:
        self._board.statuses.set(self._principal, [service.id], status_id, comment)

    def remove(self, service: Service) -> None:
        self._board.services.remove(self._principal, [service.id])


class _Groups(_Part):
    def list(self) -> Sequence[Group]:
        return self._board.groups.list(self._principal)

    def add(self, name: str) -> Group:
        return self._board.groups.add(self._principal, name).value

    def rename(self, group: Group, name: str) -> Group:
        edited = self._board.groups.edit(self._principal, group.id, name, version=group.version)
        return edited.value

    def remove(self, group: Group) -> None:
        self._board.groups.remove(self._principal, group.id)


class _Accounts(_Part):
    def list(self) -> Sequence[Account]:
        return self._board.accounts.list(self._principal)

    def find(self, name: str) -> Account:
        return self._board.accounts.find(name)

    def add(self, name: str, role: Role, password: str) -> Account:
        return self._board.accounts.add(self._principal, name, role, password).value

    def set_active(self, account: Account, *, active: bool) -> None:
        self._board.accounts.edit(self._principal, account.id, active=active)

    def set_password(self, account: Account, password: str) -> None:
        self._board.accounts.set_password(self._principal, account.id, password)


class _Tokens(_Part):
    def list(self) -> Sequence[ListedToken]:
        board, principal = self._board, self._principal
        now, found = board.clock.now(), board.tokens.list(principal)
        accounts = {account.id: account for account in board.accounts.list(principal)}
        groups = {group.id: group.name for group in board.groups.list(principal)}
        services = {service.id: service.name for service in board.services.list(principal)}

        def listed(token: Token) -> ListedToken:
            account = accounts.get(token.account_id or 0)
            limits = token.limits or Limits()
            lives = token.group_id in groups or (account is not None and account.active)
            owner = groups.get(token.group_id or 0, str(token.group_id))
            return ListedToken(
                token,
                state_of(token, now, has_owner=lives),
                owner if account is None else account.name,
                {id_: services.get(id_, str(id_)) for id_ in limits.service_ids},
                {id_: groups.get(id_, str(id_)) for id_ in limits.group_ids},
            )

        return [*map(listed, found)]

    def add(self, draft: TokenDraft) -> NewToken:
        return self._board.tokens.add(self._principal, draft).value

    def revoke(self, token_id: int) -> Revocation:
        written = self._board.tokens.revoke(self._principal, token_id)
        return Revocation(written.value, bool(written.entries))


class _Journal(_Part):
    def latest(self, limit: int) -> Sequence[Entry]:
        return self._board.journal.latest(self._principal, limit=limit)


class _Backups(_Part):
    def save(self, path: Path | None) -> str:
        return str(self._board.backups.save(self._principal, path))
