"""The rules of a service's texts, asked one field at a time; no Qt in here."""

from __future__ import annotations

from collections.abc import Callable

from izzitup_desktop.domain.errors import Invalid
from izzitup_desktop.domain.services import ServiceDraft

_ONLY: dict[str, Callable[[str], ServiceDraft]] = {
    "name": lambda text: ServiceDraft(text),
    "key": lambda text: ServiceDraft("-", key=text),
    "description": lambda text: ServiceDraft("-", description=text),
    "url": lambda text: ServiceDraft("-", url=text),
    "check_url": lambda text: ServiceDraft("-", check_url=text),
    "note": lambda text: ServiceDraft("-", note=text),
}
"""Drafts in which only one field can be wrong."""


def reason_against(field: str, text: str) -> str:
    """Why `text` can't be a service's `field`, "" where it can."""
    try:
        _ONLY[field](text).checked()
    except Invalid as error:
        return error.reason
    return ""
