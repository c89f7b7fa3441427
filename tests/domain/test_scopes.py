"""What a token allows: what its scopes are for, within its limits, and never more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from izzitup_desktop.domain.accounts import (
    GROUP_BOUND,
    PERMISSIONS,
    SCOPE_OF,
    Action,
    Origin,
    Principal,
    Role,
    allowed,
    allowed_on,
    hidden_shown_to,
)
from izzitup_desktop.domain.scopes import RESERVED, Limits, Scope, TokenRights

NEVER = {
    Action.ACCOUNT_MANAGE, Action.TOKEN_OWN, Action.TOKEN_MANAGE, Action.BOARD_BACKUP,
    Action.BOARD_RESTORE, Action.BOARD_SERVE,
}  # fmt: skip
"""What no token is for, whoever's it is."""

BY_SCOPE = {
    Scope.READ: {
        Action.SERVICE_LIST, Action.SERVICE_LIST_HIDDEN, Action.GROUP_LIST, Action.JOURNAL_READ,
        Action.UPTIME_READ, Action.BOARD_EXPORT,
    },
    Scope.SET: {Action.SERVICE_SET_STATUS, Action.JOURNAL_UNDO},
    Scope.MANAGE: {
        Action.SERVICE_ADD, Action.SERVICE_EDIT, Action.SERVICE_REMOVE, Action.SERVICE_RESTORE,
        Action.SERVICE_PURGE, Action.SERVICE_MARK_MISTAKE, Action.GROUP_ADD, Action.GROUP_EDIT,
        Action.GROUP_REMOVE, Action.ACCOUNT_LIST, Action.HANDOVER_WRITE, Action.BOARD_IMPORT,
    },
    Scope.PROPOSE: set(),
    Scope.EVENTS: set(),
}  # fmt: skip
PUBLIC_ACTIONS = {action for action, roles in PERMISSIONS.items() if Role.PUBLIC in roles}

ids = st.integers(1, 4)
scopes = st.frozensets(st.sampled_from(Scope))
limits = st.none() | st.builds(Limits, st.frozensets(ids), st.frozensets(ids))
tokens = st.builds(TokenRights, st.just(1), st.just("ab" * 32), scopes, limits)
accounts = st.builds(
    Principal,
    st.just("somebody"),
    st.sampled_from(Role),
    st.just(Origin.API),
    st.just(1),
    st.frozensets(ids),
)
actions = st.sampled_from(Action)
places = st.none() | ids


def by(*wanted: Scope, role: Role = Role.ADMINISTRATOR, only: Limits | None = None) -> Principal:
    rights = TokenRights(1, "ab" * 32, frozenset(wanted), only)
    return Principal("somebody", role, Origin.API, 1, token=rights)


def test_every_action_is_of_one_scope_or_of_none_on_purpose() -> None:
    assert set(Action) - set(SCOPE_OF) == NEVER
    assert not set(SCOPE_OF.values()) & RESERVED


@pytest.mark.parametrize("scope", Scope)
def test_a_scope_is_for_what_the_table_says_and_for_what_is_public(scope: Scope) -> None:
    may = {action for action in Action if allowed(by(scope), action)}
    assert may == BY_SCOPE[scope] | PUBLIC_ACTIONS


def test_all_scopes_together_never_reach_accounts_tokens_or_the_whole_database() -> None:
    assert not {action for action in NEVER if allowed(by(*Scope), action)}


@given(accounts, tokens, actions, places, places)
def test_by_a_token_nobody_may_what_its_account_may_not(
    account: Principal, token: TokenRights, action: Action, group: int | None, service: int | None
) -> None:
    through = replace(account, token=token)
    if allowed(through, action):
        assert allowed(account, action)
    if allowed_on(through, action, group, service):
        assert allowed_on(account, action, group, service)
        assert allowed(through, action)


@given(accounts, tokens, scopes, actions, places, places)
def test_one_scope_less_never_allows_more(
    account: Principal,
    token: TokenRights,
    taken: frozenset[Scope],
    action: Action,
    group: int | None,
    service: int | None,
) -> None:
    less = replace(account, token=replace(token, scopes=token.scopes - taken))
    if allowed_on(less, action, group, service):
        assert allowed_on(replace(account, token=token), action, group, service)


@given(accounts, tokens, limits, actions, places, places)
def test_a_limit_never_allows_what_no_limit_did_not(
    account: Principal,
    token: TokenRights,
    more: Limits | None,
    action: Action,
    group: int | None,
    service: int | None,
) -> None:
    limited = replace(account, token=replace(token, limits=more))
    if allowed_on(limited, action, group, service):
        assert allowed_on(
            replace(account, token=replace(token, limits=None)), action, group, service
        )


@given(st.sampled_from(sorted(GROUP_BOUND)), places, places, limits)
def test_services_are_changed_within_the_limits_only(
    action: Action, group: int | None, service: int | None, only: Limits | None
) -> None:
    may = allowed_on(by(*Scope, only=only), action, group, service)
    assert may == (only is None or service in only.service_ids or group in only.group_ids)


def test_a_limited_token_does_nothing_to_the_board_as_a_whole() -> None:
    limited = by(*Scope, only=Limits(frozenset({1})))
    assert {action for action in Action if allowed(limited, action)} == {
        *PUBLIC_ACTIONS, *GROUP_BOUND,
    }  # fmt: skip


def test_of_hidden_services_a_limited_token_shows_its_own() -> None:
    only = Limits(frozenset({1}))
    assert hidden_shown_to(by(Scope.READ, only=only)) == only
    for principal in (
        by(Scope.SET, only=only),
        by(Scope.READ),
        by(Scope.READ, role=Role.PUBLIC, only=only),
        replace(by(), token=None),
    ):
        assert hidden_shown_to(principal).is_empty
