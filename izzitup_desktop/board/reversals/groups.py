"""Groups: how adding, renaming, moving and deleting is taken back."""

from __future__ import annotations

from izzitup_desktop.board import groups
from izzitup_desktop.board.concepts import BoardConcept
from izzitup_desktop.board.core import authorize
from izzitup_desktop.domain.accounts import Action, Principal
from izzitup_desktop.domain.errors import NotFound
from izzitup_desktop.domain.journal import Entry
from izzitup_desktop.domain.kinds import groups as kinds
from izzitup_desktop.storage.transaction import Transaction


def _undo_added(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    authorize(transaction, principal, Action.GROUP_REMOVE)
    group = groups.existing(transaction, entry.subject_id)
    groups.remove_one(transaction, principal, group, undoes=entry.id)


def _undo_edited(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    authorize(transaction, principal, Action.GROUP_EDIT)
    group = groups.existing(transaction, entry.subject_id)
    name = str(entry.before["name"])
    groups.assert_name_is_free(transaction, name, but=group.id)
    groups.rename(transaction, principal, group, name, undoes=entry.id)


def _undo_removed(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    try:
        groups.restore_one(transaction, principal, entry.subject_id, undoes=entry.id)
    except NotFound:
        raise NotFound("group", entry.subject_name) from None


def _undo_moved(transaction: Transaction, principal: Principal, entry: Entry) -> None:
    authorize(transaction, principal, Action.GROUP_EDIT)
    group = groups.existing(transaction, entry.subject_id)
    groups.place_back(
        transaction,
        principal,
        group,
        int(entry.before["position"]),
        entry.before.get("next", groups.AS_NUMBERED),
        undoes=entry.id,
    )


GROUPS = BoardConcept(
    kinds.GROUPS,
    {
        kinds.GROUP_ADDED: _undo_added,
        kinds.GROUP_EDITED: _undo_edited,
        kinds.GROUP_MOVED: _undo_moved,
        kinds.GROUP_REMOVED: _undo_removed,
    },
)
