"""What went wrong with a request, in the words of the window."""

from __future__ import annotations

from izzitup_desktop.desktop.words.texts import translated
from izzitup_desktop.domain.messages import msg
from izzitup_desktop.server.problems import KINDS, known_or_none, of_refusal
from izzitup_desktop.server.request_log import HeardRequest

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


def answer_words(heard: HeardRequest) -> str:
    """The answer's status, and why it is none of the good ones."""
    reason = reason_words(heard)
    return f"{heard.status} · {reason}" if reason else str(heard.status)


def reason_words(heard: HeardRequest) -> str:
    """Why the request failed, "" where it did not."""
    if not heard.is_failure:
        return ""
    if heard.why in _OF_SIGN_IN:
        return translated(_OF_SIGN_IN[heard.why])
    code = known_or_none(heard.why)
    if code is None and heard.status >= _FAILED:
        code = _code_of(heard.status)
    if code is None:
        # The services API tells everything with the status 200.
        return translated(_INCOMPLETE) if heard.status < _FAILED else ""
    return translated(KINDS[code].title)


def _code_of(status: int) -> str | None:
    try:
        return of_refusal(status, "").code
    except KeyError:
        return None
