"""Why a request failed, in words for whoever may know it."""

from __future__ import annotations

from izzitup_desktop.domain.messages import Message, msg
from izzitup_desktop.server.problems import KINDS, known_or_none, of_refusal

_FAILED = 400

_OF_SIGN_IN = {
    "sign-in-failed": msg("Wrong name or password"),
    "sign-in-failed.no-token": msg("That is no token"),
    "sign-in-failed.mistyped-token": msg("The token is mistyped, or was cut"),
    "sign-in-failed.wrong-token-kind": msg("A secret of another kind"),
    "sign-in-failed.unknown-token": msg("A token that this board never had"),
    "sign-in-failed.revoked-token": msg("The token was revoked"),
    "sign-in-failed.expired-token": msg("The token has expired"),
    "sign-in-failed.ownerless-token": msg("The token’s owner is gone or disabled"),
}
"""For who may know it: strangers hear that the sign-in failed, for each of them."""

_INCOMPLETE = msg("The request is incomplete")


def reason_of(status: int, why: str) -> Message | str:
    """What a code, or where there is none an HTTP status, means; "" where nobody knows."""
    if why in _OF_SIGN_IN:
        return _OF_SIGN_IN[why]
    code = known_or_none(why)
    if code is None and status < _FAILED:
        # The services API tells everything with the status 200.
        return _INCOMPLETE
    code = code or _code_of(status)
    return "" if code is None else KINDS[code].title


def _code_of(status: int) -> str | None:
    try:
        return of_refusal(status, "").code
    except KeyError:
        return None
