"""The rules of a service's texts, asked one field at a time; no Qt in here."""

from __future__ import annotations

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.services import DRAFT_CHECKS


def reason_against(field: str, text: str) -> str:
    """Why `text` can't be a service's `field`, "" where it can."""
    try:
        DRAFT_CHECKS[field](text)
    except Invalid as error:
        return error.reason
    return ""
