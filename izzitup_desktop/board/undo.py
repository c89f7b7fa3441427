"""Taking journal entries back, as long as nobody changed the thing since.

Undoing is a change of its own: it needs the same permission, and is journalled
with `undoes`. An undo can be undone, which is how one redoes. How an entry of a kind
is taken back, and what it stands against, its concept says (`board.concepts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from izzitup_desktop.board.concepts import Concepts
from izzitup_desktop.domain.accounts import Principal
from izzitup_desktop.domain.comments import FOR_THE_PAGE
from izzitup_desktop.domain.concepts import Vocabulary
from izzitup_desktop.domain.errors import Conflict, NotFound
from izzitup_desktop.domain.journal import Entry, Kind
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.domain.visibility import named_to
from izzitup_desktop.storage import journal
from izzitup_desktop.storage.transaction import Transaction


def undo(
    transaction: Transaction, principal: Principal, entry_ids: Sequence[int], concepts: Concepts
) -> tuple[Entry, ...]:
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
        reversal = concepts.reversals.get(entry.kind)
        if reversal is None:
            raise Conflict(msg("A change of the kind %1 can't be undone.", entry.kind.value))
        transaction.flush()
        _assert_unchanged_since(transaction, principal, entry, concepts.vocabulary)
        reversal(transaction, principal, entry)
    return entries


def _assert_kept(transaction: Transaction, entries: Sequence[Entry]) -> None:
    until_id = journal.archived_until(transaction.connection)
    old = next((entry for entry in entries if entry.id <= until_id), None)
    if old is not None:
        # Whether somebody changed the same since can't be told any more.
        raise Conflict(
            msg(
                "What happened since this change of %1 is in the archive; it stays as it is.",
                old.subject_name,
            )
        )


def _assert_unchanged_since(
    transaction: Transaction, principal: Principal, entry: Entry, vocabulary: Vocabulary
) -> None:
    is_begin = vocabulary.spec(entry.kind).is_begin
    newer = journal.since(
        transaction.connection,
        entry.kind.subject,
        entry.subject_id,
        entry.id,
        but=_never_touching(entry, vocabulary),
    )
    standing = _standing(newer, entry)
    touching = next((other for other in standing if is_begin or _touches(other, entry)), None)
    if touching is None:
        return
    by, name = named_to(principal, touching.actor), entry.subject_name
    if touching.undoes == entry.id:
        if not by:
            raise Conflict(msg("This change of %1 was undone already.", name))
        raise Conflict(msg("This change of %1 was undone already by %2.", name, by), by)
    if not by:
        raise Conflict(msg("%1 was changed since. It stays as it is.", name))
    raise Conflict(msg("%1 was changed by %2 since. It stays as it is.", name, by), by)


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


def _never_touching(entry: Entry, vocabulary: Vocabulary) -> frozenset[Kind]:
    """The kinds whose entries need not be read: none of them touches what `entry` did."""
    without_effect = vocabulary.kinds(lambda spec: not spec.has_effect)
    if vocabulary.spec(entry.kind).is_begin:
        return without_effect
    others = vocabulary.kinds(
        lambda spec: spec.touches is not None and spec.touches.isdisjoint(entry.after)
    )
    return without_effect | (others - {entry.kind})


def _touches(other: Entry, entry: Entry) -> bool:
    # For whom something was said is nothing of the thing's own.
    both = (entry.after.keys() & other.after.keys()) - {FOR_THE_PAGE}
    return "removed" in other.after or bool(both)
