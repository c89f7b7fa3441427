"""What a status remembers, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.texts import filled
from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.times import exactly
from izzitup_desktop.domain.services import Service


def memory_lines(service: Service) -> list[str]:
    """What a status remembers, a line each: until, hold, wish, confirmed, stale."""
    lines = []
    if service.until is not None:
        then = status_word(service.until_status) if service.until_status else _tr("ask")
        over = _tr("Was set until %1; what now?") if service.asked else _tr("Until %1, then %2")
        lines.append(filled(over, exactly(service.until), then))
    if service.held_by:
        lines.append(filled(_tr("Held against scripts by %1"), service.held_by))
    if service.wish_status and service.wish_time is not None:
        wished = _tr("%1 asked for %2 at %3")
        when = exactly(service.wish_time)
        lines.append(filled(wished, service.wish_by, status_word(service.wish_status), when))
    if service.stale:
        lines.append(filled(_tr("Stale: last confirmed %1"), exactly(service.confirmed)))
    return lines


def _tr(text: str) -> str:
    return QCoreApplication.translate("memory", text)
