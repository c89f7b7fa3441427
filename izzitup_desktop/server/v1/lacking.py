"""What a token lacks for what it is refused: a scope, or a service among those it is for."""

from __future__ import annotations

from izzitup_desktop.domain.accounts import PERMISSIONS, SCOPE_OF, Action, Principal
from izzitup_desktop.domain.errors import BoardError, Held, NotAllowed
from izzitup_desktop.domain.messages import msg


def lacking(error: BoardError, principal: Principal) -> str:
    """What a token would have to be otherwise, "" where that is not what it is refused for."""
    token = principal.token
    if token is None or not isinstance(error, NotAllowed) or isinstance(error, Held):
        return ""
    action = Action(error.action)
    scope = SCOPE_OF.get(action)
    if scope is None:
        return msg("No token may do this; an account may, by its password.")
    if scope not in token.scopes:
        return msg("A token needs the scope %1 for it, and its account the right.", scope.value)
    if principal.role not in PERMISSIONS[action]:
        return ""
    if token.limits is not None:
        return msg("The token is for some services only, and this is about something else.")
    is_automation = principal.account_id is None
    return msg("The token is for the services of its group only.") if is_automation else ""
