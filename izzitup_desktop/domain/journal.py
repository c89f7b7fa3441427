"""The journal: everything that happens is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.open_enum import OpenEnum


class Kind(OpenEnum):
    """What happened, in the past tense; the part before the dot is the subject."""

    SERVICE_ADDED = "service.added"
    SERVICE_EDITED = "service.edited"
    SERVICE_STATUS = "service.status"
    SERVICE_CONFIRMED = "service.confirmed"
    SERVICE_OPTIONS = "service.terms"
    SERVICE_PROPOSED = "service.wished"
    SERVICE_DUE = "service.due"
    SERVICE_STALE = "service.stale"
    SERVICE_MISTAKE = "service.mistake"
    SERVICE_MOVED = "service.moved"
    SERVICE_REMOVED = "service.removed"
    SERVICE_RESTORED = "service.restored"
    SERVICE_PURGED = "service.purged"
    GROUP_ADDED = "group.added"
    GROUP_EDITED = "group.edited"
    GROUP_MOVED = "group.moved"
    GROUP_REMOVED = "group.removed"
    GROUP_ORDERED = "group.ordered"
    ACCOUNT_ADDED = "account.added"
    ACCOUNT_EDITED = "account.edited"
    ACCOUNT_PASSWORD = "account.password"
    ACCESS_REFUSED = "access.refused"
    BOARD_CREATED = "board.created"
    BOARD_RESTORED = "board.restored"
    BOARD_IMPORTED = "board.imported"
    JOURNAL_ARCHIVED = "journal.archived"

    @property
    def subject(self) -> str:
        """`service`, `group`, `account`, `access`, `board` or `journal`."""
        return self.value.partition(".")[0]


REVERSIBLE = frozenset(
    {
        Kind.SERVICE_ADDED,
        Kind.SERVICE_EDITED,
        Kind.SERVICE_STATUS,
        Kind.SERVICE_OPTIONS,
        Kind.SERVICE_MOVED,
        Kind.SERVICE_MISTAKE,
        Kind.SERVICE_REMOVED,
        Kind.SERVICE_RESTORED,
        Kind.GROUP_ADDED,
        Kind.GROUP_EDITED,
        Kind.GROUP_MOVED,
        Kind.GROUP_REMOVED,
    }
)
"""The kinds of entries that can be taken back."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal row. `id` grows; order by it, never by `time` (clocks jump).

    `before` and `after` hold the changed fields only, as plain JSON values.
    `subject_name` is the thing's name at that time. `undoes` is the id of the
    entry this one took back, else None. `account_id` is who acted, None for
    the command line and for schedules. Entries of one step (what one use case
    wrote) have the same `step`, the id of the first of them.
    """

    id: int
    time: datetime
    actor: str
    account_id: int | None
    origin: Origin
    kind: Kind
    subject_id: int
    subject_name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    comment: str
    undoes: int | None = None
    step: int = 0


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the searcher's window calls by a word that is searched for."""

    kinds: frozenset[Kind] = frozenset()
    origins: frozenset[Origin] = frozenset()
    statuses: frozenset[int] = frozenset()
    fields: frozenset[str] = frozenset()
    """Fields of services; an edit of one is shown by its name."""


STATUS_FIELDS = ("status", "until_status", "wish_status")
"""Fields whose value is a status."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which entries are wanted; what is empty does not count.

    `words` must all occur in who, what, where, why; `meanings` has those which the
    window shows other things by than their names.
    """

    words: tuple[str, ...] = ()
    actor: str = ""
    origins: frozenset[Origin] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    service_ids: frozenset[int] = frozenset()
    begin: datetime | None = None
    end: datetime | None = None
    meanings: Mapping[str, Meaning] = field(default_factory=dict)

    def is_met_by(self, entry: Entry) -> bool:
        """Whether the entry says all of the words; what its fields are called does not count."""
        return all(_says(entry, word, self.meanings.get(word, _NO_MEANING)) for word in self.words)


_NO_MEANING = Meaning()


def _says(entry: Entry, word: str, meaning: Meaning) -> bool:
    wanted = word.casefold()
    values = [*entry.before.values(), *entry.after.values()]
    texts = [value for value in values if isinstance(value, str)]
    return (
        any(
            wanted in text.casefold()
            for text in (entry.subject_name, entry.actor, entry.comment, *texts)
        )
        or entry.kind in meaning.kinds
        or entry.origin in meaning.origins
        or any(
            side.get(name) in meaning.statuses
            for side in (entry.before, entry.after)
            for name in STATUS_FIELDS
        )
        or (entry.kind is Kind.SERVICE_EDITED and not meaning.fields.isdisjoint(entry.after))
    )
