"""Texts for places where Qt would guess rich text, and the core's in the user's language."""

from __future__ import annotations

import html

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.domain.messages import Message, filled

__all__ = ["filled", "one_line", "tooltip", "translated"]


def tooltip(text: str) -> str:
    """`text` for a tooltip: shown as it is, whatever it looks like, and wrapped."""
    return f"<qt>{html.escape(text).replace(chr(10), '<br>')}</qt>" if text else ""


def one_line(text: str) -> str:
    """`text` on one line, without anything that is not printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def translated(text: object) -> str:
    """A sentence of the core in the user's language; any other text as it is."""
    if not isinstance(text, Message):
        return str(text)
    values = (translated(value) for value in text.values)
    if not text.many:
        return filled(QCoreApplication.translate("", text.pattern), *values)
    pattern = QCoreApplication.translate("", text.one, text.many, text.number)
    # Where nothing translates, Qt gives the first text back for every count.
    return filled(text.pattern if pattern == text.one else pattern, *values)
