"""What somebody sees: public services, by right hidden ones, and who did what."""

from __future__ import annotations

from collections.abc import Callable

from izzitup_desktop.domain.accounts import Action, Principal, allowed, hidden_shown_to
from izzitup_desktop.domain.services import Service


def sees_all(principal: Principal) -> bool:
    """Whether the principal sees what only those who signed in may see of a service."""
    return allowed(principal, Action.SERVICE_LIST_HIDDEN)


def named_to(principal: Principal, name: str) -> str:
    """Who did something or holds it, "" where the principal may not know."""
    return name if sees_all(principal) else ""


def shown_to(principal: Principal) -> Callable[[Service], bool]:
    """Whether the principal sees a service."""
    if sees_all(principal):
        return lambda _service: True
    limits = hidden_shown_to(principal)
    return lambda service: not service.hidden or limits.hold(service.id, service.group_id)
