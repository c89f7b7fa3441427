"""Which services somebody sees: the public ones, and hidden ones by right."""

from __future__ import annotations

from collections.abc import Callable

from izzitup_desktop.domain.accounts import Action, Principal, allowed, hidden_shown_to
from izzitup_desktop.domain.services import Service


def shown_to(principal: Principal) -> Callable[[Service], bool]:
    """Whether the principal sees a service."""
    if allowed(principal, Action.SERVICE_LIST_HIDDEN):
        return lambda _service: True
    limits = hidden_shown_to(principal)
    return lambda service: not service.hidden or limits.hold(service.id, service.group_id)
