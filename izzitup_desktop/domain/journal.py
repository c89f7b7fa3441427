"""The journal: everything that happens is one entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from izzitup_desktop.domain.accounts import Origin

_KIND_MOST = 64


class Kind(str):
    """What happened: `concept.what`, in the past tense ("service.status").

    Open: a newer version, or a concept that only another desk has, may have more of them.
    Compare kinds by `==`. Each concept has constants for its own (`domain.kinds`).
    Raises ValueError for what can't be a name.
    """

    __slots__ = ("subject",)

    subject: str
    """The part before the dot: what the entry is about ("service", "group")."""

    def __new__(cls, name: object) -> Kind:
        if not isinstance(name, str) or not 0 < len(name) <= _KIND_MOST or not name.isprintable():
            raise ValueError(f"{name!r:.80} is no name")
        made = super().__new__(cls, name)
        made.subject = name.partition(".")[0]
        return made

    @property
    def value(self) -> str:
        """The name as plain text, as it is stored."""
        return str(self)


NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal row. `id` grows; order by it, never by `time` (clocks jump).

    `before` and `after` hold the changed fields only, as plain JSON values.
    `subject_name` is the thing's name at that time. `undoes` is the id of the
    entry this one took back, else None. `account_id` is who acted, None for
    the command line and for schedules. Entries of one step (what one use case
    wrote) have the same `operation_id`, the id of the first of them.
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
    operation_id: int = 0


_NO_FIELDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the searcher's window calls by a word that is searched for."""

    kinds: frozenset[Kind] = frozenset()
    known: frozenset[Kind] = frozenset()
    """Kinds that have words; any other is shown, and found, by its name."""
    origins: frozenset[Origin] = frozenset()
    statuses: frozenset[int] = frozenset()
    status_fields: frozenset[str] = frozenset()
    """Fields whose value is a status."""
    fields: Mapping[Kind, frozenset[str]] = field(default_factory=dict)
    """Fields that an entry of the kind is shown with by their names."""


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
    subjects: frozenset[str] = frozenset()
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
    sides = (entry.before, entry.after)
    texts = [value for side in sides for value in side.values() if isinstance(value, str)]
    return (
        any(
            wanted in text.casefold()
            for text in (entry.subject_name, entry.actor, entry.comment, *texts)
        )
        or entry.kind in meaning.kinds
        or (entry.kind not in meaning.known and wanted in entry.kind.casefold())
        or entry.origin in meaning.origins
        or any(
            isinstance(status := side.get(name), int) and status in meaning.statuses
            for side in sides
            for name in meaning.status_fields
        )
        or not meaning.fields.get(entry.kind, _NO_FIELDS).isdisjoint(entry.after)
    )
