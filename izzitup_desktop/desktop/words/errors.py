"""Errors for a person: what happened, why, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.start.runner import Unexpected
from izzitup_desktop.desktop.words.texts import filled, translated
from izzitup_desktop.desktop.words.tsv import tsv_cell
from izzitup_desktop.domain.errors import (
    NewerDatabase,
    NotAllowed,
    NotFound,
    OlderDatabase,
    Unavailable,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a message bar or a dialog shows; `details` is what Copy details copies."""

    what: str
    why: str
    advice: str
    details: str

    @property
    def text(self) -> str:
        """All of it in one paragraph."""
        return " ".join(part for part in (self.what, self.why, self.advice) if part)


def problem_of(error: Exception, what: str) -> Problem:
    """`error` for a person; `what` is the sentence that says what did not happen."""
    why, advice = _why(error)
    when = datetime.now(UTC).isoformat(timespec="seconds")
    cause = error.__cause__ if isinstance(error, Unexpected) else error
    lines = (when, what, why, advice, f"{type(cause).__name__}: {error!r}")
    # They are copied, and may be pasted into a spreadsheet.
    details = "\n".join(map(tsv_cell, lines))
    return Problem(what, why, advice, details)


def problem_of_damage(lines: Sequence[str]) -> Problem:
    """What is wrong with the rows of a board that is usable, a line each, at least one."""
    said = [translated(line) for line in lines]
    what = _tr("Something in the database is damaged. What can't be read is left out.")
    return Problem(what, said[0], _tr("`izzitup check` names all of it."), "\n".join(said))


def _why(error: Exception) -> tuple[str, str]:
    match error:
        case Unexpected():
            return (
                filled(
                    _tr("IzzitUp made a mistake; the log has it under %1."),
                    error.error_id,
                ),
                _tr("Try again. If it comes back, copy the details and report them."),
            )
        case NotAllowed():
            return (
                filled(_tr("%1 is not allowed to do this."), error.actor),
                _tr("Ask an administrator to do it, or for the right to."),
            )
        case NotFound():
            return (
                _tr("It does not exist any more; somebody deleted it meanwhile."),
                _tr("Refresh the board with F5."),
            )
        case NewerDatabase() | OlderDatabase():
            return translated(str(error)), ""
        case Unavailable():
            return translated(str(error)), _tr("Nothing was changed. Try again in a moment.")
        case _:
            return translated(str(error)), ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("errors", text)
