"""Which journal entries are notices, and how many nobody looked at yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.domain.accounts import Origin, Principal

if TYPE_CHECKING:
    # Entries come with the board, after the first paint.
    from izzitup_desktop.domain.concepts import Vocabulary
    from izzitup_desktop.domain.journal import Entry, Kind


def kinds_told(vocabulary: Vocabulary) -> frozenset[Kind]:
    """The kinds of entries that are notices."""
    return vocabulary.kinds(lambda spec: spec.notifies)


def is_notice(entry: Entry, me: Principal, kinds: frozenset[Kind]) -> bool:
    """Whether it is of one of the kinds, and somebody else than `me` in a window did it."""
    mine = entry.origin is Origin.DESKTOP and entry.account_id == me.account_id
    return entry.kind in kinds and not mine


class Unread(QObject):
    """Counts notices until they are looked at; `changed` carries how many there are."""

    changed = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._me: Principal | None = None
        self._kinds: frozenset[Kind] = frozenset()
        self.count = 0
        self.looking = False

    def attach(self, vocabulary: Vocabulary, me: Principal) -> None:
        """Count what others than `me` do from now on, which the vocabulary says notifies."""
        self._kinds, self._me = kinds_told(vocabulary), me

    def on_entries(self, entries: Sequence[Entry]) -> None:
        """Hear of journal entries."""
        me = self._me
        if me is None:
            return
        new = sum(1 for entry in entries if is_notice(entry, me, self._kinds))
        if new and not self.looking:
            self.count += new
            self.changed.emit(self.count)

    def look(self, looking: bool) -> None:
        """The notices are looked at, or not any more."""
        self.looking = looking
        if looking and self.count:
            self.count = 0
            self.changed.emit(0)
