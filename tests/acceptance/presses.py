"""Holds the journal against what the window showed when somebody pressed.

What came of a press is read from the database file. A press explains what one step came
to, and no other step after it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.domain.accounts import Origin
from izzitup_desktop.domain.kinds.statuses import SERVICE_STATUS
from izzitup_desktop.domain.statuses import SETTABLE

ALLOWED_SECONDS = 8.0
"""So long after a press its change may still be written, on a busy machine."""

_STATUS = str(SERVICE_STATUS.value)
_CHANGES = (
    "SELECT id, step, subject_id, subject_name, after FROM journal"
    " WHERE id > ? AND kind = ? AND origin = ? AND undoes IS NULL ORDER BY id"
)
_UNDONE = (
    "SELECT MAX(mine.id), mine.step, MIN(mine.subject_name), COUNT(*), MIN(other.kind),"
    " MIN(other.after) FROM journal AS mine JOIN journal AS other ON other.id = mine.undoes"
    " WHERE mine.id > ? AND mine.origin = ? GROUP BY mine.step ORDER BY 1"
)


@dataclass(slots=True)
class Press:
    """What a press may set: services and a status (0: any), as shown when it was made."""

    at: float
    ids: frozenset[int]
    status: int = 0
    step: int = 0
    """What came of it, as the journal numbers it; 0: nothing yet."""


@dataclass(slots=True)
class UndoPress:
    """A press that may take a step back: the one that `text` tells of; "": the newest."""

    at: float
    text: str = ""
    step: int = 0


@dataclass(frozen=True, slots=True)
class _Undone:
    """A step that was taken back: one of its names, of how many, and the status it had set."""

    name: str
    count: int
    status: int

    def is_told_by(self, text: str) -> bool:
        """Whether this is what `text` tells of, in the window's words."""
        words = {int(status): status_word(status) for status in SETTABLE}
        # The window may have got another language since.
        told = [status for status, word in words.items() if word in text]
        is_named = self.name in text or (self.count > 1 and str(self.count) in text)
        return is_named and (not told or self.status in (0, *told))


class Presses:
    """What was pressed, and what became of it."""

    def __init__(self, file: Path) -> None:
        self._file = f"file:{file}?mode=ro"
        self._presses: deque[Press] = deque(maxlen=400)
        self._undos: deque[UndoPress] = deque(maxlen=100)
        self.changes = 0
        """How many changes of a status were looked at."""
        self.undone = 0
        """How many steps were taken back."""
        self.aimed = 0
        """How many presses were made at a painted status button."""
        self._last = self._last_undone = self._newest()

    def allow(self, ids: frozenset[int], status: int = 0) -> None:
        """A press was made that may set these."""
        if ids:
            self._presses.append(Press(monotonic(), ids, status))

    def allow_undo(self, text: str = "") -> None:
        """A press was made that may take back what `text` tells of; "": the newest step."""
        self._undos.append(UndoPress(monotonic(), text))

    def unexplained(self) -> list[str]:
        """What this window's person did since, and no press explains."""
        return [*self._unexplained_changes(), *self._unexplained_undos()]

    def _unexplained_changes(self) -> list[str]:
        values = (self._last, _STATUS, str(Origin.DESKTOP.value))
        wrong = []
        for entry, step, service, name, after in self._found(_CHANGES, values):
            self._last, self.changes = entry, self.changes + 1
            status = json.loads(after).get("status", 0)
            if not self._explains(step, service, status):
                pressed = [(sorted(p.ids)[:5], p.status, p.step) for p in list(self._presses)[-4:]]
                wrong.append(f"{name} ({service}) was set to {status}; shown at presses: {pressed}")
        return wrong

    def _explains(self, step: int, service: int, status: int) -> bool:
        since = monotonic() - ALLOWED_SECONDS
        fitting = [
            press
            for press in self._presses
            if press.step in (0, step)
            and (press.step or press.at >= since)
            and service in press.ids
            and press.status in (0, status)
        ]
        # What has set one of this step sets the others; then what says exactly this.
        fitting.sort(key=lambda press: (not press.step, not press.status, press.at))
        for press in fitting[:1]:
            press.step = step
        return bool(fitting)

    def _unexplained_undos(self) -> list[str]:
        wrong = []
        since = monotonic() - ALLOWED_SECONDS
        for entry, step, name, count, kind, after in self._found(
            _UNDONE, (self._last_undone, str(Origin.DESKTOP.value))
        ):
            self._last_undone, self.undone = entry, self.undone + 1
            what = _Undone(name, count, json.loads(after)["status"] if kind == _STATUS else 0)
            fitting = [
                undo
                for undo in self._undos
                if not undo.step
                and undo.at >= since
                and (not undo.text or what.is_told_by(undo.text))
            ]
            fitting.sort(key=lambda undo: (not undo.text, undo.at))
            for undo in fitting[:1]:
                undo.step = step
            if not fitting:
                told = [undo.text for undo in list(self._undos)[-3:]]
                wrong.append(f"{what} was taken back; told at presses: {told}")
        return wrong

    def _found(self, sql: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self._file, uri=True)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def _newest(self) -> int:
        connection = sqlite3.connect(self._file, uri=True)
        (newest,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM journal").fetchone()
        connection.close()
        return int(newest)
