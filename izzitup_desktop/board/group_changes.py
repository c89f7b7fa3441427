"""Changes of groups that a program asks for; nobody waits for them here."""

from __future__ import annotations

from concurrent.futures import Future

from izzitup_desktop.board.core import Core, authorize
from izzitup_desktop.board.groups import (
    add_one,
    assert_name_is_free,
    existing,
    place_at,
    remove_one,
    rename,
    restore_one,
)
from izzitup_desktop.board.manner import Manner, Outcome
from izzitup_desktop.board.submitting import Meant, assert_meant, submit
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.field_rules import assert_count
from izzitup_desktop.domain.groups import Group, checked_name
from izzitup_desktop.storage.transaction import Transaction
from izzitup_desktop.storage.writer import Written

Made = Future[Written[Outcome[Group]]]


class GroupChanges:
    """Each is one transaction, and is only tried where its manner is `dry`.

    They fail as the use cases of `Groups` do, and with `Outdated`; what can be told at
    once is raised.
    """

    def __init__(self, core: Core) -> None:
        self._core = core

    def add(self, principal: Principal, manner: Manner, name: str) -> Made:
        """Add a group at the end of the board."""
        name = checked_name(name)
        return submit(self._core, manner, lambda transaction: add_one(transaction, principal, name))

    def edit(
        self,
        principal: Principal,
        manner: Manner,
        meant: Meant,
        *,
        name: str | None = None,
        position: int | None = None,
    ) -> Made:
        """Give a group another name, another position, or both; None leaves what there is."""
        name = None if name is None else checked_name(name)
        if position is not None:
            assert_count("position", position)

        def use_case(transaction: Transaction) -> Group:
            authorize(transaction, principal, Action.GROUP_EDIT)
            group = existing(transaction, meant.id)
            assert_meant(transaction, principal, "group", meant, group)
            if name is not None and name != group.name:
                assert_name_is_free(transaction, name, but=group.id)
                rename(transaction, principal, group, name)
            if position is not None:
                place_at(transaction, principal, existing(transaction, group.id), position)
            return existing(transaction, group.id)

        return submit(self._core, manner, use_case)

    def remove(self, principal: Principal, manner: Manner, meant: Meant) -> Made:
        """Remove an empty group; it is what it was."""

        def use_case(transaction: Transaction) -> Group:
            authorize(transaction, principal, Action.GROUP_REMOVE)
            group = existing(transaction, meant.id)
            assert_meant(transaction, principal, "group", meant, group)
            remove_one(transaction, principal, group)
            return group

        return submit(self._core, manner, use_case)

    def restore(self, principal: Principal, manner: Manner, group_id: int) -> Made:
        """Bring a removed group back, where it was on the board."""
        return submit(
            self._core,
            manner,
            lambda transaction: restore_one(transaction, principal, group_id),
        )
