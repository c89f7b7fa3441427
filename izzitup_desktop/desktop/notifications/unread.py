"""Which journal entries are notices, and how many nobody looked at yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from izzitup_desktop.domain.accounts import Origin, Principal
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

    def __init__(self, parent: QObject, vocabulary: Vocabulary) -> None:
        super().__init__(parent)
        self._kinds = kinds_told(vocabulary)
        self.count = 0
        self.looking = False

    def on_entries(self, entries: Sequence[Entry], me: Principal) -> None:
        """Hear of journal entries."""
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
