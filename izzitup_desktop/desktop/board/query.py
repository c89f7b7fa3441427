"""What a search says: words, `group:core`, `-held`, "a phrase"; no Qt in here.

Operators are understood in English and German, whatever language the window speaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import lru_cache

from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.domain.statuses import StatusId
from izzitup_desktop.domain.text import search_fold


class Field(Enum):
    """What of a row an operator looks at."""

    TEXT = auto()
    GROUP = auto()
    KEY = auto()
    BY = auto()
    STATUS = auto()
    CHANGED = auto()
    HELD = auto()
    STALE = auto()
    UNTIL = auto()


class Unclear(Enum):
    """Why a part of a search is not understood."""

    OPERATOR = auto()
    """Nothing is called that; it is searched as text."""
    VALUE = auto()
    """The operator does not know this value; the part is left out."""


OPERATORS = {
    "group": Field.GROUP,
    "gruppe": Field.GROUP,
    "key": Field.KEY,
    "kurzel": Field.KEY,
    "kuerzel": Field.KEY,
    "by": Field.BY,
    "von": Field.BY,
    "status": Field.STATUS,
    "changed": Field.CHANGED,
    "geandert": Field.CHANGED,
    "geaendert": Field.CHANGED,
}
"""What stands before a colon, folded."""

FLAGS = {
    "held": Field.HELD,
    "festgehalten": Field.HELD,
    "gehalten": Field.HELD,
    "stale": Field.STALE,
    "veraltet": Field.STALE,
    "until": Field.UNTIL,
    "befristet": Field.UNTIL,
}
"""What stands alone, folded. In quotes it is text."""

_STATUSES = {
    StatusId.OPERATIONAL: ("5", "operational", "ok", "in betrieb", "betrieb"),
    StatusId.IMPAIRED: ("6", "impaired", "degraded", "eingeschrankt", "eingeschraenkt"),
    StatusId.OUTAGE: ("7", "outage", "down", "ausfall", "storung", "stoerung"),
    StatusId.CLOSED: ("8", "closed", "geschlossen"),
}
_PART = re.compile(
    r'(?P<negated>-?)(?:(?P<operator>[^\W\d_]+):(?!//))?(?:"(?P<quoted>[^"]*)"?|(?P<bare>\S*))'
)
_AGO = re.compile(r"(\d{1,4})(min|m|h|std|d|t|w)")
_UNITS = {
    "m": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "std": timedelta(hours=1),
    "d": timedelta(days=1),
    "t": timedelta(days=1),
    "w": timedelta(weeks=1),
}
_folded = lru_cache(maxsize=4_096)(search_fold)


@dataclass(frozen=True, slots=True)
class Term:
    """What a row must be, or must not be where it is `negated`."""

    field: Field
    negated: bool = False
    texts: tuple[str, ...] = ()
    """Folded; one of them is enough."""
    statuses: frozenset[int] = frozenset()
    begin: datetime | None = None
    """When the status was set at the earliest; None: at any time."""
    end: datetime | None = None
    """Before when it was set."""

    def matches(self, row: Row) -> bool:
        """Whether the row is as the term says."""
        return self._holds(row) is not self.negated

    def _holds(self, row: Row) -> bool:
        service = row.service
        match self.field:
            case Field.STATUS:
                return service.status_id in self.statuses
            case Field.HELD:
                return service.hold is not None
            case Field.STALE:
                return service.stale
            case Field.UNTIL:
                return service.expiry is not None
            case Field.CHANGED:
                late = self.begin is None or service.since >= self.begin
                return late and (self.end is None or service.since < self.end)
            case Field.GROUP:
                where = row.group_key
            case Field.KEY:
                where = search_fold(service.key)
            case Field.BY:
                where = _folded(service.changed_by)
            case Field.TEXT:
                where = row.folded
        return any(text in where for text in self.texts)


@dataclass(frozen=True, slots=True)
class Query:
    """A search as understood: a row has all the words and is as all the terms say."""

    words: tuple[str, ...] = ()
    """Folded."""
    terms: tuple[Term, ...] = ()
    unclear: tuple[tuple[Unclear, str], ...] = ()
    """What was not understood, as typed."""


def parsed(text: str, now: datetime) -> Query:
    """Understand a search; nothing typed is an error. `now` is aware, and local.

    An operator that has no value yet is left out: it is still being typed.
    """
    words: list[str] = []
    terms: list[Term] = []
    unclear: list[tuple[Unclear, str]] = []
    for part in _PART.finditer(text):
        operator, value = part["operator"], part["bare"] or ""
        if part["quoted"] is not None:
            value = part["quoted"]
        value = search_fold(value).strip()
        negated = bool(part["negated"])
        if operator is None:
            field = FLAGS.get(value) if part["quoted"] is None else None
            if field is not None:
                terms.append(Term(field, negated))
                continue
        else:
            field = OPERATORS.get(search_fold(operator))
            if field is not None:
                term = _term(field, value, now, negated=negated)
                if term is not None:
                    terms.append(term)
                elif _alternatives(value):
                    unclear.append((Unclear.VALUE, part[0]))
                continue
            unclear.append((Unclear.OPERATOR, f"{operator}:"))
            value = f"{search_fold(operator)}:{value}"
        if value and negated:
            terms.append(Term(Field.TEXT, negated, (value,)))
        elif value:
            words.append(value)
    return Query(tuple(words), tuple(terms), tuple(unclear))


def _term(field: Field, value: str, now: datetime, *, negated: bool) -> Term | None:
    """None where the value says nothing, or nothing that the operator knows."""
    texts = _alternatives(value)
    if not texts:
        return None
    if field is Field.STATUS:
        known = [_statuses_like(text) for text in texts]
        return Term(field, negated, statuses=frozenset().union(*known)) if all(known) else None
    if field is Field.CHANGED:
        span = _span(texts[0], now) if len(texts) == 1 else None
        return Term(field, negated, begin=span[0], end=span[1]) if span else None
    return Term(field, negated, texts)


def _alternatives(value: str) -> tuple[str, ...]:
    return tuple(text for part in value.split("|") if (text := part.strip()))


def _statuses_like(text: str) -> frozenset[int]:
    return frozenset(
        int(id_) for id_, names in _STATUSES.items() if any(n.startswith(text) for n in names)
    )


def _span(text: str, now: datetime) -> tuple[datetime, datetime | None] | None:
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if text in ("today", "heute"):
        return midnight, None
    if text in ("yesterday", "gestern"):
        return midnight - timedelta(days=1), midnight
    ago = _AGO.fullmatch(text)
    return (now - int(ago[1]) * _UNITS[ago[2]], None) if ago else None
