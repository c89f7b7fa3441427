"""Which rows are shown at all: by words, statuses and terms; no Qt in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from izzitup_desktop.desktop.board.query import Term
from izzitup_desktop.desktop.board.rows import Row
from izzitup_desktop.domain.text import search_fold


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search; accents and case do not count."""
    return tuple(search_fold(text).split())


@dataclass(frozen=True, slots=True)
class Filter:
    """Leaves the rows that hold every word, are as every term says, and have one of the statuses.

    No statuses are all of them.
    """

    words: tuple[str, ...] = ()
    statuses: frozenset[int] = frozenset()
    terms: tuple[Term, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether it may leave rows out."""
        return bool(self.words or self.statuses or self.terms)

    def matches(self, row: Row) -> bool:
        """Whether it leaves this row."""
        if self.statuses and row.service.status_id not in self.statuses:
            return False
        if not all(term.matches(row) for term in self.terms):
            return False
        return all(word in row.folded for word in self.words)

    def matching(self, rows: Mapping[int, Row]) -> set[int]:
        """The ids of all rows that match."""
        # The longest word leaves the fewest rows to the others; "" is in every text.
        first, *others = sorted(self.words, key=len, reverse=True) or [""]
        found = {id_ for id_, row in rows.items() if first in row.folded}
        for word in others:
            found = {id_ for id_ in found if word in rows[id_].folded}
        if self.statuses:
            found = {id_ for id_ in found if rows[id_].service.status_id in self.statuses}
        for term in self.terms:
            found = {id_ for id_ in found if term.matches(rows[id_])}
        return found

    def words_beyond(self, before: Filter) -> set[str] | None:
        """The words that rows which `before` left must hold as well.

        None where that is not all there is to it: rows come back, or statuses or terms differ.
        """
        same = (self.statuses, self.terms) == (before.statuses, before.terms)
        is_narrower = same and all(any(old in new for new in self.words) for old in before.words)
        return set(self.words).difference(before.words) if is_narrower else None
