"""The journal: everything that happens is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from izzitup_desktop.domain.accounts import Origin


class Kind(StrEnum):
    """What happened, in the past tense; the part before the dot is the subject."""

    SERVICE_ADDED = "service.added"
    SERVICE_EDITED = "service.edited"
    SERVICE_STATUS = "service.status"
    SERVICE_CONFIRMED = "service.confirmed"
    SERVICE_TERMS = "service.terms"
    SERVICE_WISHED = "service.wished"
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
    ACCOUNT_ADDED = "account.added"
    ACCOUNT_EDITED = "account.edited"
    ACCOUNT_PASSWORD = "account.password"
    ACCESS_REFUSED = "access.refused"
    BOARD_CREATED = "board.created"
    BOARD_RESTORED = "board.restored"
    BOARD_IMPORTED = "board.imported"

    @property
    def subject(self) -> str:
        """`service`, `group`, `account`, `access` or `board`."""
        return self.value.partition(".")[0]


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
class Search:
    """Which entries are wanted; what is empty does not count.

    `words` must all occur in who, what, why (case and accents as stored).
    """

    words: tuple[str, ...] = ()
    actor: str = ""
    origins: frozenset[Origin] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    service_ids: frozenset[int] = frozenset()
    begin: datetime | None = None
    end: datetime | None = None
