"""Where the status page is, or why nobody can see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from izzitup_desktop.desktop.words.texts import filled, translated

if TYPE_CHECKING:
    # Both load after the first paint.
    from collections.abc import Sequence

    from izzitup_desktop.platform.settings import Settings
    from izzitup_desktop.server.embedded import Served, ServerState


@dataclass(frozen=True, slots=True)
class PagePlace:
    """`address` has no slash at its end, "" where there is no page: `reason` says why.

    `is_alone`: no other computer can connect.
    """

    address: str = ""
    reason: str = ""
    is_alone: bool = False


def place_of(
    settings: Settings | None, state: ServerState | None, served: Sequence[Served]
) -> PagePlace:
    """Where the page is, by what it is set to and what is served now."""
    # The server's names load with the server, which there is by now.
    from izzitup_desktop.server.embedded import Reach, ServerKind

    if settings is None or state is None:
        return PagePlace(reason=_tr("The board is being opened."))
    if not settings.page:
        return PagePlace(reason=_tr("The status page is off."))
    if state.kind is ServerKind.STOPPED:
        return PagePlace(reason=_tr("The API is off, and the status page with it."))
    if state.kind is ServerKind.STARTING:
        return PagePlace(reason=_tr("The API is starting …"))
    if state.kind is ServerKind.FAILED:
        return PagePlace(reason=filled(_tr("Nothing is served: %1"), translated(state.reason)))
    # By numbers: a phone knows none of our names. Unencrypted where that is offered: a
    # certificate of our own has a browser warn of a page that holds no secret.
    found = sorted(served, key=lambda one: (one.reach is not Reach.NETWORK, one.is_encrypted))
    is_alone = all(one.reach is Reach.HERE for one in served)
    address = settings.page_address or (found[0].url if found else state.url)
    return PagePlace(address, is_alone=is_alone and not settings.page_address)


def _tr(text: str) -> str:
    return QCoreApplication.translate("page", text)
