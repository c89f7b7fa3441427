"""Accounts and tokens that tests are about, and who acts by them."""

from __future__ import annotations

from izzitup_desktop.board import Board
from izzitup_desktop.domain.accounts import Account, Principal, Role
from izzitup_desktop.domain.scopes import Limits, Scope
from izzitup_desktop.domain.services import Service
from izzitup_desktop.domain.tokens import NewToken, TokenDraft
from tests.builders import (
    ALICE,
    GOOD_PASSWORD,
)

SET, READ, MANAGE = (frozenset({scope}) for scope in (Scope.SET, Scope.READ, Scope.MANAGE))
ALL = SET | READ | MANAGE


def account(board: Board, name: str = "eve", role: Role = Role.EDITOR) -> Account:
    return board.accounts.add(ALICE, name, role, GOOD_PASSWORD).value


def made(
    board: Board, owner: Account, scopes: frozenset[Scope] = SET, limits: Limits | None = None
) -> NewToken:
    draft = TokenDraft("deploy", account_id=owner.id, scopes=scopes, limits=limits)
    return board.tokens.add(ALICE, draft).value


def automation(board: Board, group_id: int, scopes: frozenset[Scope] = SET) -> NewToken:
    return board.tokens.add(ALICE, TokenDraft("robot", group_id=group_id, scopes=scopes)).value


def found(board: Board, secret: str) -> Principal:
    return board.tokens.found(secret, address="10.0.0.1", route="setstatus")


def set_by(board: Board, principal: Principal, service: Service, status_id: int = 7) -> Service:
    return board.statuses.submit(principal, service.id, status_id).result(20).value
