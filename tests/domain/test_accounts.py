from hypothesis import given, strategies as st

from izzitup_desktop.domain.accounts import (
    GROUP_BOUND,
    PERMISSIONS,
    PUBLIC,
    Action,
    Origin,
    Principal,
    Role,
    allowed,
    allowed_on,
)

MAY = {
    Role.ADMINISTRATOR: set(Action),
    Role.EDITOR: {
        Action.SERVICE_LIST, Action.SERVICE_LIST_HIDDEN, Action.SERVICE_SET_STATUS,
        Action.SERVICE_ADD, Action.SERVICE_EDIT, Action.SERVICE_REMOVE, Action.SERVICE_RESTORE,
        Action.SERVICE_MARK_MISTAKE, Action.GROUP_LIST, Action.JOURNAL_READ, Action.UPTIME_READ,
        Action.BOARD_EXPORT, Action.HANDOVER_WRITE, Action.TOKEN_OWN, Action.JOURNAL_UNDO,
    },
    Role.VIEWER: {
        Action.SERVICE_LIST, Action.SERVICE_LIST_HIDDEN, Action.GROUP_LIST, Action.JOURNAL_READ,
        Action.UPTIME_READ, Action.BOARD_EXPORT, Action.TOKEN_OWN,
    },
    Role.PUBLIC: {Action.SERVICE_LIST, Action.GROUP_LIST},
}  # fmt: skip

roles = st.sampled_from(Role)
actions = st.sampled_from(Action)
groups = st.none() | st.integers(1, 5)


def principal(role: Role, *group_ids: int) -> Principal:
    return Principal("somebody", role, Origin.API, 1, frozenset(group_ids))


def test_every_action_has_a_row() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert set(Action) >= GROUP_BOUND


def test_every_cell_of_the_matrix_is_as_promised() -> None:
    for role in Role:
        may = {action for action in Action if allowed(principal(role), action)}
        assert may == MAY[role], role


@given(roles, actions, groups)
def test_without_a_limit_the_group_does_not_count(
    role: Role, action: Action, group_id: int | None
) -> None:
    assert allowed_on(principal(role), action, group_id) == allowed(principal(role), action)


@given(actions, groups, st.sets(st.integers(1, 5), min_size=1))
def test_an_editor_with_a_limit_changes_things_of_those_groups_only(
    action: Action, group_id: int | None, limits: set[int]
) -> None:
    bob = principal(Role.EDITOR, *limits)
    expected = allowed(bob, action) and (action not in GROUP_BOUND or group_id in limits)
    assert allowed_on(bob, action, group_id) == expected


@given(roles, actions, groups, st.sets(st.integers(1, 5)))
def test_a_limit_never_gives_a_right(
    role: Role, action: Action, group_id: int | None, limits: set[int]
) -> None:
    if allowed_on(principal(role, *limits), action, group_id):
        assert allowed(principal(role), action)


def test_the_public_only_looks() -> None:
    assert {action for action in Action if allowed(PUBLIC, action)} == MAY[Role.PUBLIC]
