"""Use cases of groups: list, add, rename, remove."""

from __future__ import annotations

from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.kinds.groups import (
    GROUP_ADDED,
    GROUP_EDITED,
    GROUP_MOVED,
    GROUP_ORDERED,
    GROUP_REMOVED,
)
from izzitup_desktop.domain.messages import counted, msg
from izzitup_desktop.storage import groups, services
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

AS_NUMBERED = -1
"""Instead of the group that stood after another one: nobody noted which it was."""


class Groups:
    """What can be done with groups; every method that writes is one transaction."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, principal: Principal) -> tuple[Group, ...]:
        """All groups in the order of the board."""
        return self._core.read_as(
            principal, Action.GROUP_LIST, lambda connection, _principal: groups.listed(connection)
        )

    def add(self, principal: Principal, name: str) -> Written[Group]:
        """Add a group. Raises `Invalid`, `NotAllowed`, `Conflict` (name is taken)."""
        name = checked_name(name)
        return self._core.write(lambda transaction: add_one(transaction, principal, name))

    def edit(
        self, principal: Principal, group_id: int, name: str, *, version: int
    ) -> Written[Group]:
        """Rename a group. Raises `Invalid`, `NotFound`, `NotAllowed`, `Conflict`."""
        name = checked_name(name)

        def use_case(transaction: Transaction) -> Group:
            authorize(transaction, principal, Action.GROUP_EDIT)
            group = existing(transaction, group_id)
            if group.version != version:
                raise Conflict(msg("The group %1 was changed since you opened it.", group.name))
            assert_name_is_free(transaction, name, but=group_id)
            if name != group.name:
                rename(transaction, principal, group, name)
            return existing(transaction, group_id)

        return self._core.write(use_case)

    def move(
        self, principal: Principal, group_id: int, before_id: int | None = None
    ) -> Written[Group]:
        """Put a group before another one (None: at the end of the board).

        Raises `NotFound`, `NotAllowed`.
        """

        def use_case(transaction: Transaction) -> Group:
            authorize(transaction, principal, Action.GROUP_EDIT)
            group = existing(transaction, group_id)
            next_id = _next_of(transaction, group)
            position = _position(transaction, principal, group, before_id)
            place(transaction, principal, group, position, next_id)
            return existing(transaction, group_id)

        return self._core.write(use_case)

    def remove(self, principal: Principal, group_id: int) -> Written[Group]:
        """Remove an empty group. Raises `NotFound`, `NotAllowed`, `Conflict` (not empty)."""

        def use_case(transaction: Transaction) -> Group:
            authorize(transaction, principal, Action.GROUP_REMOVE)
            group = existing(transaction, group_id)
            remove_one(transaction, principal, group)
            return group

        return self._core.write(use_case)


def add_one(transaction: Transaction, principal: Principal, name: str) -> Group:
    """Add one group, its name checked already, with its journal entry."""
    authorize(transaction, principal, Action.GROUP_ADD)
    assert_name_is_free(transaction, name)
    group = groups.insert(transaction.connection, name)
    transaction.record(principal, GROUP_ADDED, group.id, name, after={"name": name})
    return group


def existing(transaction: Transaction, group_id: int) -> Group:
    """The group. Raises `NotFound`."""
    group = groups.get(transaction.connection, group_id)
    if group is None:
        raise NotFound("group", str(group_id))
    return group


def assert_name_is_free(transaction: Transaction, name: str, *, but: int | None = None) -> None:
    """Raise `Conflict` when another group has this name."""
    holder = groups.by_name(transaction.connection, name)
    if holder is not None and holder.id != but:
        raise Conflict(msg("There is a group named %1 already.", holder.name))


def rename(
    transaction: Transaction,
    principal: Principal,
    group: Group,
    name: str,
    *,
    undoes: int | None = None,
) -> None:
    """Rename one group, with its journal entry."""
    groups.update(transaction.connection, group.id, name)
    transaction.record(
        principal,
        GROUP_EDITED,
        group.id,
        name,
        before={"name": group.name},
        after={"name": name},
        undoes=undoes,
    )


def place(
    transaction: Transaction,
    principal: Principal,
    group: Group,
    position: int,
    next_id: int | None,
    *,
    undoes: int | None = None,
) -> None:
    """Put one group at a position, with its journal entry.

    `next_id` is which group stood after it up to now (None: it was the last).
    """
    if position == group.position:
        return
    groups.set_positions(transaction.connection, {group.id: position})
    transaction.record(
        principal,
        GROUP_MOVED,
        group.id,
        group.name,
        before={"position": group.position, "next": next_id},
        after={"position": position},
        undoes=undoes,
    )


def place_at(transaction: Transaction, principal: Principal, group: Group, position: int) -> None:
    """Put one group at a position that a program chose, with its journal entry."""
    place(transaction, principal, group, position, _next_of(transaction, group))


def place_back(
    transaction: Transaction,
    principal: Principal,
    group: Group,
    position: int,
    next_id: int | None,
    *,
    undoes: int,
) -> None:
    """Put one group where it was: at its position, or before the one that stood after it."""
    next_now = _next_of(transaction, group)
    others = _others(transaction, group)
    ids = [other.id for other in others]
    if next_id is None or next_id in ids:
        at = len(ids) if next_id is None else ids.index(next_id)
        fits = (not at or others[at - 1].position < position) and (
            at == len(ids) or position < others[at].position
        )
        if not fits:
            position = _position(transaction, principal, group, next_id)
    place(transaction, principal, group, position, next_now, undoes=undoes)


def _others(transaction: Transaction, group: Group) -> list[Group]:
    return [other for other in groups.listed(transaction.connection) if other.id != group.id]


def _next_of(transaction: Transaction, group: Group) -> int | None:
    ids = [other.id for other in groups.listed(transaction.connection)]
    at = ids.index(group.id) + 1
    return ids[at] if at < len(ids) else None


def _position(
    transaction: Transaction, principal: Principal, group: Group, before_id: int | None
) -> int:
    """A position before another group (None: at the end), made where there is none."""
    others = _others(transaction, group)
    ids = [other.id for other in others]
    at = ids.index(before_id) if before_id in ids else len(ids)
    low = others[at - 1].position if at else 0
    high = others[at].position if at < len(others) else low + 2 * groups.STEP
    if high - low >= 2:
        return (low + high) // 2
    # No room left between them: all are numbered anew.
    ordered = [*ids[:at], group.id, *ids[at:]]
    numbers = {id_: n * groups.STEP for n, id_ in enumerate(ordered, 1)}
    position = numbers.pop(group.id)
    groups.set_positions(transaction.connection, numbers)
    transaction.record(principal, GROUP_ORDERED, group.id, group.name)
    return position


def restore_one(
    transaction: Transaction, principal: Principal, group_id: int, *, undoes: int | None = None
) -> Group:
    """Bring a removed group back, with its journal entry.

    Raises `NotFound` (it was not removed), `NotAllowed`, `Conflict` (its name is taken).
    """
    authorize(transaction, principal, Action.GROUP_ADD)
    group = groups.get_removed(transaction.connection, group_id)
    if group is None:
        raise NotFound("group", str(group_id))
    assert_name_is_free(transaction, group.name)
    groups.set_removed(transaction.connection, group.id, None)
    transaction.record(
        principal,
        GROUP_ADDED,
        group.id,
        group.name,
        before={"removed": True},
        after={"removed": False},
        undoes=undoes,
    )
    return existing(transaction, group.id)


def remove_one(
    transaction: Transaction, principal: Principal, group: Group, *, undoes: int | None = None
) -> None:
    """Remove one group, with its journal entry. Raises `Conflict` when it is not empty."""
    count = services.count_in_group(transaction.connection, group.id)
    if count:
        what = counted("%1 service", "%1 services", count)
        raise Conflict(
            msg("The group %1 still has %2. Move or delete them first.", group.name, what)
        )
    groups.set_removed(transaction.connection, group.id, transaction.now)
    transaction.record(
        principal,
        GROUP_REMOVED,
        group.id,
        group.name,
        before={"removed": False},
        after={"removed": True},
        undoes=undoes,
    )
