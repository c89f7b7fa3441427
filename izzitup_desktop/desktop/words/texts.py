"""Texts for places where Qt would guess rich text, and the core's in the user's language."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.domain.messages import Message, filled, msg, shown

__all__ = ["filled", "one_line", "quoted", "tooltip", "translated"]

# The standard library's `html` brings a table of all entities, which a start waits for.
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "\n": "<br>"}
)


def tooltip(text: str) -> str:
    """`text` for a tooltip: shown as it is, whatever it looks like, and wrapped."""
    return f"<qt>{text.translate(_ENTITIES)}</qt>" if text else ""


def one_line(text: str) -> str:
    """`text` on one line, without anything that is not printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def quoted(text: str) -> str:
    """`text` in quotation marks."""
    return translated(msg("“%1”", text))


def translated(text: object) -> str:
    """A sentence of the core in the user's language; any other text as it is."""
    return shown(text, _pattern_of, _shown)


def _pattern_of(message: Message) -> str:
    if not message.many:
        return QCoreApplication.translate("", message.pattern)
    pattern = QCoreApplication.translate("", message.one, message.many, message.number)
    # Where nothing translates, Qt gives the first text back for every count.
    return message.pattern if pattern == message.one else pattern


def _shown(value: object) -> str:
    # How long ago something was is said in these texts, and imports them.
    from izzitup_desktop.desktop.words.times import exactly

    return exactly(value) if isinstance(value, datetime) else str(value)
