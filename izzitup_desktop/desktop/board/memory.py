"""What a status remembers, in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.theme.shapes import status_word
from izzitup_desktop.desktop.words.texts import filled
from izzitup_desktop.desktop.words.times import exactly
from izzitup_desktop.domain.services import Service


def memory_lines(service: Service) -> list[str]:
    """What a status remembers, a line each: expiry, hold, proposal, stale."""
    return [*expiry_lines(service), *hold_lines(service), *stale_lines(service)]


def expiry_lines(service: Service) -> list[str]:
    """Until when it is set, if it is."""
    expiry = service.expiry
    if expiry is None:
        return []
    then = _tr("ask") if expiry.then is None else status_word(expiry.then)
    over = _tr("Was set until %1; what now?") if expiry.asked else _tr("Until %1, then %2")
    return [filled(over, exactly(expiry.until), then)]


def hold_lines(service: Service) -> list[str]:
    """Who holds it, and what a script proposed."""
    lines = []
    if service.hold is not None:
        lines.append(filled(_tr("Held against scripts by %1"), service.hold.by))
    proposal = service.proposal
    if proposal is not None:
        proposed, when = status_word(proposal.status_id), exactly(proposal.time)
        lines.append(filled(_tr("%1 proposed %2 at %3"), proposal.by, proposed, when))
    return lines


def stale_lines(service: Service) -> list[str]:
    """When it was confirmed, if that is too long ago."""
    if not service.stale:
        return []
    return [filled(_tr("Stale: last confirmed %1"), exactly(service.confirmed))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("memory", text)
