"""Use cases of groups: list, add, rename, remove."""

from __future__ import annotations

from izzitup_desktop.board.core import Core, acting, require
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.domain.journal import Kind
from izzitup_desktop.storage import groups, services
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written


class Groups:
    """What can be done with groups; every method that writes is one transaction."""

    def __init__(self, core: Core) -> None:
        self._core = core

    def list(self, actor: Actor) -> tuple[Group, ...]:
        """All groups in the order of the board."""
        require(actor, Action.GROUP_LIST)
        return self._core.read(groups.listed)

    def add(self, actor: Actor, name: str) -> Written[Group]:
        """Add a group. Raises `Invalid`, `NotAllowed`, `Conflict` (name is taken)."""
        name = checked_name(name)

        def use_case(transaction: Transaction) -> Group:
            acting(transaction, actor, Action.GROUP_ADD)
            assert_name_is_free(transaction, name)
            group = groups.insert(transaction.connection, name)
            transaction.record(actor, Kind.GROUP_ADDED, group.id, name, after={"name": name})
            return group

        return self._core.write(use_case)

    def edit(self, actor: Actor, group_id: int, name: str, *, version: int) -> Written[Group]:
        """Rename a group. Raises `Invalid`, `NotFound`, `NotAllowed`, `Conflict`."""
        name = checked_name(name)

        def use_case(transaction: Transaction) -> Group:
            acting(transaction, actor, Action.GROUP_EDIT)
            group = existing(transaction, group_id)
            if group.version != version:
                raise Conflict(f"The group {group.name} was changed since you opened it.")
            assert_name_is_free(transaction, name, but=group_id)
            if name != group.name:
                rename(transaction, actor, group, name)
            return existing(transaction, group_id)

        return self._core.write(use_case)

    def remove(self, actor: Actor, group_id: int) -> Written[Group]:
        """Remove an empty group. Raises `NotFound`, `NotAllowed`, `Conflict` (not empty)."""

        def use_case(transaction: Transaction) -> Group:
            acting(transaction, actor, Action.GROUP_REMOVE)
            group = existing(transaction, group_id)
            remove_one(transaction, actor, group)
            return group

        return self._core.write(use_case)


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
        raise Conflict(f"There is a group named {holder.name} already.")


def rename(
    transaction: Transaction, actor: Actor, group: Group, name: str, *, undoes: int | None = None
) -> None:
    """Rename one group, with its journal entry."""
    groups.update(transaction.connection, group.id, name)
    transaction.record(
        actor,
        Kind.GROUP_EDITED,
        group.id,
        name,
        before={"name": group.name},
        after={"name": name},
        undoes=undoes,
    )


def remove_one(
    transaction: Transaction, actor: Actor, group: Group, *, undoes: int | None = None
) -> None:
    """Remove one group, with its journal entry. Raises `Conflict` when it is not empty."""
    count = services.count_in_group(transaction.connection, group.id)
    if count:
        what = "1 service" if count == 1 else f"{count} services"
        raise Conflict(f"The group {group.name} still has {what}. Move or delete them first.")
    groups.set_removed(transaction.connection, group.id, transaction.now)
    transaction.record(
        actor,
        Kind.GROUP_REMOVED,
        group.id,
        group.name,
        before={"removed": False},
        after={"removed": True},
        undoes=undoes,
    )
