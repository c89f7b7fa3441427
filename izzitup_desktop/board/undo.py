"""Taking journal entries back, as long as nobody changed the thing since.

Undoing is a change of its own: it needs the same permission, and is journalled
with `undoes`. An undo can be undone, which is how one redoes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from izzitup_desktop.board import (
    groups as group_cases,
    services as service_cases,
    statuses,
    trash,
)
from izzitup_desktop.board.core import acting, require_on
from izzitup_desktop.domain.accounts import Action, Actor
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.expiries import Expiry
from izzitup_desktop.domain.holds import Hold
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.journal_fields import MISTAKE, layer_fields, layers_in, mistake_in
from izzitup_desktop.domain.messages import say
from izzitup_desktop.domain.services import Service, ServiceDraft
from izzitup_desktop.storage import groups, journal, periods, services
from izzitup_desktop.storage.transaction import Transaction

Reversal = Callable[[Transaction, Actor, Entry], None]

_WITHOUT_EFFECT = frozenset(
    {
        Kind.SERVICE_CONFIRMED,
        Kind.SERVICE_PROPOSED,
        Kind.SERVICE_DUE,
        Kind.SERVICE_STALE,
        Kind.GROUP_ORDERED,
    }
)
_LAYERS = frozenset({"until", "until_status", "held_by"})
_DRAFT = frozenset(field.name for field in fields(ServiceDraft))
_MAY_CHANGE = {
    Kind.SERVICE_STATUS: _LAYERS | {"status"},
    Kind.SERVICE_OPTIONS: _LAYERS,
    Kind.SERVICE_EDITED: _DRAFT,
    Kind.SERVICE_MOVED: frozenset({"position", "group_id"}),
}
"""Which fields an entry of a kind can have changed; what is not here, any."""


def undo(transaction: Transaction, actor: Actor, entry_ids: Sequence[int]) -> tuple[Entry, ...]:
    """Take entries back, newest first; all of them, or none.

    Returns them. Raises `NotFound`, `NotAllowed`, and `Conflict` for what can't
    be undone or was changed since (`changed_by` says by whom).
    """
    transaction.flush()
    entries = journal.many(transaction.connection, entry_ids)
    missing = set(entry_ids) - {entry.id for entry in entries}
    if missing:
        raise NotFound("journal entry", str(min(missing)))
    _assert_kept(transaction, entries)
    for entry in reversed(entries):
        reversal = _REVERSALS.get(entry.kind)
        if reversal is None:
            raise Conflict(say("A change of the kind %1 can't be undone.", entry.kind.value))
        transaction.flush()
        _assert_unchanged_since(transaction, entry)
        reversal(transaction, actor, entry)
    return entries


def _assert_kept(transaction: Transaction, entries: Sequence[Entry]) -> None:
    until_id = journal.archived_until(transaction.connection)
    old = next((entry for entry in entries if entry.id <= until_id), None)
    if old is not None:
        # Whether somebody changed the same since can't be told any more.
        raise Conflict(
            say(
                "What happened since this change of %1 is in the archive; it stays as it is.",
                old.subject_name,
            )
        )


def _assert_unchanged_since(transaction: Transaction, entry: Entry) -> None:
    newer = journal.since(
        transaction.connection,
        entry.kind.subject,
        entry.subject_id,
        entry.id,
        but=_never_touching(entry),
    )
    touching = next((other for other in _standing(newer, entry) if _touches(other, entry)), None)
    if touching is None:
        return
    by = touching.actor
    if touching.undoes == entry.id:
        raise Conflict(
            say("This change of %1 was undone already by %2.", entry.subject_name, by), by
        )
    raise Conflict(
        say("%1 was changed by %2 since. It stays as it is.", entry.subject_name, by), by
    )


def _standing(newest_first: Iterable[Entry], since: Entry) -> Iterable[Entry]:
    """The entries that still have an effect: no entry with its undo."""
    undone: set[int] = set()
    for entry in newest_first:
        if entry.id in undone:
            continue
        if entry.undoes is not None and entry.undoes > since.id:
            undone.add(entry.undoes)
        else:
            yield entry


def _never_touching(entry: Entry) -> frozenset[Kind]:
    if entry.kind in (Kind.SERVICE_ADDED, Kind.GROUP_ADDED):
        return _WITHOUT_EFFECT
    others = {kind for kind, may in _MAY_CHANGE.items() if may.isdisjoint(entry.after)}
    if entry.kind is not Kind.SERVICE_MISTAKE:
        others.add(Kind.SERVICE_MISTAKE)
    return _WITHOUT_EFFECT | others


def _touches(other: Entry, entry: Entry) -> bool:
    if entry.kind in (Kind.SERVICE_ADDED, Kind.GROUP_ADDED) or "removed" in other.after:
        return True
    return bool(entry.after.keys() & other.after.keys())


def _undo_service_added(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = _allowed_service(transaction, actor, Action.SERVICE_REMOVE, entry)
    service_cases.remove_one(transaction, actor, service, undoes=entry.id)


def _undo_service_edited(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = _allowed_service(transaction, actor, Action.SERVICE_EDIT, entry)
    before: dict[str, Any] = dict(entry.before)
    if not _DRAFT.issuperset(before):
        raise Conflict(
            say("A newer version of IzzitUp made this change of %1; undo it there.", service.name)
        )
    draft = replace(ServiceDraft.of(service), **before)
    if "group_id" in before:
        now_actor = acting(transaction, actor, Action.SERVICE_EDIT)
        require_on(now_actor, Action.SERVICE_EDIT, [draft.group_id])
        service_cases.assert_group_exists(transaction, draft.group_id)
    service_cases.assert_key_is_free(transaction, draft.key, but=service.id)
    service_cases.edit_fields(transaction, actor, service, draft, undoes=entry.id)


def _undo_service_status(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = _allowed_service(transaction, actor, Action.SERVICE_SET_STATUS, entry)
    expiry, hold = _layers_before(transaction, service, entry)
    statuses.change_status(
        transaction,
        actor,
        service,
        int(entry.before["status"]),
        expiry=expiry,
        hold=hold,
        undoes=entry.id,
    )


def _undo_service_options(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = _allowed_service(transaction, actor, Action.SERVICE_SET_STATUS, entry)
    expiry, hold = _layers_before(transaction, service, entry)
    statuses.change_layers(transaction, actor, service, expiry=expiry, hold=hold, undoes=entry.id)


def _layers_before(
    transaction: Transaction, service: Service, entry: Entry
) -> tuple[Expiry | None, Hold | None]:
    fields = {**layer_fields(service.expiry, service.hold), **entry.before}
    expiry, hold = layers_in(fields)
    if expiry is not None and expiry.until <= transaction.now:
        # Its time is over: it must not end again at once.
        expiry = None
    return expiry, hold


def _undo_service_moved(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    service = _allowed_service(transaction, actor, Action.SERVICE_EDIT, entry)
    group_id = entry.before.get("group_id", service.group_id)
    now_actor = acting(transaction, actor, Action.SERVICE_EDIT)
    require_on(now_actor, Action.SERVICE_EDIT, [group_id])
    service_cases.assert_group_exists(transaction, group_id)
    service_cases.place_back(
        transaction,
        actor,
        service,
        group_id,
        int(entry.before["position"]),
        entry.before.get("next", service_cases.AS_NUMBERED),
        undoes=entry.id,
    )


def _undo_service_mistake(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    marked_id, mistake = mistake_in(entry.after)
    mark_mistake(transaction, actor, marked_id, mistake=not mistake, undoes=entry.id)


def mark_mistake(
    transaction: Transaction,
    actor: Actor,
    entry_id: int,
    *,
    mistake: bool,
    undoes: int | None = None,
) -> None:
    """Let a status change count as what was before it, or count again.

    Raises `NotFound`, `NotAllowed`, `Conflict` (it began no status).
    """
    now_actor = acting(transaction, actor, Action.SERVICE_MARK_MISTAKE)
    transaction.flush()
    found = journal.many(transaction.connection, [entry_id])
    if not found:
        raise NotFound("journal entry", str(entry_id))
    (entry,) = found
    # What began with the service itself counts as nothing else: there was nothing before.
    if entry.kind.subject != "service" or (mistake and entry.kind is not Kind.SERVICE_STATUS):
        raise Conflict(say("Only a change of a status can be marked as a mistake."))
    service = services.get(transaction.connection, entry.subject_id)
    require_on(now_actor, Action.SERVICE_MARK_MISTAKE, [service.group_id if service else None])
    if not periods.set_mistake(transaction.connection, entry_id, mistake=mistake):
        raise Conflict(say("Only a change of a status can be marked as a mistake."))
    transaction.record(
        actor,
        Kind.SERVICE_MISTAKE,
        entry.subject_id,
        entry.subject_name,
        before={f"{MISTAKE}{entry_id}": not mistake},
        after={f"{MISTAKE}{entry_id}": mistake},
        undoes=undoes,
    )


def _undo_service_removed(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    trash.restore_one(transaction, actor, entry.subject_id, undoes=entry.id)


def _undo_service_restored(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    _undo_service_added(transaction, actor, entry)


def _undo_group_added(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    acting(transaction, actor, Action.GROUP_REMOVE)
    group = group_cases.existing(transaction, entry.subject_id)
    group_cases.remove_one(transaction, actor, group, undoes=entry.id)


def _undo_group_edited(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    acting(transaction, actor, Action.GROUP_EDIT)
    group = group_cases.existing(transaction, entry.subject_id)
    name = str(entry.before["name"])
    group_cases.assert_name_is_free(transaction, name, but=group.id)
    group_cases.rename(transaction, actor, group, name, undoes=entry.id)


def _undo_group_removed(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    acting(transaction, actor, Action.GROUP_ADD)
    group = groups.get_removed(transaction.connection, entry.subject_id)
    if group is None:
        raise NotFound("group", entry.subject_name)
    group_cases.assert_name_is_free(transaction, group.name)
    groups.set_removed(transaction.connection, group.id, None)
    transaction.record(
        actor,
        Kind.GROUP_ADDED,
        group.id,
        group.name,
        before={"removed": True},
        after={"removed": False},
        undoes=entry.id,
    )


def _undo_group_moved(transaction: Transaction, actor: Actor, entry: Entry) -> None:
    acting(transaction, actor, Action.GROUP_EDIT)
    group = group_cases.existing(transaction, entry.subject_id)
    group_cases.place_back(
        transaction,
        actor,
        group,
        int(entry.before["position"]),
        entry.before.get("next", group_cases.AS_NUMBERED),
        undoes=entry.id,
    )


def _allowed_service(
    transaction: Transaction, actor: Actor, action: Action, entry: Entry
) -> Service:
    now_actor = acting(transaction, actor, action)
    service = service_cases.existing(transaction, entry.subject_id)
    require_on(now_actor, action, [service.group_id])
    return service


_REVERSALS: dict[Kind, Reversal] = {
    Kind.SERVICE_ADDED: _undo_service_added,
    Kind.SERVICE_EDITED: _undo_service_edited,
    Kind.SERVICE_STATUS: _undo_service_status,
    Kind.SERVICE_OPTIONS: _undo_service_options,
    Kind.SERVICE_MOVED: _undo_service_moved,
    Kind.SERVICE_MISTAKE: _undo_service_mistake,
    Kind.SERVICE_REMOVED: _undo_service_removed,
    Kind.SERVICE_RESTORED: _undo_service_restored,
    Kind.GROUP_ADDED: _undo_group_added,
    Kind.GROUP_EDITED: _undo_group_edited,
    Kind.GROUP_MOVED: _undo_group_moved,
    Kind.GROUP_REMOVED: _undo_group_removed,
}
